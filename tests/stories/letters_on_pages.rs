//! Stories about letters on pages: their own, in articles, and in listings.

use crate::support::{Look, Site, between};

const LETTER: &str =
    "Dear [name of person],\n\nThank you for inviting me on [interview date].\n\nYours sincerely,\n\n[your name]";

fn site() -> Site {
    Site::new()
        .letter(
            "decline.md",
            "title: Decline an interview\ntopics: [interviews]\nsubject: \"Interview for [job title]\"",
            LETTER,
        )
        .article(
            "no.md",
            "title: Say no\ntopics: [interviews]",
            "Words.\n\n![My letter](../letters/decline.md)\n\nMore.",
        )
}

#[test]
fn a_letter_page_has_the_letter_with_blanks_and_a_form_for_them() {
    let page = site().built().page("letters/decline/index.html");
    assert!(page.contains("data-field=\"interview-date\""), "{page}");
    assert!(page.contains("<p class=\"salutation\">"));
    let form = between(&page, "<form class=\"letter-form\"", "</form>");
    assert!(form.contains("id=\"field-interview-date\"") && form.contains("type=\"date\""), "{form}");
    assert!(form.contains("id=\"field-job-title\""), "the subject's blank has a field as well");
}

#[test]
fn an_article_shows_a_letter_in_place_by_one_line() {
    let page = site().built().page("articles/no/index.html");
    assert!(page.contains("My letter"));
    assert!(page.contains("<span class=\"blank\" data-field=\"interview-date\">"), "{page}");
    assert!(page.contains("href=\"/career-advice/letters/decline/"), "a link to fill it in");
    assert!(!page.contains("id=\"field-"), "no form in an article");
}

#[test]
fn a_letter_knows_its_articles_and_an_article_its_letters() {
    let built = site().built();
    assert!(built.page("letters/decline/index.html").contains("/career-advice/articles/no/"));
    let listing = built.page("letters/index.html");
    assert!(listing.contains("Interviews") && listing.contains("/career-advice/letters/decline/"));
}

#[test]
fn the_files_that_a_letter_page_offers_are_there() {
    let built = site().built();
    let page = built.page("letters/decline/index.html");
    for name in ["letter.txt", "letter.pdf", "letter.docx"] {
        assert!(page.contains(&format!("href=\"/career-advice/letters/decline/{name}\"")), "{name}");
        assert!(built.has(&format!("letters/decline/{name}")), "{name}");
    }
    let text = built.page("letters/decline/letter.txt");
    assert!(text.contains("Subject: Interview for [job title]") && text.contains("Dear [name of person],"), "{text}");
}

#[test]
fn a_letter_page_may_neither_connect_nor_send_a_form() {
    let config = "title = \"Advice\"\n[settings]\nletter_policy_in_page = true\n";
    let built = site().file("letterpress.toml", config).built();
    assert!(built.page("letters/decline/index.html").contains("connect-src 'none'; form-action 'none'"));
    assert!(!built.page("articles/no/index.html").contains("connect-src 'none'"));
    let headers = site().built().page("_headers");
    let letters = between(&headers, "/career-advice/letters/:letter/", "\n\n");
    assert!(letters.contains("connect-src 'none'; form-action 'none'"), "{headers}");
}

#[test]
fn an_article_cannot_be_shown_in_place() {
    let built = site().article("b.md", "title: B", "![The article](no.md)").build();
    assert_eq!(built.codes(), ["not-a-letter"]);
}

#[test]
fn a_letter_in_a_list_is_told() {
    let built = site().article("b.md", "title: B", "- ![The letter](../letters/decline.md)").build();
    assert_eq!(built.codes(), ["misplaced-letter"]);
}

#[test]
fn letters_are_listed_by_the_situations_that_readers_are_in() {
    let front = "title: Accept an offer\nsituations: [You have an offer]";
    let listing = site().letter("accept.md", front, LETTER).built().page("letters/index.html");
    let situations = between(&listing, "<section class=\"situations\"", "</section>");
    assert!(situations.contains("You have an offer") && situations.contains("/career-advice/letters/accept/"));
    assert!(!situations.contains("/letters/decline/"), "a letter that names no situation is in none");
    assert!(!site().built().page("letters/index.html").contains("class=\"situations\""));
}
