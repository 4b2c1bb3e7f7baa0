//! All documents of a language to the files of its index: the pass, step by step.

use super::language::{Language, language};
use super::lexicon::{Lexicon, Volume, batches, volume};
use super::overlay::{Overlay, overlay};
use super::results::{Folder, Member, folders};
use super::shelf::{Gathered, Shelf, shelf};
use super::slot::{SLOTS, slot};
use super::weights::{LETTER_WORD, recency};
use super::{File, Index, Synonyms, Terms};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// What `index` remembers from one build for the next. It changes how long the next takes, never what it gives.
#[derive(Debug, Default)]
pub struct Memory {
    language: String,
    folders: Vec<Arc<Folder>>,
    shelves: Vec<Arc<Shelf>>,
    overlay: Overlay,
    volumes: Vec<Arc<Volume>>,
}

/// So many slots are made at a time: enough to share the work out, few enough to need little memory at once.
const SLOTS_AT_ONCE: usize = 64;
/// A filter file tells the kind and topics of so many documents.
const FILTERED: usize = 20_000;
/// Words offered when the beginning of a word is misspelt.
const SPELLING_WORDS: usize = 2_500;

/// Makes the index of one language from its documents, in any order.
pub fn index(language_code: &str, documents: &[Member], synonyms: &Synonyms, memory: &mut Memory) -> Index {
    let language = language(language_code);
    let folders = folders(documents, &memory.folders);
    let stale = stale(memory, language_code, &folders);
    let shelves = shelves(&language, &folders, &stale, std::mem::take(&mut memory.shelves));
    let overlay = overlay(&language, &shelves, synonyms, std::mem::take(&mut memory.overlay));
    let volumes = volumes(&shelves, &overlay, &memory.volumes);

    let lexicons: Vec<&Lexicon> = volumes.iter().flat_map(|volume| &volume.lexicons).collect();
    let filters = filters(&folders);
    let spelling = spelling(&shelves, &overlay);
    let engine = engine();
    let entry = entry(&language, &folders, &lexicons, &filters, [&spelling, &engine]);
    let name = entry.name.clone();
    let files = files(&folders, &lexicons, filters, [spelling, engine, entry]);
    let index = Index { entry: name, faults: overlay.faults.clone(), files };
    *memory = Memory { language: language_code.to_owned(), folders, shelves, overlay, volumes };
    index
}

/// Which slots must be made anew: those where a document's words, or what they weigh, are not what they were.
fn stale(memory: &Memory, language_code: &str, folders: &[Arc<Folder>]) -> Vec<bool> {
    if memory.language != language_code || memory.shelves.is_empty() || memory.folders.len() != folders.len() {
        return vec![true; SLOTS];
    }
    let mut stale = vec![false; SLOTS];
    for (before, now) in memory.folders.iter().zip(folders).filter(|(before, now)| !Arc::ptr_eq(before, now)) {
        let urls = |folder: &Folder| folder.members.iter().map(|member| member.0.url.clone()).collect::<Vec<_>>();
        if urls(before) != urls(now) {
            return vec![true; SLOTS];
        }
        before.members.iter().zip(&now.members).for_each(|(before, now)| mark_stale(before, now, &mut stale));
    }
    stale
}

fn mark_stale(before: &Member, now: &Member, stale: &mut [bool]) {
    let weighs_alike = before.0.kind == now.0.kind && before.0.date == now.0.date;
    if weighs_alike && Arc::ptr_eq(&before.1, &now.1) {
        return;
    }
    let of = |terms| {
        BTreeMap::from_iter(Terms::runs(terms, 0, SLOTS as u16).map(|(slot, range)| (slot, contents(terms, range))))
    };
    let (before, now) = (of(&before.1), of(&now.1));
    for slot in before.keys().chain(now.keys()) {
        stale[usize::from(*slot)] |= !weighs_alike || before.get(slot) != now.get(slot);
    }
    if !weighs_alike {
        stale.fill(true);
    }
}

type Contents<'a> = (Vec<(&'a str, u16)>, Vec<(&'a str, &'a str, u16)>);

/// What a document says in one slot, apart from how its words are numbered.
fn contents(terms: &Terms, range: Range<usize>) -> Contents<'_> {
    let pairs =
        terms.pairs(range.clone()).map(|(first, second, steps)| (terms.word(first).0, terms.word(second).0, steps));
    let mut contents: Contents<'_> = (range.map(|number| terms.word(number)).collect(), pairs.collect());
    contents.0.sort_unstable();
    contents.1.sort_unstable();
    contents
}

/// All shelves, the stale ones made anew.
fn shelves(
    language: &Language,
    folders: &[Arc<Folder>],
    stale: &[bool],
    mut shelves: Vec<Arc<Shelf>>,
) -> Vec<Arc<Shelf>> {
    shelves.resize_with(SLOTS, Arc::default);
    let documents: Vec<&Member> = folders.iter().flat_map(|folder| &folder.members).collect();
    let recency: Vec<f32> = documents.iter().map(|member| recency(member.0.date.as_deref())).collect();
    let letter_words = language.letter_words();
    let stale: Vec<u16> = (0..).zip(stale).filter(|(_, stale)| **stale).map(|(slot, _)| slot).collect();
    let fresh = |slots: &[u16]| {
        let gathered = gather(&documents, &letter_words, slots);
        let shelf = |words: &Gathered| Arc::new(shelf(language, words, &recency));
        slots.par_iter().copied().zip(gathered.par_iter().map(shelf)).collect::<Vec<_>>()
    };
    let fresh: Vec<(u16, Arc<Shelf>)> = stale.par_chunks(SLOTS_AT_ONCE).flat_map_iter(fresh).collect();
    fresh.into_iter().for_each(|(slot, shelf)| shelves[usize::from(slot)] = shelf);
    shelves
}

/// What all documents say in each of these slots, which ascend.
fn gather(documents: &[&Member], letter_words: &[String], slots: &[u16]) -> Vec<Gathered> {
    let mut gathered: Vec<Gathered> = Vec::new();
    gathered.resize_with(slots.len(), Gathered::default);
    let place = |word: &String| slots.binary_search(&slot(word)).ok();
    let letter_words: Vec<(usize, &String)> =
        letter_words.iter().filter_map(|word| Some((place(word)?, word))).collect();
    let (Some(first), Some(last)) = (slots.first(), slots.last()) else { return gathered };
    for (number, (entry, terms)) in (0..).zip(documents.iter().copied()) {
        let mut at = 0;
        for (slot, range) in terms.runs(*first, *last + 1) {
            at += slots[at..].iter().take_while(|wanted| **wanted < slot).count();
            if slots[at] == slot {
                add(&mut gathered[at], number, terms, range);
            }
        }
        for (at, word) in letter_words.iter().filter(|_| entry.kind == "letter") {
            gathered[*at].word(number, word, LETTER_WORD);
        }
    }
    gathered
}

fn add(gathered: &mut Gathered, document: u32, terms: &Terms, range: Range<usize>) {
    let before = gathered.len();
    for number in range.clone() {
        let (word, steps) = terms.word(number);
        gathered.word(document, word, steps);
    }
    for (first, second, steps) in terms.pairs(range.clone()) {
        gathered.pair(before + first - range.start, terms.word(second).0, steps);
    }
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
fn filters(folders: &[Arc<Folder>]) -> Vec<File> {
    let documents: Vec<&Member> = folders.iter().flat_map(|folder| &folder.members).collect();
    documents.chunks(FILTERED).map(filter_file).collect()
}

fn filter_file(documents: &[&Member]) -> File {
    let mut sets: BTreeMap<(&str, &[String]), usize> = BTreeMap::new();
    documents.iter().for_each(|(entry, _)| *sets.entry((&entry.kind, &entry.topics)).or_default() = 0);
    sets.values_mut().enumerate().for_each(|(number, set)| *set = number);
    let documents: Vec<usize> =
        documents.iter().map(|(entry, _)| sets[&(entry.kind.as_str(), entry.topics.as_slice())]).collect();
    let sets: Vec<_> = sets.keys().collect();
    json_file("filters", &json!({ "sets": sets, "documents": documents }))
}

/// The words that most documents use, and those that have synonyms: few, and chosen for what readers type.
fn spelling(shelves: &[Arc<Shelf>], overlay: &Overlay) -> File {
    let mut words: Vec<&(u32, String)> = shelves.iter().flat_map(|shelf| &shelf.frequent).collect();
    words.sort_unstable_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
    let words = words.into_iter().take(SPELLING_WORDS).map(|(_, word)| word.as_str());
    let mut seen = HashSet::new();
    let words: Vec<&str> = words.chain(overlay.words()).filter(|word| seen.insert(*word)).collect();
    json_file("spelling", &json!(words.join(" ")))
}

fn entry(
    language: &Language,
    folders: &[Arc<Folder>],
    lexicons: &[&Lexicon],
    filters: &[File],
    [spelling, engine]: [&File; 2],
) -> File {
    let text = json!({
        "stop": language.stop_words().join(" "),
        "light": language.light_words().join(" "),
        "endings": language.endings(),
        "folders": folders.iter().map(|folder| folder.hash.as_str()).collect::<String>(),
        "sizes": folders.iter().map(|folder| folder.members.len()).collect::<Vec<_>>(),
        "from": lexicons.iter().map(|lexicon| lexicon.from.as_str()).collect::<Vec<_>>().join(" "),
        "words": lexicons.iter().map(|lexicon| lexicon.file.hash()).collect::<String>(),
        "filters": filters.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(),
        "spelling": spelling.name,
        "engine": engine.name,
    });
    File::beside("index", "json", text.to_string().into_bytes())
}

/// The script that answers queries, without its comments and its indentation.
fn engine() -> File {
    let lines = include_str!("engine.js").lines().map(str::trim_start);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with("//")).collect();
    File::beside("engine", "js", lines.join("\n").into_bytes())
}

fn json_file(folder: &str, value: &Value) -> File {
    File::named(folder, "json", value.to_string().into_bytes())
}

/// Every file once: lists may be alike.
fn files(folders: &[Arc<Folder>], lexicons: &[&Lexicon], filters: Vec<File>, further: [File; 3]) -> Vec<File> {
    let mut seen = HashSet::new();
    let lexicons = lexicons.iter().flat_map(|lexicon| lexicon.lists.iter().chain([&lexicon.file]));
    let lexicons = lexicons.filter(|file| seen.insert(file.name.as_str())).cloned();
    let results = folders.iter().flat_map(|folder| folder.files.iter().cloned());
    results.chain(lexicons).chain(filters).chain(further).collect()
}
