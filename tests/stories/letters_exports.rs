//! The files of letters: every shipped letter has them, and they say what they are.

use std::path::{Path, PathBuf};
use std::process::Command;

use letterpress::config::{FieldDeclaration, Paper};
use letterpress::letters;
use letterpress::letters::{Direction, ExportContext, Letter, PdfWriter, Words};

fn shipped() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/letters");
    let files = std::fs::read_dir(folder).expect("letters").map(|entry| entry.expect("a letter").path());
    let mut letters: Vec<PathBuf> = files.filter(|path| !path.to_string_lossy().contains("_index")).collect();
    letters.sort();
    letters.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).expect("a letter"))).collect()
}

/// The letter below the front matter. Names that stand in a `when` get their choices from there.
fn read(source: &str) -> Letter {
    let body = source.splitn(3, "---\n").nth(2).expect("front matter");
    let mut declared: Vec<FieldDeclaration> = Vec::new();
    for line in body.lines().filter_map(|line| line.strip_prefix("::: when ")) {
        let (name, choice) = line.split_once(" is ").expect("a condition");
        let choice = choice.trim_matches('"').to_owned();
        match declared.iter_mut().find(|field| field.name == name) {
            Some(field) => field.choices.push(choice),
            None => declared.push(FieldDeclaration {
                name: name.to_owned(),
                choices: vec![choice],
                ..FieldDeclaration::default()
            }),
        }
    }
    letters::parse(body, 0, None, &declared, &[]).0
}

fn sheet<'a>(path: &Path, words: &'a Words) -> ExportContext<'a> {
    let urdu = path.to_string_lossy().ends_with(".ur.md");
    ExportContext {
        title: "A letter",
        language: if urdu { "ur" } else { "en" },
        direction: if urdu { Direction::RightToLeft } else { Direction::LeftToRight },
        paper: Paper::A4,
        publisher: "Somebody",
        words,
    }
}

#[test]
fn every_shipped_letter_is_a_tagged_pdf_of_one_page_with_its_fonts_and_language() {
    let words = Words::default();
    let mut pdf_writer = PdfWriter::new();
    let folder = tempfile::tempdir().expect("a folder");
    for (path, source) in shipped() {
        let pdf = pdf_writer.pdf(&read(&source), &sheet(&path, &words)).expect("a PDF");
        assert!(pdf.windows(12).any(|bytes| bytes == b"pdfuaid:part"), "{} does not conform", path.display());
        let file = folder.path().join("letter.pdf");
        std::fs::write(&file, &pdf).expect("a file");
        // Poppler looks where it is installed.
        let Ok(about) = Command::new("pdfinfo").arg(&file).output() else { continue };
        let about = String::from_utf8_lossy(&about.stdout).into_owned();
        for line in ["Title:           A letter", "Tagged:          yes", "Pages:           1\n"] {
            assert!(about.contains(line), "{}: {about}", path.display());
        }
        let fonts = Command::new("pdffonts").arg(&file).output().expect("poppler");
        let fonts = String::from_utf8_lossy(&fonts.stdout).into_owned();
        assert!(fonts.lines().skip(2).all(|line| line.contains("yes yes yes")), "{}: {fonts}", path.display());
    }
}

/// The words that a program reads out of a PDF, in their order, if poppler is installed. It sets signs between words from left to right.
fn read_aloud(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("letter.pdf");
    std::fs::write(&file, pdf).expect("a file");
    let said = Command::new("pdftotext").arg("-nopgbrk").arg(&file).arg("-").output().ok()?;
    Some(words_of(&String::from_utf8(said.stdout).expect("text")))
}

fn words_of(text: &str) -> String {
    let turns = |mark: &char| matches!(mark, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    let text: String = text.chars().filter(|mark| !turns(mark)).collect();
    let words = text.split(|sign: char| sign.is_whitespace() || "،؛؟۔.".contains(sign)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn in_language<'a>(language: &'a str, words: &'a Words) -> ExportContext<'a> {
    ExportContext { language, direction: Direction::RightToLeft, ..sheet(Path::new("letter.ur.md"), words) }
}

#[test]
fn an_urdu_letter_is_drawn_in_nastaliq_and_reads_aloud_word_for_word() {
    let words = Words::default();
    let source = std::fs::read_to_string("content/letters/resignation.ur.md").expect("a letter");
    let pdf = PdfWriter::new().pdf(&read(&source), &in_language("ur", &words)).expect("a PDF");
    let holds = |text: &[u8]| pdf.windows(text.len()).any(|window| window == text);
    assert!(holds(b"/Subtype/Form"), "no outlines");
    let Some(said) = read_aloud(&pdf) else { return };
    for line in [
        "السلام علیکم۔",
        "براہِ کرم اس خط کو",
        "کے عہدے سے میرا استعفیٰ",
        "اس دن تک میرا کام معمول کے مطابق جاری رہے گا، اور پوری کوشش ہوگی کہ میرے جانے سے ساتھیوں",
        "یہاں جو کچھ سیکھنے کو ملا اس کے لیے آپ کا شکریہ۔ آپ کے اور ادارے کے لیے نیک تمنائیں۔",
        "کمپنی کا نام",
    ] {
        assert!(said.contains(&words_of(line)), "{line}\n{said}");
    }
}

#[test]
fn letters_in_arabic_and_persian_are_in_naskh_and_read_aloud_with_their_marks() {
    let words = Words::default();
    for (language, line) in [
        ("ar", "أرجو منكم قبولَ استقالتي، وشكرًا لكم على كل الأوقات الجميلة."),
        ("fa", "این نامه را می‌نویسم تا استعفای خود را اعلام کنم؛ لطفاً تأیید کنید."),
    ] {
        let letter = letters::parse(line, 0, None, &[], &[]).0;
        let pdf = PdfWriter::new().pdf(&letter, &in_language(language, &words)).expect("a PDF");
        let Some(said) = read_aloud(&pdf) else { return };
        assert_eq!(said, words_of(line), "{language}");
    }
}

#[test]
fn us_letter_holds_every_shipped_letter_as_well() {
    let words = Words::default();
    let mut pdf_writer = PdfWriter::new();
    for (path, source) in shipped() {
        let sheet = ExportContext { paper: Paper::UsLetter, ..sheet(&path, &words) };
        let pdf = pdf_writer.pdf(&read(&source), &sheet).expect("a PDF");
        let pages = pdf.windows(11).filter(|bytes| bytes == b"/Type/Page/").count();
        assert!(pages <= 2, "{}: {pages} pages", path.display());
    }
}
