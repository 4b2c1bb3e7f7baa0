//! Questions → answers, each from the world alone. One file for each group of questions.

mod body;
pub(super) mod card;
pub(super) mod feed;
mod frame;
pub(super) mod listing;
mod page;
pub(super) mod redirects;
mod schema;
mod site;
pub(super) mod sitemap;
pub(super) mod summary;
mod topic;
mod translation;

use super::question::{Node, Question};
use super::world::Reader;
use crate::site::Address;

/// Finds the answer to a question.
pub(super) fn find(reader: Reader<'_>, question: &Question) -> Node {
    match question {
        Question::Site(language) => site::site(reader, *language),
        Question::Base => Node::text(format!("{}{}", reader.config().origin, reader.config().base_link)),
        Question::Today => Node::text(reader.today().to_string()),
        Question::Strings(language) => {
            Node::optional(reader.strings(*language).map(|strings| strings.fingerprint.to_string()))
        }
        Question::Asset(name) => {
            Node::optional(reader.theme.assets.get(&**name).map(|asset| reader.url(&Address::new(&asset.address))))
        }
        Question::View(subject) => frame::view(reader, subject),
        Question::Summary(path) => summary::summary(reader, path),
        Question::Words(path) => summary::words(reader, path),
        Question::Minutes(path) => summary::reading_time(reader, path),
        Question::Page(path) => page::page(reader, path),
        Question::Parts(path) => body::parts(reader, path),
        Question::Contents(path) => body::contents(reader, path),
        Question::Questions(path) => schema::questions(reader, path),
        Question::Steps(path) => schema::steps(reader, path),
        Question::Neighbour(path, next) => page::neighbour(reader, path, *next),
        Question::Related(path) => page::related(reader, path),
        Question::Letters(path) => page::letters(reader, path),
        Question::Articles(path) => page::articles(reader, path),
        Question::Letter(path, has_form) => page::letter(reader, path, *has_form),
        Question::Placed(path) => page::placed_letter(reader, path),
        Question::Topics(language) => topic::topics(reader, *language),
        Question::FeaturedTopics(language) => topic::featured_topics(reader, *language),
        Question::Topic(language, slug) => topic::topic(reader, *language, slug),
        Question::TopicCount(language, slug, letters) => topic::topic_count(reader, *language, slug, *letters),
        Question::TopicTop(language, slug) => topic::topic_top(reader, *language, slug),
        Question::TopicLatest(language, slug) => topic::topic_latest(reader, *language, slug),
        Question::TopicContent(language, slug) => topic::topic_content(reader, *language, slug),
        Question::Section(language, folder) => topic::section(reader, *language, folder),
        Question::Listing(subject) => listing::listing(reader, subject),
        Question::Groups(subject) => listing::groups(reader, subject),
        Question::Situations(language) => listing::situations(reader, *language),
        Question::Introduction(subject) => listing::introduction(reader, subject),
        Question::Newest(language, letters) => listing::newest(reader, *language, *letters),
        Question::AToZ(language) => listing::a_to_z(reader, *language),
        Question::Feed(feed) => feed::feed(reader, feed),
        Question::Sitemap(start, end) => sitemap::entries(reader, *start..*end),
        Question::Redirects => redirects::redirects(reader),
    }
}
