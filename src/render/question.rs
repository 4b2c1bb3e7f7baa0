//! What templates can ask of the site, and the form of the answers.
//!
//! The site, as a template sees it, is a graph of questions: an answer is plain, or a record whose fields are plain or further
//! questions. A rendered page is remembered with the questions that it asked and a fingerprint of each answer; if they are all
//! answered alike again, its bytes are still right. The grain is that of a summary, not of a single field.

use std::sync::Arc;

use crate::source::SourcePath;
use crate::storage::Fingerprint;

/// What a page is made for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The home page of a language.
    Home(usize),
    /// An article, a letter or a page at the top.
    Page(SourcePath),
    /// A page of a section's listing: language, folder, page number from 1.
    Section(usize, Arc<str>, usize),
    /// The topics of a language.
    Topics(usize),
    /// A page of a topic's listing: language, slug, page number from 1.
    Topic(usize, Arc<str>, usize),
    /// A page of a tag's listing: language, slug, page number from 1.
    Tag(usize, Arc<str>, usize),
    /// The A–Z of a language.
    AToZ(usize),
    /// The search page of a language.
    Search(usize),
    /// The page for addresses that don't exist.
    NotFound(usize),
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feed {
    /// Everything new in a language.
    All(usize),
    /// What is new on a topic.
    Topic(usize, Arc<str>),
    /// What is new in a section.
    Section(usize, Arc<str>),
}

/// Something that a template can ask.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// The site as a whole, in a language.
    Site(usize),
    /// The base path and the origin.
    Base,
    /// The day that counts as today.
    Today,
    /// The strings of a language.
    Strings(usize),
    /// The address of a theme's asset.
    Asset(Arc<str>),
    /// The page that is being rendered: what every page has, whatever it shows.
    View(Subject),
    /// A page in a listing.
    Summary(SourcePath),
    /// How many words a page has.
    Words(SourcePath),
    /// How many minutes a page takes to read.
    Minutes(SourcePath),
    /// A page of its own.
    Page(SourcePath),
    /// The body of a document.
    Parts(SourcePath),
    /// The contents of a document.
    Contents(SourcePath),
    /// The questions that a page answers.
    Questions(SourcePath),
    /// The steps that a page leads through.
    Steps(SourcePath),
    /// The page before and the page after.
    Neighbour(SourcePath, bool),
    /// Pages to read next.
    Related(SourcePath),
    /// Letters for an article.
    Letters(SourcePath),
    /// Articles for a letter.
    Articles(SourcePath),
    /// A letter; `true` where its form is on the same page.
    Letter(SourcePath, bool),
    /// A letter that is shown in place.
    Placed(SourcePath),
    /// All topics of a language.
    Topics(usize),
    /// The topics for the home page.
    FeaturedTopics(usize),
    /// A topic.
    Topic(usize, Arc<str>),
    /// How many articles or letters (`true`) a topic has.
    TopicCount(usize, Arc<str>, bool),
    /// The most useful pages of a topic.
    TopicTop(usize, Arc<str>),
    /// The day of a topic's latest change.
    TopicLatest(usize, Arc<str>),
    /// The introduction of a topic.
    TopicContent(usize, Arc<str>),
    /// A section in navigation.
    Section(usize, Arc<str>),
    /// A page of a listing.
    Listing(Subject),
    /// The pages of a listing, by topic.
    Groups(Subject),
    /// The letters of a language by the situations in which readers look for them.
    Situations(usize),
    /// The introduction of a listing.
    Introduction(Subject),
    /// The newest articles; with `true`, the letters for the home page.
    Newest(usize, bool),
    /// Articles and letters by initial.
    AToZ(usize),
    /// A feed.
    Feed(Feed),
    /// The entries of the sitemap from one number to another.
    Sitemap(usize, usize),
    /// Old addresses.
    Redirects,
}

impl Question {
    /// Whether only the page that it is about has reason to ask it.
    pub(super) fn is_of_one_page(&self) -> bool {
        matches!(
            self,
            Self::View(_)
                | Self::Page(_)
                | Self::Parts(_)
                | Self::Contents(_)
                | Self::Questions(_)
                | Self::Steps(_)
                | Self::Neighbour(..)
                | Self::Related(_)
                | Self::Letters(_)
                | Self::Articles(_)
                | Self::Letter(_, true)
                | Self::Listing(_)
                | Self::AToZ(_)
                | Self::Sitemap(..)
        )
    }

    /// Whether its answer is a record, which a template may hold without looking into it.
    pub(super) fn is_record(&self) -> bool {
        matches!(
            self,
            Self::Site(_)
                | Self::View(_)
                | Self::Summary(_)
                | Self::Page(_)
                | Self::Letter(..)
                | Self::Placed(_)
                | Self::Topic(..)
                | Self::Section(..)
                | Self::Listing(_)
                | Self::Feed(_)
        )
    }
}

/// An answer, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Nothing.
    None,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Text, which is escaped where it is shown.
    Text(Arc<str>),
    /// HTML, which is not.
    Html(Arc<str>),
    /// Several.
    List(Arc<[Node]>),
    /// Named fields.
    Record(Arc<[(&'static str, Node)]>),
    /// Named fields whose names the site chose.
    Table(Arc<[(Arc<str>, Node)]>),
    /// What must be asked first.
    Ask(Question),
}

impl Node {
    /// Text.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().into())
    }

    /// Text, or nothing.
    pub fn optional(text: Option<impl AsRef<str>>) -> Self {
        text.map_or(Self::None, Self::text)
    }

    /// A count.
    pub fn count(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// Several.
    pub fn list(nodes: impl IntoIterator<Item = Self>) -> Self {
        Self::List(nodes.into_iter().collect())
    }

    /// Named fields.
    pub fn record(fields: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        Self::Record(fields.into_iter().collect())
    }

    /// A fingerprint of what a template can see of it, but for what it must ask first.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let mut bytes = Vec::with_capacity(1024);
        self.write_into(&mut bytes);
        Fingerprint::of(&bytes)
    }

    /// Each kind has its own tag and each length is written, so that two different answers never look alike.
    fn write_into(&self, out: &mut Vec<u8>) {
        match self {
            Self::None => out.push(b'n'),
            Self::Flag(flag) => out.extend([b'f', u8::from(*flag)]),
            Self::Number(number) => {
                out.push(b'i');
                out.extend(number.to_le_bytes());
            }
            Self::Text(text) => write_text(out, b't', text),
            Self::Html(html) => write_text(out, b'h', html),
            Self::List(nodes) => {
                write_count(out, b'l', nodes.len());
                nodes.iter().for_each(|node| node.write_into(out));
            }
            Self::Record(fields) => {
                write_count(out, b'r', fields.len());
                for (name, node) in fields.iter() {
                    write_text(out, b'k', name);
                    node.write_into(out);
                }
            }
            Self::Table(fields) => {
                write_count(out, b'm', fields.len());
                for (name, node) in fields.iter() {
                    write_text(out, b'k', name);
                    node.write_into(out);
                }
            }
            Self::Ask(question) => write_text(out, b'q', &format!("{question:?}")),
        }
    }
}

fn write_text(out: &mut Vec<u8>, tag: u8, text: &str) {
    write_count(out, tag, text.len());
    out.extend_from_slice(text.as_bytes());
}

fn write_count(out: &mut Vec<u8>, tag: u8, count: usize) {
    out.push(tag);
    out.extend((count as u64).to_le_bytes());
}
