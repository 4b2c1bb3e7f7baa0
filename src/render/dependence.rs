//! Which answers may be others after a change: for each question, the differences between two sites that its answer can see.
//!
//! To name too many costs time; to name too few shows a stale page. Every arm follows what the answer's function looks at, and tests hold
//! that warm builds equal cold ones.

use std::collections::{BTreeSet, HashSet};

use super::question::{Feed, Question, Subject};
use super::world::World;
use crate::document::ReferenceKind;
use crate::site::{Differences, List, Lists, Reach};
use crate::source::SourcePath;

/// Whether the answer to a question may differ from that of the build before. Configuration, theme and day are the same.
pub(super) fn may_differ(question: &Question, differences: &Differences, world: &World) -> bool {
    let is_changed = |path: &SourcePath| differences.documents.contains(path);
    let outline = differences.has_other_jobs();
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
        Question::Letters(path) => is_changed(path) || outline || has_others_beside(world, path, true, differences),
        Question::Articles(path) => {
            is_changed(path) || outline || differences.references || has_others_beside(world, path, false, differences)
        }
        Question::Feed(feed) => differences.structure || names_changed(world, feed, differences),
        Question::AToZ(_) | Question::Sitemap(..) | Question::Redirects => differences.structure,
        Question::Site(_)
        | Question::View(_)
        | Question::Topics(_)
        | Question::FeaturedTopics(_)
        | Question::Topic(..)
        | Question::TopicContent(..)
        | Question::Section(..)
        | Question::Introduction(_) => outline,
        Question::TopicCount(language, slug, _)
        | Question::TopicTop(language, slug)
        | Question::TopicLatest(language, slug) => {
            outline || is_on(differences, |lists| &lists.touched, &List::Topic(*language, slug.to_string()))
        }
        Question::Listing(subject) => outline || is_of(differences, |lists| &lists.moved, subject),
        Question::Groups(subject) => outline || is_of(differences, |lists| &lists.touched, subject),
        Question::Situations(language) => outline || has_other_letters(differences, *language),
        Question::Newest(language, letters) => {
            let lists = differences.lists.as_ref();
            let is_other = lists.is_none_or(|lists| lists.newest.contains(language));
            outline || is_other || (*letters && has_other_letters(differences, *language))
        }
    }
}

type Concerned = fn(&Lists) -> &HashSet<List>;

fn is_on(differences: &Differences, concerned: Concerned, list: &List) -> bool {
    differences.lists.as_ref().is_none_or(|lists| concerned(lists).contains(list))
}

/// Whether the list that a subject shows is one of those.
fn is_of(differences: &Differences, concerned: Concerned, subject: &Subject) -> bool {
    let list = match subject {
        Subject::Section(language, folder, _) => List::Section(*language, folder.to_string()),
        Subject::Topic(language, slug, _) => List::Topic(*language, slug.to_string()),
        Subject::Tag(language, slug, _) => List::Tag(*language, slug.to_string()),
        _ => return differences.structure,
    };
    is_on(differences, concerned, &list)
}

/// Whether a letter of the language is another one.
fn has_other_letters(differences: &Differences, language: usize) -> bool {
    let is_letters =
        |list: &List| matches!(list, List::Section(own, folder) if *own == language && folder == "letters");
    differences.lists.as_ref().is_none_or(|lists| lists.touched.iter().any(is_letters))
}

/// Whether the first pages of a page's main topic are others.
fn has_others_beside(world: &World, path: &SourcePath, letters: bool, differences: &Differences) -> bool {
    let Some(lists) = &differences.lists else { return true };
    let Some(page) = world.site.page(path).filter(|_| !lists.beside.is_empty()) else { return false };
    let main = page.document.front.topics.first();
    main.is_some_and(|(slug, _)| lists.beside.contains(&(page.document.language, slug.clone(), letters)))
}

/// The pages about which a question may have another answer, as far as it has one that it is about. `None` if those may be all.
pub(super) fn concerned(differences: &Differences, world: &World) -> Option<BTreeSet<SourcePath>> {
    let (Reach::Pages(neighbours), Reach::Pages(related)) = (&differences.neighbours, &differences.related) else {
        return None;
    };
    let is_beside = |lists: &Lists| !lists.beside.is_empty();
    if differences.places || differences.has_other_jobs() || differences.lists.as_ref().is_none_or(is_beside) {
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
