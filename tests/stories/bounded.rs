//! Stories about pages that hold very many of something: limits are reported, and messages stay short. How long they take is held by
//! `tests/growth`.

use crate::support::{BuiltSite, Site, messages};
use letterpress::diagnostic::Rule;

#[test]
fn addresses_in_a_row_are_one_message_of_few_words() {
    let built = Site::new().article("a.md", "title: A", &"http://".repeat(20_000)).build();
    let told: Vec<_> = built.diagnostics.iter().filter(|one| one.rule == Rule::BareUrl).collect();
    assert_eq!(told.len(), 1);
    assert!(messages(&built).len() < 10_000, "{} bytes", messages(&built).len());
}

#[test]
fn a_bare_address_beside_linked_ones_is_still_found() {
    let linked = "[https://a.example/b](https://a.example/b) ";
    let body = format!("{}and https://c.example/d, <https://e.example/f>.", linked.repeat(200));
    let built = Site::new().article("a.md", "title: A", &body).build();
    let told: Vec<_> = built.diagnostics.iter().filter(|one| one.rule == Rule::BareUrl).collect();
    assert_eq!(told.len(), 1, "{}", messages(&built));
    assert_eq!(told[0].hint.as_deref(), Some("write `[what it is](https://c.example/d)`"));
}

#[test]
fn a_group_of_too_many_synonyms_is_reported_and_the_first_serve() {
    let words: String = (0..150).map(|number| format!("\"word{number}\", ")).collect();
    let site = Site::new().file("content/search.toml", format!("synonyms = [[{words}]]\n")).article(
        "a.md",
        "title: A",
        "Say word1 and nothing else.",
    );
    let built = site.build();
    assert_eq!(built.codes(), ["search-synonyms"], "{}", messages(&built));
    assert!(messages(&built).contains("a group of synonyms takes at most 100 words"), "{}", messages(&built));
}

#[test]
fn too_many_groups_of_synonyms_are_reported() {
    let groups: String = (0..1_001).map(|number| format!("[\"say\", \"word{number}\"], ")).collect();
    let site = Site::new().file("content/search.toml", format!("synonyms = [{groups}]\n")).article(
        "a.md",
        "title: A",
        "Say nothing else.",
    );
    assert!(messages(&site.build()).contains("at most 1000 groups of synonyms are read"));
}

#[test]
fn the_same_fault_often_in_guidance_is_placed_at_each_line() {
    let front = format!("title: L\nguidance: |\n{}", "  See [it](nowhere.md).\n".repeat(300));
    let built =
        Site::new().letter("l.md", front.trim_end(), "Dear [name],\n\nWords.\n\nYours sincerely,\n\n[name]").build();
    let lines: Vec<usize> = built
        .diagnostics
        .iter()
        .filter(|one| one.rule == Rule::BrokenLink)
        .map(|one| one.location.as_ref().expect("a place").start.line)
        .collect();
    assert_eq!(lines, (4..304).collect::<Vec<_>>());
}

#[test]
fn end_tags_that_close_nothing_are_told_beside_tags_that_are_open() {
    let built = Site::new().article("a.md", "title: A", "<b>a</i> <u>c</u></b></b>").build();
    let told: Vec<&str> =
        built.diagnostics.iter().filter(|one| one.rule == Rule::UnclosedHtml).map(|one| one.message.as_str()).collect();
    assert_eq!(told, ["`</i>` closes nothing", "`</b>` closes nothing"]);
}

#[test]
fn choices_that_a_field_lacks_are_reported_with_a_few_that_it_has() {
    let choices: String = (0..400).map(|number| format!("answer {number}, ")).collect();
    let front = format!("title: L\nfields:\n  notice: {{ choices: [{choices}] }}");
    let body =
        "Dear [name],\n\n[notice]\n\n::: when notice is \"something else\"\nWords.\n:::\n\nYours sincerely,\n\n[name]";
    let text = messages(&Site::new().letter("l.md", &front, body).build());
    assert!(text.contains("its choices are: \"answer 0\", \"answer 1\",") && text.contains(", and 388 more"), "{text}");
}

/// Once, three thousand optional sentences within each other ended the program.
#[test]
fn letters_nested_as_deep_as_you_like_are_read_or_reported() {
    const DEEP: usize = 3_000;
    let nested = |open: &str, close: &str| format!("Dear [name],\n\n{}x{}", open.repeat(DEEP), close.repeat(DEEP));
    for (open, close) in [
        ("[optional: ", "]"),
        ("[optional: ", ""),
        ("[", "]"),
        ("[", "](https://a.example/)"),
        ("![", "](a.png)"),
        ("*a **b ", "** c*"),
        ("::: optional\n", "\n:::\n"),
        ("> ", ""),
        ("- ", ""),
    ] {
        let built = Site::new().letter("l.md", "title: L", &nested(open, close)).build();
        assert!(built.has_errors() || built.has("letters/l/index.html"), "{open}: {}", messages(&built));
    }
}

#[test]
fn articles_nested_as_deep_as_you_like_are_published() {
    for deep in ["> ", "- ", "1. ", "a\n: ", "<div>", "[^1]: > ", "> - 1. "] {
        let body = format!("See[^1].\n\n{}Words.", deep.repeat(3_000));
        let site = Site::new().article("a.md", "title: A\ndescription: B", &body);
        assert!(site.build().page("articles/a/index.html").contains("Words."), "{deep}");
    }
}

#[test]
fn notes_that_refer_to_notes_without_end_are_published() {
    let notes: String = (1..3_000).map(|at| format!("[^{at}]: Note {at}.[^{}]\n\n", at + 1)).collect();
    let site = Site::new().article("a.md", "title: A", &format!("See[^1].\n\n{notes}[^3000]: The last."));
    assert!(site.build().page("articles/a/index.html").contains("The last."));
}

#[test]
fn front_matter_nested_too_deeply_is_reported() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")] {
        let front = format!("title: A\na:\n  {}1{}", open.repeat(3_000), close.repeat(3_000));
        let built = Site::new().article("a.md", &front, "Words.").build();
        assert!(built.codes().contains(&"invalid-yaml"), "{open}: {}", messages(&built));
    }
}

#[test]
fn too_many_terms_to_avoid_are_reported_and_the_first_serve() {
    let terms: String = (0..5_001).map(|number| format!("[[avoid]]\nterm = \"word{number}\"\n")).collect();
    let site = Site::new().file("content/terms.toml", terms).article("a.md", "title: A", "Say word1 and nothing else.");
    let built = site.build();
    assert_eq!(built.codes(), ["term-to-avoid", "wrong-type"], "{}", messages(&built));
    assert!(messages(&built).contains("lists more than 5000 terms"), "{}", messages(&built));
}
