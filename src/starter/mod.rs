//! Files for a beginning: a new site, a new article, a new letter. Never writes over a file.

use std::io;
use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::files::named;
use crate::text::slug_of;

/// The files of a new site. `{date}` is replaced by today's date.
const NEW_SITE: &[(&str, &str)] = &[
    ("letterpress.toml", include_str!("site/letterpress.toml")),
    ("content/_index.md", include_str!("site/_index.md")),
    ("content/articles/_index.md", include_str!("site/articles.md")),
    ("content/articles/write-your-first-article.md", include_str!("site/write-your-first-article.md")),
    ("content/letters/_index.md", include_str!("site/letters.md")),
    ("content/letters/thank-you.md", include_str!("site/thank-you.md")),
    ("content/topics/getting-started.md", include_str!("site/getting-started.md")),
    (".gitignore", "/public/\n/.letterpress/\n"),
];

/// How many letters the name of a file has at most that is made from a title.
const LONGEST_SLUG: usize = 60;

const ARTICLE: &str = include_str!("article.md");
const LETTER: &str = include_str!("letter.md");

/// What can be added to a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An article in `content/articles/`.
    Article,
    /// A letter in `content/letters/`.
    Letter,
}

/// Makes a site that builds, with a first article and a first letter. Gives the files that were made.
///
/// # Errors
/// When the folder holds something already, or can't be written.
pub fn new_site(folder: &Path, today: Date) -> io::Result<Vec<PathBuf>> {
    let holds_something = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if holds_something {
        let message = format!("the folder {} is not empty; name a new or an empty folder", folder.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    let make = |(file, text): &(&str, &str)| {
        let path = file.split('/').fold(folder.to_path_buf(), |path, part| path.join(part));
        create(&path, &text.replace("{date}", &today.to_string())).map(|()| path)
    };
    NEW_SITE.iter().map(make).collect()
}

/// Adds an article or a letter with its front matter filled in. Gives the file.
///
/// # Errors
/// When there is such a file already, when the title holds no letter or digit, or when the file can't be written.
pub fn add(site: &Path, kind: Kind, title: &str, today: Date) -> io::Result<PathBuf> {
    let slug = short(&slug_of(title));
    if slug.is_empty() {
        let message = "the title needs at least one letter or digit, for the file's name";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    let (folder, text) = match kind {
        Kind::Article => ("articles", ARTICLE),
        Kind::Letter => ("letters", LETTER),
    };
    let path = site.join("content").join(folder).join(format!("{slug}.md"));
    let title = serde_json::Value::from(title).to_string();
    if path.exists() {
        let message = format!("{} is there already; choose another title", from_site(site, &path));
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    create(&path, &text.replace("{title}", &title).replace("{date}", &today.to_string()))?;
    Ok(path)
}

/// A file as editors name it: from the site's folder.
fn from_site(site: &Path, path: &Path) -> String {
    path.strip_prefix(site).unwrap_or(path).display().to_string().replace('\\', "/")
}

/// A slug cut at a hyphen, as addresses are read out and file systems have their limits.
fn short(slug: &str) -> String {
    let end = slug.char_indices().nth(LONGEST_SLUG).map_or(slug.len(), |(at, _)| at);
    let cut = if end == slug.len() { end } else { slug[..end].rfind('-').unwrap_or(end) };
    slug[..cut].to_owned()
}

/// Writes a file that must not exist yet.
fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|error| named(&error, "create", parent))?;
    }
    let file = std::fs::OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| named(&error, "create", path))
}
