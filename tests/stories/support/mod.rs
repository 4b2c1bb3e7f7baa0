//! A small site in a folder of its own, for tests that read as stories.

#![allow(dead_code, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

use letterpress::collect::{Options, collect};
use letterpress::diagnostic::{Severity, render_human};
use letterpress::pipeline::{Built, Memo, build};

/// A site that is gone when the test is over.
pub struct Site {
    folder: tempfile::TempDir,
    options: Options,
}

impl Site {
    /// A site with a configuration and nothing else. Today is 1 November 2026.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let options = Options {
            folder: folder.path().to_path_buf(),
            as_of: Some("2026-11-01".parse().expect("a date")),
            ..Options::default()
        };
        let site = Self { folder, options };
        site.file("letterpress.toml", "title = \"Advice\"\nbase_url = \"https://example.org/career-advice/\"\n")
    }

    /// The site with one more file, or with another text in it.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// The site with an article of that front matter and body.
    pub fn article(self, name: &str, front: &str, body: &str) -> Self {
        let description = match front.contains("description:") {
            true => String::new(),
            false => format!("description: What {name} says\n"),
        };
        self.file(&format!("content/articles/{name}"), format!("---\n{front}\n{description}---\n\n{body}\n"))
    }

    /// The site with a letter of that front matter and body.
    pub fn letter(self, name: &str, front: &str, body: &str) -> Self {
        let subject = if front.contains("subject:") { "" } else { "subject: A letter\n" };
        let text = format!("---\n{front}\n{subject}description: When to send {name}\n---\n\n{body}\n");
        self.file(&format!("content/letters/{name}"), text)
    }

    pub fn drafts(mut self) -> Self {
        self.options.drafts = true;
        self
    }

    pub fn on(mut self, day: &str) -> Self {
        self.options.as_of = Some(day.parse().expect("a date"));
        self
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a written file");
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("a removed file");
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The site, built from nothing.
    pub fn build(&self) -> Built {
        let (sources, diagnostics) = collect(&self.options).expect("a readable site");
        build(&sources, diagnostics, &mut Memo::default()).expect("a build")
    }

    /// The site, built without a fault or warning.
    pub fn built(&self) -> Built {
        let built = self.build();
        assert!(built.diagnostics.is_empty(), "{}", messages(&built));
        built
    }
}

/// What looks into a built site.
pub trait BuiltSite {
    /// The text of a file.
    fn page(&self, file: &str) -> String;
    /// Whether there is such a file.
    fn has(&self, file: &str) -> bool;
    /// What is wrong, each as its code.
    fn codes(&self) -> Vec<&'static str>;
    /// Whether something stops the site from being published.
    fn has_errors(&self) -> bool;
}

impl BuiltSite for Built {
    fn page(&self, file: &str) -> String {
        let artifact = self.output.get(file).unwrap_or_else(|| {
            let files: Vec<&str> = self.output.iter().map(|(file, _)| file).collect();
            panic!("there is no {file} among {files:#?}\n{}", messages(self))
        });
        String::from_utf8(artifact.read().expect("its bytes").to_vec()).expect("text")
    }

    fn has(&self, file: &str) -> bool {
        self.output.get(file).is_some()
    }

    fn codes(&self) -> Vec<&'static str> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.rule.code()).collect()
    }

    fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// All messages as people read them.
pub fn messages(built: &Built) -> String {
    built.diagnostics.iter().map(|diagnostic| render_human(diagnostic, false) + "\n\n").collect()
}

/// The part of a page between two texts.
pub fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("no {from} in {page}"));
    let rest = &page[start..];
    &rest[..rest.find(to).unwrap_or(rest.len())]
}
