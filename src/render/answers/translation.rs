//! The same page in every language that has it.

use super::listing::{listed, number_of, page_address, page_count};
use crate::render::question::Subject;
use crate::render::world::World;
use crate::site::{Address, Topic};

/// The same page in every language that has it, its own included. A further page of a listing has one where the other listing is as long.
pub(super) fn counterparts(world: &World, subject: &Subject) -> Vec<(usize, Address)> {
    let languages = world.site.live_languages();
    let own = |path: &str| languages.clone().map(|other| (other, world.own_address(other, path))).collect();
    match subject {
        Subject::Page(path) => {
            let key = world.site.page(path).map(|page| page.document.key.as_str()).unwrap_or_default();
            let pages = world.site.translations_of(key).iter().filter_map(|path| world.site.page(path));
            pages.map(|page| (page.document.language, page.address.clone())).collect()
        }
        Subject::Home(_) => own(""),
        Subject::Topics(_) => own("topics/"),
        Subject::AToZ(_) => own("a-z/"),
        Subject::Search(_) => own("search/"),
        Subject::NotFound(_) => own("404.html"),
        Subject::Section(..) | Subject::Topic(..) | Subject::Tag(..) => {
            languages.filter_map(|other| Some((other, listing_in(world, subject, other)?))).collect()
        }
    }
}

/// The address of a listing's page in another language.
fn listing_in(world: &World, subject: &Subject, other: usize) -> Option<Address> {
    let subject = match subject {
        Subject::Section(_, folder, number) => Subject::Section(other, folder.clone(), *number),
        Subject::Topic(language, slug, number) => {
            let topic = taxonomy_counterpart(world, *language, slug, other)?;
            Subject::Topic(other, topic.key.as_str().into(), *number)
        }
        Subject::Tag(_, slug, number) => Subject::Tag(other, slug.clone(), *number),
        _ => return None,
    };
    let listed = listed(world, &subject)?;
    let count = if listed.whole { 1 } else { page_count(listed.pages.len(), world.site.config.per_page) };
    let number = number_of(&subject);
    (number <= count && !listed.pages.is_empty()).then(|| page_address(&listed.first, number))
}

/// The same topic: the one whose document is the translation, or the one of the same slug.
fn taxonomy_counterpart<'a>(world: &'a World, language: usize, slug: &str, other: usize) -> Option<&'a Topic> {
    let key_of = |topic: &'a Topic| topic.document.as_ref().map(|document| document.key.as_str());
    let edition = &world.site.editions[other];
    let own_key = world.site.editions[language].topic(slug).and_then(key_of);
    let by_document = own_key.and_then(|key| edition.topics.iter().find(|topic| key_of(topic) == Some(key)));
    by_document.or_else(|| edition.topic(slug))
}
