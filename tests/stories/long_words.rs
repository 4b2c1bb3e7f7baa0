//! Words that no line holds: paper has an edge, and nothing of a letter may be beyond it.

use std::process::Command;

use letterpress::config::Paper;
use letterpress::letters;
use letterpress::letters::{Direction, ExportContext, PdfWriter, Words};

/// The space at the paper's sides in points, less the width that poppler gives to marks of direction, which nobody sees.
const MARGIN: f32 = 65.0;
/// The width of A4.
const WIDTH: f32 = 595.28;

/// A letter's PDF, with that text in every place that a letter has.
fn letter_with(word: &str, (language, direction): (&str, Direction)) -> Vec<u8> {
    let body = format!(
        "[your name]\n{word}\n\n[name]\n{word}\n\nSubject: {word}\n\nDear {word},\n\nSee {word} and *{word}*, **{word}**.\n\n\
         - {word}\n- a\n  - {word}\n    - {word}\n\n100. {word}\n\n> {word}\n>\n> > > > > > {word}\n\n\
         | a | b |\n|---|---|\n| {word} | {word} |\n\n[{word}](https://example.org/{word}) [optional: {word}.]\n\n\
         ::: optional\n{word}\n:::\n\n[{word}] and [{word} address].\n\nYours sincerely,\n\n[your name]\n{word}\n\nEncl: {word}"
    );
    let (letter, _) = letters::parse(&body, 0, Some((word, 0)), &[], &[]);
    let words = Words::default();
    let sheet = ExportContext {
        title: "A letter",
        language,
        direction,
        paper: Paper::A4,
        publisher: "Somebody",
        words: &words,
    };
    PdfWriter::new().pdf(&letter, &sheet).expect("a PDF")
}

/// What poppler says of the file; `None` where it isn't installed.
fn poppler(pdf: &[u8], option: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("letter.pdf");
    std::fs::write(&file, pdf).expect("a file");
    let said = Command::new("pdftotext").arg(option).arg(&file).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&said.stdout).into_owned())
}

/// The left and right edge of every word in points, with the line of poppler's that says so.
fn edges(boxes: &str) -> Vec<(f32, f32, &str)> {
    let number = |line: &str, name: &str| {
        let value = line.split(&format!("{name}=\"")).nth(1)?.split('"').next()?;
        value.parse::<f32>().ok()
    };
    boxes.lines().filter_map(|line| Some((number(line, "xMin")?, number(line, "xMax")?, line))).collect()
}

fn assert_within_margins(word: &str, language: (&str, Direction)) {
    let pdf = letter_with(word, language);
    assert!(pdf.windows(12).any(|bytes| bytes == b"pdfuaid:part"), "{word} does not conform");
    let Some(boxes) = poppler(&pdf, "-bbox") else { return };
    let edges = edges(&boxes);
    assert!(edges.len() > 20, "{boxes}");
    let right = WIDTH - MARGIN;
    for (from, to, line) in edges {
        assert!(from >= MARGIN && to <= right, "{word} in {}: {line}", language.0);
    }
}

/// Everything that pdftotext reads of a word, wherever it was broken.
fn letters_of(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace() && *sign != '\u{c}').collect()
}

const LEFT_TO_RIGHT: (&str, Direction) = ("en", Direction::LeftToRight);
const URDU: (&str, Direction) = ("ur", Direction::RightToLeft);
const ARABIC: (&str, Direction) = ("ar", Direction::RightToLeft);

#[test]
fn no_long_word_runs_over_the_edge_of_a_letters_paper() {
    let words = [
        format!("https://forms.example.org/r?id={}", "DQSIkWdsW0yxEja".repeat(12)),
        "_".repeat(150).replace('_', "\\_"),
        "#".repeat(150).replace('#', "\\#"),
        ".".repeat(300),
        "W".repeat(150),
        format!("{}@{}.example.org", "someone.".repeat(14), "department-of-long-names.".repeat(6)),
        "Donaudampfschifffahrtsgesellschaftskapitän".repeat(5),
        "ffi".repeat(90),
        "لکھنے".repeat(40),
        "نوکری۔تنخواہ۔".repeat(20),
        "۔".repeat(200),
        "والمستخدمون".repeat(20),
        "中文字符".repeat(50),
        "ภาษาไทยไม่มีเว้นวรรค".repeat(10),
        format!("{}{}", "نوکری".repeat(20), "application".repeat(15)),
    ];
    for word in &words {
        assert_within_margins(word, LEFT_TO_RIGHT);
        assert_within_margins(word, URDU);
    }
    assert_within_margins(&words.concat(), ARABIC);
}

#[test]
fn every_letter_of_a_long_word_is_on_the_paper() {
    let address = format!("https://forms.example.org/r?id={}", "DQSIkWdsW0yxEja".repeat(12));
    for word in [address, "Z".repeat(150), "0123456789".repeat(16)] {
        let Some(text) = poppler(&letter_with(&word, LEFT_TO_RIGHT), "-nopgbrk") else { return };
        let text = letters_of(&text);
        assert!(text.matches(&word).count() >= 12, "{word}\n{text}");
    }
}

#[test]
fn numbers_of_long_lists_stay_off_their_words() {
    let body = (1..=120).map(|number| format!("{number}. Word{number}\n")).collect::<String>();
    let (letter, _) = letters::parse(&format!("Dear X,\n\n{body}"), 0, None, &[], &[]);
    let words = Words::default();
    let (language, direction) = LEFT_TO_RIGHT;
    let sheet = ExportContext {
        title: "A letter",
        language,
        direction,
        paper: Paper::A4,
        publisher: "Somebody",
        words: &words,
    };
    let pdf = PdfWriter::new().pdf(&letter, &sheet).expect("a PDF");
    let Some(text) = poppler(&pdf, "-nopgbrk") else { return };
    assert!(text.lines().any(|line| line.trim() == "120. Word120"), "{text}");
}
