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
use super::world::World;
use crate::site::Address;

/// Finds the answer to a question.
pub(super) fn find(world: &World, question: &Question) -> Node {
    match question {
        Question::Site(language) => site::site(world, *language),
        Question::Base => Node::text(format!("{}{}", world.site.config.origin, world.site.config.base_link)),
        Question::Today => Node::text(world.site.today.to_string()),
        Question::Strings(language) => {
            Node::optional(world.strings(*language).map(|strings| strings.fingerprint.to_string()))
        }
        Question::Asset(name) => {
            Node::optional(world.theme.assets.get(&**name).map(|asset| world.url(&Address::new(&asset.address))))
        }
        Question::View(subject) => frame::view(world, subject),
        Question::Summary(path) => summary::summary(world, path),
        Question::Words(path) => summary::words(world, path),
        Question::Minutes(path) => summary::reading_time(world, path),
        Question::Page(path) => page::page(world, path),
        Question::Parts(path) => body::parts(world, path),
        Question::Contents(path) => body::contents(world, path),
        Question::Questions(path) => schema::questions(world, path),
        Question::Steps(path) => schema::steps(world, path),
        Question::Neighbour(path, next) => page::neighbour(world, path, *next),
        Question::Related(path) => page::related(world, path),
        Question::Letters(path) => page::letters(world, path),
        Question::Articles(path) => page::articles(world, path),
        Question::Letter(path, has_form) => page::letter(world, path, *has_form),
        Question::Placed(path) => page::placed_letter(world, path),
        Question::Topics(language) => topic::topics(world, *language),
        Question::FeaturedTopics(language) => topic::featured_topics(world, *language),
        Question::Topic(language, slug) => topic::topic(world, *language, slug),
        Question::TopicCount(language, slug, letters) => topic::topic_count(world, *language, slug, *letters),
        Question::TopicTop(language, slug) => topic::topic_top(world, *language, slug),
        Question::TopicLatest(language, slug) => topic::topic_latest(world, *language, slug),
        Question::TopicContent(language, slug) => topic::topic_content(world, *language, slug),
        Question::Section(language, folder) => topic::section(world, *language, folder),
        Question::Listing(subject) => listing::listing(world, subject),
        Question::Groups(subject) => listing::groups(world, subject),
        Question::Situations(language) => listing::situations(world, *language),
        Question::Introduction(subject) => listing::introduction(world, subject),
        Question::Newest(language, letters) => listing::newest(world, *language, *letters),
        Question::AToZ(language) => listing::a_to_z(world, *language),
        Question::Feed(feed) => feed::feed(world, feed),
        Question::Sitemap(start, end) => sitemap::entries(world, *start..*end),
        Question::Redirects => redirects::redirects(world),
    }
}
