//! Answers for the sitemap: which pages search engines may list, and into how many files the list is cut (sitemaps.org).

use std::ops::Range;

use super::feed::changed;
use super::translation::counterparts;
use crate::render::question::{Node, Subject};
use crate::render::world::{DocumentReader, Reader};
use crate::site::Address;

/// How much one file may hold.
pub(in crate::render) struct Limits {
    entries: usize,
    bytes: usize,
}

/// What the protocol allows: 50,000 addresses and 50 MiB. The rest is room for what a theme's template adds.
pub(in crate::render) const LIMITS: Limits = Limits { entries: 50_000, bytes: 40 << 20 };

/// The longest address of a page that is taken for granted, in bytes.
const ADDRESS: usize = 400;

/// What the template writes around an address, in bytes.
const AROUND: usize = 120;

/// All entries.
const WHOLE: Range<usize> = 0..usize::MAX;

/// A page that search engines may list, in all languages that have it.
struct Listed<'a> {
    address: Address,
    document: Option<DocumentReader<'a>>,
    /// Empty if it has no translation.
    alternates: Vec<(usize, Address)>,
}

impl Listed<'_> {
    /// About as many bytes as its entry takes.
    fn bytes(&self, base: usize) -> usize {
        let address = |address: &Address| AROUND + base + 3 * address.as_str().len();
        address(&self.address) + self.alternates.iter().map(|(_, other)| address(other)).sum::<usize>()
    }
}

/// The entries of a range, by address.
pub(super) fn entries(reader: Reader<'_>, range: Range<usize>) -> Node {
    let listed = listed(reader);
    let end = range.end.min(listed.len());
    Node::list(listed[range.start.min(end)..end].iter().map(|listed| entry(reader, listed)))
}

/// The ranges of entries that each fit into a file: one for all, as long as that holds them.
pub(in crate::render) fn parts(reader: Reader<'_>, limits: &Limits) -> Vec<Range<usize>> {
    let most = reader.pages().count() + listings(reader).len();
    let languages = reader.live_languages().count();
    let most_bytes = most * (languages + 2) * (ADDRESS + AROUND);
    if most <= limits.entries && most_bytes <= limits.bytes {
        return vec![WHOLE];
    }
    let base = reader.config().origin.len() + reader.config().base_link.len();
    let parts = cut(listed(reader).iter().map(|listed| listed.bytes(base)), limits);
    if parts.len() > 1 { parts } else { vec![WHOLE] }
}

/// Ranges of entries whose sizes fit the limits.
fn cut(bytes: impl Iterator<Item = usize>, limits: &Limits) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut end, mut sum) = (0, 0, 0);
    for length in bytes {
        if end > start && (end - start == limits.entries || sum + length > limits.bytes) {
            parts.push(start..end);
            (start, sum) = (end, 0);
        }
        sum += length;
        end += 1;
    }
    parts.push(start..end);
    parts
}

/// Every page that search engines may list, by address.
fn listed(reader: Reader<'_>) -> Vec<Listed<'_>> {
    let pages = reader.pages().filter(|page| !page.front().no_index);
    let pages = pages.map(|page| (Subject::Page(page.path().clone()), Some(page.document())));
    let all = pages.chain(listings(reader).into_iter().map(|subject| (subject, None)));
    let mut listed: Vec<Listed<'_>> =
        all.filter_map(|(subject, document)| in_its_languages(reader, &subject, document)).collect();
    listed.sort_by(|a, b| a.address.cmp(&b.address));
    listed
}

/// The first pages of listings, and the home pages.
fn listings(reader: Reader<'_>) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for language in reader.live_languages() {
        subjects.extend([Subject::Home(language), Subject::AToZ(language), Subject::Topics(language)]);
        let sections = reader.sections(language).filter(|section| !section.is_empty());
        subjects.extend(sections.map(|section| Subject::Section(language, section.key().into(), 1)));
        let topics = reader.topics(language).filter(|topic| !topic.is_empty());
        subjects.extend(topics.map(|topic| Subject::Topic(language, topic.key().into(), 1)));
        subjects.extend(reader.tags(language).map(|tag| Subject::Tag(language, tag.key().into(), 1)));
    }
    subjects
}

fn in_its_languages<'a>(
    reader: Reader<'_>,
    subject: &Subject,
    document: Option<DocumentReader<'a>>,
) -> Option<Listed<'a>> {
    let language = reader.language_of(subject);
    let mut alternates = counterparts(reader, subject);
    let address = alternates.iter().find(|(own, _)| *own == language)?.1.clone();
    if alternates.len() == 1 {
        alternates.clear();
    }
    Some(Listed { address, document, alternates })
}

fn entry(reader: Reader<'_>, listed: &Listed<'_>) -> Node {
    let updated = listed.document.and_then(changed).map(|date| date.to_string());
    Node::record([
        ("permalink", Node::text(reader.permalink(&listed.address))),
        ("updated", Node::optional(updated)),
        ("alternates", Node::list(listed.alternates.iter().flat_map(|other| alternate(reader, other)))),
    ])
}

/// A page in a language; that of the site's first language is also the one for readers of any other.
fn alternate(reader: Reader<'_>, (language, address): &(usize, Address)) -> Vec<Node> {
    let permalink = reader.permalink(address);
    let codes = [Some(reader.language(*language).code.as_str()), (*language == 0).then_some("x-default")];
    let node = |code| Node::record([("code", Node::text(code)), ("permalink", Node::text(&permalink))]);
    codes.into_iter().flatten().map(node).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::render::models::Models;
    use crate::render::reference::tests::rendering;
    use crate::render::world::Reads;
    use crate::render::{jobs, rendered};

    #[test]
    fn a_file_holds_as_many_entries_and_bytes_as_it_may() {
        let limits = Limits { entries: 3, bytes: 100 };
        assert_eq!(cut([10; 7].into_iter(), &limits), [0..3, 3..6, 6..7]);
        assert_eq!(cut([60, 40, 1, 200, 5].into_iter(), &limits), [0..2, 2..3, 3..4, 4..5]);
    }

    #[test]
    fn a_site_that_one_sitemap_cannot_hold_has_an_index_of_several() {
        let rendering = Arc::new(rendering());
        let reads = Reads::ignored();
        let reader = Reader::new(&rendering.world, &reads);
        let text = |job: &jobs::Job| {
            let artifact =
                rendered(&rendering, job, &Models::default()).map(|rendered| rendered.artifact).expect("a sitemap");
            String::from_utf8(artifact.read().expect("its bytes").to_vec()).expect("text")
        };
        let whole = jobs::sitemaps(reader, &LIMITS);
        assert_eq!(whole.len(), 1);
        let addresses = text(&whole[0]).matches("<loc>").count();
        let cut = jobs::sitemaps(reader, &Limits { entries: 4, bytes: usize::MAX });
        let (index, parts) = cut.split_first().expect("an index");
        assert_eq!(parts.len(), addresses.div_ceil(4));
        let index = text(index);
        assert!(index.contains("<sitemapindex") && !index.contains("<url>"), "{index}");
        for (number, part) in parts.iter().enumerate() {
            assert_eq!(&*part.file, format!("sitemap-{}.xml", number + 1));
            assert!(index.contains(&format!("<loc>https://example.org/advice/{}</loc>", part.file)), "{index}");
        }
        let in_parts: Vec<usize> = parts.iter().map(|part| text(part).matches("<url>").count()).collect();
        assert!(in_parts.iter().all(|count| *count <= 4) && in_parts.iter().sum::<usize>() == addresses);
    }
}
