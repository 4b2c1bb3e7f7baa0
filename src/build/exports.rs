//! Letters → the files in which readers take them away, beside each letter's page.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::collect::{Hash, SourcePath};
use crate::letters::{self, Words};
use crate::output::{Artifact, Output};
use crate::render::letter_words;
use crate::site::{Page, Site};
use crate::theme::Theme;

/// A letter's files by their names.
pub type LetterFiles = Vec<(&'static str, Artifact)>;

/// Makes the files of each letter; those of an unchanged letter are remembered.
pub(super) fn letters(
    site: &Site,
    theme: &Theme,
    known: &mut HashMap<SourcePath, (Hash, Arc<LetterFiles>)>,
    output: &mut Output,
) {
    let words: Vec<Words> = letter_words(site, theme);
    let pages: Vec<&Page> = site.pages.iter().filter(|page| page.document.letter.is_some()).collect();
    let remembered = &*known;
    let made: HashMap<SourcePath, (Hash, Arc<LetterFiles>)> = pages
        .par_iter()
        .map(|page| (page.document.path.clone(), of_page(page, &words[page.document.language], remembered)))
        .collect();
    for page in pages {
        for (name, artifact) in made[&page.document.path].1.iter() {
            output.insert(page.address.join(name).file(), artifact.clone());
        }
    }
    *known = made;
}

fn of_page(
    page: &Page,
    words: &Words,
    known: &HashMap<SourcePath, (Hash, Arc<LetterFiles>)>,
) -> (Hash, Arc<LetterFiles>) {
    let document = &page.document;
    let fingerprint = fingerprint(document.hash, words);
    match known.get(&document.path) {
        Some((hash, files)) if *hash == fingerprint => (fingerprint, Arc::clone(files)),
        _ => (fingerprint, Arc::new(files(page, words))),
    }
}

/// A letter's files depend on its document (whose hash holds the configuration's) and on the theme's words.
fn fingerprint(document: Hash, words: &Words) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(document.as_bytes()).update(format!("{words:?}").as_bytes());
    hasher.finalize()
}

fn files(page: &Page, words: &Words) -> LetterFiles {
    let Some(letter) = &page.document.letter else { return LetterFiles::new() };
    vec![("letter.txt", Artifact::new(letters::text(letter, words).into_bytes()))]
}
