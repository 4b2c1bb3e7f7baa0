//! Names of changed files → the addresses of which a cache before the target may have an older state.

use std::collections::BTreeSet;

use super::headers::{FileKind, kind};
use crate::text::percent_encoded;

/// The addresses of files below `base`, as readers ask for them. Files with hashed names are left out: their addresses never had other bytes.
pub(super) fn addresses<'a>(base: &str, files: impl Iterator<Item = &'a str>) -> Vec<String> {
    let changed = files.filter(|file| {
        kind(file) != FileKind::Hashed && !file.rsplit('/').next().unwrap_or(file).starts_with(['_', '.'])
    });
    let addresses: BTreeSet<String> = changed.map(|file| format!("{base}{}", percent_encoded(address(file)))).collect();
    addresses.into_iter().collect()
}

/// What readers ask for: a page's folder. A packed copy is not asked for by its own name.
fn address(file: &str) -> &str {
    let file = file.strip_suffix(".gz").or_else(|| file.strip_suffix(".br")).unwrap_or(file);
    match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_as_readers_ask_for_them() {
        let files = [
            "index.html",
            "articles/a/index.html",
            "articles/a/index.html.gz",
            "404.html",
            "assets/a.0123456789ab.css",
            "_headers",
            "استعفیٰ/index.html",
        ];
        let addresses = addresses("https://a.example/b/", files.into_iter());
        let expected = [
            "https://a.example/b/",
            "https://a.example/b/%D8%A7%D8%B3%D8%AA%D8%B9%D9%81%DB%8C%D9%B0/",
            "https://a.example/b/404.html",
            "https://a.example/b/articles/a/",
        ];
        assert_eq!(addresses, expected);
    }
}
