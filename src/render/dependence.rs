//! Which answers may be others after a change: for each question, the differences between two sites that its answer can see.
//!
//! To name too many costs time; to name too few shows a stale page. Every arm follows what the answer's function looks at, and tests hold
//! that warm builds equal cold ones.

use std::collections::BTreeSet;

use super::question::{Feed, Question, Subject};
use super::world::World;
use crate::collect::SourcePath;
use crate::document::ReferenceKind;
use crate::site::{Differences, Reach};

/// Whether the answer to a question may differ from that of the build before. Configuration, theme and day are the same.
pub(super) fn may_differ(question: &Question, differences: &Differences, world: &World) -> bool {
    let is_changed = |path: &SourcePath| differences.documents.contains(path);
    match question {
        Question::Base | Question::Today | Question::Strings(_) | Question::Asset(_) => false,
        Question::Summary(path)
        | Question::Page(path)
        | Question::Placed(path)
        | Question::View(Subject::Page(path)) => is_changed(path) || differences.places,
        Question::Contents(path)
        | Question::Questions(path)
        | Question::Steps(path)
        | Question::Words(path)
        | Question::Minutes(path) => is_changed(path),
        Question::Letter(path, _) => is_changed(path) || differences.places,
        Question::Parts(path) => {
            is_changed(path) || differences.places || (differences.structure && shows_letters(world, path))
        }
        Question::Neighbour(path, _) => differences.neighbours.includes(path),
        Question::Related(path) => differences.related.includes(path),
        Question::Letters(path) => is_changed(path) || differences.places || differences.beside,
        Question::Articles(path) => {
            is_changed(path) || differences.places || differences.beside || differences.references
        }
        Question::Feed(feed) => differences.structure || names_changed(world, feed, differences),
        Question::Site(_)
        | Question::View(_)
        | Question::Topics(_)
        | Question::FeaturedTopics(_)
        | Question::Topic(..)
        | Question::TopicCount(..)
        | Question::TopicTop(..)
        | Question::TopicLatest(..)
        | Question::TopicContent(..)
        | Question::Section(..)
        | Question::Listing(_)
        | Question::Groups(_)
        | Question::Introduction(_)
        | Question::Newest(..)
        | Question::Situations(_)
        | Question::AToZ(_)
        | Question::Sitemap(..)
        | Question::Redirects => differences.structure,
    }
}

/// The pages about which a question may have another answer, as far as it has one that it is about. None if those may be all.
pub(super) fn concerned(differences: &Differences, world: &World) -> Option<BTreeSet<SourcePath>> {
    let (Reach::Pages(neighbours), Reach::Pages(related)) = (&differences.neighbours, &differences.related) else {
        return None;
    };
    if differences.places || differences.beside {
        return None;
    }
    let pages = if differences.structure { world.site.pages.as_slice() } else { &[] };
    let paths = pages.iter().map(|page| &page.document.path);
    let showing = paths.filter(|path| shows_letters(world, path));
    Some(differences.documents.iter().chain(neighbours).chain(related).chain(showing).cloned().collect())
}

/// A letter shown in place has its own title there.
fn shows_letters(world: &World, path: &SourcePath) -> bool {
    let references = world.site.page(path).map(|page| page.document.body.references.as_slice()).unwrap_or_default();
    references.iter().any(|reference| reference.kind == ReferenceKind::Letter)
}

/// Whether a changed page may be in a feed, with its whole body.
fn names_changed(world: &World, feed: &Feed, differences: &Differences) -> bool {
    differences.documents.iter().filter_map(|path| world.site.page(path)).any(|page| {
        let front = &page.document.front;
        match feed {
            Feed::All(language) => page.document.language == *language,
            Feed::Topic(language, slug) => {
                page.document.language == *language && front.topics.iter().any(|(own, _)| **own == **slug)
            }
            Feed::Section(language, folder) => {
                page.document.language == *language && page.sections.iter().any(|own| **own == **folder)
            }
        }
    })
}
