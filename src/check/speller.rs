//! The dictionaries that spelling is checked against, and what was looked up in them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use spellbook::Dictionary;

use crate::collect::SpellingFiles;
use crate::diagnostic::{Diagnostic, Rule};
use crate::languages::primary_language;
use crate::source::{CONFIG_FILE, SourcePath};

/// Dictionaries by language, and the site's own words.
#[derive(Debug, Default)]
pub(crate) struct Dictionaries {
    by_language: BTreeMap<String, Dictionary>,
    pub(crate) own: HashSet<String>,
}

/// The dictionaries of the last build, with what is wrong in them. To read one takes longer than to check a page.
pub(crate) type DictionaryCache = Option<(Arc<SpellingFiles>, Arc<Dictionaries>, Vec<Diagnostic>)>;

impl Dictionaries {
    /// The dictionaries of these files, read again only if the files were.
    pub(crate) fn of_files(
        files: &Arc<SpellingFiles>,
        memory: &mut DictionaryCache,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Arc<Self> {
        if !memory.as_ref().is_some_and(|(known, ..)| Arc::ptr_eq(known, files)) {
            let mut found = Vec::new();
            let dictionaries = Arc::new(Self::new(files, &mut found));
            *memory = Some((Arc::clone(files), dictionaries, found));
        }
        let (dictionaries, found) = memory
            .as_ref()
            .map(|(_, dictionaries, found)| (Arc::clone(dictionaries), found.clone()))
            .unwrap_or_default();
        diagnostics.extend(found);
        dictionaries
    }

    fn new(files: &SpellingFiles, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut by_language = BTreeMap::new();
        for (language, (affixes, words)) in &files.dictionaries {
            match Dictionary::new(affixes, words) {
                Ok(dictionary) => {
                    by_language.insert(language.clone(), dictionary);
                }
                Err(error) => {
                    let message = format!("the dictionary for `{language}` can't be read: {error}");
                    let diagnostic = Diagnostic::error(Rule::BadDictionary, message);
                    let diagnostic = diagnostic.hint("take the `.aff` and `.dic` files of a Hunspell dictionary");
                    diagnostics.push(diagnostic.in_file(&SourcePath::new(CONFIG_FILE)));
                }
            }
        }
        let own = files.words.lines().map(|line| line.split('#').next().unwrap_or_default().trim().to_lowercase());
        Self { by_language, own: own.filter(|word| !word.is_empty()).collect() }
    }

    pub(crate) fn of(&self, code: &str) -> Option<&Dictionary> {
        let primary = || self.by_language.get(&primary_language(code));
        self.by_language.get(code).or_else(primary)
    }
}

/// Words that were looked up before: most words of a site are few.
#[derive(Default)]
pub(crate) struct Speller(pub(crate) HashMap<(usize, String), bool>);
