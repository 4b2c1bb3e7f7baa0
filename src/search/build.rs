//! All documents of a language to the files of its index: the pass, step by step.

use super::bucket::{Gathered, Shelf, renewed, shelf};
use super::changed_terms::Stems;
use super::collecting::{Stretches, gather_again};
use super::language::{Language, language};
use super::results::{Folder, folders, ordered};
use super::synonym_postings::{Overlay, overlay};
use super::term_dictionary::{Lexicon, Volume, batches, front_coded, volume};
use super::weights::recency;
use super::{Entry, File, Index, Member, Synonyms, changed_terms};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// What `index` remembers from one build for the next. It changes how long the next takes, never what it gives.
#[derive(Debug, Default)]
pub struct Memory {
    language: String,
    members: Vec<Arc<Member>>,
    folders: Vec<Arc<Folder>>,
    shelves: Vec<Arc<Shelf>>,
    overlay: Overlay,
    volumes: Vec<Arc<Volume>>,
    filters: Vec<File>,
}

/// If more than one in so many documents changed, everything is made anew.
const FEW: usize = 16;
/// A filter file tells the kind and topics of so many documents.
const FILTERED: usize = 20_000;
/// Words offered when the beginning of a word is misspelt.
const SPELLING_WORDS: usize = 2_500;
/// As many of them are about as common, and in the order of the alphabet, which takes off a quarter.
const ABOUT_AS_COMMON: usize = 250;

/// Makes the index of one language from its documents, in any order.
pub fn index(language_code: &str, documents: &[Arc<Member>], synonyms: &Synonyms, memory: &mut Memory) -> Index {
    let language = language(language_code);
    let mut before = std::mem::take(memory);
    let members = ordered(documents);
    let changes = if before.language == language_code { changes(&before.members, &members) } else { None };
    let folders = folders(&members, &before.folders);
    let filters = match &changes {
        Some(changes) if changes.iter().all(|change| change.is_filtered_alike()) => std::mem::take(&mut before.filters),
        _ => members.par_chunks(FILTERED).map(filter_file).collect(),
    };
    let shelves = match &changes {
        Some(changes) => changed_shelves(&language, &members, changes, std::mem::take(&mut before.shelves)),
        None => all_shelves(&language, &members),
    };
    let overlay = overlay(&language, &shelves, synonyms, std::mem::take(&mut before.overlay));
    let volumes = volumes(&shelves, &overlay, &before.volumes);

    let lexicons: Vec<&Lexicon> = volumes.iter().flat_map(|volume| &volume.lexicons).collect();
    let spelling = spelling(&shelves, &overlay);
    let engine = engine();
    let entry = entry(&language, &folders, &lexicons, &filters, [&spelling, &engine]);
    let name = Arc::clone(&entry.name);
    let files = files(&folders, &lexicons, &filters, [spelling, engine, entry]);
    let index = Index { entry: name, faults: overlay.faults.clone(), files };
    *memory = Memory { language: language_code.to_owned(), members, folders, shelves, overlay, volumes, filters };
    index
}

/// A document that is not what it was.
struct Change<'a> {
    number: u32,
    before: &'a Member,
    now: &'a Member,
}

impl Change<'_> {
    fn is_filtered_alike(&self) -> bool {
        set(&self.before.entry) == set(&self.now.entry)
    }

    fn weighs_alike(&self) -> bool {
        let (before, now) = (&self.before.entry, &self.now.entry);
        Arc::ptr_eq(&self.before.terms, &self.now.terms) && before.kind == now.kind && before.date == now.date
    }
}

/// The documents that changed; none if they are numbered otherwise, so that no list stays.
fn changes<'a>(before: &'a [Arc<Member>], now: &'a [Arc<Member>]) -> Option<Vec<Change<'a>>> {
    if before.len() != now.len() {
        return None;
    }
    let changed = before.iter().zip(now).zip(0..).filter(|((before, now), _)| !Arc::ptr_eq(before, now));
    let changes: Vec<Change> = changed.map(|((before, now), number)| Change { number, before, now }).collect();
    changes.iter().all(|change| change.before.entry.url == change.now.entry.url).then_some(changes)
}

fn recencies(members: &[Arc<Member>]) -> Vec<f32> {
    members.iter().map(|member| recency(member.entry.date.as_deref())).collect()
}

fn all_shelves(language: &Language, members: &[Arc<Member>]) -> Vec<Arc<Shelf>> {
    let recency = recencies(members);
    let letter_words = language.letter_words();
    let made = |gathered: Vec<Gathered>| {
        let shelf = |words: &Gathered| Arc::new(shelf(language, words, &recency));
        gathered.par_iter().map(shelf).collect::<Vec<_>>()
    };
    Stretches::of(members).gathered(&letter_words).with_max_len(1).flat_map_iter(made).collect()
}

/// The shelves, with the terms made anew that the changed documents had a part in, or have now.
fn changed_shelves(
    language: &Language,
    members: &[Arc<Member>],
    changes: &[Change<'_>],
    mut shelves: Vec<Arc<Shelf>>,
) -> Vec<Arc<Shelf>> {
    let changes: Vec<&Change> = changes.iter().filter(|change| !change.weighs_alike()).collect();
    if changes.len() > members.len().div_ceil(FEW) {
        return all_shelves(language, members);
    }
    let mut stale = Stems::new();
    changes.iter().for_each(|change| changed_terms::compare(language, change.before, change.now, &mut stale));
    let recency = recencies(members);
    let letter_words = language.letter_words();
    let changed: Vec<u32> = changes.iter().map(|change| change.number).collect();
    let fresh: Vec<(u16, Arc<Shelf>)> = stale
        .into_par_iter()
        .map(|(slot, stems)| {
            let shelf = &shelves[usize::from(slot)];
            let gathered = gather_again(language, members, &letter_words, (slot, shelf), &stems, &changed);
            (slot, Arc::new(renewed(language, shelf, &stems, &gathered, &recency)))
        })
        .collect();
    fresh.into_iter().for_each(|(slot, shelf)| shelves[usize::from(slot)] = shelf);
    shelves
}

/// Lexicon files with their lists; those whose shelves are as they were come from memory.
fn volumes(shelves: &[Arc<Shelf>], overlay: &Overlay, remembered: &[Arc<Volume>]) -> Vec<Arc<Volume>> {
    let seen = (0..).zip(shelves).map(|(slot, shelf)| overlay.shelves.get(&slot).unwrap_or(shelf).clone());
    let by_first: HashMap<*const Shelf, &Arc<Volume>> =
        remembered.iter().map(|volume| (Arc::as_ptr(&volume.shelves[0]), volume)).collect();
    let known: Vec<Result<Arc<Volume>, Vec<Arc<Shelf>>>> = batches(seen)
        .into_iter()
        .map(|batch| match by_first.get(&Arc::as_ptr(&batch[0])) {
            Some(volume) if volume.is_of(&batch) => Ok(Arc::clone(volume)),
            _ => Err(batch),
        })
        .collect();
    known.into_par_iter().map(|known| known.unwrap_or_else(|batch| Arc::new(volume(batch)))).collect()
}

/// Kind and topics of each document, for the filters and their counts.
fn filter_file(members: &[Arc<Member>]) -> File {
    let mut sets: BTreeMap<(&str, &[String]), usize> = BTreeMap::new();
    members.iter().for_each(|member| *sets.entry(set(&member.entry)).or_default() = 0);
    sets.values_mut().enumerate().for_each(|(number, set)| *set = number);
    let documents: Vec<usize> = members.iter().map(|member| sets[&set(&member.entry)]).collect();
    let sets: Vec<_> = sets.keys().collect();
    json_file("filters", &json!({ "sets": sets, "documents": documents }))
}

fn set(entry: &Entry) -> (&str, &[String]) {
    (&entry.kind, &entry.topics)
}

/// The words that most documents use, and those that have synonyms: few, and chosen for what readers type. Front-coded.
fn spelling(shelves: &[Arc<Shelf>], overlay: &Overlay) -> File {
    let frequent = || shelves.iter().flat_map(|shelf| &shelf.frequent);
    let mut uses: Vec<u32> = frequent().map(|(uses, _)| *uses).collect();
    let fewest = uses.len().checked_sub(SPELLING_WORDS).map_or(0, |fewer| *uses.select_nth_unstable(fewer).1);
    let mut words: Vec<(u32, &str)> =
        frequent().filter(|(uses, _)| *uses >= fewest).map(|(uses, term)| (*uses, term.usual())).collect();
    words.sort_unstable_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
    let words = words.into_iter().take(SPELLING_WORDS).map(|(_, word)| word);
    let mut seen = HashSet::new();
    let mut words: Vec<&str> = words.chain(overlay.words()).filter(|word| seen.insert(*word)).collect();
    words.chunks_mut(ABOUT_AS_COMMON).for_each(<[&str]>::sort_unstable);
    let mut last = "";
    let mut coded = String::new();
    for word in words {
        front_coded(last, word, &mut coded);
        last = word;
    }
    json_file("spelling", &json!(coded))
}

fn entry(
    language: &Language,
    folders: &[Arc<Folder>],
    lexicons: &[&Lexicon],
    filters: &[File],
    [spelling, engine]: [&File; 2],
) -> File {
    let results = || folders.iter().flat_map(|folder| &folder.files);
    let text = json!({
        "text": results().map(|file| file.content.length()).sum::<usize>() / results().count().max(1),
        "stop": language.stop_words().join(" "),
        "light": language.light_words().join(" "),
        "endings": language.endings(),
        "folders": folders.iter().map(|folder| folder.hash.as_str()).collect::<String>(),
        "sizes": folders.iter().map(|folder| folder.members.len()).collect::<Vec<_>>(),
        "from": lexicons.iter().map(|lexicon| lexicon.from.as_str()).collect::<Vec<_>>().join(" "),
        "words": lexicons.iter().map(|lexicon| lexicon.file.hash_in_name()).collect::<String>(),
        "filters": filters.iter().map(|file| &*file.name).collect::<Vec<_>>(),
        "spelling": &*spelling.name,
        "engine": &*engine.name,
    });
    File::beside("index", "json", text.to_string().into_bytes())
}

/// The script that answers queries, without its comments and its indentation.
fn engine() -> File {
    let lines = include_str!("engine.js").lines().map(|line| line.split("  // ").next().unwrap_or(line).trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with("//")).collect();
    File::beside("engine", "js", lines.join("\n").into_bytes())
}

fn json_file(folder: &str, value: &Value) -> File {
    File::named(folder, "json", value.to_string().into_bytes())
}

/// Every file once: lists may be alike.
fn files(folders: &[Arc<Folder>], lexicons: &[&Lexicon], filters: &[File], further: [File; 3]) -> Vec<File> {
    let mut seen = HashSet::new();
    let lexicons = lexicons.iter().flat_map(|lexicon| lexicon.lists.iter().chain([&lexicon.file]));
    let lexicons = lexicons.filter(|file| seen.insert(file.content.fingerprint));
    let results = folders.iter().flat_map(|folder| &folder.files);
    results.chain(lexicons).chain(filters).cloned().chain(further).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Section, Text};
    use super::*;
    use crate::output::Hold;
    use crate::storage::HeldText;

    fn member(number: usize, body: &str) -> Arc<Member> {
        let body = HeldText::from(body);
        let sections = [Section::lead(&body)];
        let text = Text { title: "Rest well", description: "", tags: &[], sections: &sections, hold: Hold::Open };
        let entry = Entry { url: format!("/{number}/"), kind: "article".to_owned(), ..Entry::default() };
        Arc::new(Member::new("en", &text, entry))
    }

    #[test]
    fn an_edit_makes_only_those_words_anew_that_it_concerns() {
        let mut members: Vec<Arc<Member>> =
            (0..60).map(|number| member(number, "Quiet notice, salary, letter")).collect();
        let mut memory = Memory::default();
        index("en", &members, &Synonyms::default(), &mut memory);
        let before = memory.shelves.clone();
        members[7] = member(7, "Quiet notice, bonus, letter");
        index("en", &members, &Synonyms::default(), &mut memory);
        let anew = |(before, now): &(&Arc<Shelf>, &Arc<Shelf>)| !Arc::ptr_eq(before, now);
        let shelves: Vec<_> = before.iter().zip(&memory.shelves).filter(anew).collect();
        let words = |shelf: &Shelf| shelf.terms.iter().map(|term| term.forms[0].clone()).collect::<Vec<_>>();
        let words: Vec<String> = shelves.iter().flat_map(|(_, now)| words(now)).collect();
        assert_eq!(words, ["bonus", "notice", "salary"], "its neighbours gained or lost a pair");
    }
}
