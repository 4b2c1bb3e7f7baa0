//! `theme.toml` → typed settings: what a theme is called, its settings and their values, how images are offered.

use crate::diagnostic::{Diagnostic, Rule};
use crate::fields::{Entry, Field, Kind, Reader, UnknownKeys, Value};
use crate::text::css::{is_colour, is_plain};

/// The settings of `theme.toml`.
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

/// The settings of `[images]` in `theme.toml`.
pub const IMAGE_FIELDS: &[Field] = &[
    Field { name: "widths", kind: Kind::List, help: "Widths in pixels.", example: "[480, 800, 1200]" },
    Field {
        name: "sizes",
        kind: Kind::Text,
        help: "How wide a picture is shown, as HTML's attribute `sizes` says it.",
        example: "\"(min-width: 44rem) 37rem, 92vw\"",
    },
    Field { name: "quality", kind: Kind::number(1, 100), help: "How good photos look.", example: "78" },
];

/// The theme's image settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageSettings {
    /// The widths at which images are offered, in pixels.
    pub widths: Vec<u32>,
    /// How wide an image is shown, in the syntax of the attribute `sizes` (HTML § 4.8.4.2.2).
    pub sizes: String,
    /// How good photos look, from 1 to 100, as JPEG counts.
    pub quality: u8,
}

impl Default for ImageSettings {
    fn default() -> Self {
        Self { widths: vec![480, 800, 1200, 1600], sizes: "100vw".to_owned(), quality: 78 }
    }
}

/// What a theme leaves out has the program's default.
pub(crate) fn read_images(reader: &mut Reader<'_, '_>) -> ImageSettings {
    let mut settings = ImageSettings::default();
    let widths: Vec<u32> = reader.list("widths").iter().filter_map(|(width, _)| width.parse().ok()).collect();
    if !widths.is_empty() && widths.iter().all(|width| (16..=8192).contains(width)) {
        settings.widths = widths;
    } else if reader.entry("widths").is_some() {
        reader.report("widths", Diagnostic::error(Rule::WrongType, "`widths` lists numbers of pixels from 16 to 8192"));
    }
    settings.sizes = reader.text("sizes").unwrap_or(settings.sizes);
    let quality = reader.number("quality").and_then(|quality| quality.try_into().ok());
    settings.quality = quality.unwrap_or(settings.quality);
    settings
}

/// The name of a setting whose value is no colour, and what to report if it ought to be one.
pub type NotAColour = (String, Diagnostic);

/// Settings as a file has them.
pub(crate) struct PlainSettings {
    pub(crate) values: Vec<(String, String)>,
    pub(crate) not_colours: Vec<NotAColour>,
}

/// The settings, whose values reach a style sheet; one that could change more than its property is reported.
pub(crate) fn read_plain(reader: &mut Reader<'_, '_>) -> PlainSettings {
    let mut not_colours = Vec::new();
    let Some(entries) = reader.group("settings") else { return PlainSettings { values: Vec::new(), not_colours } };
    let mut inner = reader.inner(entries, &[], UnknownKeys::Ignore);
    let values = scalars(entries);
    for (name, value) in &values {
        if !is_plain(value) {
            let message = format!("the setting `{name}` could load a file, or change more of the style than it names");
            let hint = "write a plain value, such as `#1f6f5c`, without ; { } < > @ \\ and url()";
            inner.report(name, Diagnostic::error(Rule::BadSetting, message).hint(hint));
        } else if !is_colour(value) {
            let message = format!("the setting `{name}` is a colour, and `{value}` is none");
            let diagnostic = Diagnostic::error(Rule::BadSetting, message);
            let diagnostic = diagnostic.hint("write it as `#1f6f5c`, `teal` or `rgb(31 111 92)`");
            not_colours.push((name.clone(), diagnostic.at(inner.source(), inner.span(name))));
        }
    }
    PlainSettings { values, not_colours }
}

/// The keys whose value is a single one.
pub(crate) fn scalars(entries: &[Entry]) -> Vec<(String, String)> {
    let scalar = |entry: &Entry| match &entry.node.value {
        Value::Scalar(text) => Some((entry.key.clone(), text.clone())),
        _ => None,
    };
    entries.iter().filter_map(scalar).collect()
}
