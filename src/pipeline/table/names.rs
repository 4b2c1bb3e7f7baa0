//! How systems compare the names of files, and which they don't take.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// A path as Windows and macOS compare it: capitals are small letters, and an accent may be a sign of its own or not.
pub(super) fn compared(file: &str) -> Cow<'_, str> {
    if file.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return Cow::Borrowed(file);
    }
    let normalizer = ComposingNormalizerBorrowed::new_nfc();
    let small: String = normalizer.normalize(file).chars().map(small).collect();
    Cow::Owned(normalizer.normalize(&small).into_owned())
}

/// The one small letter of a sign, by way of its capital, so that all forms of a letter have the same (σ and ς).
fn small(sign: char) -> char {
    let one = |mut signs: std::iter::Peekable<std::char::ToUppercase>| signs.next().filter(|_| signs.peek().is_none());
    let capital = one(sign.to_uppercase().peekable()).unwrap_or(sign);
    let mut small = capital.to_lowercase();
    small.next().filter(|_| small.next().is_none()).unwrap_or(capital)
}

/// Names that belong to devices, whatever the ending (Microsoft, *Naming Files, Paths, and Namespaces*).
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];
/// The same with a digit behind them.
const NUMBERED_DEVICES: &[&str] = &["com", "lpt"];

/// Whether Windows can't write a file of that path.
pub(super) fn is_forbidden_on_windows(file: &str) -> bool {
    file.split('/')
        .any(|name| name.ends_with(['.', ' ']) || name.contains(['<', '>', ':', '"', '|', '?', '*']) || is_device(name))
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let digit_behind = |device: &str| stem.strip_prefix(device).map(str::as_bytes);
    let is_numbered = |device: &&str| matches!(digit_behind(device), Some([b'1'..=b'9']));
    DEVICES.contains(&stem.as_str()) || NUMBERED_DEVICES.iter().any(is_numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_windows_and_macos_do() {
        for (one, other) in
            [("A/B.html", "a/b.html"), ("\u{e9}", "e\u{301}"), ("É", "e\u{301}"), ("Σας", "σαΣ"), ("Ж", "ж")]
        {
            assert_eq!(compared(one), compared(other), "{one} {other}");
        }
        for (one, other) in [("a", "b"), ("straße", "strasse"), ("e", "é")] {
            assert_ne!(compared(one), compared(other), "{one} {other}");
        }
        assert!(matches!(compared("articles/p-1/index.html"), Cow::Borrowed(_)));
    }

    #[test]
    fn windows_takes_no_device_and_no_sign_of_its_own() {
        for file in ["con/index.html", "a/AUX.html", "lpt1", "a?b", "a:b/c", "end./x", "space /x", "nul.tar.gz"] {
            assert!(is_forbidden_on_windows(file), "{file}");
        }
        for file in ["content/index.html", "com/x", "com0", "lpt12", "a.b/c", ".htaccess", "نوکری"] {
            assert!(!is_forbidden_on_windows(file), "{file}");
        }
    }
}
