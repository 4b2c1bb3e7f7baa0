//! Buckets → files: term dictionary files, in which the browser looks up words, and the lists that they lead to.
//!
//! A term dictionary file holds the words of some small buckets, or a part of a large one: lines of text that compress well.
//! Its lists are in files beside it, in the order of the lines, as many to a file as one query may load.
//! `line` writes a line; `browser/engine.js` reads it. FORMAT.md describes all files.

use std::sync::Arc;

use serde_json::json;

use super::File;
use super::bucket::{Bucket, Term};
use super::list::List;

/// A term dictionary file ends at the first good place after this many bytes: about 1 kB compressed.
const DICTIONARY_BYTES: usize = 1_200;
/// A file of lists takes no further list that would make it longer than this, in bytes.
const LIST_BYTES: usize = 1_200;
/// The most letters that a front code can express.
const MOST_SHARED: usize = 25;

/// The term dictionary files of some buckets, with their lists.
#[derive(Debug)]
pub(super) struct DictionaryPart {
    /// What it was made from.
    pub(super) buckets: Vec<Arc<Bucket>>,
    pub(super) term_dictionaries: Vec<TermDictionary>,
}

impl DictionaryPart {
    /// Whether it was made from these very buckets.
    pub(super) fn is_of(&self, buckets: &[Arc<Bucket>]) -> bool {
        self.buckets.len() == buckets.len() && self.buckets.iter().zip(buckets).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

/// A term dictionary file and its lists.
#[derive(Debug)]
pub(super) struct TermDictionary {
    /// The least word that may be in it, as short as it can be.
    pub(super) from: String,
    pub(super) file: File,
    pub(super) lists: Vec<File>,
}

/// Puts buckets together until they fill a file; a bucket that fills one alone stays alone, so that nothing else moves
/// when it grows.
pub(super) fn batches(buckets: impl Iterator<Item = Arc<Bucket>>) -> Vec<Vec<Arc<Bucket>>> {
    let mut batches: Vec<Vec<Arc<Bucket>>> = Vec::new();
    let mut bytes = DICTIONARY_BYTES;
    for bucket in buckets.filter(|bucket| !bucket.terms.is_empty()) {
        let more = bucket.size;
        match batches.last_mut() {
            Some(batch) if bytes < DICTIONARY_BYTES && more < DICTIONARY_BYTES => batch.push(bucket),
            _ => {
                batches.push(vec![bucket]);
                bytes = 0;
            }
        }
        bytes += more;
    }
    batches
}

/// Writes the term dictionary files of a batch.
pub(super) fn part(buckets: Vec<Arc<Bucket>>) -> DictionaryPart {
    let term_dictionaries = if buckets.len() == 1 {
        parts(&buckets[0].terms).into_iter().map(|(from, terms)| term_dictionary(from, terms.iter())).collect()
    } else {
        let least = buckets.first().and_then(|bucket| bucket.terms.first()).map_or("", |term| &term.forms[0]);
        vec![term_dictionary(beginning("", least), buckets.iter().flat_map(|bucket| &bucket.terms))]
    };
    DictionaryPart { buckets, term_dictionaries }
}

/// Divides a bucket where it has filled a file and no form of an earlier word comes later in the alphabet.
fn parts(terms: &[Arc<Term>]) -> Vec<(String, &[Arc<Term>])> {
    let mut parts = Vec::new();
    let mut from = beginning("", terms.first().map_or("", |term| &term.forms[0]));
    let (mut start, mut bytes, mut greatest) = (0, 0, "");
    for (at, term) in terms.iter().enumerate() {
        let least = term.forms[0].as_str();
        if bytes >= DICTIONARY_BYTES && least > greatest {
            parts.push((std::mem::replace(&mut from, beginning(greatest, least)), &terms[start..at]));
            (start, bytes) = (at, 0);
        }
        bytes += term.size();
        greatest = term.forms.last().map_or(greatest, |last| greatest.max(last));
    }
    parts.push((from, &terms[start..]));
    parts
}

/// The shortest beginning of `least` that is greater than `greatest`; two letters where a bucket begins.
fn beginning(greatest: &str, least: &str) -> String {
    let mut ends = least.char_indices().map(|(at, c)| at + c.len_utf8());
    let enough =
        |end: &usize| if greatest.is_empty() { least[..*end].chars().count() >= 2 } else { &least[..*end] > greatest };
    least[..ends.find(enough).unwrap_or(least.len())].to_owned()
}

/// Writes one term dictionary file and its lists.
fn term_dictionary<'a>(from: String, terms: impl Iterator<Item = &'a Arc<Term>> + Clone) -> TermDictionary {
    let lists =
        list_files(terms.clone().flat_map(|t| t.list.parts().chain(t.pairs.iter().flat_map(|p| p.list.parts()))));
    let mut lines = String::new();
    let mut last = "";
    for term in terms {
        line(term, last, &mut lines);
        last = &term.forms[0];
    }
    let names: Vec<_> = lists.iter().map(|(file, count)| json!([&*file.name, count])).collect();
    let text = json!({ "lists": names, "words": lines }).to_string();
    let file = File::named("words", "json", text.into_bytes());
    TermDictionary { from, file, lists: lists.into_iter().map(|(file, _)| file).collect() }
}

/// `Dview,ed,s;8=talk;letter;home=remote`: shared letters and first form, further forms; frequency, `=` and what else to
/// mark; each neighbour likewise. The frequency of a common word is followed by the output of `rest`.
fn line(term: &Term, last: &str, lines: &mut String) {
    let first = term.forms[0].as_str();
    front_coded(last, first, lines);
    for form in &term.forms[1..] {
        lines.push(',');
        further_form(first, form, lines);
    }
    lines.push(';');
    lines.push(frequency(term.list.length));
    rest(&term.list, lines);
    also(&term.also, lines);
    for pair in &term.pairs {
        lines.push(';');
        lines.push_str(&pair.second);
        also(&pair.also, lines);
    }
    lines.push('\n');
}

/// Of a list in two parts how many documents the second has, and what it counts in them.
fn rest(list: &List, lines: &mut String) {
    if let Some(rest) = &list.rest {
        lines.push_str(&format!(".{}.{}", rest.length, rest.effect));
    }
}

fn also(forms: &[String], lines: &mut String) {
    if !forms.is_empty() {
        lines.push('=');
        lines.push_str(&forms.join(","));
    }
}

/// A word as how many letters it shares with the last one, as a capital, and its others.
pub(super) fn front_coded(last: &str, word: &str, lines: &mut String) {
    let shared = shared(last, word).min(MOST_SHARED);
    lines.push(letter(shared));
    lines.extend(word.chars().skip(shared));
}

/// A form by how it ends: how many letters of the first form go, unless none, and which come.
fn further_form(first: &str, form: &str, lines: &mut String) {
    let shared = shared(first, form);
    let gone = first.chars().count() - shared;
    if gone > MOST_SHARED {
        lines.push('-');
        return lines.push_str(form);
    }
    if gone > 0 {
        lines.push(letter(gone));
    }
    lines.extend(form.chars().skip(shared));
}

fn letter(number: usize) -> char {
    char::from(b'A' + number as u8)
}

fn shared(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// Twice the binary logarithm of a list's length as one character, 0 to 9 and a to z; `_` for an empty list.
fn frequency(length: u32) -> char {
    if length == 0 {
        return '_';
    }
    let doubled = (f64::from(length).log2() * 2.0) as u32;
    char::from_digit(doubled.min(35), 36).unwrap_or('z')
}

/// Lists packed into files, with the number of lists in each.
fn list_files<'a>(lists: impl Iterator<Item = &'a [u8]>) -> Vec<(File, usize)> {
    let mut files = Vec::new();
    let mut pack: Vec<&[u8]> = Vec::new();
    let mut bytes = 0;
    for list in lists {
        if bytes + list.len() > LIST_BYTES && !pack.is_empty() {
            files.push((list_file(&pack), pack.len()));
            pack.clear();
            bytes = 0;
        }
        bytes += list.len();
        pack.push(list);
    }
    if !pack.is_empty() {
        files.push((list_file(&pack), pack.len()));
    }
    files
}

/// The lists one after the other: each encodes its own end.
fn list_file(lists: &[&[u8]]) -> File {
    File::named("lists", "bin", lists.concat())
}
