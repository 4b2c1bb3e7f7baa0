//! Pages that an earlier run published and that a new [`Output`] lacks. Only read here: they are removed when the new output is published.

use std::io;
use std::path::Path;

use super::manifest::Manifest;
use super::paths::path;
use crate::files::bounded;
use crate::output::Output;

/// A page that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedPage {
    /// Its file in the published folder.
    pub file: String,
    /// The text of its `h1`.
    pub title: String,
}

/// The pages of the last run that `output` lacks.
///
/// # Errors
/// When the manifest is there and can't be read.
pub fn lost(folder: &Path, output: &Output) -> io::Result<Vec<RemovedPage>> {
    let manifest = Manifest::read(folder)?;
    let strays = manifest.files().filter(|file| file.ends_with("/index.html") && output.get(file).is_none());
    Ok(strays.filter_map(|file| Some(RemovedPage { file: file.to_owned(), title: title(folder, file)? })).collect())
}

fn title(folder: &Path, file: &str) -> Option<String> {
    let bytes = bounded::read_named(&path(folder, file), bounded::LARGEST_FILE).ok()?;
    let html = String::from_utf8_lossy(&bytes);
    let start = html.find("<h1")?;
    let inner = html[start..].split_once('>')?.1.split("</h1>").next()?;
    Some(without_entities(inner))
}

/// The entities that templates write for signs (HTML § 13.5).
fn without_entities(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ];
    entities.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}
