//! The output folder → the files to deploy, each with a hash of its bytes and of what it is served with.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::failure::DeployError;
use super::headers::Headers;
use super::packing;
use crate::config::DeployCompress;
use crate::files::bounded;
use crate::publish;
use crate::storage::Fingerprint;

/// A file of the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LocalFile {
    /// Its name in the output folder, with `/` on every system.
    pub(super) name: String,
    /// Where it is on this machine.
    pub(super) path: PathBuf,
    /// Its bytes before they are packed.
    pub(super) length: u64,
    /// Of its bytes, and of its headers where the target has any.
    pub(super) hash: String,
    /// How it is packed at the target.
    pub(super) packed: DeployCompress,
}

impl LocalFile {
    /// Its bytes as the target stores them.
    pub(super) fn read(&self) -> Result<Vec<u8>, DeployError> {
        let bytes = bounded::read_named(&self.path, bounded::LARGEST_FILE);
        let bytes = bytes.map_err(|error| DeployError::file("read", &self.path, &error))?;
        Ok(packing::packed(bytes, self.packed))
    }

    /// What a store serves it with.
    pub(super) fn headers(&self) -> Headers {
        let headers = Headers::of(&self.name);
        match packing::encoding(self.packed) {
            Some(encoding) => Headers { content_encoding: Some(encoding), ..headers },
            None => headers,
        }
    }
}

/// What of the output folder is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// Whether the target serves headers, so that a file with other headers is another one.
    pub(super) has_headers: bool,
    /// How texts are packed.
    pub(super) compress: DeployCompress,
}

/// The files that the last build wrote, by name.
///
/// # Errors
/// If there was no build, if it was cut off, or if a file can't be read.
pub(super) fn read(output: &Path, reading: Reading) -> Result<Vec<LocalFile>, DeployError> {
    let names = names(output)?;
    let own = |name: &String| reading.compress == DeployCompress::Copies || !is_copy(name, &names);
    let mut files: Vec<LocalFile> =
        names.par_iter().filter(|name| own(name)).map(|name| file(output, name, reading)).collect::<Result<_, _>>()?;
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

fn names(output: &Path) -> Result<Vec<String>, DeployError> {
    let shown = output.display();
    match publish::published_files(output) {
        Ok(Some(names)) if !names.is_empty() => Ok(names),
        Ok(_) => Err(DeployError::usage(format!(
            "there is no finished site in {shown}. Run `letterpress build`, or deploy without `--no-build`."
        ))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(DeployError::usage(format!(
            "there is no folder {shown}. Run `letterpress build`, or deploy without `--no-build`."
        ))),
        Err(error) => Err(DeployError::machine(error.to_string())),
    }
}

/// Whether a file is a packed copy of another one. Where nothing looks for copies, they are not sent.
fn is_copy(name: &str, names: &[String]) -> bool {
    let of = [".gz", ".br"].iter().find_map(|end| name.strip_suffix(end));
    of.is_some_and(|of| publish::is_text(of) && names.binary_search_by(|other| other.as_str().cmp(of)).is_ok())
}

fn file(output: &Path, name: &str, reading: Reading) -> Result<LocalFile, DeployError> {
    let path = name.split('/').fold(output.to_path_buf(), |path, part| path.join(part));
    let bytes = bounded::read_named(&path, bounded::LARGEST_FILE);
    let bytes = bytes.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => DeployError::usage(format!(
            "{} is gone, though the build wrote it. Run `letterpress build`, or deploy without `--no-build`.",
            path.display()
        )),
        _ => DeployError::file("read", &path, &error),
    })?;
    let packed = packing::choice(name, reading.compress);
    let mut file = LocalFile {
        name: name.to_owned(),
        path,
        length: bytes.len() as u64,
        hash: Fingerprint::of(&bytes).to_string(),
        packed,
    };
    if reading.has_headers {
        let headers = blake3::hash(file.headers().text().as_bytes()).to_hex();
        file.hash = format!("{}-{}", file.hash, &headers[..8]);
    }
    Ok(file)
}
