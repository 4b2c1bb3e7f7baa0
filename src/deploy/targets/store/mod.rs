//! A bucket of Amazon S3 or a store like it, of Google Cloud Storage, or a container of Azure Blob Storage, by the crate `object_store`.
//!
//! The crate is asynchronous: a runtime on this thread waits for its answers, and the requests themselves wait on threads of their own.

mod answers;
mod http;
mod open;

use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutResult, UpdateVersion,
};
use tokio::runtime::Runtime;

use crate::config::DeploySettings;
use crate::deploy::failure::DeployError;
use crate::deploy::headers::Headers;
use crate::deploy::local::LocalFile;
use crate::deploy::plan::Listing;
use crate::deploy::record::Mark;
use crate::deploy::target::{OnDeleted, OnSent, Target, Version};
use open::Opened;

/// A bucket or container, or a folder in it.
pub(super) struct Store {
    opened: Opened,
    prefix: String,
    connections: usize,
    runtime: Runtime,
}

/// Opens the store of a deployment. Nothing is asked yet.
pub(super) fn open(settings: &DeploySettings) -> Result<Store, DeployError> {
    let opened = open::open(settings)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = runtime.map_err(|error| DeployError::machine(format!("could not start threads: {error}")))?;
    Ok(Store { opened, prefix: settings.prefix.clone(), connections: settings.connections, runtime })
}

impl Store {
    fn path(&self, file: &str) -> Result<Path, DeployError> {
        let path = if self.prefix.is_empty() { file.to_owned() } else { format!("{}/{file}", self.prefix) };
        Path::parse(&path).map_err(|error| {
            DeployError::usage(format!("{path} is not a name that a store takes: {error}. Rename the file."))
        })
    }

    fn failed(&self, doing: &str, error: &Error) -> DeployError {
        answers::explained(&self.opened, doing, error)
    }

    async fn put(
        &self,
        file: &str,
        bytes: Vec<u8>,
        options: PutOptions,
    ) -> Result<Result<PutResult, Error>, DeployError> {
        let path = self.path(file)?;
        Ok(self.opened.store.put_opts(&path, bytes.into(), options).await)
    }

    async fn send_one(&self, file: &LocalFile) -> Result<Mark, DeployError> {
        let owned = file.clone();
        let read = tokio::task::spawn_blocking(move || owned.read()).await;
        let bytes = read.unwrap_or_else(|error| {
            Err(DeployError::machine(format!("could not read {}: {error}", file.path.display())))
        })?;
        let length = bytes.len() as u64;
        let options = PutOptions { attributes: attributes(&file.headers()), ..PutOptions::default() };
        let put = self.put(&file.name, bytes, options).await?;
        let put = put.map_err(|error| self.failed(&format!("write {}", file.name), &error))?;
        Ok(Mark { length, tag: put.e_tag.map(plain) })
    }

    /// Writes a small file of a deployment's own; `None` if it isn't in the state that `mode` asks for.
    fn put_small(&self, file: &str, bytes: Vec<u8>, mode: PutMode) -> Result<Option<Version>, DeployError> {
        let headers = Headers {
            content_type: "application/json; charset=utf-8",
            cache_control: "no-store",
            content_encoding: None,
        };
        let options = PutOptions { mode: mode.clone(), attributes: attributes(&headers), ..PutOptions::default() };
        match self.runtime.block_on(self.put(file, bytes.clone(), options))? {
            Ok(put) => Ok(Some(Version { tag: put.e_tag, version: put.version })),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Ok(None),
            Err(error)
                if matches!(mode, PutMode::Update(_))
                    && matches!(error, Error::NotFound { .. })
                    && !answers::is_bucket_missing(&error) =>
            {
                Ok(None)
            }
            Err(error) if mode != PutMode::Overwrite && is_unknown(&error) => {
                self.put_unconditionally(file, bytes, &mode)
            }
            Err(error) => Err(self.failed(&format!("write {file}"), &error)),
        }
    }

    /// For a store that knows no conditions: looks first. Two that look at the same moment are kept apart by what is read again.
    fn put_unconditionally(&self, file: &str, bytes: Vec<u8>, mode: &PutMode) -> Result<Option<Version>, DeployError> {
        let found = self.read_version(file)?;
        let is_as_wanted = match mode {
            PutMode::Update(wanted) => found.is_some_and(|(_, version)| version.tag == wanted.e_tag),
            _ => found.is_none(),
        };
        if !is_as_wanted {
            return Ok(None);
        }
        self.put_small(file, bytes.clone(), PutMode::Overwrite)?;
        Ok(self.read_version(file)?.filter(|(read, _)| *read == bytes).map(|(_, version)| version))
    }
}

/// Whether a store has no such operation (`501 Not Implemented`).
fn is_unknown(error: &Error) -> bool {
    matches!(error, Error::NotImplemented { .. } | Error::NotSupported { .. })
        || error.to_string().contains("NotImplemented")
}

fn attributes(headers: &Headers) -> Attributes {
    let mut attributes = Attributes::from_iter([
        (Attribute::ContentType, headers.content_type),
        (Attribute::CacheControl, headers.cache_control),
    ]);
    if let Some(encoding) = headers.content_encoding {
        attributes.insert(Attribute::ContentEncoding, encoding.into());
    }
    attributes
}

/// An entity tag without what listings leave out of it.
fn plain(tag: String) -> String {
    tag.trim_start_matches("W/").trim_matches('"').to_owned()
}

impl Target for Store {
    fn name(&self) -> String {
        let within = if self.prefix.is_empty() { String::new() } else { format!("the folder {} in ", self.prefix) };
        format!("{within}{}", self.opened.name)
    }

    fn has_headers(&self) -> bool {
        true
    }

    fn read_version(&self, file: &str) -> Result<Option<(Vec<u8>, Version)>, DeployError> {
        let path = self.path(file)?;
        let read = self.runtime.block_on(async {
            let found = self.opened.store.get(&path).await?;
            let version = Version { tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
            Ok((found.bytes().await?.to_vec(), version))
        });
        match read {
            Ok(read) => Ok(Some(read)),
            Err(error @ Error::NotFound { .. }) if !answers::is_bucket_missing(&error) => Ok(None),
            Err(error) => Err(self.failed(&format!("read {file}"), &error)),
        }
    }

    fn write(&self, file: &str, bytes: Vec<u8>) -> Result<(), DeployError> {
        self.put_small(file, bytes, PutMode::Overwrite).map(drop)
    }

    fn create(&self, file: &str, bytes: Vec<u8>) -> Result<Option<Version>, DeployError> {
        self.put_small(file, bytes, PutMode::Create)
    }

    fn replace(&self, file: &str, bytes: Vec<u8>, version: &Version) -> Result<Option<Version>, DeployError> {
        let wanted = UpdateVersion { e_tag: version.tag.clone(), version: version.version.clone() };
        self.put_small(file, bytes, PutMode::Update(wanted))
    }

    fn list(&self) -> Result<Listing, DeployError> {
        let prefix = if self.prefix.is_empty() { None } else { Some(self.path("")?) };
        let below = if self.prefix.is_empty() { String::new() } else { format!("{}/", self.prefix) };
        let found: Result<Vec<_>, Error> = self.runtime.block_on(self.opened.store.list(prefix.as_ref()).try_collect());
        let found = found.map_err(|error| self.failed("list the files", &error))?;
        let entry = |meta: object_store::ObjectMeta| {
            let name = meta.location.as_ref().strip_prefix(&below)?.to_owned();
            Some((name, Mark { length: meta.size, tag: meta.e_tag.map(plain) }))
        };
        Ok(found.into_iter().filter_map(entry).collect())
    }

    fn send(&self, files: &[&LocalFile], sent: OnSent<'_>) -> Result<(), DeployError> {
        let each = stream::iter(files.iter().enumerate())
            .map(|(place, file)| async move { Ok((place, self.send_one(file).await?)) });
        let all = each.buffer_unordered(self.connections).try_for_each(|(place, mark)| {
            sent(place, mark);
            futures_util::future::ready(Ok::<_, DeployError>(()))
        });
        self.runtime.block_on(all)
    }

    fn delete(&self, files: &[String], deleted: OnDeleted<'_>) -> Result<(), DeployError> {
        let paths: Vec<_> = files.iter().map(|file| self.path(file).map(Ok)).collect::<Result<_, _>>()?;
        let all = self.opened.store.delete_stream(stream::iter(paths).boxed());
        let done = self.runtime.block_on(async {
            all.filter(|done| futures_util::future::ready(!matches!(done, Err(Error::NotFound { .. }))))
                .try_collect::<Vec<_>>()
                .await
        });
        done.map_err(|error| self.failed("delete files", &error))?;
        files.iter().for_each(|file| deleted(file));
        Ok(())
    }
}
