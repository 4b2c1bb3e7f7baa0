//! What is known of languages by their tags alone: what their speakers call them, and which way they are written.

/// What speakers call their language (CLDR), for those that a site is likely to have; others are named in the configuration.
pub(crate) fn native_name(code: &str) -> Option<&'static str> {
    Some(match code.split('-').next()? {
        "af" => "Afrikaans",
        "am" => "አማርኛ",
        "ar" => "العربية",
        "az" => "azərbaycan",
        "be" => "беларуская",
        "bg" => "български",
        "bn" => "বাংলা",
        "ca" => "català",
        "cs" => "čeština",
        "cy" => "Cymraeg",
        "da" => "dansk",
        "de" => "Deutsch",
        "el" => "Ελληνικά",
        "en" => "English",
        "es" => "Español",
        "et" => "eesti",
        "eu" => "euskara",
        "fa" => "فارسی",
        "fi" => "suomi",
        "fil" => "Filipino",
        "fr" => "Français",
        "ga" => "Gaeilge",
        "gu" => "ગુજરાતી",
        "he" => "עברית",
        "hi" => "हिन्दी",
        "hr" => "hrvatski",
        "hu" => "magyar",
        "hy" => "հայերեն",
        "id" => "Indonesia",
        "is" => "íslenska",
        "it" => "Italiano",
        "ja" => "日本語",
        "ka" => "ქართული",
        "kk" => "қазақ тілі",
        "km" => "ខ្មែរ",
        "kn" => "ಕನ್ನಡ",
        "ko" => "한국어",
        "lt" => "lietuvių",
        "lv" => "latviešu",
        "mk" => "македонски",
        "ml" => "മലയാളം",
        "mn" => "монгол",
        "mr" => "मराठी",
        "ms" => "Melayu",
        "my" => "မြန်မာ",
        "nb" => "norsk bokmål",
        "ne" => "नेपाली",
        "nl" => "Nederlands",
        "no" => "norsk",
        "or" => "ଓଡ଼ିଆ",
        "pa" => "ਪੰਜਾਬੀ",
        "pl" => "Polski",
        "ps" => "پښتو",
        "pt" => "Português",
        "ro" => "română",
        "ru" => "Русский",
        "sd" => "سنڌي",
        "si" => "සිංහල",
        "sk" => "slovenčina",
        "sl" => "slovenščina",
        "so" => "Soomaali",
        "sq" => "shqip",
        "sr" => "српски",
        "sv" => "svenska",
        "sw" => "Kiswahili",
        "ta" => "தமிழ்",
        "te" => "తెలుగు",
        "th" => "ไทย",
        "tr" => "Türkçe",
        "uk" => "Українська",
        "ur" => "اردو",
        "uz" => "o‘zbek",
        "vi" => "Tiếng Việt",
        "zh" => "中文",
        "zu" => "isiZulu",
        _ => return None,
    })
}

/// Which way a language is written.
#[must_use]
pub fn direction(code: &str) -> &'static str {
    const LANGUAGES: &[&str] = &[
        "ar", "arc", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "haz", "he", "khw", "ks", "lrc", "mzn", "nqo",
        "pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi",
    ];
    const SCRIPTS: &[&str] = &["adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"];
    let mut parts = code.split('-');
    let primary = parts.next().unwrap_or(code).to_lowercase();
    // A script that the tag names decides (BCP 47 § 2.2.3): Urdu in Latin letters runs from the left.
    let is_rtl = match parts.find(|part| part.len() == 4 && part.chars().all(|letter| letter.is_ascii_alphabetic())) {
        Some(script) => SCRIPTS.contains(&script.to_lowercase().as_str()),
        None => LANGUAGES.contains(&primary.as_str()),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn a_script_in_the_tag_decides_the_direction() {
        assert_eq!(
            ["ur", "fa-IR", "pa-Arab", "ur-Latn", "en", "zh-Hant"].map(direction),
            ["rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]
        );
    }
}
