//! The same page in every language that has it.

use super::listing::{listed, number_of, page_address, page_count};
use crate::render::question::Subject;
use crate::render::world::{ListReader, Reader};
use crate::site::Address;

/// The same page in every language that has it, its own included. A further page of a listing has one where the other listing is as long.
pub(super) fn counterparts(reader: Reader<'_>, subject: &Subject) -> Vec<(usize, Address)> {
    let languages = reader.live_languages();
    let own = |path: &str| languages.clone().map(|other| (other, reader.own_address(other, path))).collect();
    match subject {
        Subject::Page(path) => {
            let key = reader.page(path).map(|page| page.key()).unwrap_or_default();
            reader.translations_of(key).map(|page| (page.language(), page.address().clone())).collect()
        }
        Subject::Home(_) => own(""),
        Subject::Topics(_) => own("topics/"),
        Subject::AToZ(_) => own("a-z/"),
        Subject::Search(_) => own("search/"),
        Subject::NotFound(_) => own("404.html"),
        Subject::Section(..) | Subject::Topic(..) | Subject::Tag(..) => {
            languages.filter_map(|other| Some((other, listing_in(reader, subject, other)?))).collect()
        }
    }
}

/// The address of a listing's page in another language.
fn listing_in(reader: Reader<'_>, subject: &Subject, other: usize) -> Option<Address> {
    let subject = match subject {
        Subject::Section(_, folder, number) => Subject::Section(other, folder.clone(), *number),
        Subject::Topic(language, slug, number) => {
            let topic = taxonomy_counterpart(reader, *language, slug, other)?;
            Subject::Topic(other, topic.key().into(), *number)
        }
        Subject::Tag(_, slug, number) => Subject::Tag(other, slug.clone(), *number),
        _ => return None,
    };
    let listed = listed(reader, &subject)?;
    let count = if listed.whole { 1 } else { page_count(listed.list.len(), reader.config().per_page) };
    let number = number_of(&subject);
    (number <= count && !listed.list.is_empty()).then(|| page_address(&listed.first, number))
}

/// The same topic: the one whose document is the translation, or the one of the same slug.
fn taxonomy_counterpart<'a>(reader: Reader<'a>, language: usize, key: &str, other: usize) -> Option<ListReader<'a>> {
    let key_of = |topic: ListReader<'a>| topic.document().map(|document| document.key());
    let own_key = reader.topic(language, key).and_then(key_of);
    let by_document = own_key.and_then(|own| reader.topics(other).find(|topic| key_of(*topic) == Some(own)));
    by_document.or_else(|| reader.topic(other, key))
}
