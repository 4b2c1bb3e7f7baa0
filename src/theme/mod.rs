//! The theme's files → [`Theme`]: compiled templates, assets under content-hashed names, strings per language.
//!
//! Knows nothing of the site's content. Remembered as long as the theme's files and settings stay the same.

mod assets;
mod content_size;
mod limits;
mod strings;
mod templates;

pub use assets::ThemeAsset;
pub use content_size::ContentSize;
pub use limits::STACK;
pub use strings::{Strings, Text};
pub use templates::{Finished, template_error, template_names};

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Environment;

use crate::collect::ThemeFiles;
use crate::config::{Config, NotAColour};
use crate::diagnostic::{Diagnostic, Rule};
use crate::social_cards::CardStyle;
use crate::storage::Hash;
use templates::Compiled;

/// A theme, ready to render with.
#[derive(Debug)]
pub struct Theme {
    /// The templates.
    pub templates: Environment<'static>,
    /// The hash of all templates together.
    pub templates_hash: Hash,
    /// Templates that can't be used, which is reported at their place.
    broken: BTreeSet<String>,
    /// Assets by their name in the theme (`site.css`).
    pub assets: BTreeMap<String, ThemeAsset>,
    /// Strings by each language of the site.
    pub strings: BTreeMap<String, Strings>,
    /// The theme's settings with the site's overrides.
    pub settings: BTreeMap<String, String>,
    /// What its cards share.
    pub card_style: CardStyle,
    /// What is wrong in the theme.
    pub diagnostics: Vec<Diagnostic>,
}

impl Theme {
    /// Compiles a theme's files for a site with content of that size.
    #[must_use]
    pub fn new(files: &ThemeFiles, config: &Config, content: ContentSize) -> Self {
        let mut diagnostics = Vec::new();
        let settings = settings(files, config, &mut diagnostics);
        diagnostics.extend(not_colours(files, config).map(|(_, diagnostic)| diagnostic.clone()));
        let Compiled { environment: templates, hash: templates_hash, broken } =
            templates::compile(files, content, &mut diagnostics);
        let assets = assets::read(files, &settings);
        let strings = strings::read(files, config, &mut diagnostics);
        let card_style = CardStyle::new(files, &settings);
        Self { templates, templates_hash, broken, assets, strings, settings, card_style, diagnostics }
    }

    /// What a theme depends on.
    #[must_use]
    pub fn fingerprint(files: &ThemeFiles, config: &Config, content: ContentSize) -> Hash {
        let mut hasher = blake3::Hasher::new();
        content.add_to(&mut hasher);
        for (path, source) in &files.files {
            hasher.update(path.as_bytes()).update(&[0]).update(&source.fingerprint.to_bytes());
        }
        for (name, value) in files.settings.iter().chain(&config.settings) {
            hasher.update(name.as_bytes()).update(&[0]).update(value.as_bytes()).update(&[0]);
        }
        for (name, diagnostic) in not_colours(files, config) {
            hasher.update(format!("{name}{diagnostic:?}").as_bytes());
        }
        for language in &config.languages {
            hasher.update(language.code.as_bytes()).update(&[0]);
        }
        hasher.finalize()
    }

    /// Whether a rendering failed for a template that is broken itself, so that there is nothing more to report.
    #[must_use]
    pub fn is_about_broken(&self, error: &minijinja::Error) -> bool {
        templates::missing_template(error).is_some_and(|name| self.broken.contains(name))
    }

    /// The strings of one of the site's languages.
    #[must_use]
    pub fn strings_of(&self, language: &str) -> Option<&Strings> {
        self.strings.get(language)
    }
}

/// What is wrong with settings that take the place of a colour.
fn not_colours<'a>(files: &'a ThemeFiles, config: &'a Config) -> impl Iterator<Item = &'a NotAColour> {
    let all = files.not_colours.iter().chain(&config.not_colours);
    all.filter(|(name, _)| files.colours.contains(name))
}

/// The theme's settings with the site's overrides; an override of nothing is a slip.
fn settings(files: &ThemeFiles, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let mut settings = files.settings.clone();
    for (name, value) in &config.settings {
        if settings.insert(name.clone(), value.clone()).is_none() {
            let diagnostic = Diagnostic::warning(Rule::UnknownSetting, format!("the theme has no setting `{name}`"));
            let known: Vec<&str> = files.settings.keys().map(String::as_str).collect();
            diagnostics.push(diagnostic.hint(format!("its settings are: {}", known.join(", "))));
        }
    }
    settings
}
