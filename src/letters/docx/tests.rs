//! What a word processor finds in the file.

use std::io::{Cursor, Read};

use super::docx;
use crate::config::{FieldDeclaration, FieldType, Paper};
use crate::letters::export_context::{Direction, ExportContext};
use crate::letters::parse;
use crate::letters::words::Words;

fn context(words: &Words) -> ExportContext<'_> {
    ExportContext {
        title: "Accept & <thank>",
        language: "en",
        direction: Direction::LeftToRight,
        paper: Paper::A4,
        publisher: "Somebody",
        words,
    }
}

fn bytes(body: &str, declared: &[FieldDeclaration], context: &ExportContext<'_>) -> Vec<u8> {
    let (letter, _) = parse(body, 0, Some(("About [it]", 0)), declared, &[]);
    docx(&letter, context).expect(body)
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

fn document(body: &str, declared: &[FieldDeclaration]) -> String {
    let words = Words::default();
    part(&bytes(body, declared, &context(&words)), "word/document.xml")
}

/// Fails if a part is not XML.
fn read_as_xml(text: &str) {
    assert!(!text.contains(|letter: char| letter < ' ' && letter != '\n' || letter == '\u{fffe}'), "{text}");
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    while reader.read_event().expect(text) != quick_xml::events::Event::Eof {}
}

#[test]
fn the_first_part_names_the_types_and_every_part_is_xml() {
    let words = Words::default();
    let bytes = bytes("Dear [name],\n\n1. a\n\nYours,\\\n[x]", &[], &context(&words));
    let archive = zip::ZipArchive::new(Cursor::new(&bytes)).expect("an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    assert_eq!(names[0], "[Content_Types].xml");
    for name in names {
        read_as_xml(&part(&bytes, &name));
    }
    assert!(part(&bytes, "docProps/core.xml").contains("<dc:title>Accept &amp; &lt;thank&gt;</dc:title>"));
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let words = Words::default();
    assert_eq!(bytes("Dear [name],", &[], &context(&words)), bytes("Dear [name],", &[], &context(&words)));
}

#[test]
fn blanks_are_controls_of_their_kind() {
    let of = |name: &str, kind| FieldDeclaration { name: name.into(), kind: Some(kind), ..FieldDeclaration::default() };
    let choice =
        FieldDeclaration { name: "c".into(), choices: vec!["x & y".into(), "z".into()], ..FieldDeclaration::default() };
    let declared = [of("a", FieldType::Date), of("b", FieldType::Multiline), choice];
    let xml = document("[a] [b] [c] [name]", &declared);
    for text in [
        "<w:tag w:val=\"a\"/><w:id w:val=\"1002\"/><w:showingPlcHdr/><w:date>",
        "<w:tag w:val=\"b\"/><w:id w:val=\"1003\"/><w:showingPlcHdr/></w:sdtPr>",
        "<w:listItem w:displayText=\"x &amp; y\" w:value=\"x &amp; y\"/>",
        "<w:alias w:val=\"Name\"/>",
    ] {
        assert!(xml.contains(text), "{text} {xml}");
    }
}

#[test]
fn paragraphs_have_the_style_of_their_place_in_the_letter() {
    let xml = document(
        "[your name]\n\n[date]\n\n[company]\n\nDear X,\n\nI.\n\n::: optional\nO.\n:::\n\nYours,\n\n[your name]\n\nEncl. a",
        &[],
    );
    let styles: Vec<&str> = xml.split("<w:pStyle w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let expected = ["Sender", "Date", "Recipient", "Salutation", "BodyText", "Choice", "BodyText"];
    assert_eq!(styles[..7], expected);
    for style in styles {
        assert!(super::STYLES.contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
}

#[test]
fn what_is_typed_into_a_bold_line_is_bold() {
    let xml = document("Dear X,\n\n**About [job title]**\n\nI.", &[]);
    assert!(xml.contains("<w:sdtPr><w:rPr><w:b/><w:bCs/></w:rPr><w:alias w:val=\"Job title\"/>"), "{xml}");
}

#[test]
fn the_close_takes_the_last_words_along_to_the_next_page() {
    let xml = document("Dear X,\n\nFirst.\n\n- a\n- last\n\nYours sincerely,\n\n[your name]", &[]);
    assert_eq!(xml.matches("<w:keepNext/>").count(), 1);
    let kept = xml.split("<w:keepNext/>").nth(1).and_then(|rest| rest.split("</w:p>").next()).expect("a paragraph");
    assert!(kept.contains(">last<"), "{kept}");
}

#[test]
fn each_numbered_list_begins_anew() {
    let words = Words::default();
    let bytes = bytes("1. a\n2. b\n\nText.\n\n5. c\n\n- d", &[], &context(&words));
    let numbering = part(&bytes, "word/numbering.xml");
    assert!(
        numbering.contains("<w:num w:numId=\"3\">") && numbering.contains("<w:startOverride w:val=\"5\"/>"),
        "{numbering}"
    );
}

#[test]
fn urdu_runs_from_right_to_left_around_latin_words() {
    let words = Words::default();
    let context = ExportContext { direction: Direction::RightToLeft, language: "ur", ..context(&words) };
    let xml = part(&bytes("میرا CV ساتھ ہے", &[], &context), "word/document.xml");
    assert!(xml.contains("<w:bidi/>"));
    assert!(xml.contains("<w:r><w:rPr></w:rPr><w:t xml:space=\"preserve\">CV </w:t></w:r>"), "{xml}");
    assert!(xml.contains("<w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">میرا </w:t>"), "{xml}");
}

#[test]
fn what_xml_cannot_hold_is_left_out() {
    read_as_xml(&document("a\u{1}b\u{c} \u{fffe}[x\u{2}\"<] <https://a.example/\"x>", &[]));
}

#[test]
fn the_letter_script_has_the_same_fixed_parts() {
    let script = include_str!("../../../themes/default/assets/letter.js");
    let parts =
        [super::CONTENT_TYPES, super::RELATIONSHIPS, super::DOCUMENT_RELATIONSHIPS, super::STYLES, super::NUMBERING];
    for part in parts {
        let (_, content) = part.split_once('\n').expect("a declaration");
        let content: String = content.lines().collect();
        assert!(script.contains(&content), "{content}");
    }
}
