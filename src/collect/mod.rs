//! The site's folder on disk → [`Sources`]: the only reader of a site's files, and of the clock.
//!
//! Everything that a build may depend on is in [`Sources`]: the configuration, each file of `content/` and of the theme with its hash,
//! and the day that counts as today. Nothing is interpreted here but `letterpress.toml` and `theme.toml`, which name what else to read.

mod buffers;
mod files;
mod spelling_files;
mod texts;
mod theme_files;

pub use buffers::Buffers;
pub use files::is_editor_leftover;
pub(crate) use files::is_of_the_system;
pub use spelling_files::SpellingFiles;
pub use texts::{LARGE_SITE, SpillTexts};
pub use theme_files::ThemeFiles;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use imbl::OrdMap;
use jiff::civil::Date;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Places, SourceText, cleaned};
use crate::files::{bounded, named};
use crate::source::{CONFIG_FILE, CONTENT_FOLDER, Source, SourcePath};
use crate::storage::{Hash, Scratch};
use files::SiteFolder;

/// If more files than this were touched, all are read.
const MOST_READ_SINGLY: usize = 500;

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
    pub content: OrdMap<SourcePath, Arc<Source>>,
    /// The files of the theme and of those that it extends.
    pub theme: Arc<ThemeFiles>,
    /// Dictionaries and the site's own words.
    pub spelling: Arc<SpellingFiles>,
    /// The scratch files that the texts of a large site are in.
    pub(crate) scratch: Option<Scratch>,
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
    /// When its texts are stored on disk.
    pub spill: SpillTexts,
    /// Texts of open editors, read in place of the files on disk.
    pub buffers: Buffers,
}

impl Options {
    fn site_folder(&self) -> SiteFolder<'_> {
        SiteFolder { path: &self.folder, buffers: &self.buffers }
    }
}

/// Reads the site's files.
///
/// # Errors
/// When the folder or its `letterpress.toml` can't be read at all; what is wrong in the files comes as diagnostics.
pub fn collect(options: &Options) -> io::Result<(Sources, Vec<Diagnostic>)> {
    let mut diagnostics = Vec::new();
    let config = read_config(options, &mut diagnostics)?;
    let theme = theme_files::read(&options.site_folder(), &config.theme, &mut diagnostics);
    let (content, scratch) =
        files::read_content(&options.site_folder(), CONTENT_FOLDER, options.spill, &mut diagnostics);
    let spelling = spelling_files::read(&options.folder, &config.check, &mut diagnostics)?;
    let today = day(options)?;
    let sources = Sources {
        config: Arc::new(config),
        today,
        drafts: options.drafts,
        content,
        theme: Arc::new(theme),
        spelling: Arc::new(spelling),
        scratch,
    };
    Ok((sources, diagnostics))
}

/// Reads again only what was touched; everything, if nothing is named or so much was touched that reading all is quicker.
///
/// The diagnostics are those of the files that were read again, so a reading that found any is to be followed by [`collect`].
///
/// # Errors
/// As [`collect`].
pub fn refresh(options: &Options, previous: &Sources, touched: &[PathBuf]) -> io::Result<(Sources, Vec<Diagnostic>)> {
    if touched.is_empty() || touched.len() > MOST_READ_SINGLY {
        return collect(options);
    }
    let mut diagnostics = Vec::new();
    let today = day(options)?;
    let mut sources = Sources { today, ..previous.clone() };
    let (content, others): (Vec<&PathBuf>, Vec<&PathBuf>) =
        touched.iter().partition(|path| path.starts_with(options.folder.join(CONTENT_FOLDER)));
    if !others.is_empty() {
        let config = read_config(options, &mut diagnostics)?;
        sources.theme = Arc::new(theme_files::read(&options.site_folder(), &config.theme, &mut diagnostics));
        sources.spelling = Arc::new(spelling_files::read(&options.folder, &config.check, &mut diagnostics)?);
        sources.config = Arc::new(config);
    }
    for path in content {
        files::read_again(&options.site_folder(), path, &mut sources.content, &mut diagnostics);
    }
    Ok((sources, diagnostics))
}

impl Sources {
    /// A fingerprint of everything that a build from these depends on.
    #[must_use]
    pub fn fingerprint(&self) -> Hash {
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str, hash: &[u8]| {
            hasher.update(text.as_bytes()).update(b"\0").update(hash);
        };
        add(&format!("{:?}", self.config), self.today.to_string().as_bytes());
        add(&format!("{:?}{:?}", self.theme.settings, self.theme.images), &[u8::from(self.drafts)]);
        for (path, source) in &self.content {
            add(path.as_str(), &source.fingerprint.to_bytes());
        }
        for (path, source) in &self.theme.files {
            add(path, &source.fingerprint.to_bytes());
            add(source.path.as_str(), b"");
        }
        add("", self.spelling.fingerprint().as_bytes());
        hasher.finalize()
    }

    /// The files in which a build from these differs from one from `previous`, the day that counts as today aside.
    #[must_use]
    pub fn changed_since(&self, previous: &Self) -> Vec<SourcePath> {
        let mut changed = files::changes(&previous.content, &self.content);
        changed.extend(files::differences(&previous.theme.files, &self.theme.files));
        if self.config != previous.config {
            changed.push(SourcePath::new(CONFIG_FILE));
        }
        changed.extend(self.spelling.changed_since(&previous.spelling, &self.config.check));
        changed
    }

    /// The files outside of the content and the themes that the configuration names.
    #[must_use]
    pub fn named_files(&self) -> Vec<String> {
        spelling_files::named_by(&self.config.check)
    }
}

/// When files were last written, by path; those that vanished meanwhile are left out.
#[must_use]
pub fn last_written<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = &'a SourcePath>,
) -> BTreeMap<SourcePath, jiff::Timestamp> {
    let written = |path: &SourcePath| {
        let modified = std::fs::metadata(folder.join(path.on_disk())).and_then(|found| found.modified()).ok()?;
        Some((path.clone(), jiff::Timestamp::try_from(modified).ok()?))
    };
    files.into_iter().filter_map(written).collect()
}

/// The nearest folder upwards from `start` that holds a `letterpress.toml`.
#[must_use]
pub fn find_site(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(CONFIG_FILE).is_file()).map(Path::to_path_buf)
}

/// Reads the site's settings alone.
///
/// # Errors
/// As [`collect`].
pub fn settings(folder: &Path) -> io::Result<(Config, Vec<Diagnostic>)> {
    let mut diagnostics = Vec::new();
    let options = Options { folder: folder.to_path_buf(), ..Options::default() };
    let config = read_config(&options, &mut diagnostics)?;
    Ok((config, diagnostics))
}

fn read_config(options: &Options, diagnostics: &mut Vec<Diagnostic>) -> io::Result<Config> {
    let path = options.folder.join(CONFIG_FILE);
    let bytes = match options.buffers.get(CONFIG_FILE) {
        Some(text) => text.to_vec(),
        None => bounded::read_named(&path, bounded::LARGEST_SETTINGS).map_err(|error| named(&error, "read", &path))?,
    };
    let source_path = SourcePath::new(CONFIG_FILE);
    let text = cleaned(&source_path, &bytes, diagnostics);
    let places = Places::default();
    let mut config = crate::config::parse(SourceText::new(&source_path, &text).with(&places), diagnostics);
    if let Some(base_url) = &options.base_url {
        config.set_base_url(base_url);
    }
    Ok(config)
}

/// The day that counts as today.
///
/// # Errors
/// When `SOURCE_DATE_EPOCH` is set to something else than a number of seconds.
pub fn day(options: &Options) -> io::Result<Date> {
    let today = today()?;
    Ok(options.as_of.unwrap_or(today))
}

/// The local day, or that of `SOURCE_DATE_EPOCH` (reproducible-builds.org), which counts in UTC.
fn today() -> io::Result<Date> {
    let Some(epoch) = std::env::var_os(EPOCH) else { return Ok(jiff::ZonedDateTime::now().date()) };
    let written = epoch.to_string_lossy();
    day_of_epoch(&written).ok_or_else(|| {
        let message = format!(
            "{EPOCH} is {written:?}, which is not a number of seconds since 1970. Set it to one, such as 1780000000, or leave it out"
        );
        io::Error::new(io::ErrorKind::InvalidInput, message)
    })
}

/// The variable by which build systems set the time.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

fn day_of_epoch(written: &str) -> Option<Date> {
    let is_number = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = written.parse().ok().filter(|_| is_number)?;
    Some(jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_is_a_number_of_seconds_and_nothing_else() {
        assert_eq!(day_of_epoch("1780000000"), Some(jiff::civil::date(2026, 5, 28)));
        assert_eq!(day_of_epoch("0"), Some(jiff::civil::date(1970, 1, 1)));
        for written in [
            "",
            " ",
            "x",
            "2026-05-28",
            "1780000000.5",
            "-1",
            "+5",
            "1e9",
            " 5",
            "99999999999999",
            "9".repeat(40).as_str(),
        ] {
            assert_eq!(day_of_epoch(written), None, "{written:?}");
        }
    }
}
