//! The words around a letter, from the theme's strings.

use crate::config::LanguageConfig;
use crate::letters::Words;
use crate::site::Site;
use crate::theme::{Strings, Theme};

/// The words that letters need in each language of the site, as far as the theme has them.
pub(crate) fn letter_words(site: &Site, theme: &Theme) -> Vec<Words> {
    let words = |language: &LanguageConfig| words_in(theme.strings_of(&language.code));
    site.config.languages.iter().map(words).collect()
}

fn words_in(strings: Option<&Strings>) -> Words {
    let own = |key: &str, word: &mut String| {
        if let Some(text) = strings.and_then(|strings| strings.get(key, None, &[])) {
            *word = text;
        }
    };
    let mut words = Words::default();
    own("letter_when_is", &mut words.when_is);
    own("letter_when_is_not", &mut words.when_is_not);
    own("letter_when_answer", &mut words.when_answer);
    own("letter_when_answer_not", &mut words.when_answer_not);
    own("letter_or", &mut words.or);
    own("letter_optional", &mut words.optional);
    own("letter_optional_label", &mut words.optional_label);
    own("letter_include", &mut words.include);
    own("letter_leave_out", &mut words.leave_out);
    own("letter_subject", &mut words.subject);
    words
}
