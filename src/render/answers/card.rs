//! Which pages have a card, and what it shows.

use std::collections::BTreeMap;

use crate::languages::direction;
use crate::render::question::Subject;
use crate::render::world::{PageReader, Reader};
use crate::site::Address;
use crate::social_cards::Card;

/// The cards of all pages, each once.
pub(in crate::render) fn all(reader: Reader<'_>) -> Vec<(Address, Card)> {
    let pages = reader.pages().map(|page| Subject::Page(page.path().clone()));
    let cards = pages.chain(listings(reader)).filter_map(|subject| card(reader, &subject));
    let cards = cards.filter_map(|card| Some((reader.theme.card_style.address(&card)?, card)));
    cards.collect::<BTreeMap<_, _>>().into_iter().collect()
}

/// The address of a page's card; `None` if it has an image of its own, is not one that people share, or has a title that no font can write.
pub(super) fn address(reader: Reader<'_>, subject: &Subject) -> Option<Address> {
    if !reader.config().social_cards {
        return None;
    }
    reader.theme.card_style.address(&card(reader, subject)?)
}

fn listings(reader: Reader<'_>) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for language in reader.live_languages() {
        subjects.extend([Subject::Home(language), Subject::Topics(language)]);
        subjects.extend(reader.sections(language).map(|section| Subject::Section(language, section.key().into(), 1)));
        subjects.extend(reader.topics(language).map(|topic| Subject::Topic(language, topic.key().into(), 1)));
    }
    subjects
}

/// All pages of a listing share a card.
fn card(reader: Reader<'_>, subject: &Subject) -> Option<Card> {
    let language = reader.language_of(subject);
    let own = reader.language(language);
    let (title, is_letter) = match subject {
        Subject::Page(path) => of_page(reader.page(path)?)?,
        Subject::Home(_) => (own.title.clone(), false),
        Subject::Topics(_) => (topics_title(reader, language), false),
        Subject::Section(_, folder, _) => (reader.section(language, folder)?.title(), false),
        Subject::Topic(_, slug, _) => (reader.topic(language, slug)?.title(), false),
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

fn of_page(page: PageReader<'_>) -> Option<(String, bool)> {
    let has_own = page.shared_image().is_some();
    (!has_own).then(|| (page.front().title.clone(), page.is_letter()))
}

fn topics_title(reader: Reader<'_>, language: usize) -> String {
    let document = reader.topics_page(language);
    let word = || reader.strings(language).map(|strings| strings.word("topics")).unwrap_or_default();
    document.map_or_else(word, |document| document.front().title.clone())
}
