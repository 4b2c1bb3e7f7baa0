//! The files of letters: every shipped letter has them, they say what they are, and 500 cost less than two seconds.

use letterpress::letters::{self, Direction, FieldDeclaration, Letter, Paper, Press, Sheet, Words};
use std::path::{Path, PathBuf};
use std::process::Command;

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

fn sheet<'a>(path: &Path, words: &'a Words) -> Sheet<'a> {
    let urdu = path.to_string_lossy().ends_with(".ur.md");
    Sheet {
        title: "A letter",
        language: if urdu { "ur" } else { "en" },
        direction: if urdu { Direction::RightToLeft } else { Direction::LeftToRight },
        paper: Paper::A4,
        publisher: "Somebody",
        words,
    }
}

/// Nanoseconds of this thread on a processor (Linux).
fn processor_time() -> Option<u64> {
    std::fs::read_to_string("/proc/thread-self/schedstat").ok()?.split(' ').next()?.parse().ok()
}

#[test]
#[cfg_attr(debug_assertions, ignore = "measures the release build: cargo test --release")]
fn five_hundred_letters_are_exported_within_two_seconds_of_processor_time() {
    let words = Words::default();
    let sources = shipped();
    let letters: Vec<(&Path, Letter)> =
        sources.iter().cycle().take(500).map(|(path, source)| (path.as_path(), read(source))).collect();
    let Some(start) = processor_time() else { return };
    let mut press = Press::new();
    for (path, letter) in &letters {
        let sheet = sheet(path, &words);
        press.pdf(letter, &sheet).expect("a PDF");
        letters::docx(letter, &sheet).expect("a DOCX");
        letters::text(letter, &words);
    }
    let seconds = (processor_time().expect("a time") - start) as f64 / 1e9;
    println!("{} letters: {seconds:.2} s", letters.len());
    assert!(seconds < 2.0, "{seconds} s");
}

#[test]
fn every_shipped_letter_is_a_tagged_pdf_of_one_page_with_its_fonts_and_language() {
    let words = Words::default();
    let mut press = Press::new();
    let folder = tempfile::tempdir().expect("a folder");
    for (path, source) in shipped() {
        let pdf = press.pdf(&read(&source), &sheet(&path, &words)).expect("a PDF");
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
