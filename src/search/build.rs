//! All documents of a language to the files of its index: the pass, step by step.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::bucket::{Bucket, Collected, bucket, renewed};
use super::changed_terms::Stems;
use super::collecting::{SlotRanges, gather_again};
use super::language::{Language, language};
use super::results::{Folder, folders, ordered};
use super::synonym_postings::{SynonymPostings, synonym_postings};
use super::term_dictionary::{DictionaryPart, TermDictionary, batches, front_coded, part};
use super::weights::recency;
use super::{Entry, File, Index, IndexedDocument, Synonyms, changed_terms};

/// What `index` keeps from one build for the next. It changes how long the next takes, never its result.
#[derive(Debug, Default)]
pub struct IndexCache {
    language: String,
    documents: Vec<Arc<IndexedDocument>>,
    folders: Vec<Arc<Folder>>,
    buckets: Vec<Arc<Bucket>>,
    synonym_postings: SynonymPostings,
    dictionary_parts: Vec<Arc<DictionaryPart>>,
    filters: Vec<File>,
}

/// If more than one in this many documents changed, everything is rebuilt.
const FEW: usize = 16;
/// How many documents one filter file covers with their kinds and topics.
const FILTERED: usize = 20_000;
/// Words offered when the beginning of a word is misspelt.
const SPELLING_WORDS: usize = 2_500;
/// As many of them are about as common, and in the order of the alphabet, which takes off a quarter.
const ABOUT_AS_COMMON: usize = 250;

/// Makes the index of one language from its documents, in any order.
pub fn index(
    language_code: &str,
    documents: &[Arc<IndexedDocument>],
    synonyms: &Synonyms,
    memory: &mut IndexCache,
) -> Index {
    let language = language(language_code);
    let mut before = std::mem::take(memory);
    let documents = ordered(documents);
    let changes = if before.language == language_code { changes(&before.documents, &documents) } else { None };
    let folders = folders(&documents, &before.folders);
    let filters = match &changes {
        Some(changes) if changes.iter().all(|change| change.is_filtered_alike()) => std::mem::take(&mut before.filters),
        _ => documents.par_chunks(FILTERED).map(filter_file).collect(),
    };
    let buckets = match &changes {
        Some(changes) => changed_buckets(&language, &documents, changes, std::mem::take(&mut before.buckets)),
        None => all_buckets(&language, &documents),
    };
    let synonym_postings =
        synonym_postings(&language, &buckets, synonyms, std::mem::take(&mut before.synonym_postings));
    let dictionary_parts = dictionary_parts(&buckets, &synonym_postings, &before.dictionary_parts);

    let term_dictionaries: Vec<&TermDictionary> =
        dictionary_parts.iter().flat_map(|part| &part.term_dictionaries).collect();
    let spelling = spelling(&buckets, &synonym_postings);
    let engine = engine();
    let entry = entry(&language, &folders, &term_dictionaries, &filters, [&spelling, &engine]);
    let name = Arc::clone(&entry.name);
    let files = files(&folders, &term_dictionaries, &filters, [spelling, engine, entry]);
    let index = Index { entry: name, faults: synonym_postings.faults.clone(), files };
    *memory = IndexCache {
        language: language_code.to_owned(),
        documents,
        folders,
        buckets,
        synonym_postings,
        dictionary_parts,
        filters,
    };
    index
}

/// A document that is not what it was.
struct Change<'a> {
    number: u32,
    before: &'a IndexedDocument,
    now: &'a IndexedDocument,
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

/// The documents that changed; `None` if they are numbered otherwise, so that no list stays.
fn changes<'a>(before: &'a [Arc<IndexedDocument>], now: &'a [Arc<IndexedDocument>]) -> Option<Vec<Change<'a>>> {
    if before.len() != now.len() {
        return None;
    }
    let changed = before.iter().zip(now).zip(0..).filter(|((before, now), _)| !Arc::ptr_eq(before, now));
    let changes: Vec<Change> = changed.map(|((before, now), number)| Change { number, before, now }).collect();
    changes.iter().all(|change| change.before.entry.url == change.now.entry.url).then_some(changes)
}

fn recencies(documents: &[Arc<IndexedDocument>]) -> Vec<f32> {
    documents.iter().map(|document| recency(document.entry.date.as_deref())).collect()
}

fn all_buckets(language: &Language, documents: &[Arc<IndexedDocument>]) -> Vec<Arc<Bucket>> {
    let recency = recencies(documents);
    let letter_words = language.letter_words();
    let made = |collected: Vec<Collected>| {
        let bucket = |words: &Collected| Arc::new(bucket(language, words, &recency));
        collected.par_iter().map(bucket).collect::<Vec<_>>()
    };
    SlotRanges::of(documents).collected(&letter_words).with_max_len(1).flat_map_iter(made).collect()
}

/// The buckets, with those terms rebuilt that the changed documents used or use now.
fn changed_buckets(
    language: &Language,
    documents: &[Arc<IndexedDocument>],
    changes: &[Change<'_>],
    mut buckets: Vec<Arc<Bucket>>,
) -> Vec<Arc<Bucket>> {
    let changes: Vec<&Change> = changes.iter().filter(|change| !change.weighs_alike()).collect();
    if changes.len() > documents.len().div_ceil(FEW) {
        return all_buckets(language, documents);
    }
    let mut stale = Stems::new();
    changes.iter().for_each(|change| changed_terms::compare(language, change.before, change.now, &mut stale));
    let recency = recencies(documents);
    let letter_words = language.letter_words();
    let changed: Vec<u32> = changes.iter().map(|change| change.number).collect();
    let fresh: Vec<(u16, Arc<Bucket>)> = stale
        .into_par_iter()
        .map(|(slot, stems)| {
            let bucket = &buckets[usize::from(slot)];
            let collected = gather_again(language, documents, &letter_words, (slot, bucket), &stems, &changed);
            (slot, Arc::new(renewed(language, bucket, &stems, &collected, &recency)))
        })
        .collect();
    fresh.into_iter().for_each(|(slot, bucket)| buckets[usize::from(slot)] = bucket);
    buckets
}

/// Term dictionary files with their lists; those whose buckets are unchanged are reused.
fn dictionary_parts(
    buckets: &[Arc<Bucket>],
    synonym_postings: &SynonymPostings,
    remembered: &[Arc<DictionaryPart>],
) -> Vec<Arc<DictionaryPart>> {
    let seen = (0..).zip(buckets).map(|(slot, bucket)| synonym_postings.buckets.get(&slot).unwrap_or(bucket).clone());
    let by_first: HashMap<*const Bucket, &Arc<DictionaryPart>> =
        remembered.iter().map(|part| (Arc::as_ptr(&part.buckets[0]), part)).collect();
    let known: Vec<Result<Arc<DictionaryPart>, Vec<Arc<Bucket>>>> = batches(seen)
        .into_iter()
        .map(|batch| match by_first.get(&Arc::as_ptr(&batch[0])) {
            Some(part) if part.is_of(&batch) => Ok(Arc::clone(part)),
            _ => Err(batch),
        })
        .collect();
    known.into_par_iter().map(|known| known.unwrap_or_else(|batch| Arc::new(part(batch)))).collect()
}

/// Kind and topics of each document, for the filters and their counts.
fn filter_file(documents: &[Arc<IndexedDocument>]) -> File {
    let mut sets: BTreeMap<(&str, &[String]), usize> = BTreeMap::new();
    documents.iter().for_each(|document| *sets.entry(set(&document.entry)).or_default() = 0);
    sets.values_mut().enumerate().for_each(|(number, set)| *set = number);
    let documents: Vec<usize> = documents.iter().map(|document| sets[&set(&document.entry)]).collect();
    let sets: Vec<_> = sets.keys().collect();
    json_file("filters", &json!({ "sets": sets, "documents": documents }))
}

fn set(entry: &Entry) -> (&str, &[String]) {
    (&entry.kind, &entry.topics)
}

/// The words that most documents use, and those that have synonyms: few, and chosen for what readers type. Front-coded.
fn spelling(buckets: &[Arc<Bucket>], synonym_postings: &SynonymPostings) -> File {
    let frequent = || buckets.iter().flat_map(|bucket| &bucket.frequent);
    let mut uses: Vec<u32> = frequent().map(|(uses, _)| *uses).collect();
    let fewest = uses.len().checked_sub(SPELLING_WORDS).map_or(0, |fewer| *uses.select_nth_unstable(fewer).1);
    let mut words: Vec<(u32, &str)> =
        frequent().filter(|(uses, _)| *uses >= fewest).map(|(uses, term)| (*uses, term.usual())).collect();
    words.sort_unstable_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
    let words = words.into_iter().take(SPELLING_WORDS).map(|(_, word)| word);
    let mut seen = HashSet::new();
    let mut words: Vec<&str> = words.chain(synonym_postings.words()).filter(|word| seen.insert(*word)).collect();
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
    term_dictionaries: &[&TermDictionary],
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
        "sizes": folders.iter().map(|folder| folder.documents.len()).collect::<Vec<_>>(),
        "from": term_dictionaries.iter().map(|term_dictionary| term_dictionary.from.as_str()).collect::<Vec<_>>().join(" "),
        "words": term_dictionaries.iter().map(|term_dictionary| term_dictionary.file.hash_in_name()).collect::<String>(),
        "filters": filters.iter().map(|file| &*file.name).collect::<Vec<_>>(),
        "spelling": &*spelling.name,
        "engine": &*engine.name,
    });
    File::beside("index", "json", text.to_string().into_bytes())
}

/// The script that answers queries, without its comments and its indentation.
fn engine() -> File {
    let lines = include_str!("browser/engine.js").lines().map(|line| line.split("  // ").next().unwrap_or(line).trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with("//")).collect();
    File::beside("engine", "js", lines.join("\n").into_bytes())
}

fn json_file(folder: &str, value: &Value) -> File {
    File::named(folder, "json", value.to_string().into_bytes())
}

/// Every file once: lists may be alike.
fn files(
    folders: &[Arc<Folder>],
    term_dictionaries: &[&TermDictionary],
    filters: &[File],
    further: [File; 3],
) -> Vec<File> {
    let mut seen = HashSet::new();
    let term_dictionaries = term_dictionaries
        .iter()
        .flat_map(|term_dictionary| term_dictionary.lists.iter().chain([&term_dictionary.file]));
    let term_dictionaries = term_dictionaries.filter(|file| seen.insert(file.content.fingerprint));
    let results = folders.iter().flat_map(|folder| &folder.files);
    results.chain(term_dictionaries).chain(filters).cloned().chain(further).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Section, Text};
    use super::*;
    use crate::storage::{StoreIn, StoredText};

    fn document(number: usize, body: &str) -> Arc<IndexedDocument> {
        let body = StoredText::from(body);
        let sections = [Section::lead(&body)];
        let text = Text { title: "Rest well", description: "", tags: &[], sections: &sections, place: StoreIn::Memory };
        let entry = Entry { url: format!("/{number}/"), kind: "article".to_owned(), ..Entry::default() };
        Arc::new(IndexedDocument::new("en", &text, entry))
    }

    #[test]
    fn an_edit_makes_only_those_words_anew_that_it_concerns() {
        let mut documents: Vec<Arc<IndexedDocument>> =
            (0..60).map(|number| document(number, "Quiet notice, salary, letter")).collect();
        let mut memory = IndexCache::default();
        index("en", &documents, &Synonyms::default(), &mut memory);
        let before = memory.buckets.clone();
        documents[7] = document(7, "Quiet notice, bonus, letter");
        index("en", &documents, &Synonyms::default(), &mut memory);
        let anew = |(before, now): &(&Arc<Bucket>, &Arc<Bucket>)| !Arc::ptr_eq(before, now);
        let buckets: Vec<_> = before.iter().zip(&memory.buckets).filter(anew).collect();
        let words = |bucket: &Bucket| bucket.terms.iter().map(|term| term.forms[0].clone()).collect::<Vec<_>>();
        let words: Vec<String> = buckets.iter().flat_map(|(_, now)| words(now)).collect();
        assert_eq!(words, ["bonus", "notice", "salary"], "its neighbours gained or lost a pair");
    }
}
