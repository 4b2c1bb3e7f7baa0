//! Stories about the reference for editors: what it shows works as it says.

use crate::support::{Site, messages};
use letterpress::reference;

/// The blocks of code of a language.
fn examples<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    text.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn every_example_of_markdown_builds_without_a_warning() {
    let writing = reference::writing();
    let markdown = &writing[..writing.find("\n## Letters").expect("a part about letters")];
    let body = examples(markdown, "markdown").join("\n");
    assert!(body.contains("![") && body.contains("[^receipt]"), "{body}");
    Site::new()
        .article(
            "leave/index.md",
            "title: Leave well",
            &body.replace("](read-a", "](../read-a").replace("](../letters", "](../../letters"),
        )
        .article("read-a-contract.md", "title: Read a contract", "Words.\n\n## Notice\n\nMore words.")
        .file(
            "content/articles/leave/calendar.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"3\"/>",
        )
        .letter("resignation.md", "title: Resign", "Dear [name],\n\nI resign.\n\nYours sincerely,\n\n[your name]")
        .built();
}

#[test]
fn the_example_of_a_letter_builds_without_a_warning() {
    let writing = reference::writing();
    let letters = &writing[writing.find("\n## Letters").expect("a part about letters")..];
    let body = examples(letters, "markdown").concat();
    let front = format!("title: Resign\n{}", examples(letters, "yaml")[0].trim_end());
    Site::new().letter("resignation.md", &front, &body).built();
}

#[test]
fn every_example_of_front_matter_can_be_written_as_it_stands() {
    for field in letterpress::document::PAGE_FIELDS {
        let title = if field.name == "title" { "" } else { "title: A page\n" };
        let text = format!("---\n{title}{}: {}\n---\n\nDear [interview date],\n", field.name, field.example);
        let built = Site::new().file("content/letters/a-page.md", text).build();
        let complaints = messages(&built);
        for code in ["unknown-key", "wrong-type", "invalid-yaml", "impossible-date"] {
            assert!(!complaints.contains(&format!("[{code}]")), "{}: {complaints}", field.name);
        }
    }
}

#[test]
fn every_example_of_the_settings_can_be_written_as_it_stands() {
    for field in letterpress::config::CONFIG_FIELDS {
        let title = if field.name == "title" { "" } else { "title = \"Advice\"\n" };
        let text = format!("{title}{} = {}\n", field.name, field.example);
        let complaints = messages(&Site::new().file("letterpress.toml", text).build());
        for code in ["unknown-setting", "unknown-key", "wrong-type", "invalid-toml", "bad-base-url"] {
            assert!(!complaints.contains(&format!("[{code}]")), "{}: {complaints}", field.name);
        }
    }
}
