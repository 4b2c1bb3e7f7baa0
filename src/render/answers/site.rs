//! Answers about the site as a whole.

use super::topic::sections;
use crate::config::{Link, Paper};
use crate::languages::direction;
use crate::render::question::{Node, Question};
use crate::render::world::{Reader, SEARCH_ENTRY};

/// The site as a whole.
pub(super) fn site(reader: Reader<'_>, language: usize) -> Node {
    let config = reader.config();
    let own = reader.language(language);
    let publisher = &config.publisher;
    Node::record([
        ("title", Node::text(&own.title)),
        ("description", Node::text(&own.description)),
        ("url", Node::text(reader.url(&reader.own_address(language, "")))),
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
        ("sections", sections(reader, language)),
        ("languages", languages(reader)),
        ("settings", settings(reader)),
        ("paper", Node::text(if config.paper == Paper::A4 { "a4" } else { "letter" })),
        ("generator", Node::text(concat!("Letterpress ", env!("CARGO_PKG_VERSION")))),
        ("search_index", search_index(reader, language)),
    ])
}

fn search_index(reader: Reader<'_>, language: usize) -> Node {
    let has_pages = reader.has_pages(language);
    let address = reader.own_address(language, &format!("search/{SEARCH_ENTRY}"));
    Node::optional(has_pages.then(|| reader.url(&address)))
}

fn languages(reader: Reader<'_>) -> Node {
    Node::list(
        reader
            .live_languages()
            .map(|language| Node::record(reader.about_language(language, &reader.own_address(language, "")))),
    )
}

fn settings(reader: Reader<'_>) -> Node {
    let setting = |(name, value): (&String, &String)| {
        let node = match (value.as_str(), value.parse()) {
            ("true", _) => Node::Flag(true),
            ("false", _) => Node::Flag(false),
            (_, Ok(number)) => Node::Number(number),
            _ => Node::text(value),
        };
        (name.as_str().into(), node)
    };
    Node::Table(reader.theme.settings.iter().map(setting).collect())
}

fn links(links: &[Link]) -> Node {
    Node::list(
        links.iter().map(|link| Node::record([("label", Node::text(&link.label)), ("url", Node::text(&link.url))])),
    )
}
