//! Names: of topics and tags, of places on a page, of files and of choices, in every script and spelling.

use crate::support::{BuiltSite, Site, messages};

#[test]
fn a_choice_with_quotation_marks_is_named_in_a_condition() {
    let front = "title: L\nfields:\n  answer: { choices: ['say \"hi\"', \"it's on, or off: maybe \", 'sagt „ja“'] }";
    let body = "Dear [name],\n\n[answer]\n\n::: when answer is \"say \\\"hi\\\"\"\nA\n:::\n\n::: when answer is 'say \"hi\"' or 'sagt \"ja\"'\nB\n:::\n\n\
                ::: when answer is not \"it’s on, or off: maybe\"\nC\n:::\n\nYours sincerely,\n\n[your name]";
    let page = Site::new().letter("l.md", front, body).built().page("letters/l/index.html");
    assert!(page.contains("data-is=\"say &quot;hi&quot;\""), "{page}");
    assert!(page.contains("data-is=\"say &quot;hi&quot;\nsagt „ja“\""), "{page}");
    assert!(page.contains("data-is-not=\"it&#39;s on, or off: maybe\""), "{page}");
}

#[test]
fn a_hint_for_a_choice_with_quotation_marks_shows_a_line_that_works() {
    let letter = |line: &str| {
        let body = format!("Dear [name],\n\n[answer]\n\n{line}\nA\n:::\n\nYours sincerely,\n\n[your name]");
        Site::new().letter("l.md", "title: L\nfields:\n  answer: { choices: ['say \"hi\" now', 'b'] }", &body)
    };
    let said = messages(&letter("::: when answer is \"say \"hi\" now\"").build());
    let line = said.split('`').find(|part| part.starts_with(":::")).expect("a line");
    letter(line).built();
    let said = messages(&letter("::: when answer is \"another one\"").build());
    assert!(said.contains(r#"its choices are: "say \"hi\" now", "b""#), "{said}");
}

#[test]
fn a_mark_behind_a_number_closes_in_titles_and_bodies() {
    let site = Site::new().article("a.md", "title: 5'10\" tall", "He is 5'10\" tall, with a 6\" pipe and 12' of rope.");
    let page = site.built().page("articles/a/index.html");
    assert!(page.contains("<h1>5’10” tall</h1>"), "{page}");
    assert!(page.contains("He is 5’10” tall, with a 6” pipe and 12’ of rope."), "{page}");
}

#[test]
fn punjabi_of_pakistan_is_written_from_the_right() {
    for (code, direction) in [("pa-PK", "rtl"), ("az-IR", "rtl"), ("ku-IQ", "rtl"), ("urd", "rtl"), ("pa", "ltr")] {
        let settings = format!("title = \"A\"\nbase_url = \"https://example.org/\"\nlanguage = \"{code}\"\n");
        let site = Site::new().file("letterpress.toml", settings).article("a.md", "title: A", "x");
        let page = site.build().page("articles/a/index.html");
        assert!(page.contains(&format!("<html lang=\"{code}\" dir=\"{direction}\">")), "{page}");
    }
}

/// The ids and names of places of a page.
fn ids(page: &str) -> Vec<&str> {
    let of = |start| page.split(start).skip(1).filter_map(|rest| rest.split('"').next());
    of(" id=\"").chain(of("<a name=\"")).collect()
}

fn assert_ids_are_unique(file: &str, page: &str) {
    let ids = ids(page);
    let own: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    let twice: Vec<&&str> = own.iter().filter(|id| ids.iter().filter(|other| other == id).count() > 1).collect();
    assert!(twice.is_empty(), "{file}: {twice:?}");
    let links = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    for link in links.filter(|link| !link.is_empty()) {
        assert!(own.contains(link), "{file}: #{link} leads nowhere");
    }
}

/// Headings that say what the frame's parts are called, in kebab and in plain words.
const FRAME_WORDS: &str = "Page main|Search header|Search page|Note 1|Note reference 1|Letter|Fill in|Form heading|Contents label|\
    Field name|Field reason|Field reason hint|Hint reason|Choice 1 answer|Next heading|By situation|Topic articles|Others|Pay|Letters Pay|Initial 1";

fn headings() -> String {
    FRAME_WORDS.split('|').map(|words| format!("## {words}\n\nSee it.[^1] And {{again}}.\n\n")).collect::<String>()
        + "<p id=\"raw\">x</p>\n\n<a name=\"place\"></a>\n\n## Chosen {#page-main-2}\n\n[a](#page-main) [b](#note-1) [c](#raw) [d](#place) [e](#page-main-2)\n\n\
           term\n: what it is\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: From the law.[^2]\n[^2]: Of 1990.\n"
}

#[test]
fn every_id_on_every_page_is_unique_and_links_lead_to_it() {
    let places = "![L](../letters/l.md)\n\n![L](../letters/l.md)\n\n![M](../letters/m.md)\n";
    let letter = "Dear [name],\n\n[reason] [reason hint] [answer] [answer 1]\n\nYours sincerely,\n\n[your name]";
    let fields = "fields:\n  reason: { hint: Why }\n  reason hint: { hint: Which }\n  answer: { choices: [a, b] }\n  answer 1: { hint: x }";
    let guidance = headings().replace('\n', "\n  ");
    let listing = |title: &str| format!("---\ntitle: {title}\ndescription: All of it\n---\n\n{}", headings());
    let site = Site::new()
        .article("a.md", "title: A\ntopics: [pay, letters-pay]\ntags: [x]", &(places.to_owned() + "\n" + &headings()))
        .letter(
            "l.md",
            &format!("title: L\ntopics: [pay]\nsituations: [You pay]\n{fields}\nguidance: |\n  {guidance}"),
            letter,
        )
        .letter("m.md", "title: M\ntopics: [others]", letter)
        .letter("n.md", "title: N", letter)
        .file("content/letters/_index.md", listing("Letters"))
        .file("content/articles/_index.md", listing("Articles"))
        .file("content/topics/pay.md", listing("Pay"))
        .file("content/_index.md", listing("Home"));
    let built = site.build();
    assert!(!built.has_errors(), "{}", messages(&built));
    let pages: Vec<String> =
        built.output.iter().map(|(file, _)| file.to_string()).filter(|file| file.ends_with(".html")).collect();
    assert!(pages.len() > 10);
    for file in pages {
        assert_ids_are_unique(&file, &built.page(&file));
    }
}

#[test]
fn a_footnotes_link_leads_to_the_footnote_whatever_headings_say() {
    let page = Site::new().article("a.md", "title: A", "## Note 1\n\nSalary.[^1]\n\n[^1]: From the law.").built();
    let page = page.page("articles/a/index.html");
    assert!(
        page.contains("<h2 id=\"note-1\">") && page.contains("href=\"#Note-1\"") && page.contains("<li id=\"Note-1\">"),
        "{page}"
    );
}

#[test]
fn an_id_that_the_frame_has_is_reported() {
    let site = Site::new().article("a.md", "title: A", "## Main {#Page-main}\n\nx\n\n## Fine {#page-main}\n\ny");
    assert_eq!(site.build().codes(), ["frame-anchor"]);
    let site = Site::new().article("a.md", "title: A", "## Main {#Note-1}\n\nx[^1]\n\n[^1]: y");
    assert_eq!(site.build().codes(), ["duplicate-anchor"]);
    let site = site.file("themes/own/theme.toml", "extends = \"default\"\n");
    site.write("letterpress.toml", "title = \"A\"\nbase_url = \"https://example.org/\"\ntheme = \"own\"\n");
    site.write("themes/own/templates/partials/footer.html", "<footer id=\"contact\">x</footer>");
    site.write("content/articles/a.md", "---\ntitle: A\ndescription: B\n---\n\n## Contact\n\nx\n");
    assert!(site.build().codes().contains(&"frame-anchor"), "{}", messages(&site.build()));
}

#[test]
fn tags_that_differ_stay_apart_and_keep_their_words() {
    let words = ["C++", "C#", "C", ".NET", "NET", "F#", "R&D", "RD", "علم", "الم", "résumé", "resume"];
    let site = words.iter().enumerate().fold(Site::new(), |site, (number, word)| {
        site.article(
            &format!("a{number}.md"),
            &format!("title: A{number}\ntags: [\"{word}\"]\ntopics: [\"{word}\"]"),
            "x",
        )
    });
    let built = site.built();
    for (number, word) in words.iter().enumerate() {
        let page = built.page(&format!("articles/a{number}/index.html"));
        let shown = word.replace('&', "&amp;");
        for (folder, name) in [("tags", "rel=\"tag\""), ("topics", "")] {
            let link = page
                .split("<a ")
                .find(|link| link.contains(&format!("/{folder}/")) && link.contains(&format!(">{shown}</a>")));
            let link = link.unwrap_or_else(|| panic!("no {folder} {word} {name} in {page}"));
            let address = link
                .split("href=\"/career-advice/")
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .expect("an address");
            let listing = built.page(&format!("{address}index.html"));
            let listed = (0..words.len())
                .filter(|other| listing.contains(&format!("/articles/a{other}/\"")))
                .collect::<Vec<_>>();
            assert_eq!(listed, [number], "{folder} {word}");
        }
    }
}

#[test]
fn spellings_of_one_word_are_one_topic_with_the_most_frequent_name() {
    let built = Site::new()
        .article("a.md", "title: A\ntopics: [hr]\ntags: [job-search]", "x")
        .article("b.md", "title: B\ntopics: [HR]\ntags: [Job search]", "x")
        .article("c.md", "title: C\ntopics: [HR]\ntags: [Job Search]", "x")
        .article("d.md", "title: D\ntopics: [\"تنخواہ\"]\ntags: [Job search]", "x")
        .built();
    let topics = built.page("topics/index.html");
    assert!(topics.contains(">HR</a>") && topics.contains(">تنخواہ</a>") && !topics.contains(">hr</a>"), "{topics}");
    assert!(built.page("topics/hr/index.html").contains("<h1>HR</h1>"));
    assert!(built.page("tags/job-search/index.html").contains("Job search"));
}

#[test]
fn an_unknown_topic_is_named_as_it_is_written() {
    let site = Site::new().file("content/topics/pay.md", "---\ntitle: Pay\ndescription: P\n---\n").article(
        "a.md",
        "title: A\ntopics: [\"تنخواہ\", \"HR\", \"Páy\"]",
        "x",
    );
    let said = messages(&site.build());
    assert!(said.contains("there is no topic `تنخواہ`") && said.contains("there is no topic `HR`"), "{said}");
    assert!(said.contains("there is no topic `Páy`") && said.contains("did you mean `pay`?"), "{said}");
    let site = site.file("content/topics/تنخواہ.md", "---\ntitle: تنخواہ\ndescription: P\n---\n");
    assert!(!messages(&site.build()).contains("there is no topic `تنخواہ`"));
}

#[test]
fn names_in_two_unicode_forms_are_one_name() {
    let decomposed = "cafe\u{301}";
    let site = Site::new()
        .article(&format!("{decomposed}.md"), "title: Cafe", "## E\u{301}cole\n\n<p id=\"e\u{301}t\">x</p>\n\n## Own {#o\u{301}wn}\n\n[self](#ówn)")
        .file(&format!("content/articles/{decomposed}.png"), *include_bytes!("../../themes/default/assets/icon-180.png"))
        .letter(&format!("{decomposed}.md"), "title: L", "Dear [name],\n\nHello.\n\nYours sincerely,\n\n[your name]")
        .article(
            "p.md",
            "title: P\nrelated: [café.md]\nimage: café.png\ntags: [\"cafe\u{301}\", \"café\"]",
            "[a](café.md) [b](café.md#école) [c](cafe\u{301}.md#e\u{301}cole) [d](caf%C3%A9.md#%C3%A9t) [e](café.md#ówn)\n\n![A cup](café.png)\n\n![L](../letters/café.md)",
        );
    let built = site.built();
    let page = built.page("articles/cafe/index.html");
    assert!(page.contains("id=\"école\"") && page.contains("id=\"ét\"") && page.contains("id=\"ówn\""), "{page}");
    assert!(built.has("articles/café.png"), "an address is in NFC");
}

#[cfg(target_os = "linux")]
#[test]
fn two_files_whose_names_look_the_same_are_reported() {
    let site = Site::new().article("café.md", "title: One", "x").article("cafe\u{301}.md", "title: Two", "x");
    let built = site.build();
    assert_eq!(built.codes(), ["unreadable-name"]);
    assert!(messages(&built).contains("accents are written in two ways"), "{}", messages(&built));
    assert!(built.page("articles/cafe/index.html").contains("<h1>One</h1>"));
}

#[test]
fn anchors_keep_the_marks_of_words() {
    let body = "## क्या करें\n\n[यहाँ](#क्या-करें) [x](#ภาษาที่) [y](#كِتَابٌ)\n\n## ภาษาที่\n\na\n\n## كِتَابٌ\n\nb";
    let site = Site::new().article("a.md", "title: A", body);
    assert!(!site.build().has_errors(), "{}", messages(&site.build()));
}
