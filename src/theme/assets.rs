//! A theme's assets, under names that change with their bytes, so that hosts and browsers may keep them for ever.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use crate::collect::ThemeFiles;
use crate::source::{Source, SourcePath};
use crate::text::css::{is_colour, is_plain};

/// A file of the theme's `assets/`.
#[derive(Debug, Clone)]
pub struct ThemeAsset {
    /// Its address below the base path: `assets/site.1f6f5c2a.css`.
    pub address: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

const FOLDER: &str = "assets/";
/// Hexadecimal digits of the hash in a name: 48 bits, so that two versions of a file never meet.
const DIGITS: usize = 12;

/// All assets by name. Style sheets come last, since their text names the others.
pub(super) fn read(files: &ThemeFiles, settings: &BTreeMap<String, String>) -> BTreeMap<String, ThemeAsset> {
    let properties = custom_properties(files, settings);
    let named = files.files.iter().filter_map(|(path, source)| Some((path.strip_prefix(FOLDER)?, source)));
    let (sheets, others): (Vec<_>, Vec<_>) = named.partition(|(name, _)| name.ends_with(".css"));
    let mut assets: BTreeMap<String, ThemeAsset> = BTreeMap::new();
    for (name, source) in others {
        assets.insert(name.to_owned(), hashed(name, source.bytes()));
    }
    for (name, source) in sheets {
        let sheet = style_sheet(name, source, &properties, &assets);
        assets.insert(name.to_owned(), hashed(name, sheet.into_bytes().into()));
    }
    assets
}

fn hashed(name: &str, bytes: Arc<[u8]>) -> ThemeAsset {
    let hash = blake3::hash(&bytes).to_hex();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let dot = if extension.is_empty() { "" } else { "." };
    ThemeAsset { address: format!("{FOLDER}{stem}.{}{dot}{extension}", &hash[..DIGITS]), bytes }
}

/// The settings as CSS custom properties: a strict Content-Security-Policy leaves no other way to reach a style sheet. One that is no plain value,
/// or takes the place of a colour and is none, is left out, and reported where the settings are read.
fn custom_properties(files: &ThemeFiles, settings: &BTreeMap<String, String>) -> String {
    let mut properties = String::new();
    let is_fit = |name: &str, value: &str| is_plain(value) && (!files.colours.contains(name) || is_colour(value));
    let values = settings.iter().filter(|(_, value)| !matches!(value.as_str(), "true" | "false"));
    for (name, value) in values.filter(|(name, value)| is_fit(name, value)) {
        // Writing to a string can't fail.
        let _ = write!(properties, "--setting-{}:{value};", name.replace('_', "-"));
    }
    if properties.is_empty() { properties } else { format!(":root{{{properties}}}\n") }
}

/// The style sheet with the settings at its beginning and with its `url(…)` leading to hashed names.
fn style_sheet(name: &str, source: &Source, properties: &str, assets: &BTreeMap<String, ThemeAsset>) -> String {
    let text = source.lossy_text();
    let own = SourcePath::new(name);
    let mut sheet = String::with_capacity(text.len() + properties.len());
    sheet.push_str(properties);
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once("url(") {
        sheet.push_str(before);
        sheet.push_str("url(");
        let Some((written, remainder)) = after.split_once(')') else {
            rest = after;
            break;
        };
        let target = written.trim().trim_matches(['"', '\'']);
        match own.join(target).and_then(|path| assets.get(path.as_str())) {
            Some(asset) => {
                let up = "../".repeat(own.as_str().matches('/').count());
                let _ = write!(sheet, "\"{up}{}\"", asset.address.trim_start_matches(FOLDER));
            }
            None => sheet.push_str(written),
        }
        sheet.push(')');
        rest = remainder;
    }
    sheet.push_str(rest);
    sheet
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn theme(files: &[(&str, &str)]) -> ThemeFiles {
        let files = files.iter().map(|(path, text)| {
            let source = Source::new(SourcePath::new(&format!("themes/a/{path}")), text.as_bytes());
            ((*path).to_owned(), Arc::new(source))
        });
        ThemeFiles { files: files.collect(), ..ThemeFiles::default() }
    }

    #[test]
    fn a_style_sheet_names_fonts_by_their_hashes_and_begins_with_the_settings() {
        let files =
            theme(&[("assets/site.css", "@font-face{src:url(\"fonts/a.woff2\")}"), ("assets/fonts/a.woff2", "x")]);
        let settings = BTreeMap::from([("accent".to_owned(), "#123456".to_owned())]);
        let assets = read(&files, &settings);
        let sheet = String::from_utf8(assets["site.css"].bytes.to_vec()).unwrap();
        let font = assets["fonts/a.woff2"].address.trim_start_matches("assets/");
        assert_eq!(sheet, format!(":root{{--setting-accent:#123456;}}\n@font-face{{src:url(\"{font}\")}}"));
    }

    #[test]
    fn a_setting_cannot_break_out_of_its_property() {
        let files = ThemeFiles { colours: BTreeSet::from(["accent".to_owned()]), ..ThemeFiles::default() };
        for value in ["red}body{display:none", "4px"] {
            let settings = BTreeMap::from([("accent".to_owned(), value.to_owned())]);
            assert_eq!(custom_properties(&files, &settings), "");
        }
    }
}
