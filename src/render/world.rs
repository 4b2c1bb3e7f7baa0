//! Site and theme → answers to questions, each found once a build.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use foldhash::fast::RandomState;

use super::found::Found;
use super::parts::Part;
use super::question::{Node, Question};
use super::{feeds, listings, pages, schema, sitemap};
use crate::config::LanguageConfig;
use crate::images::Pictures;
use crate::languages::direction;
use crate::letters::{LETTER_FILES, Words};
use crate::site::{Address, Page, Site};
use crate::storage::{Fingerprint, Scratch};
use crate::text::percent_encoded;
use crate::theme::{Strings, Theme};

/// What is kept of a rendering for the next build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Traces {
    /// What each page asked, and what it was answered.
    #[default]
    Kept,
    /// Nothing: there is no next build.
    Dropped,
}

/// An answer and its fingerprint.
#[derive(Debug)]
pub(super) struct Answer {
    /// A number that no other question of this world has.
    pub(super) id: u32,
    pub(super) question: Question,
    pub(super) node: Node,
    /// None where traces are dropped.
    pub(super) fingerprint: Option<Fingerprint>,
}

impl Answer {
    /// The same for those who only want to know whether it is another one.
    pub(super) fn without_node(&self) -> Self {
        let Self { id, question, fingerprint, .. } = self;
        Self { id: *id, question: question.clone(), node: Node::None, fingerprint: *fingerprint }
    }
}

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

/// What there is to ask about. Answers are kept, so that each is found once.
#[derive(Debug)]
pub struct World {
    pub(super) site: Arc<Site>,
    pub(super) theme: Arc<Theme>,
    pub(super) pictures: Arc<Pictures>,
    /// The words that letters need, by language.
    pub(super) letter_words: Vec<Words>,
    pub(super) parts: Found<Part>,
    pub(super) traces: Traces,
    /// The disk that holds what pages become, if the memory can't.
    pub(super) scratch: Option<Scratch>,
    commons: RwLock<Commons>,
    answers: Found<Answer>,
    answered: AtomicU32,
}

/// The search index's entry below a language's `search/`: the one file of the index with a name that stays, so that an edited
/// article does not change every page.
pub(crate) const SEARCH_ENTRY: &str = "index.json";

impl World {
    /// A world in which nothing was asked yet.
    pub(super) fn new(
        site: &Arc<Site>,
        theme: &Arc<Theme>,
        pictures: &Arc<Pictures>,
        traces: Traces,
        scratch: Option<&Scratch>,
    ) -> Self {
        Self {
            traces,
            scratch: scratch.cloned(),
            letter_words: letter_words(site, theme),
            answers: Found::default(),
            commons: RwLock::default(),
            answered: AtomicU32::new(0),
            parts: Found::default(),
            pictures: Arc::clone(pictures),
            site: Arc::clone(site),
            theme: Arc::clone(theme),
        }
    }

    /// The answer to a question, which is not kept.
    pub(super) fn answer_alone(&self, question: &Question) -> Answer {
        let node = self.find(question);
        let id = self.answered.fetch_add(1, Ordering::Relaxed);
        Answer { id, question: question.clone(), fingerprint: self.traced(&node), node }
    }

    /// The fingerprint of the answer to a question.
    pub(super) fn fingerprint(&self, question: &Question) -> Fingerprint {
        match question.is_of_one_page() {
            true => self.find(question).fingerprint(),
            false => {
                let answer = self.answer(question);
                answer.fingerprint.unwrap_or_else(|| answer.node.fingerprint())
            }
        }
    }

    fn traced(&self, node: &Node) -> Option<Fingerprint> {
        (self.traces == Traces::Kept).then(|| node.fingerprint())
    }

    /// The answer to a question, found once. Of two threads that find it at the same time, the first one's number is the question's.
    pub(super) fn answer(&self, question: &Question) -> Arc<Answer> {
        let Ok(answer) = self.answers.get_or_find(
            question,
            |answer| answer.question == *question,
            || Ok::<_, Infallible>(self.answer_alone(question)),
        );
        answer
    }

    /// A part of many answers: `node`, made at its first use. Nothing but the world, the language and the name may tell what it is.
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

    fn find(&self, question: &Question) -> Node {
        match question {
            Question::Site(language) => self.about_site(*language),
            Question::Base => Node::text(format!("{}{}", self.site.config.origin, self.site.config.base_link)),
            Question::Today => Node::text(self.site.today.to_string()),
            Question::Strings(language) => {
                Node::optional(self.strings(*language).map(|strings| strings.fingerprint.to_string()))
            }
            Question::Asset(name) => {
                Node::optional(self.theme.assets.get(&**name).map(|asset| self.url(&Address::new(&asset.address))))
            }
            Question::View(subject) => listings::view(self, subject),
            Question::Summary(path) => pages::summary(self, path),
            Question::Words(path) => pages::words(self, path),
            Question::Minutes(path) => pages::reading_time(self, path),
            Question::Page(path) => pages::page(self, path),
            Question::Parts(path) => pages::parts(self, path),
            Question::Contents(path) => pages::contents(self, path),
            Question::Questions(path) => schema::questions(self, path),
            Question::Steps(path) => schema::steps(self, path),
            Question::Neighbour(path, next) => pages::neighbour(self, path, *next),
            Question::Related(path) => pages::related(self, path),
            Question::Letters(path) => pages::letters(self, path),
            Question::Articles(path) => pages::articles(self, path),
            Question::Letter(path, has_form) => pages::letter(self, path, *has_form),
            Question::Placed(path) => pages::placed_letter(self, path),
            Question::Topics(language) => listings::topics(self, *language),
            Question::FeaturedTopics(language) => listings::featured_topics(self, *language),
            Question::Topic(language, slug) => listings::topic(self, *language, slug),
            Question::TopicCount(language, slug, letters) => listings::topic_count(self, *language, slug, *letters),
            Question::TopicTop(language, slug) => listings::topic_top(self, *language, slug),
            Question::TopicLatest(language, slug) => listings::topic_latest(self, *language, slug),
            Question::TopicContent(language, slug) => listings::topic_content(self, *language, slug),
            Question::Section(language, folder) => listings::section(self, *language, folder),
            Question::Listing(subject) => listings::listing(self, subject),
            Question::Groups(subject) => listings::groups(self, subject),
            Question::Situations(language) => listings::situations(self, *language),
            Question::Introduction(subject) => listings::introduction(self, subject),
            Question::Newest(language, letters) => listings::newest(self, *language, *letters),
            Question::AToZ(language) => listings::a_to_z(self, *language),
            Question::Feed(feed) => feeds::feed(self, feed),
            Question::Sitemap(start, end) => sitemap::entries(self, *start..*end),
            Question::Redirects => feeds::redirects(self),
        }
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
        Address::new(&format!("{}{path}", crate::site::language_prefix(&self.site.config, language)))
    }

    fn about_site(&self, language: usize) -> Node {
        let config = &self.site.config;
        let own = self.language(language);
        let publisher = &config.publisher;
        Node::record([
            ("title", Node::text(&own.title)),
            ("description", Node::text(&own.description)),
            ("url", Node::text(self.url(&self.own_address(language, "")))),
            ("base_url", Node::text(format!("{}{}", config.origin, config.base_link))),
            ("language", Node::text(&own.code)),
            ("direction", Node::text(direction(&own.code))),
            ("today", Node::Ask(Question::Today)),
            (
                "publisher",
                Node::record([
                    ("name", Node::text(&own.publisher)),
                    ("url", Node::optional(publisher.url.as_ref())),
                    ("logo", Node::optional(publisher.logo.as_ref())),
                ]),
            ),
            ("links", links(&own.links)),
            ("footer_links", links(&own.footer_links)),
            ("search_example", Node::text(&own.search_example)),
            ("topics", Node::Ask(Question::Topics(language))),
            ("featured_topics", Node::Ask(Question::FeaturedTopics(language))),
            ("sections", listings::sections(self, language)),
            ("languages", self.languages()),
            ("settings", self.settings()),
            ("paper", Node::text(if config.paper == crate::config::Paper::A4 { "a4" } else { "letter" })),
            ("generator", Node::text(concat!("Letterpress ", env!("CARGO_PKG_VERSION")))),
            ("search_index", self.search_index(language)),
        ])
    }

    fn search_index(&self, language: usize) -> Node {
        let has_pages = !self.site.editions[language].newest.is_empty();
        let address = self.own_address(language, &format!("search/{SEARCH_ENTRY}"));
        Node::optional(has_pages.then(|| self.url(&address)))
    }

    fn languages(&self) -> Node {
        Node::list(
            self.site
                .live_languages()
                .map(|language| Node::record(self.about_language(language, &self.own_address(language, "")))),
        )
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

    fn settings(&self) -> Node {
        let setting = |(name, value): (&String, &String)| {
            let node = match (value.as_str(), value.parse()) {
                ("true", _) => Node::Flag(true),
                ("false", _) => Node::Flag(false),
                (_, Ok(number)) => Node::Number(number),
                _ => Node::text(value),
            };
            (name.as_str().into(), node)
        };
        Node::Table(self.theme.settings.iter().map(setting).collect())
    }
}

/// An address under the base path, as a link has it.
pub(crate) fn url(site: &Site, address: &Address) -> String {
    format!("{}{}", site.config.base_link, percent_encoded(address.as_str()))
}

/// How a search result presents a page.
pub(crate) fn search_entry(site: &Site, page: &Page, words: &Words) -> crate::search::Entry {
    let document = &page.document;
    let edition = &site.editions[document.language];
    let topics = document.front.topics.iter().filter_map(|(slug, _)| edition.topic(slug));
    let date = document.front.updated.max(document.front.date);
    crate::search::Entry {
        url: url(site, &page.address),
        kind: pages::kind(document).to_owned(),
        topics: topics.map(|topic| topic.title.clone()).collect(),
        date: date.map(|date| date.to_string()),
        minutes: u32::try_from(pages::minutes(document, words)).unwrap_or(u32::MAX),
        files: letter_files(site, page),
    }
}

/// The files in which a letter is taken away: kind and address.
pub(super) fn letter_files(site: &Site, page: &Page) -> Vec<(String, String)> {
    let names = LETTER_FILES.iter().filter(|_| page.document.letter.is_some());
    names.map(|file| (file.kind.to_owned(), url(site, &page.address.join(file.name)))).collect()
}

fn links(links: &[crate::config::Link]) -> Node {
    Node::list(
        links.iter().map(|link| Node::record([("label", Node::text(&link.label)), ("url", Node::text(&link.url))])),
    )
}

/// The words that letters need in each language of the site, as far as the theme has them.
pub(crate) fn letter_words(site: &Site, theme: &Theme) -> Vec<Words> {
    let words = |language: &LanguageConfig| words_in(theme.strings_of(&language.code));
    site.config.languages.iter().map(words).collect()
}

fn words_in(strings: Option<&Strings>) -> Words {
    let own = |key: &str, word: &mut String| {
        if let Some(text) = strings.and_then(|strings| strings.get(key, None, &[])) {
            *word = text;
        }
    };
    let mut words = Words::default();
    own("letter_when_is", &mut words.when_is);
    own("letter_when_is_not", &mut words.when_is_not);
    own("letter_when_answer", &mut words.when_answer);
    own("letter_when_answer_not", &mut words.when_answer_not);
    own("letter_or", &mut words.or);
    own("letter_optional", &mut words.optional);
    own("letter_optional_label", &mut words.optional_label);
    own("letter_include", &mut words.include);
    own("letter_leave_out", &mut words.leave_out);
    own("letter_subject", &mut words.subject);
    words
}
