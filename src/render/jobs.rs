//! Which pages a site has: address, template, and what the template starts from.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::answers::listing::{page_address, page_count};
use super::answers::sitemap::Limits;
use super::answers::{feed, sitemap};
use super::question::{Feed, Node, Question, Subject};
use super::world::{Reader, Reads, World};
use crate::document::Kind;
use crate::site::{Address, HOST_FILES};
use crate::source::SourcePath;

/// A page to render.
#[derive(Debug, PartialEq)]
pub(super) struct Job {
    /// The file that it becomes.
    pub(super) file: Arc<str>,
    pub(super) template: &'static str,
    pub(super) language: usize,
    /// The names that the template starts from.
    pub(super) context: Vec<(&'static str, Node)>,
}

impl Job {
    /// The path of the document that it shows.
    pub(super) fn document(&self) -> Option<&SourcePath> {
        self.context.iter().find_map(|(_, node)| match node {
            Node::Ask(Question::Page(path)) => Some(path),
            _ => None,
        })
    }
}

/// What is rendered: pages, lists, feeds, and files for hosts. Pages of old addresses come last.
#[derive(Debug)]
pub struct Jobs(pub(super) Vec<Job>);

/// What a file is made of.
#[derive(Debug, Clone, Copy)]
pub enum Made<'a> {
    /// The document of that path.
    Document(&'a SourcePath),
    /// A list of pages, or another page that no document makes: what it is called, and what it shows.
    Listing(&'static str, &'a Subject),
    /// An old address.
    Redirect,
    /// A file for programs and hosts, by what it is called.
    Generated(&'static str),
}

impl Jobs {
    pub(super) fn of(world: &World) -> Self {
        Self(all(world))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each file with what it is made of.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Made<'_>)> {
        self.0.iter().map(|job| (&*job.file, job.made()))
    }

    /// The others, without those of these numbers.
    #[must_use]
    pub fn without(self, numbers: &HashSet<usize>) -> Self {
        let kept = self.0.into_iter().enumerate().filter(|(number, _)| !numbers.contains(number));
        Self(kept.map(|(_, job)| job).collect())
    }
}

impl Job {
    fn made(&self) -> Made<'_> {
        let subject = self.context.iter().find_map(|(_, node)| match node {
            Node::Ask(Question::View(subject)) => Some(subject),
            _ => None,
        });
        match (self.template, subject) {
            ("redirect.html", _) => Made::Redirect,
            ("feed.xml" | "feed.json", _) => Made::Generated("a feed of new pages"),
            ("sitemap.xml", _) => Made::Generated("the list of pages for search engines"),
            (_, Some(Subject::Page(path))) => Made::Document(path),
            (template, Some(subject)) if template.ends_with(".html") => Made::Listing(called(subject), subject),
            _ => Made::Generated("a file that Letterpress writes for hosts and browsers"),
        }
    }
}

fn called(subject: &Subject) -> &'static str {
    match subject {
        Subject::Home(_) => "the home page",
        Subject::Page(_) => "a page",
        Subject::Section(..) => "the list of a folder's pages",
        Subject::Topics(_) => "the list of topics",
        Subject::Topic(..) => "the list of a topic's pages",
        Subject::Tag(..) => "the list of a tag's pages",
        Subject::AToZ(_) => "the list of all pages from A to Z",
        Subject::Search(_) => "the search page",
        Subject::NotFound(_) => "the page for addresses that don't exist",
    }
}

/// All pages, feeds and lists of the site.
pub(super) fn all(world: &World) -> Vec<Job> {
    let reads = Reads::ignored();
    let reader = Reader::new(world, &reads);
    let mut jobs = Vec::new();
    for language in reader.live_languages() {
        edition(reader, language, &mut jobs);
    }
    for page in reader.pages() {
        let template = match page.kind() {
            Kind::Letter => "letter.html",
            Kind::Article => "article.html",
            Kind::Home | Kind::Section | Kind::Page | Kind::Topic => "page.html",
        };
        let path = page.path();
        let subject = Subject::Page(path.clone());
        let page_node = ("page", Node::Ask(Question::Page(path.clone())));
        jobs.push(job(page.address(), template, page.language(), subject, vec![page_node]));
    }
    jobs.extend(whole_site(reader));
    jobs
}

fn job(
    address: &Address,
    template: &'static str,
    language: usize,
    subject: Subject,
    own: Vec<(&'static str, Node)>,
) -> Job {
    let mut context = own;
    context.push(("site", Node::Ask(Question::Site(language))));
    context.push(("view", Node::Ask(Question::View(subject))));
    Job { file: address.file().into(), template, language, context }
}

/// The pages of one language that no single document makes.
fn edition(reader: Reader<'_>, language: usize, jobs: &mut Vec<Job>) {
    let own = |path: &str| reader.own_address(language, path);
    jobs.push(job(&own(""), "home.html", language, Subject::Home(language), home(language)));
    let topics = Subject::Topics(language);
    let introduction = ("content", Node::Ask(Question::Introduction(topics.clone())));
    jobs.push(job(&own("topics/"), "topics.html", language, topics, vec![introduction]));
    let groups = ("groups", Node::Ask(Question::AToZ(language)));
    jobs.push(job(&own("a-z/"), "a-z.html", language, Subject::AToZ(language), vec![groups]));
    jobs.push(job(&own("search/"), "search.html", language, Subject::Search(language), Vec::new()));
    for file in ["opensearch.xml", "site.webmanifest"] {
        jobs.push(job(&own(file), file, language, Subject::Home(language), Vec::new()));
    }
    jobs.push(job(&own("404.html"), "404.html", language, Subject::NotFound(language), Vec::new()));
    listings(reader, language, jobs);
    feed_jobs(reader, &Feed::All(language), language, jobs);
}

fn home(language: usize) -> Vec<(&'static str, Node)> {
    vec![
        ("newest", Node::Ask(Question::Newest(language, false))),
        ("newest_letters", Node::Ask(Question::Newest(language, true))),
        ("content", Node::Ask(Question::Introduction(Subject::Home(language)))),
    ]
}

fn listings(reader: Reader<'_>, language: usize, jobs: &mut Vec<Job>) {
    let per_page = reader.config().per_page;
    for section in reader.sections(language).filter(|section| !section.is_empty() || section.document().is_some()) {
        let folder: Arc<str> = section.key().into();
        let (template, count) = match section.is_letters() {
            true => ("letters.html", 1),
            false => ("section.html", page_count(section.len(), per_page)),
        };
        for number in 1..=count {
            let subject = Subject::Section(language, folder.clone(), number);
            jobs.push(listing(&page_address(section.address(), number), template, language, subject));
        }
        if !section.key().contains('/') {
            feed_jobs(reader, &Feed::Section(language, folder), language, jobs);
        }
    }
    for topic in reader.topics(language) {
        let key: Arc<str> = topic.key().into();
        for number in 1..=page_count(topic.len(), per_page) {
            let subject = Subject::Topic(language, key.clone(), number);
            jobs.push(listing(&page_address(topic.address(), number), "topic.html", language, subject));
        }
        feed_jobs(reader, &Feed::Topic(language, key), language, jobs);
    }
    for tag in reader.tags(language) {
        let key: Arc<str> = tag.key().into();
        for number in 1..=page_count(tag.len(), per_page) {
            let subject = Subject::Tag(language, key.clone(), number);
            jobs.push(listing(&page_address(tag.address(), number), "tag.html", language, subject));
        }
    }
}

fn listing(address: &Address, template: &'static str, language: usize, subject: Subject) -> Job {
    let listing = ("listing", Node::Ask(Question::Listing(subject.clone())));
    job(address, template, language, subject, vec![listing])
}

fn feed_jobs(reader: Reader<'_>, feed: &Feed, language: usize, jobs: &mut Vec<Job>) {
    for template in ["feed.xml", "feed.json"] {
        let node = ("feed", Node::Ask(Question::Feed(feed.clone())));
        let address = feed::address(reader, feed, template);
        jobs.push(job(&address, template, language, Subject::Home(language), vec![node]));
    }
}

/// The sitemap; in several files with an index of them, if one can't hold it.
pub(super) fn sitemaps(reader: Reader<'_>, limits: &Limits) -> Vec<Job> {
    let template = "sitemap.xml";
    let file = |name: &str, entries: Node, parts: Node| {
        let context = vec![("entries", entries), ("parts", parts)];
        job(&Address::new(name), template, 0, Subject::Home(0), context)
    };
    let nothing = || Node::list([]);
    let parts = sitemap::parts(reader, limits);
    let entries = |part: &Range<usize>| Node::Ask(Question::Sitemap(part.start, part.end));
    if let [whole] = parts.as_slice() {
        return vec![file(template, entries(whole), nothing())];
    }
    let names: Vec<String> = (1..=parts.len()).map(|number| format!("sitemap-{number}.xml")).collect();
    let addresses = names.iter().map(|name| Node::text(reader.permalink(&Address::new(name))));
    let mut jobs = vec![file(template, nothing(), Node::list(addresses))];
    jobs.extend(names.iter().zip(&parts).map(|(name, part)| file(name, entries(part), nothing())));
    jobs
}

/// The lists that a site has once, and a page for each old address.
fn whole_site(reader: Reader<'_>) -> Vec<Job> {
    let own = |file: &'static str, context| job(&Address::new(file), file, 0, Subject::Home(0), context);
    let mut jobs = sitemaps(reader, &sitemap::LIMITS);
    jobs.push(own("robots.txt", Vec::new()));
    jobs.extend(HOST_FILES.iter().map(|file| {
        let redirects = file.has_redirects().then_some(("redirects", Node::Ask(Question::Redirects)));
        job(&Address::new(file.name), file.template, 0, Subject::Home(0), redirects.into_iter().collect())
    }));
    for redirect in reader.redirects() {
        if redirect.is_page() {
            let context = vec![
                ("to", Node::text(reader.url(&redirect.to))),
                ("to_permalink", Node::text(reader.permalink(&redirect.to))),
            ];
            jobs.push(job(&redirect.from, "redirect.html", 0, Subject::Home(0), context));
        }
    }
    jobs
}
