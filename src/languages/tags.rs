//! Language tags (BCP 47): the language and script that a tag names, and which way it is written.
//!
//! Direction and script are those of CLDR's likely subtags, so `pa-PK` is written as Punjabi is in Pakistan. A script in the tag decides.

use icu_locale::subtags::script;
use icu_locale::{LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleDirectionality, LocaleExpander};

use super::entries::{all, entry};
use super::language::Language;

static CANONICALIZER: LocaleCanonicalizer = LocaleCanonicalizer::new_extended();
static EXPANDER: LocaleExpander = LocaleExpander::new_extended();
static DIRECTIONALITY: LocaleDirectionality = LocaleDirectionality::new_extended();

/// The tag as CLDR writes it: `urd_PK` is `ur-PK`. `None` if it is no tag.
fn identified(code: &str) -> Option<LanguageIdentifier> {
    let mut locale = Locale::try_from_str(&code.replace('_', "-")).ok()?;
    CANONICALIZER.canonicalize(&mut locale);
    // Nastaliq is a hand of Arabic script, of which CLDR gives no direction.
    if locale.id.script == Some(script!("Aran")) {
        locale.id.script = Some(script!("Arab"));
    }
    Some(locale.id)
}

/// The language of a tag without region and script, by its shortest code: `ur` for `urd-PK`.
pub(crate) fn primary_language(code: &str) -> String {
    let first = || code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    identified(code).map_or_else(first, |id| id.language.to_string())
}

/// The entry of the language that a tag names.
pub(crate) fn known(tag: &str) -> Option<&'static Language> {
    entry(&primary_language(tag))
}

/// The script of a tag, if it is not the one in which its language is usually written: `Arab` for `pa-PK`.
fn unusual_script(id: &LanguageIdentifier) -> Option<String> {
    let usual =
        EXPANDER.get_likely_script(&LanguageIdentifier { language: id.language, ..LanguageIdentifier::UNKNOWN });
    let script = id.script.or_else(|| EXPANDER.get_likely_script(id));
    script.filter(|script| Some(*script) != usual).map(|script| script.to_string())
}

/// What speakers call the language of a tag (CLDR); `None` for languages that have no entry: a site names these in its settings.
pub(crate) fn native_name(code: &str) -> Option<&'static str> {
    let id = identified(code)?;
    // Not by further codes: Nynorsk is searched as Bokmål is, and has another name.
    let language = all().find(|language| language.code == id.language.as_str())?;
    match unusual_script(&id) {
        Some(script) => language.in_scripts.iter().find(|(known, _)| *known == script).map(|(_, name)| *name),
        None => Some(language.name),
    }
}

/// Which way a language is written: `rtl` or `ltr`. A language that CLDR doesn't know is written from the left, unless its tag names a script.
#[must_use]
pub fn direction(code: &str) -> &'static str {
    let is_rtl = identified(code).is_some_and(|id| DIRECTIONALITY.is_right_to_left(&id));
    if is_rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_in_the_tag_decides_the_direction() {
        assert_eq!(
            ["ur", "fa-IR", "pa-Arab", "ur-Latn", "en", "zh-Hant"].map(direction),
            ["rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]
        );
    }

    #[test]
    fn punjabi_of_pakistan_and_its_kind_are_written_from_the_right() {
        let right = "pa-PK az-IR ku-IQ ku-IR uz-AF urd snd pus ckb ks sd ug yi he iw fa dv nqo syr arc pnb prs azb skr lrc bgn khw haz \
                     ha-Arab ms-Arab pa_PK UR-pk ur-Aran ff-Adlm rhg man-Nkoo tg-Arab xx-Arab xx-Hebr ara heb fas";
        for code in right.split_whitespace() {
            assert_eq!(direction(code), "rtl", "{code}");
        }
        let left = "pa pa-IN pa-Guru az uz ku ku-TR ms ha sd-Deva ks-Deva ur-Latn fa-Latn he-Latn en-PK xx xxx-YY tlh en-US-x-private i-klingon \
                    not.a.tag";
        for code in left.split_whitespace() {
            assert_eq!(direction(code), "ltr", "{code}");
        }
    }

    #[test]
    fn every_code_of_a_language_is_the_same_language() {
        let codes = ["urd-PK", "ur", "UR_pk", "iw", "eng", "ckb", "not.a.tag"];
        assert_eq!(codes.map(primary_language), ["ur", "ur", "ur", "he", "en", "ckb", "not.a.tag"]);
    }

    #[test]
    fn a_language_is_named_in_the_script_of_its_tag() {
        let names = ["pa", "pa-PK", "pa-Guru-PK", "urd", "sr-Latn", "zh-TW", "zh-CN", "en-GB", "ur-Latn", "xx"];
        let expected = ["ਪੰਜਾਬੀ", "پنجابی", "ਪੰਜਾਬੀ", "اردو", "srpski", "繁體中文", "中文", "English"].map(Some);
        assert_eq!(names.map(native_name)[..8], expected);
        assert_eq!(names.map(native_name)[8..], [None, None]);
    }
}
