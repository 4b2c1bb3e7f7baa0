//! Nothing that an editor wrote vanishes without a word, each fault is reported once, and what a hint says is right when it is followed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{BuiltSite, Site, between, messages};
use letterpress::diagnostic::{Diagnostic, Rule, Severity};
use letterpress::pipeline::Built;

fn article(body: &str) -> Site {
    Site::new().article("page.md", "title: Page", body)
}

/// The text that readers see of an article, tags and all.
fn prose(built: &Built) -> String {
    let page = built.page("articles/page/index.html");
    between(&page, "<div class=\"prose\">", "<div class=\"article-end\">").to_owned()
}

fn codes_of(body: &str) -> Vec<&'static str> {
    article(body).build().codes()
}

// What was read wrongly and is read as meant now.

#[test]
fn a_line_that_begins_with_a_colon_is_part_of_its_paragraph() {
    for (body, shown) in [
        ("Thanks for reading\n:smile: see you", "Thanks for reading\n:smile: see you"),
        ("Thanks\n:-) see you", "Thanks\n:-) see you"),
        ("> Thanks\n> :+1:", "Thanks\n:+1:"),
        ("Body\n\n:::\n", "<p>:::</p>"),
    ] {
        let built = article(body).build();
        let prose = prose(&built);
        assert!(prose.contains(shown) && !prose.contains("<dl>"), "{prose}");
    }
    let prose = prose(&article("Notice\n: The time to leave").built());
    assert!(prose.contains("<dt>Notice</dt>") && prose.contains("The time to leave"), "{prose}");
}

#[test]
fn a_note_is_shown_whatever_the_case_of_its_mark() {
    let prose = prose(&article("Give notice[^Law].\n\n[^law]: The act of 1968.").built());
    assert!(prose.contains("href=\"#Note-1\"") && prose.contains("<li id=\"Note-1\">"), "{prose}");
}

// What vanishes, or is shown as signs, is reported.

#[test]
fn what_hides_the_rest_of_a_page_is_an_error() {
    for body in [
        "<!-- note -- >\n\nThe rest",
        "<!-- note\n\nThe rest",
        "<!-- note --!>\n\nThe rest",
        "<!--\nnote\n\nThe rest",
        "Words\n\n<![CDATA[ x\n\nThe rest",
        "<?php echo 1;\n\nThe rest",
        "<!DOCTYPE html\n\nThe rest",
        "> <!-- note\n\nThe rest",
        "<!-- note ->\n\nHidden\n\n<!-- b -->\n\nThe rest",
    ] {
        let codes = codes_of(&format!("Before.\n\n{body}"));
        assert_eq!(codes, ["unclosed-comment"], "{body}");
    }
}

#[test]
fn a_tag_that_takes_the_rest_of_a_page_with_it_is_reported_once() {
    for body in ["<div class=\"x>\n\nThe rest", "<script>\nalert(1)\n\nThe rest", "<style>\np { }\n\nThe rest"] {
        assert_eq!(codes_of(&format!("Before.\n\n{body}")), ["unclosed-html"], "{body}");
    }
}

#[test]
fn code_without_an_end_is_reported() {
    for body in [
        "```\na\n\nWords of the page that follow.",
        "~~~\na\n```\n\nWords.",
        "````\na\n```\n\nWords.",
        "```\na\n~~~\n\nWords.",
        "```\na\n``` and so on\n\nWords.\n\n```",
        "```\na\n    ```\n\nWords.",
        "- a\n\n  ```\n  b\n```\n\nWords.",
        "> ```\n> Words of the page that go on.\n\nMore.",
    ] {
        assert_eq!(codes_of(body), ["unclosed-fence"], "{body}");
    }
    for body in ["```\na\n```", "~~~\na\n~~~~", "> ```\n> a\n\nb", "- ```\n  a\n\nb", "````\n```\na\n```\n````"] {
        article(body).built();
    }
}

#[test]
fn marks_of_other_programs_are_reported_and_code_is_left_in_peace() {
    let expected: &[(&str, &str)] = &[
        ("See [[Other page]].", "wiki-link"),
        ("![[desk.png]]", "wiki-link"),
        ("A %%private note%% here.", "private-comment"),
        ("%%\nprivate\n\nnote\n%%", "private-comment"),
        (":::tip\n\nBody\n\n:::", "foreign-block"),
        ("!!! note\n    Body", "foreign-block"),
        ("??? tip \"Title\"\n\n    Body", "foreign-block"),
        ("Words\n{: .lead}", "foreign-block"),
        ("* TOC\n{:toc}", "foreign-block"),
        ("[[_TOC_]]", "foreign-block"),
        ("${toc}", "foreign-block"),
        ("[gallery ids=\"1,2\"]", "template-tag"),
        ("[caption id=\"a\" align=\"left\"]Words[/caption]", "template-tag"),
        ("{{< youtube x >}}", "template-tag"),
        ("A ==marked== word.", "foreign-mark"),
        ("> [!Danger]\n> Words", "unknown-callout"),
        ("import X from './x'", "foreign-block"),
        ("\\newpage", "foreign-block"),
        ("Words.\n\n---\ntitle: Again\n---\n\nWords.", "foreign-block"),
    ];
    for (body, code) in expected {
        let codes: BTreeSet<_> = codes_of(body).into_iter().collect();
        assert_eq!(codes, BTreeSet::from([*code]), "{body}");
        article(&format!("Words.\n\n```\n{body}\n```")).built();
        article(&format!("Words.\n\n- a\n\n      {}", body.replace('\n', "\n      "))).built();
    }
}

#[test]
fn what_looks_like_such_a_mark_and_is_none_is_left_in_peace() {
    for body in [
        "Is a == b, and c == d? 5 %% 3 and 100%% of 50%%.",
        "C++ and C++ again, x^2 and y^2, from ~5 to ~6.",
        "#jobs #work",
        "The #1 mistake.",
        "Ages -5 to 5.\n-6 is less.",
        "A | B",
        "He said [sic] and [1] and [...].",
        "Use **bold**, *one* and ***both***.",
        "2 ** 3 ** 4",
        "Call me: +92 300 1234567.",
        "1.5 hours\n2.5 hours",
        "A line\n\n***\n\nAnother line\n\n---\n\nA third.",
        "Yes!!! Really??? Note it.",
        "\\[^1] and \\*\\*this\\*\\*",
        "From 9:00 to 17:00\n: no, later",
        "Prices: $5 and $$.",
        "یہ **ضروری** ہے، اور **\"یہ\"** بھی۔",
    ] {
        let built = article(&format!("{body}\n")).build();
        let codes: Vec<_> = built.codes().into_iter().filter(|code| *code != "unmarked-language").collect();
        assert!(codes.is_empty(), "{body}\n{}", messages(&built));
    }
}

#[test]
fn a_link_to_the_own_machine_is_reported_wherever_it_is_written() {
    for (body, code) in [
        ("[the form](file:///C:/form.docx)", "machine-link"),
        ("[the form](C:\\form.docx)", "machine-link"),
        ("[the form](D:/form.docx)", "machine-link"),
        ("[the form](\\\\server\\share\\form.docx)", "machine-link"),
        ("[the form][f]\n\n[f]: file:///C:/form.docx", "machine-link"),
        ("<a href=\"file:///C:/form.docx\">the form</a>", "machine-link"),
        ("See it here: ![The form](file:///C:/form.png)", "machine-link"),
        ("[the form](http://127.0.0.1:4000/articles/page/)", "preview-link"),
        ("[the form](http://localhost/)", "preview-link"),
        ("[the form](/content/articles/page.md)", "unknown-address"),
        ("[the form](https://EXAMPLE.org/career-advice/articles/page.md)", "own-site-link"),
        ("[the form](http://example.org/career-advice)", "own-site-link"),
    ] {
        assert_eq!(codes_of(body), [code], "{body}");
    }
}

#[test]
fn a_number_with_spaces_is_offered_as_a_link_that_works() {
    for (written, meant) in [
        ("[call us](tel:+92 300 1234567)", "[call us](tel:+923001234567)"),
        ("[call us](tel:(042) 111 222)", "[call us](tel:042111222)"),
        ("[write](mailto:a@example.org?subject=Hi there)", "[write](mailto:a@example.org?subject=Hi%20there)"),
        ("[text us](sms:+92 300 1)", "[text us](sms:+923001)"),
        ("[the law](https://www.example.org/Notice_(law)", "[the law](https://www.example.org/Notice_(law))"),
    ] {
        let built = article(written).build();
        assert_eq!(built.codes(), ["unmade-link"], "{}", messages(&built));
        let replacement = built.diagnostics[0].replacement.as_ref().expect("a replacement");
        assert_eq!(replacement.text, meant);
        article(meant).built();
    }
}

#[test]
fn an_address_is_offered_as_a_link_that_is_whole() {
    for (written, meant) in [
        ("See https://en.wikipedia.org/wiki/Notice_(law).", "(https://en.wikipedia.org/wiki/Notice_(law))"),
        ("(see https://www.example.org/a)", "(https://www.example.org/a)"),
        ("See https://www.example.org/a(b.", "(<https://www.example.org/a(b>)"),
        ("دیکھیں https://www.example.org/a۔", "(https://www.example.org/a)"),
    ] {
        let built = article(written).build();
        let hint = built.diagnostics.iter().find(|one| one.rule == Rule::BareUrl).and_then(|one| one.hint.clone());
        assert_eq!(hint, Some(format!("write `[what it is]{meant}`")), "{written}");
    }
    for body in [
        "{{< figure src=\"https://x.example/a.png\" >}}",
        "<code>https://x.example/</code> and `https://x.example/`",
        "https://{host}/a",
    ] {
        assert!(!codes_of(body).contains(&"bare-url"), "{body}");
    }
}

// Laws.

/// The small sites that break each rule, without what is said of them.
fn sites() -> Vec<(PathBuf, Site)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check/rules");
    let files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = files.collect();
    files.sort();
    files.into_iter().map(|file| (file.clone(), site_of(&fs::read_to_string(&file).expect("text")))).collect()
}

fn site_of(text: &str) -> Site {
    let mut site = Site::new();
    for part in text.split("=== ").skip(1) {
        let (path, body) = part.split_once('\n').expect("a path");
        let lines = body.lines().filter(|line| !line.starts_with("//~"));
        let body: String = lines.flat_map(|line| [line, "\n"]).collect();
        let (path, manner) = path.split_once(" (").unwrap_or((path, ""));
        site = match manner.strip_suffix(" bytes)") {
            Some(size) => site.file(path, vec![0; size.parse().expect("a number")]),
            None => site.file(path, body),
        };
    }
    site
}

fn key(one: &Diagnostic) -> (&'static str, String, Option<usize>) {
    (one.rule.code(), one.message.clone(), one.location.as_ref().map(|location| location.start.line))
}

/// How many errors there are. A link that is made where none was may lead to a file that the small site lacks.
fn errors(all: &[Diagnostic], mended: &Diagnostic) -> usize {
    let is_lack = |one: &Diagnostic| one.rule == Rule::BrokenLink && mended.rule == Rule::UnmadeLink;
    all.iter().filter(|one| one.severity == Severity::Error && !is_lack(one)).count()
}

fn count(diagnostics: &[Diagnostic], wanted: &Diagnostic) -> usize {
    diagnostics.iter().filter(|one| key(one) == key(wanted)).count()
}

/// Whatever `--fix` offers mends what it is offered for, and breaks nothing.
#[test]
fn what_is_offered_as_a_correction_mends_what_it_is_offered_for() {
    for (file, site) in sites() {
        let before = site.build().diagnostics;
        for offered in &before {
            let (Some(location), Some(replacement)) = (&offered.location, &offered.replacement) else { continue };
            let path = site.path(location.file.as_str());
            let text = fs::read_to_string(&path).expect("text");
            let mut corrected = text.clone();
            corrected.replace_range(replacement.span.clone(), &replacement.text);
            fs::write(&path, corrected).expect("a written file");
            let after = site.build().diagnostics;
            fs::write(&path, text).expect("a written file");
            assert!(count(&after, offered) < count(&before, offered), "{}: {} stays", file.display(), offered.message);
            assert!(
                errors(&after, offered) <= errors(&before, offered),
                "{}: {} makes an error",
                file.display(),
                offered.message
            );
        }
    }
}

/// The words of a hint that says what to write in the place of what is marked, and nothing else.
fn written_out(hint: &str) -> Option<&str> {
    let words = hint.strip_prefix("write `")?.strip_suffix('`')?;
    (!words.contains('…') && !words.contains("`")).then_some(words)
}

/// A hint that says what to write is right if it is followed to the letter.
#[test]
fn what_a_hint_says_to_write_mends_what_it_is_said_of() {
    for (file, site) in sites() {
        let before = site.build().diagnostics;
        for one in before.iter().filter(|one| one.replacement.is_none()) {
            let (Some(words), Some(location)) = (one.hint.as_deref().and_then(written_out), &one.location) else {
                continue;
            };
            let path = site.path(location.file.as_str());
            let text = fs::read_to_string(&path).expect("text");
            let followed = followed(&text, one, words);
            let Some(followed) = followed else { continue };
            fs::write(&path, followed).expect("a written file");
            let after = site.build().diagnostics;
            fs::write(&path, &text).expect("a written file");
            assert!(
                count(&after, one) < count(&before, one),
                "{}: {} stays after {words}",
                file.display(),
                one.message
            );
            assert!(errors(&after, one) <= errors(&before, one), "{}: {words} makes an error", file.display());
        }
    }
}

/// The file with some words in the place that is marked; `None` in front matter, where the mark is a value and the hint a line.
fn followed(text: &str, one: &Diagnostic, words: &str) -> Option<String> {
    let location = one.location.as_ref()?;
    let body = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n"))? + "---\n".len() + "\n---\n".len();
    let offset = |line: usize, column: usize| {
        let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        start + text[start..].chars().take(column - 1).map(char::len_utf8).sum::<usize>()
    };
    let (start, end) =
        (offset(location.start.line, location.start.column), offset(location.end.line, location.end.column));
    (start >= body).then(|| format!("{}{words}{}", &text[..start], &text[end..]))
}

/// Pairs of rules that say different things of the same words.
const DIFFERENT: &[(&str, &str)] = &[
    ("vague-link", "broken-link"),
    ("vague-link", "misspelt-address"),
    ("vague-link", "preview-link"),
    ("missing-alternative", "picture-elsewhere"),
    ("unmarked-language", "unmade-heading"),
    ("unmarked-language", "unmade-list"),
    ("letter-without-close", "letter-empty-placeholder"),
    // A page is marked at its title.
    ("reserved-address", "duplicate-title"),
    ("reserved-address", "orphan"),
    ("duplicate-title", "orphan"),
    ("duplicate-title", "alias-collision"),
];

#[test]
fn no_two_messages_are_about_the_same_words() {
    let mut wrong = String::new();
    for (file, site) in sites() {
        let found = site.build().diagnostics;
        let placed: Vec<_> = found.iter().filter_map(|one| Some((one, one.location.as_ref()?))).collect();
        for (at, (one, here)) in placed.iter().enumerate() {
            for (other, there) in &placed[at + 1..] {
                let is_shown = !here.excerpt.is_empty() && here.file == there.file;
                let overlap = is_shown && here.start < there.end && there.start < here.end;
                let is_known =
                    DIFFERENT.iter().any(|(a, b)| [(*a, *b), (*b, *a)].contains(&(one.rule.code(), other.rule.code())));
                if overlap && !is_known {
                    wrong.push_str(&format!("{}: {} | {}\n", file.display(), one.rule.code(), other.rule.code()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
