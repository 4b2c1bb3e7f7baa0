//! All documents of a language to the files of its index: the pass, step by step.

use super::language::{Language, language};
use super::lexicon::{Batch, Volume, batches, volume};
use super::overlay::overlay;
use super::results::{Folder, Member, folders};
use super::shelf::{Reading, Shelf, shelf};
use super::slot::{SLOTS, slot};
use super::weights::recency;
use super::{File, Index, Synonyms, Terms, content_hash};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What `index` remembers from one build for the next. It changes how long the next takes, never what it gives.
#[derive(Debug, Default)]
pub struct Memory {
    language: String,
    folders: Vec<Folder>,
    shelves: Vec<Arc<Shelf>>,
    volumes: BTreeMap<String, Volume>,
}

/// A filter file tells the kind and topics of so many documents.
const FILTERED: usize = 20_000;
/// Words offered when the beginning of a word is misspelt.
const SPELLING_WORDS: usize = 2_500;

/// Makes the index of one language from its documents, in any order.
pub fn index(language_code: &str, documents: &[Member], synonyms: &Synonyms, memory: &mut Memory) -> Index {
    let language = language(language_code);
    let folders = folders(documents, &memory.folders);
    let documents: Vec<&Member> = folders.iter().flat_map(|folder| &folder.members).collect();
    let stale = stale(memory, language_code, &folders);
    let fresh = fresh_shelves(&language, &documents, &stale);
    let mut shelves = std::mem::take(&mut memory.shelves);
    shelves.resize_with(SLOTS, Arc::default);
    fresh.into_iter().for_each(|(slot, shelf)| shelves[usize::from(slot)] = Arc::new(shelf));

    let (changed, faults) = overlay(&language, &shelves, synonyms);
    let seen = |slot: usize| changed.get(&(slot as u16)).unwrap_or(&shelves[slot]).as_ref();
    let volumes = volumes(&batches((0..SLOTS).map(seen)), &mut memory.volumes);
    let filters = filters(&documents);
    let spelling = spelling(&shelves);
    let entry = entry(language_code, &folders, &volumes, &filters, &spelling);

    let name = entry.name.clone();
    let mut files: Vec<File> = folders.iter().flat_map(|folder| folder.files.iter().cloned()).collect();
    files.extend(volumes.iter().flat_map(|volume| volume.lists.iter().chain([&volume.file]).cloned()));
    files.extend(filters.into_iter().chain([spelling, entry]));
    files.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    files.dedup_by(|a, b| a.name == b.name);

    drop(documents);
    *memory = Memory {
        language: language_code.to_owned(),
        folders,
        shelves,
        volumes: volumes.into_iter().map(|volume| (volume.file.name.clone(), volume)).collect(),
    };
    Index { files, entry: name, faults }
}

/// Which slots must be made anew: those where a document's words, or what they weigh, are not what they were.
fn stale(memory: &Memory, language_code: &str, folders: &[Folder]) -> Vec<bool> {
    let before: Vec<&Member> = memory.folders.iter().flat_map(|folder| &folder.members).collect();
    let now: Vec<&Member> = folders.iter().flat_map(|folder| &folder.members).collect();
    let numbered_alike = before.len() == now.len() && before.iter().zip(&now).all(|(a, b)| a.0.url == b.0.url);
    if memory.language != language_code || memory.shelves.is_empty() || !numbered_alike {
        return vec![true; SLOTS];
    }
    let mut stale = vec![false; SLOTS];
    for (before, now) in before.into_iter().zip(now) {
        let weighs_alike = before.0.kind == now.0.kind && before.0.date == now.0.date;
        if !weighs_alike || !Arc::ptr_eq(&before.1, &now.1) {
            mark_stale(&before.1, &now.1, weighs_alike, &mut stale);
        }
    }
    stale
}

fn mark_stale(before: &Terms, now: &Terms, weighs_alike: bool, stale: &mut [bool]) {
    let before: BTreeMap<u16, _> = before.runs().map(|(slot, range)| (slot, contents(before, range))).collect();
    let now: BTreeMap<u16, _> = now.runs().map(|(slot, range)| (slot, contents(now, range))).collect();
    for slot in before.keys().chain(now.keys()) {
        if !weighs_alike || before.get(slot) != now.get(slot) {
            stale[usize::from(*slot)] = true;
        }
    }
}

type Contents<'a> = (Vec<(&'a str, u16)>, Vec<(&'a str, &'a str, u16)>);

/// What a document says in one slot, apart from how its words are numbered.
fn contents(terms: &Terms, range: Range<usize>) -> Contents<'_> {
    let pairs = terms.pairs(range.clone()).map(|(first, second, steps)| (terms.word(first).0, terms.word(second).0, steps));
    let mut contents: Contents<'_> = (range.map(|number| terms.word(number)).collect(), pairs.collect());
    contents.0.sort_unstable();
    contents.1.sort_unstable();
    contents
}

/// Makes the stale shelves.
fn fresh_shelves(language: &Language, documents: &[&Member], stale: &[bool]) -> Vec<(u16, Shelf)> {
    let letter_words = letter_words(language);
    let readings = readings(documents, stale, &letter_words);
    let none = Vec::new();
    let work: Vec<(usize, &Vec<Reading<'_>>)> = readings.iter().enumerate().filter(|(slot, _)| stale[*slot]).collect();
    work.into_par_iter()
        .map_init(
            || super::language::language(language.code()),
            |language, (slot, readings)| {
                let words = letter_words.get(&(slot as u16)).unwrap_or(&none);
                (slot as u16, shelf(language, words, readings, documents.len()))
            },
        )
        .collect()
}

fn letter_words(language: &Language) -> BTreeMap<u16, Vec<String>> {
    let mut by_slot: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for word in language.letter_words() {
        by_slot.entry(slot(&word)).or_default().push(word);
    }
    by_slot
}

/// For each stale slot the documents that have words in it, ascending.
fn readings<'a>(documents: &[&'a Member], stale: &[bool], letter_words: &BTreeMap<u16, Vec<String>>) -> Vec<Vec<Reading<'a>>> {
    let mut readings: Vec<Vec<Reading<'a>>> = Vec::new();
    readings.resize_with(SLOTS, Vec::new);
    for (number, (entry, terms)) in documents.iter().enumerate() {
        let is_letter = entry.kind == "letter";
        let recency = recency(entry.date.as_deref());
        let reading = |words| Reading { document: number as u32, terms, words, is_letter, recency };
        for (slot, words) in terms.runs().filter(|(slot, _)| stale[usize::from(*slot)]) {
            readings[usize::from(slot)].push(reading(words));
        }
        for slot in letter_words.keys().filter(|slot| is_letter && stale[usize::from(**slot)]) {
            let there = &mut readings[usize::from(*slot)];
            if there.last().is_none_or(|last| last.document != number as u32) {
                there.push(reading(0..0));
            }
        }
    }
    readings
}

/// Lexicon files with their lists; those that are as they were come from memory.
fn volumes(batches: &[Batch<'_>], remembered: &mut BTreeMap<String, Volume>) -> Vec<Volume> {
    let _ = remembered;
    batches.par_iter().map(volume).collect()
}

/// Kind and topics of each document, for the filters and their counts.
fn filters(documents: &[&Member]) -> Vec<File> {
    documents.chunks(FILTERED).map(filter_file).collect()
}

fn filter_file(documents: &[&Member]) -> File {
    let mut sets: BTreeMap<(&str, &[String]), usize> = BTreeMap::new();
    documents.iter().for_each(|(entry, _)| *sets.entry((&entry.kind, &entry.topics)).or_default() = 0);
    sets.values_mut().enumerate().for_each(|(number, set)| *set = number);
    let documents: Vec<usize> = documents.iter().map(|(entry, _)| sets[&(entry.kind.as_str(), entry.topics.as_slice())]).collect();
    let sets: Vec<_> = sets.keys().collect();
    json_file("filters", &json!({ "sets": sets, "documents": documents }))
}

/// The words that most documents use.
fn spelling(shelves: &[Arc<Shelf>]) -> File {
    let terms = shelves.iter().flat_map(|shelf| &shelf.terms).filter(|term| !term.optional && term.forms[term.usual].len() > 3);
    let mut words: Vec<(u32, &str)> = terms.map(|term| (term.list.length, term.forms[term.usual].as_str())).collect();
    words.sort_unstable_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
    words.truncate(SPELLING_WORDS);
    let words: Vec<&str> = words.into_iter().map(|(_, word)| word).collect();
    json_file("spelling", &json!(words.join(" ")))
}

fn entry(language_code: &str, folders: &[Folder], volumes: &[Volume], filters: &[File], spelling: &File) -> File {
    let names = |files: &[File]| files.iter().map(|file| file.name.clone()).collect::<Vec<_>>();
    let sizes: Vec<usize> = folders.iter().map(|folder| folder.members.len()).collect();
    let text = json!({
            "language": language_code,
            "folders": folders.iter().map(|folder| folder.hash.as_str()).collect::<String>(),
            "sizes": sizes,
            "from": volumes.iter().map(|volume| volume.from.as_str()).collect::<Vec<_>>().join(" "),
            "words": volumes.iter().map(|volume| volume.file.hash()).collect::<String>(),
            "filters": names(filters),
        "spelling": spelling.name,
    });
    let bytes = text.to_string().into_bytes();
    File { name: format!("index.{}.json", content_hash([bytes.as_slice()])), bytes: bytes.into() }
}

fn json_file(folder: &str, value: &Value) -> File {
    File::named(folder, "json", value.to_string().into_bytes())
}
