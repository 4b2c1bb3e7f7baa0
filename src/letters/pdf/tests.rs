//! PDFs are looked at by people and by poppler in `tests/letters.rs`; here is what their bytes must hold.

use super::composition::{Spacing, compose};
use super::fonts::PRINTED;
use super::{PdfWriter, paging};
use crate::config::{FieldDeclaration, FieldType, Paper};
use crate::letters::export_context::{Direction, ExportContext};
use crate::letters::parse;
use crate::letters::words::Words;

fn context(words: &Words) -> ExportContext<'_> {
    ExportContext {
        title: "A letter",
        language: "en",
        direction: Direction::LeftToRight,
        paper: Paper::A4,
        publisher: "Somebody",
        words,
    }
}

fn pdf(body: &str, context: &ExportContext<'_>) -> Vec<u8> {
    let (letter, _) = parse(body, 0, Some(("About [it]", 0)), &[], &[]);
    PdfWriter::new().pdf(&letter, context).expect(body)
}

fn holds(pdf: &[u8], text: &str) -> bool {
    pdf.windows(text.len()).any(|window| window == text.as_bytes())
}

const LETTER: &str = "Dear [name],\n\n*I* **write** to `you`. [optional: See [date].]\n\n- a\n- [b]\n\n3. c\n\n   > d\n\n\
                      ::: optional\nE.\n:::\n\nYours sincerely,\\\n[your name]";

#[test]
fn a_pdf_is_tagged_titled_and_has_its_language_and_fonts() {
    let words = Words::default();
    let pdf = pdf(LETTER, &context(&words));
    for text in ["%PDF-1.7", "/MarkInfo", "/StructTreeRoot", "/Lang(en)", "pdfuaid:part", "/FontFile2", "A letter"] {
        assert!(holds(&pdf, text), "{text}");
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let words = Words::default();
    let mut pdf_writer = PdfWriter::new();
    let (letter, _) = parse(LETTER, 0, None, &[], &[]);
    let first = pdf_writer.pdf(&letter, &context(&words));
    assert_eq!(first, pdf_writer.pdf(&letter, &context(&words)));
    assert_eq!(first, PdfWriter::new().pdf(&letter, &context(&words)));
}

/// A character after a letter of its script, so that marks combine with one; no sign is Markdown's.
fn after_a_letter(character: char) -> String {
    match character {
        '\u{600}'..='\u{6ff}' | '\u{fd00}'..='\u{fdff}' | '\u{200c}' | '\u{200d}' => format!("ب{character} "),
        '!'..='~' => format!("a \\{character} "),
        _ => format!("a{character} "),
    }
}

#[test]
fn every_character_that_the_fonts_claim_is_printed() {
    let words = Words::default();
    let claimed = PRINTED.iter().flat_map(|(first, last)| *first..=*last).filter(|letter| !letter.is_whitespace());
    for part in claimed.collect::<Vec<char>>().chunks(60) {
        let body: String = part.iter().map(|letter| after_a_letter(*letter)).collect();
        let urdu = ExportContext { direction: Direction::RightToLeft, language: "ur", ..context(&words) };
        for context in [context(&words), urdu] {
            assert!(holds(&pdf(&body, &context), "pdfuaid:part"), "{body}");
        }
    }
}

#[test]
fn characters_without_a_glyph_do_not_stop_a_letter() {
    let words = Words::default();
    pdf("Dear 你好 [🙂 [name]\u{1F468}\u{200D}\u{1F469}, \u{301}\u{ad}\u{1}\u{7f} \u{202e}x\u{2066}", &context(&words));
}

#[test]
fn us_letter_is_its_own_size() {
    let words = Words::default();
    assert!(holds(&pdf("Hi.", &context(&words)), "[0 0 595.28 841.89]"));
    assert!(holds(&pdf("Hi.", &ExportContext { paper: Paper::UsLetter, ..context(&words) }), "[0 0 612 792]"));
}

fn pages(body: &str, declared: &[FieldDeclaration]) -> Vec<Vec<String>> {
    let words = Words::default();
    let (letter, _) = parse(body, 0, None, declared, &[]);
    let composed = compose(&letter, &context(&words), Spacing::Usual, &mut PdfWriter::new());
    let text = |layout_block: usize| composed.layout_blocks[layout_block].text.clone();
    let pages = paging::pages(&composed, Paper::A4);
    pages.iter().map(|page| page.iter().map(|row| text(row.layout_block)).collect()).collect()
}

#[test]
fn a_close_is_parted_neither_from_its_signature_nor_from_the_last_line_before_it() {
    for paragraphs in 18..30 {
        let body =
            format!("Dear X,\n\n{}Yours sincerely,\n\n[your name]", "One line of a letter.\n\n".repeat(paragraphs));
        let pages = pages(&body, &[]);
        let last = pages.last().expect("a page");
        assert!(last.iter().any(|line| line == "Yours sincerely,"), "{paragraphs}");
        assert!(last.iter().any(|line| line == "One line of a letter."), "{paragraphs}");
    }
}

#[test]
fn no_paragraph_leaves_one_line_behind() {
    let long = "Words that go on and on until the paragraph has a good many lines, and then a few more. ".repeat(6);
    for paragraphs in 1..12 {
        let body = format!("{}{long}", "Line.\n\n".repeat(paragraphs * 2));
        for page in pages(&format!("{body}\n\n{long}\n\n{long}"), &[]) {
            let alone = page.iter().filter(|line| **line == long.trim()).count();
            assert_ne!(alone % 1_000, 1, "{paragraphs}");
        }
    }
}

#[test]
fn a_long_answer_gets_lines_of_its_own() {
    let multiline =
        FieldDeclaration { name: "story".into(), kind: Some(FieldType::Multiline), ..FieldDeclaration::default() };
    let pages = pages("Before. [story]. [story] After.", &[multiline]);
    assert_eq!(pages[0], ["Before. ", "", "", "", "", "", "", "After."]);
}

#[test]
fn a_letter_longer_than_a_page_goes_on() {
    let body = "A paragraph of a very long letter, with [a blank] in it.\n\n".repeat(200);
    assert!(pages(&body, &[]).len() > 5);
    let words = Words::default();
    pdf(&body, &context(&words));
    pdf(&format!("{} [{}]", "word".repeat(4_000), "name ".repeat(150)), &context(&words));
}
