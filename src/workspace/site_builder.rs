//! Changed files and buffers → builds, one after the other.

use std::path::PathBuf;

use jiff::civil::Date;

use super::debounce::Batch;
use crate::collect::Sources;
use crate::diagnostic::Diagnostic;
use crate::pipeline::{Built, Memo, Pages};
use crate::source::SourcePath;
use crate::{collect, pipeline};

/// A site with what its last build remembers.
///
/// After [`update`](Self::update) has read what changed, [`pages`](Self::pages) builds what an editor waits for, and
/// [`complete`](Self::complete) the rest.
#[derive(Debug)]
pub struct SiteBuilder {
    options: collect::Options,
    /// What was read last; `None` if it could not be read.
    sources: Option<Sources>,
    /// What was wrong in the reading.
    collected: Vec<Diagnostic>,
    memo: Memo,
    /// Files whose buffers changed since they were read.
    touched: Vec<PathBuf>,
}

impl SiteBuilder {
    /// A site that was not read yet.
    #[must_use]
    pub fn new(options: collect::Options) -> Self {
        let memo = Memo::of_site(&options.folder);
        memo.cache().sweep_unfinished();
        Self { options, sources: None, collected: Vec::new(), memo, touched: Vec::new() }
    }

    /// The site's folder and how it is read.
    #[must_use]
    pub fn options(&self) -> &collect::Options {
        &self.options
    }

    /// What was read last; `None` if it could not be read.
    #[must_use]
    pub fn sources(&self) -> Option<&Sources> {
        self.sources.as_ref()
    }

    /// Lays the text of an open editor over a file, which need not be on disk yet; with `None` the file on disk counts again.
    pub fn set_buffer(&mut self, path: SourcePath, text: Option<&[u8]>) {
        self.touched.push(self.options.folder.join(path.as_str()));
        self.options.buffers.set(path, text);
    }

    /// Whether another day counts as today than when the site was read, so that scheduled pages may be due.
    #[must_use]
    pub fn is_next_day(&self) -> bool {
        let day: Option<Date> = collect::day(&self.options).ok();
        self.sources.as_ref().zip(day).is_some_and(|(sources, day)| sources.today != day)
    }

    /// Reads what was touched, and returns the files that changed; `None` if nothing did.
    ///
    /// # Errors
    /// If the site can't be read. The next update then reads everything.
    pub fn update(&mut self, batch: &Batch) -> std::io::Result<Option<Vec<SourcePath>>> {
        let paths: Vec<PathBuf> = batch.paths.iter().cloned().chain(std::mem::take(&mut self.touched)).collect();
        let previous = self.sources.take();
        let known = previous.as_ref().filter(|_| !batch.everything && self.collected.is_empty());
        let (sources, collected) = match known {
            Some(known) => collect::refresh(&self.options, known, &paths)?,
            None => collect::collect(&self.options)?,
        };
        let changed = previous.as_ref().map(|previous| sources.changed_since(previous));
        let is_same =
            previous.as_ref().is_some_and(|previous| previous.today == sources.today) && collected == self.collected;
        self.sources = Some(sources);
        self.collected = collected;
        Ok(match changed {
            Some(changed) if changed.is_empty() && is_same => None,
            // Only what is wrong in a file differs, as after a misspelt setting.
            Some(changed) if changed.is_empty() => {
                Some(paths.iter().filter_map(|path| SourcePath::of(&self.options.folder, path)).collect())
            }
            changed => Some(changed.unwrap_or_default()),
        })
    }

    /// Builds everything that an editor waits for. `None` if the site could not be read.
    ///
    /// # Errors
    /// As [`pipeline::build`].
    pub fn pages(&mut self) -> Option<std::io::Result<Pages>> {
        Some(pipeline::pages(self.sources.as_ref()?, self.collected.clone(), &mut self.memo))
    }

    /// Builds the rest: the largest pages, and the search index. `None` if the site could not be read.
    ///
    /// # Errors
    /// As [`pipeline::build`].
    pub fn complete(&mut self, pages: Pages) -> Option<std::io::Result<Built>> {
        Some(pipeline::complete(self.sources.as_ref()?, pages, &mut self.memo))
    }
}
