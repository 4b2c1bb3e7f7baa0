//! Results of passes, remembered from one build to the next, each under a hash of all that it depends on.
//!
//! A memo changes how long a build takes, never its result: an empty one leads to the same bytes. What the last build did not use is forgotten.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::files::Cache;
use crate::pipeline::{DocumentCache, IndexedPages, LetterFiles, TableCache};
use crate::site::Site;
use crate::source::SourcePath;
use crate::storage::Hash;
use crate::theme::Theme;
use crate::{check, images, render, social_cards};

/// What is remembered.
#[derive(Debug, Default)]
pub struct Memo {
    pub(crate) documents: DocumentCache,
    /// The site of the last build.
    pub(crate) built: Option<Arc<Site>>,
    /// A site in which nothing was found wrong.
    pub(crate) site: Option<Arc<Site>>,
    pub(crate) theme: Option<(Hash, Arc<Theme>)>,
    pub(crate) files: TableCache,
    pub(crate) pages: render::RenderCache,
    pub(crate) search: IndexedPages,
    pub(crate) checks: check::CheckCache,
    pub(crate) letters: HashMap<SourcePath, (Hash, Arc<LetterFiles>)>,
    pub(crate) images: images::ImageCache,
    pub(crate) cards: social_cards::CardCache,
    /// What outlives the program.
    pub(crate) cache: Cache,
}

impl Memo {
    /// A memo of nothing but what the site's cache has kept.
    #[must_use]
    pub fn of_site(folder: &Path) -> Self {
        Self { cache: Cache::of_site(folder), ..Self::default() }
    }

    /// The same for one build alone: what only the next one would use is not kept.
    #[must_use]
    pub fn for_one_build(folder: &Path) -> Self {
        Self { pages: render::RenderCache::for_one_build(), ..Self::of_site(folder) }
    }

    /// The same, in which a page that asks more questions than this is rendered after all others. Changes the order alone.
    #[must_use]
    pub fn with_most_asked(self, most_asked: usize) -> Self {
        Self { pages: self.pages.with_most_asked(most_asked), ..self }
    }

    /// Whether there is no next build.
    pub(crate) fn is_for_one_build(&self) -> bool {
        self.pages.is_for_one_build()
    }

    /// What the site's cache has kept.
    #[must_use]
    pub fn cache(&self) -> &Cache {
        &self.cache
    }

    /// Removes from the cache what no build with this memo has used.
    pub fn sweep(&self) {
        self.cache.sweep();
    }
}
