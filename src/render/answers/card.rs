//! Which pages have a card, and what stands on it.

use std::collections::BTreeMap;

use crate::languages::direction;
use crate::render::question::Subject;
use crate::render::world::World;
use crate::site::{Address, Page};
use crate::social_cards::Card;

/// The cards of all pages, each once.
pub(in crate::render) fn all(world: &World) -> Vec<(Address, Card)> {
    let pages = world.site.pages.iter().map(|page| Subject::Page(page.document.path.clone()));
    let cards = pages.chain(listings(world)).filter_map(|subject| card(world, &subject));
    let cards = cards.filter_map(|card| Some((world.theme.card_style.address(&card)?, card)));
    cards.collect::<BTreeMap<_, _>>().into_iter().collect()
}

/// The address of a page's card; `None` if it has a picture of its own, is not one that people share, or has a title that no font can write.
pub(super) fn address(world: &World, subject: &Subject) -> Option<Address> {
    if !world.site.config.social_cards {
        return None;
    }
    world.theme.card_style.address(&card(world, subject)?)
}

fn listings(world: &World) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for language in world.site.live_languages() {
        let edition = &world.site.editions[language];
        subjects.extend([Subject::Home(language), Subject::Topics(language)]);
        subjects.extend(edition.sections.keys().map(|folder| Subject::Section(language, folder.as_str().into(), 1)));
        subjects.extend(edition.topics.iter().map(|topic| Subject::Topic(language, topic.key.as_str().into(), 1)));
    }
    subjects
}

/// All pages of a listing share a card.
fn card(world: &World, subject: &Subject) -> Option<Card> {
    let language = world.language_of(subject);
    let edition = &world.site.editions[language];
    let own = world.language(language);
    let (title, is_letter) = match subject {
        Subject::Page(path) => of_page(world, world.site.page(path)?)?,
        Subject::Home(_) => (own.title.clone(), false),
        Subject::Topics(_) => (topics_title(world, language), false),
        Subject::Section(_, folder, _) => (world.section_title(language, edition.sections.get(&**folder)?), false),
        Subject::Topic(_, slug, _) => (edition.topic(slug)?.title.clone(), false),
        Subject::Tag(..) | Subject::AToZ(_) | Subject::Search(_) | Subject::NotFound(_) => return None,
    };
    let publisher = &own.publisher;
    let is_said = own.title.contains(publisher.as_str());
    Some(Card {
        site: if title == own.title { String::new() } else { own.title.clone() },
        publisher: if is_said { String::new() } else { publisher.clone() },
        title,
        is_letter,
        is_rtl: direction(&own.code) == "rtl",
    })
}

fn of_page(world: &World, page: &Page) -> Option<(String, bool)> {
    let document = &page.document;
    let has_own = world.shared_picture(document).is_some();
    (!has_own).then(|| (document.front.title.clone(), document.letter.is_some()))
}

fn topics_title(world: &World, language: usize) -> String {
    let document = world.site.topics_page(language);
    let word = || world.strings(language).map(|strings| strings.word("topics")).unwrap_or_default();
    document.map_or_else(word, |document| document.front.title.clone())
}
