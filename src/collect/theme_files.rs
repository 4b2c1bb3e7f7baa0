//! The files of a theme, laid over those of the themes that it extends. The default theme is inside the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::files;
use super::files::SiteFolder;
use crate::config::{IMAGE_FIELDS, ImageSettings, NotAColour, THEME_FIELDS, read_images, read_plain};
use crate::diagnostic::{Diagnostic, Places, Rule, SourceText};
use crate::fields::{Reader, UnknownKeys, read_toml_file};
use crate::source::{Source, SourcePath, THEMES_FOLDER};
use crate::text::did_you_mean;

/// The theme that is inside the program.
const DEFAULT: &str = "default";

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/default_theme.rs"));
}

/// A theme's files by their path in the theme (`templates/base.html`), nearest theme first, and its settings.
#[derive(Debug, Clone, Default)]
pub struct ThemeFiles {
    /// The files. A source's own path shows in which theme it was found.
    pub files: BTreeMap<String, Arc<Source>>,
    /// The settings' defaults.
    pub settings: BTreeMap<String, String>,
    /// Names of the settings that are colours: their outermost default is one.
    pub colours: BTreeSet<String>,
    /// What to report of each setting that is no colour, if it ought to be one.
    pub not_colours: Vec<NotAColour>,
    /// The image settings of the nearest theme that has some.
    pub images: Option<ImageSettings>,
}

pub(super) fn read(site: &SiteFolder<'_>, name: &str, diagnostics: &mut Vec<Diagnostic>) -> ThemeFiles {
    let mut theme = ThemeFiles::default();
    let mut seen = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next.take() {
        if seen.contains(&name) {
            let names = seen.join("` → `");
            diagnostics.push(Diagnostic::error(
                Rule::ThemeLoop,
                format!("the themes `{names}` extend each other in a circle"),
            ));
            break;
        }
        let Some(layer) = read_layer(site, &name, diagnostics) else {
            diagnostics.push(missing(site.path, &name));
            break;
        };
        next = theme.lay_under(layer, diagnostics);
        seen.push(name);
    }
    theme
}

/// The files of one theme by their path in it; `None` if there is no such theme.
fn read_layer(
    site: &SiteFolder<'_>,
    name: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<BTreeMap<String, Arc<Source>>> {
    let is_plain_name = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    let root = format!("{THEMES_FOLDER}/{name}");
    if is_plain_name && site.path.join(&root).is_dir() {
        let files = files::read_folder(site, &root, diagnostics);
        let inside = |path: &SourcePath| path.as_str()[root.len() + 1..].to_owned();
        return Some(files.into_iter().map(|(path, source)| (inside(&path), source)).collect());
    }
    (name == DEFAULT).then(embedded_default)
}

fn embedded_default() -> BTreeMap<String, Arc<Source>> {
    let source = |path: &str, bytes: &'static [u8]| {
        Arc::new(Source::new(SourcePath::new(&format!("{THEMES_FOLDER}/{DEFAULT}/{path}")), bytes))
    };
    embedded::FILES.iter().map(|(path, bytes)| ((*path).to_owned(), source(path, bytes))).collect()
}

impl ThemeFiles {
    /// Adds what a parent theme has and this one lacks. Gives the parent's own parent.
    fn lay_under(&mut self, layer: BTreeMap<String, Arc<Source>>, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let extends = layer.get("theme.toml").and_then(|source| self.read_settings(source, diagnostics));
        for (path, source) in layer {
            self.files.entry(path).or_insert(source);
        }
        extends
    }

    fn read_settings(&mut self, source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
        let text = source.lossy_text();
        let places = Places::default();
        let source_text = SourceText::new(&source.path, &text).with(&places);
        let entries = read_toml_file(source_text, diagnostics)?;
        let mut reader = Reader::new(source_text, &entries, THEME_FIELDS, UnknownKeys::Error, diagnostics);
        let settings = read_plain(&mut reader);
        self.not_colours.extend(settings.not_colours);
        for (name, value) in settings.values {
            match value.starts_with('#') {
                true => self.colours.insert(name.clone()),
                false => self.colours.remove(&name),
            };
            self.settings.entry(name).or_insert(value);
        }
        if let Some(entries) = reader.group("pictures").filter(|_| self.images.is_none()) {
            self.images = Some(read_images(&mut reader.inner(entries, IMAGE_FIELDS, UnknownKeys::Error)));
        }
        reader.text("name");
        reader.text("extends")
    }
}

fn missing(folder: &Path, name: &str) -> Diagnostic {
    let mut known: Vec<String> = std::fs::read_dir(folder.join(THEMES_FOLDER))
        .map(|entries| entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect())
        .unwrap_or_default();
    known.push(DEFAULT.to_owned());
    known.sort();
    known.dedup();
    let diagnostic = Diagnostic::error(Rule::MissingTheme, format!("there is no theme `{name}` in `{THEMES_FOLDER}/`"));
    match did_you_mean(name, known.iter().map(String::as_str)) {
        Some(meant) => diagnostic.hint(format!("did you mean `{meant}`?")),
        None => diagnostic.hint(format!("the themes here are: {}", known.join(", "))),
    }
}
