//! The dictionaries and the site's own words, which the configuration names.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::config::CheckSettings;
use crate::diagnostic::{Diagnostic, Rule};
use crate::files::{bounded, named};
use crate::source::{CONFIG_FILE, SourcePath};
use crate::storage::Hash;

/// The texts that spelling is checked against.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpellingFiles {
    /// Hunspell's affix file and word list, by language.
    pub dictionaries: BTreeMap<String, (String, String)>,
    /// The site's own words, one a line.
    pub words: String,
}

impl SpellingFiles {
    /// A fingerprint of them all.
    #[must_use]
    pub fn fingerprint(&self) -> Hash {
        let mut hasher = blake3::Hasher::new();
        for (language, (affixes, words)) in &self.dictionaries {
            for text in [language, affixes, words] {
                hasher.update(text.as_bytes()).update(b"\0");
            }
        }
        hasher.update(self.words.as_bytes());
        hasher.finalize()
    }

    /// The files in which these differ from `previous`.
    pub(super) fn changed_since(&self, previous: &Self, settings: &CheckSettings) -> Vec<SourcePath> {
        let is_changed = |language: &String| self.dictionaries.get(language) != previous.dictionaries.get(language);
        let dictionaries = settings.dictionaries.iter().filter(|(language, _)| is_changed(language));
        let words = settings.words.iter().filter(|_| self.words != previous.words);
        let paths = dictionaries.map(|(_, path)| path).chain(words);
        paths.map(|path| SourcePath::new(path)).collect()
    }
}

/// Reads the files that the settings name; a missing file is reported.
pub(super) fn read(
    folder: &Path,
    settings: &CheckSettings,
    diagnostics: &mut Vec<Diagnostic>,
) -> io::Result<SpellingFiles> {
    let mut files = SpellingFiles::default();
    for (language, path) in &settings.dictionaries {
        let stem = stem(path);
        let affixes = read_text(folder, &format!("{stem}.aff"), diagnostics)?;
        let words = read_text(folder, &format!("{stem}.dic"), diagnostics)?;
        if let (Some(affixes), Some(words)) = (affixes, words) {
            files.dictionaries.insert(language.clone(), (affixes, words));
        }
    }
    if let Some(path) = &settings.words {
        files.words = read_text(folder, path, diagnostics)?.unwrap_or_default();
    }
    Ok(files)
}

/// The files that the settings name, from the site's folder.
pub(super) fn named_by(settings: &CheckSettings) -> Vec<String> {
    let dictionaries = settings.dictionaries.values().map(|path| stem(path));
    let parts = dictionaries.flat_map(|stem| [format!("{stem}.aff"), format!("{stem}.dic")]);
    parts.chain(settings.words.clone()).collect()
}

fn stem(path: &str) -> &str {
    path.trim_end_matches(".dic").trim_end_matches(".aff")
}

fn read_text(folder: &Path, relative: &str, diagnostics: &mut Vec<Diagnostic>) -> io::Result<Option<String>> {
    let path = folder.join(relative);
    match bounded::read_named(&path, bounded::LARGEST_SETTINGS) {
        Ok(bytes) => Ok(Some(text(&bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let diagnostic = Diagnostic::error(Rule::MissingDictionary, format!("there is no file `{relative}`"));
            let diagnostic = diagnostic.hint("name it from the site's folder, without `.dic` or `.aff`");
            diagnostics.push(diagnostic.in_file(&SourcePath::new(CONFIG_FILE)));
            Ok(None)
        }
        Err(error) => Err(named(&error, "read", &path)),
    }
}

/// Old dictionaries are in ISO 8859-1, whose bytes are Unicode's first 256 characters.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}
