//! Stories about letters on pages: their own, in articles, and in listings.

use crate::support::{BuiltSite, Site, between};

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
    assert!(listing.contains(">interviews<") && listing.contains("/career-advice/letters/decline/"));
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
    let page = site().built().page("letters/decline/index.html");
    assert!(between(&page, "data-policy=\"", "base-uri").contains("connect-src 'none'; form-action 'none'"), "{page}");
    assert!(!site().built().page("articles/no/index.html").contains("connect-src 'none'"));
    let headers = site().built().page("_headers");
    let letters = between(&headers, "/career-advice/letters/:letter/", "\n\n");
    assert!(letters.contains("connect-src 'none'; form-action 'none'"), "{headers}");
}

#[test]
fn a_file_is_saved_under_the_letters_title() {
    let built = site().built();
    assert!(built.page("letters/decline/index.html").contains("letter.docx\" download=\"Decline an interview.docx\""));
    assert!(built.page("articles/no/index.html").contains("letter.docx\" download=\"My letter.docx\""));
}

#[test]
fn a_date_line_may_begin_with_the_readers_own_day() {
    let front = "title: Write\nsubject: Words\nfields:\n  date: { default: today }";
    let page =
        site().letter("write.md", front, &format!("[date]\n\n{LETTER}")).built().page("letters/write/index.html");
    let field = between(&page, "<input id=\"field-date\"", ">");
    assert!(field.contains("type=\"date\"") && field.contains(" data-today"), "{field}");
    assert!(!field.contains("value="), "{field}");
}

#[test]
fn money_is_written_with_letters_too() {
    let letter = LETTER.replace("me on", "me for [amount] on");
    let page = site().letter("pay.md", "title: Pay\nsubject: Pay", &letter).built().page("letters/pay/index.html");
    assert!(
        !between(&page, "<input id=\"field-amount\"", ">").contains("inputmode"),
        "Rs 90,000 needs more than digits"
    );
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
