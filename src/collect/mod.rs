//! The site's folder on disk → [`Sources`]: the only reader of a site's files, and of the clock.
//!
//! Everything that a build may depend on is in [`Sources`]: the configuration, each file of `content/` and of the theme with its hash,
//! and the day that counts as today. What is read here is not interpreted, but for `letterpress.toml` and `theme.toml`, which say what else to read.

mod check_settings;
mod config;
mod files;
pub(crate) mod letter_fields;
mod source;
mod spelling_files;
mod theme_files;

pub use check_settings::{CHECK_FIELDS, CheckSettings};
pub use config::{Author, CONFIG_FIELDS, Config, LanguageConfig, Link, Paper, Publisher, direction};
pub use files::is_editor_leftover;
pub use source::{Hash, Source, SourcePath};
pub use spelling_files::SpellingFiles;
pub use theme_files::{THEME_FIELDS, ThemeFiles};

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, SourceText};

/// The file that makes a folder a site.
pub const CONFIG_FILE: &str = "letterpress.toml";
/// Where editors write, from the site's folder.
pub const CONTENT_FOLDER: &str = "content";
/// Where themes lie, from the site's folder.
pub const THEMES_FOLDER: &str = "themes";

/// Everything that a build depends on. Cheap to clone: files are shared.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The site's settings.
    pub config: Arc<Config>,
    /// The day on which drafts, scheduled and expired pages are decided.
    pub today: Date,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// The files of `content/`, by path from the site's folder.
    pub content: BTreeMap<SourcePath, Arc<Source>>,
    /// The files of the theme and of those that it extends.
    pub theme: Arc<ThemeFiles>,
    /// Dictionaries and the site's own words.
    pub spelling: Arc<SpellingFiles>,
}

/// What to read and how, from the command line.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The folder that holds `letterpress.toml`.
    pub folder: PathBuf,
    /// Instead of the configuration's `base_url`.
    pub base_url: Option<String>,
    /// The day that counts as today, instead of the clock's.
    pub as_of: Option<Date>,
    /// Whether drafts are part of the site.
    pub drafts: bool,
}

/// Reads the site's files.
///
/// # Errors
/// When the folder or its `letterpress.toml` can't be read at all; what is wrong in the files comes as diagnostics.
pub fn collect(options: &Options) -> io::Result<(Sources, Vec<Diagnostic>)> {
    let mut diagnostics = Vec::new();
    let config = read_config(options, &mut diagnostics)?;
    let theme = theme_files::read(&options.folder, &config.theme, &mut diagnostics)?;
    let content = files::read_folder(&options.folder, CONTENT_FOLDER, &mut diagnostics)?;
    let spelling = spelling_files::read(&options.folder, &config.check, &mut diagnostics)?;
    let today = options.as_of.unwrap_or_else(today);
    let sources = Sources {
        config: Arc::new(config),
        today,
        drafts: options.drafts,
        content,
        theme: Arc::new(theme),
        spelling: Arc::new(spelling),
    };
    Ok((sources, diagnostics))
}

/// Reads again only the files of `content/` that were touched; everything, if something else was.
///
/// # Errors
/// As [`collect`].
pub fn refresh(options: &Options, previous: &Sources, touched: &[PathBuf]) -> io::Result<(Sources, Vec<Diagnostic>)> {
    let content_folder = options.folder.join(CONTENT_FOLDER);
    let today = options.as_of.unwrap_or_else(today);
    if touched.is_empty() || touched.iter().any(|path| path == &content_folder || !path.starts_with(&content_folder)) {
        return collect(options);
    }
    let mut diagnostics = Vec::new();
    let mut sources = Sources { today, ..previous.clone() };
    for path in touched {
        files::read_again(&options.folder, path, &mut sources.content, &mut diagnostics)?;
    }
    Ok((sources, diagnostics))
}

/// The nearest folder upwards from `start` that holds a `letterpress.toml`.
#[must_use]
pub fn find_site(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(CONFIG_FILE).is_file()).map(Path::to_path_buf)
}

fn read_config(options: &Options, diagnostics: &mut Vec<Diagnostic>) -> io::Result<Config> {
    let path = options.folder.join(CONFIG_FILE);
    let bytes = std::fs::read(&path).map_err(|error| named(&error, "read", &path))?;
    let source_path = SourcePath::new(CONFIG_FILE);
    let text = String::from_utf8_lossy(&bytes);
    let mut config = config::parse(SourceText { path: &source_path, text: &text }, diagnostics);
    if let Some(base_url) = &options.base_url {
        config.set_base_url(base_url);
    }
    Ok(config)
}

/// The local day, or that of `SOURCE_DATE_EPOCH` (reproducible-builds.org), which counts in UTC.
fn today() -> Date {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    match epoch.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()) {
        Some(timestamp) => jiff::tz::TimeZone::UTC.to_datetime(timestamp).date(),
        None => jiff::ZonedDateTime::now().date(),
    }
}

/// An I/O error that says what was being done to which path.
pub(crate) fn named(error: &io::Error, doing: &str, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("could not {doing} {}: {error}", path.display()))
}
