//! What questions are asked about: the site, the theme and the images of one build.

mod reader;

pub(super) use reader::{DocumentReader, ListReader, PageReader, Reader, Reads};

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::fast::RandomState;
use jiff::civil::Date;

use super::letter_words::letter_words;
use super::question::Node;
use crate::config::{Config, LanguageConfig};
use crate::images::Images;
use crate::languages::direction;
use crate::letters::Words;
use crate::site::{Address, Differences, Read, Section, Site, language_prefix};
use crate::source::SourcePath;
use crate::storage::StoredText;
use crate::text::percent_encoded;
use crate::theme::{Strings, Theme};

/// The search index's entry below a language's `search/`: the one file of the index with a name that stays, so that an edited
/// article does not change every page.
pub(crate) const SEARCH_ENTRY: &str = "index.json";

/// What many answers hold alike, and therefore hold once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Common {
    Author,
    NoFiles,
    Section,
    Tag,
    Topic,
    Word,
}

/// Parts of answers by what they are, the language, and a name.
type Commons = HashMap<(Common, usize), HashMap<Box<str>, Node, RandomState>, RandomState>;

/// What there is to ask about.
#[derive(Debug)]
pub struct World {
    site: Arc<Site>,
    pub(super) theme: Arc<Theme>,
    images: Arc<Images>,
    /// The words that letters need, by language.
    pub(super) letter_words: Vec<Words>,
    commons: RwLock<Commons>,
}

impl World {
    /// A world in which nothing was asked yet.
    pub(super) fn new(site: &Arc<Site>, theme: &Arc<Theme>, images: &Arc<Images>) -> Self {
        Self {
            letter_words: letter_words(site, theme),
            commons: RwLock::default(),
            images: Arc::clone(images),
            site: Arc::clone(site),
            theme: Arc::clone(theme),
        }
    }

    /// A part of many answers: `node`, computed at its first use. It must depend on the world, the language and the name alone.
    pub(super) fn once(&self, common: Common, language: usize, name: &str, node: impl FnOnce() -> Node) -> Node {
        let key = (common, language);
        let known = |commons: &Commons| commons.get(&key).and_then(|nodes| nodes.get(name)).cloned();
        if let Some(node) = known(&self.commons.read().unwrap_or_else(PoisonError::into_inner)) {
            return node;
        }
        let node = node();
        let mut commons = self.commons.write().unwrap_or_else(PoisonError::into_inner);
        commons.entry(key).or_default().entry(name.into()).or_insert(node).clone()
    }

    /// The site's settings.
    pub(super) fn config(&self) -> &Config {
        &self.site.config
    }

    /// The day that counts as today.
    pub(super) fn today(&self) -> Date {
        self.site.today
    }

    /// The `sizes` of responsive images.
    pub(super) fn image_sizes(&self) -> &str {
        &self.images.sizes
    }

    /// The HTML of a page's body, with holes.
    pub(super) fn html_of(&self, path: &SourcePath) -> Option<Vec<StoredText>> {
        self.site.page(path).map(|page| page.document.body.html())
    }

    /// What the answers may read otherwise than those of the build before; `None` if that may be everything.
    pub(super) fn changed_reads(&self, differences: &Differences) -> Option<Vec<Read>> {
        differences.reads(&self.site)
    }

    /// The theme's strings in a language.
    pub(super) fn strings(&self, language: usize) -> Option<&Strings> {
        self.theme.strings_of(&self.language(language).code)
    }

    /// One of the site's languages.
    pub(super) fn language(&self, language: usize) -> &LanguageConfig {
        &self.site.config.languages[language]
    }

    /// An address under the base path, ready for an attribute.
    pub(super) fn url(&self, address: &Address) -> String {
        url(&self.site, address)
    }

    /// An address with scheme and host.
    pub(super) fn permalink(&self, address: &Address) -> String {
        format!("{}{}", self.site.config.origin, self.url(address))
    }

    /// The address of one of the program's own pages in a language.
    pub(super) fn own_address(&self, language: usize, path: &str) -> Address {
        Address::new(&format!("{}{path}", language_prefix(&self.site.config, language)))
    }

    /// A language, with an address in it.
    pub(super) fn about_language(&self, language: usize, address: &Address) -> [(&'static str, Node); 5] {
        let own = self.language(language);
        [
            ("code", Node::text(&own.code)),
            ("name", Node::text(&own.name)),
            ("direction", Node::text(direction(&own.code))),
            ("url", Node::text(self.url(address))),
            ("permalink", Node::text(self.permalink(address))),
        ]
    }

    /// A section's own title. One that nobody has written is the theme's word for it, if it has one; the name of a folder is in no language.
    fn section_title(&self, language: usize, section: &Section) -> String {
        let word = || self.strings(language).and_then(|strings| strings.get(&section.folder, None, &[]));
        let is_named = section.document.is_some() || !matches!(section.folder.as_str(), "articles" | "letters");
        if is_named { section.title.clone() } else { word().unwrap_or_else(|| section.title.clone()) }
    }
}

/// An address under the base path, as a link has it.
pub(crate) fn url(site: &Site, address: &Address) -> String {
    link(&site.config, address)
}

/// An address under the base path of a site with these settings, as a link has it.
pub(super) fn link(config: &Config, address: &Address) -> String {
    format!("{}{}", config.base_link, percent_encoded(address.as_str()))
}
