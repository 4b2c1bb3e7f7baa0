//! What is not translated yet, or was translated before the original changed.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::state::State;
use super::structure::Site;
use crate::document::Document;
use crate::source::SourcePath;

/// A document that readers of a language lack, or have in an old version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untranslated {
    /// The place of the language in the configuration.
    pub language: usize,
    /// The document in the site's first language.
    pub original: SourcePath,
    /// Its title.
    pub title: String,
    /// The file of its translation, whether it exists or not.
    pub translation: SourcePath,
    /// How the translation lags behind.
    pub lag: Lag,
}

/// How a translation lags behind its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lag {
    /// There is none.
    Missing,
    /// There is one that readers can't see yet.
    Hidden,
    /// The original has changed since: the day of its change, and that of the translation.
    Older(Date, Date),
}

impl Site {
    /// What is to be translated from the site's first language, by language, then by file.
    #[must_use]
    pub fn untranslated(&self) -> Vec<Untranslated> {
        let by_key = |(document, state): &'_ (Arc<Document>, State)| {
            ((document.key.clone(), document.language), (Arc::clone(document), *state))
        };
        let known: HashMap<_, _> = self.documents.values().map(by_key).collect();
        let mut found = Vec::new();
        for language in 1..self.config.languages.len() {
            for original in self.live().filter(|document| document.language == 0) {
                let translation = known.get(&(original.key.clone(), language));
                found.extend(self.behind(original, language, translation));
            }
        }
        found.sort_by(|a, b| (a.language, &a.original).cmp(&(b.language, &b.original)));
        found
    }

    fn behind(
        &self,
        original: &Document,
        language: usize,
        translation: Option<&(Arc<Document>, State)>,
    ) -> Option<Untranslated> {
        let lag = match translation {
            None => Lag::Missing,
            Some((_, state)) if *state != State::Live => Lag::Hidden,
            Some((translation, _)) => {
                let changed = |document: &Document| document.front.updated.max(document.front.date);
                let (new, old) = (changed(original)?, changed(translation)?);
                if new <= old {
                    return None;
                }
                Lag::Older(new, old)
            }
        };
        let own = translation.map(|(document, _)| document.path.clone());
        Some(Untranslated {
            language,
            original: original.path.clone(),
            title: original.front.title.clone(),
            translation: own.unwrap_or_else(|| self.translation_of(original, language)),
            lag,
        })
    }

    /// `a.md` → `a.ur.md`.
    fn translation_of(&self, original: &Document, language: usize) -> SourcePath {
        let path = original.path.as_str();
        let (stem, extension) = path.rsplit_once('.').unwrap_or((path, "md"));
        let stem = stem.strip_suffix(&format!(".{}", self.config.language())).unwrap_or(stem);
        SourcePath::new(&format!("{stem}.{}.{extension}", self.config.languages[language].code))
    }
}
