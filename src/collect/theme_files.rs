//! The files of a theme, laid over those of the themes that it extends. The default theme is inside the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::{Source, SourcePath, THEMES_FOLDER, files};
use crate::diagnostic::{Diagnostic, SourceText, did_you_mean};
use crate::fields::{Entry, Field, Kind, Reader, UnknownKeys, Value, parse_toml_file};
use crate::pictures;
use crate::theme::css::{is_colour, is_plain};

/// What `theme.toml` may say.
pub const THEME_FIELDS: &[Field] = &[
    Field { name: "name", kind: Kind::Text, help: "The theme's name.", example: "\"default\"" },
    Field {
        name: "extends",
        kind: Kind::Text,
        help: "The theme whose files stand in for those that this one lacks.",
        example: "\"default\"",
    },
    Field {
        name: "settings",
        kind: Kind::Group,
        help: "Settings with their defaults, which a site may override under `[settings]`.",
        example: "{ accent = \"#1f6f5c\" }",
    },
    Field {
        name: "pictures",
        kind: Kind::Group,
        help: "How pictures are offered: at which widths, how wide they are shown, how good photos look.",
        example: "{ widths = [480, 800, 1200], sizes = \"100vw\", quality = 78 }",
    },
];

/// What `[pictures]` in `theme.toml` may say.
pub const PICTURE_FIELDS: &[Field] = &[
    Field { name: "widths", kind: Kind::List, help: "Widths in pixels.", example: "[480, 800, 1200]" },
    Field {
        name: "sizes",
        kind: Kind::Text,
        help: "How wide a picture is shown, as HTML's attribute `sizes` says it.",
        example: "\"(min-width: 44rem) 37rem, 92vw\"",
    },
    Field { name: "quality", kind: Kind::number(1, 100), help: "How good photos look.", example: "78" },
];

/// The theme that is inside the program.
const DEFAULT: &str = "default";

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/default_theme.rs"));
}

/// A theme's files by their path in the theme (`templates/base.html`), nearest theme first, and its settings.
#[derive(Debug, Clone, Default)]
pub struct ThemeFiles {
    /// The files. A source's own path says in which theme it was found.
    pub files: BTreeMap<String, Arc<Source>>,
    /// The settings' defaults.
    pub settings: BTreeMap<String, String>,
    /// Names of the settings that are colours: their outermost default is one.
    pub colours: BTreeSet<String>,
    /// What to report of each setting that is no colour, if it ought to be one.
    pub not_colours: Vec<NotAColour>,
    /// What the nearest theme that says so wishes of pictures.
    pub pictures: Option<pictures::Settings>,
}

pub(super) fn read(folder: &Path, name: &str, diagnostics: &mut Vec<Diagnostic>) -> ThemeFiles {
    let mut theme = ThemeFiles::default();
    let mut seen = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next.take() {
        if seen.contains(&name) {
            let names = seen.join("` → `");
            diagnostics
                .push(Diagnostic::error("theme-loop", format!("the themes `{names}` extend each other in a circle")));
            break;
        }
        let Some(layer) = read_layer(folder, &name, diagnostics) else {
            diagnostics.push(missing(folder, &name));
            break;
        };
        next = theme.lay_under(layer, diagnostics);
        seen.push(name);
    }
    theme
}

/// The files of one theme by their path in it; none if there is no such theme.
fn read_layer(folder: &Path, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<BTreeMap<String, Arc<Source>>> {
    let is_plain_name = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
    let root = format!("{THEMES_FOLDER}/{name}");
    if is_plain_name && folder.join(&root).is_dir() {
        let files = files::read_folder(folder, &root, diagnostics);
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
        let source_text = SourceText::new(&source.path, &text);
        let entries = parse_toml_file(&text);
        let entries = entries.map_err(|fault| diagnostics.push(fault.diagnostic("invalid-toml", source_text))).ok()?;
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
        if let Some(entries) = reader.group("pictures").filter(|_| self.pictures.is_none()) {
            self.pictures = Some(read_pictures(&mut reader.inner(entries, PICTURE_FIELDS, UnknownKeys::Error)));
        }
        reader.text("name");
        reader.text("extends")
    }
}

/// What a theme does not say stays as the program has it.
fn read_pictures(reader: &mut Reader<'_, '_>) -> pictures::Settings {
    let mut settings = pictures::Settings::default();
    let widths: Vec<u32> = reader.list("widths").iter().filter_map(|(width, _)| width.parse().ok()).collect();
    if !widths.is_empty() && widths.iter().all(|width| (16..=8192).contains(width)) {
        settings.widths = widths;
    } else if reader.entry("widths").is_some() {
        reader.report("widths", Diagnostic::error("wrong-type", "`widths` lists numbers of pixels from 16 to 8192"));
    }
    settings.sizes = reader.text("sizes").unwrap_or(settings.sizes);
    let quality = reader.number("quality").and_then(|quality| quality.try_into().ok());
    settings.quality = quality.unwrap_or(settings.quality);
    settings
}

/// The name of a setting whose value is no colour, and what to report if it ought to be one.
pub type NotAColour = (String, Diagnostic);

/// Settings as a file has them.
pub(super) struct PlainSettings {
    pub(super) values: Vec<(String, String)>,
    pub(super) not_colours: Vec<NotAColour>,
}

/// The settings, whose values reach a style sheet; one that could change more than its property is reported.
pub(super) fn read_plain(reader: &mut Reader<'_, '_>) -> PlainSettings {
    let mut not_colours = Vec::new();
    let Some(entries) = reader.group("settings") else { return PlainSettings { values: Vec::new(), not_colours } };
    let mut inner = reader.inner(entries, &[], UnknownKeys::Ignore);
    let values = scalars(entries);
    for (name, value) in &values {
        if !is_plain(value) {
            let message = format!("the setting `{name}` could load a file, or change more of the style than it names");
            let hint = "write a plain value, such as `#1f6f5c`, without ; { } < > @ \\ and url()";
            inner.report(name, Diagnostic::error("bad-setting", message).hint(hint));
        } else if !is_colour(value) {
            let message = format!("the setting `{name}` is a colour, and `{value}` is none");
            let diagnostic = Diagnostic::error("bad-setting", message);
            let diagnostic = diagnostic.hint("write it as `#1f6f5c`, `teal` or `rgb(31 111 92)`");
            not_colours.push((name.clone(), diagnostic.at(inner.source(), inner.span(name))));
        }
    }
    PlainSettings { values, not_colours }
}

/// The keys whose value is a single one.
pub(super) fn scalars(entries: &[Entry]) -> Vec<(String, String)> {
    let scalar = |entry: &Entry| match &entry.node.value {
        Value::Scalar(text) => Some((entry.key.clone(), text.clone())),
        _ => None,
    };
    entries.iter().filter_map(scalar).collect()
}

fn missing(folder: &Path, name: &str) -> Diagnostic {
    let mut known: Vec<String> = std::fs::read_dir(folder.join(THEMES_FOLDER))
        .map(|entries| entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect())
        .unwrap_or_default();
    known.push(DEFAULT.to_owned());
    known.sort();
    known.dedup();
    let diagnostic = Diagnostic::error("missing-theme", format!("there is no theme `{name}` in `{THEMES_FOLDER}/`"));
    match did_you_mean(name, known.iter().map(String::as_str)) {
        Some(meant) => diagnostic.hint(format!("did you mean `{meant}`?")),
        None => diagnostic.hint(format!("the themes here are: {}", known.join(", "))),
    }
}
