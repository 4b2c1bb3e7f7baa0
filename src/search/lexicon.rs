//! Shelves to files: lexicon files, in which the browser looks up words, and the lists that they lead to.
//!
//! A lexicon file holds the words of one or more shelves, or of a part of a large one: lines of text that compress
//! well. Its lists lie in files beside it, in the order of the lines, as many to a file as one query may load.
//! The form of both is told in `docs/search-index.md`, which the script in the browser follows.

use super::File;
use super::postings::number;
use super::shelf::{List, Shelf, Term};
use serde_json::json;

/// A lexicon file ends at the first good place after so many bytes: about 2.5 kB compressed.
const LEXICON_BYTES: usize = 6_000;
/// A file of lists takes no further list after so many bytes.
const LIST_BYTES: usize = 2_500;
/// As many letters as a front code can say.
const MOST_SHARED: usize = 25;

/// A lexicon file and its lists.
#[derive(Clone, Debug)]
pub(super) struct Volume {
    /// The least word that may be in it, as short as it can be.
    pub(super) from: String,
    pub(super) file: File,
    pub(super) lists: Vec<File>,
}

/// A run of terms that make one lexicon file.
pub(super) struct Batch<'a> {
    from: String,
    pub(super) terms: Vec<&'a Term>,
}

/// Divides the words of all shelves, in order, into lexicon files.
pub(super) fn batches<'a>(shelves: impl Iterator<Item = &'a Shelf>) -> Vec<Batch<'a>> {
    let mut batches: Vec<Batch<'a>> = Vec::new();
    let mut bytes = usize::MAX;
    for shelf in shelves.filter(|shelf| !shelf.terms.is_empty()) {
        let mut greatest = "";
        for term in &shelf.terms {
            let least = term.forms[0].as_str();
            if bytes >= LEXICON_BYTES && (greatest.is_empty() || least > greatest) {
                batches.push(Batch { from: beginning(greatest, least), terms: Vec::new() });
                bytes = 0;
            }
            bytes = bytes.saturating_add(size(term));
            greatest = term.forms.last().map_or(greatest, |last| greatest.max(last));
            if let Some(batch) = batches.last_mut() {
                batch.terms.push(term);
            }
        }
    }
    batches
}

/// About how many bytes a term takes in a lexicon file.
fn size(term: &Term) -> usize {
    let pairs: usize = term.pairs.iter().map(|pair| pair.second.len() + 1).sum();
    let also: usize = term.also.iter().map(|form| form.len() + 1).sum();
    6 + 3 * term.forms.len() + pairs + also
}

/// The shortest beginning of `least` that is greater than `greatest`; two letters where a shelf begins.
fn beginning(greatest: &str, least: &str) -> String {
    let ends = least.char_indices().map(|(at, c)| at + c.len_utf8());
    let enough = |end: &usize| if greatest.is_empty() { least[..*end].chars().count() >= 2 } else { &least[..*end] > greatest };
    least[..ends.clone().find(enough).unwrap_or(least.len())].to_owned()
}

/// Writes one lexicon file and its lists.
pub(super) fn volume(batch: &Batch<'_>) -> Volume {
    let lists = list_files(batch);
    let mut lines = String::new();
    let mut last = "";
    for term in &batch.terms {
        line(term, last, &mut lines);
        last = &term.forms[0];
    }
    let names: Vec<_> = lists.iter().map(|(file, count)| json!([file.name, count])).collect();
    let text = json!({ "lists": names, "words": lines }).to_string();
    let file = File::named("words", "json", text.into_bytes());
    Volume { from: batch.from.clone(), file, lists: lists.into_iter().map(|(file, _)| file).collect() }
}

/// `Dview,ed,s;8!;letter,email;talk`: shared letters and first form, further forms; frequency, `!` if optional; neighbours;
/// `=` and what else to mark.
fn line(term: &Term, last: &str, lines: &mut String) {
    let first = term.forms[0].as_str();
    front_coded(last, first, lines);
    for form in &term.forms[1..] {
        lines.push(',');
        further_form(first, form, lines);
    }
    lines.push(';');
    lines.push(frequency(term.list.length));
    if term.optional {
        lines.push('!');
    }
    also(&term.also, lines);
    for pair in &term.pairs {
        lines.push(';');
        lines.push_str(&pair.second);
        also(&pair.also, lines);
    }
    lines.push('\n');
}

fn also(forms: &[String], lines: &mut String) {
    if !forms.is_empty() {
        lines.push('=');
        lines.push_str(&forms.join(","));
    }
}

fn front_coded(last: &str, word: &str, lines: &mut String) {
    let shared = shared(last, word).min(MOST_SHARED);
    lines.push(letter(shared));
    lines.extend(word.chars().skip(shared));
}

/// A form by how it ends: how many letters go, unless none, and which come.
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

/// Twice the binary logarithm of a list's length as one character, 0 to 9 and a to z.
fn frequency(length: u32) -> char {
    let doubled = (f64::from(length.max(1)).log2() * 2.0) as u32;
    char::from_digit(doubled.min(35), 36).unwrap_or('z')
}

/// The lists of a batch in the order of its lines, packed into files, with the number of lists in each.
fn list_files(batch: &Batch<'_>) -> Vec<(File, usize)> {
    let lists = batch.terms.iter().flat_map(|t| std::iter::once(&t.list).chain(t.pairs.iter().map(|p| &p.list)));
    let mut files = Vec::new();
    let mut pack: Vec<&List> = Vec::new();
    let mut bytes = 0;
    for list in lists {
        if bytes + list.bytes.len() > LIST_BYTES && !pack.is_empty() {
            files.push((list_file(&pack), pack.len()));
            pack.clear();
            bytes = 0;
        }
        bytes += list.bytes.len();
        pack.push(list);
    }
    if !pack.is_empty() {
        files.push((list_file(&pack), pack.len()));
    }
    files
}

/// How long each list is (LEB128), then the lists.
fn list_file(lists: &[&List]) -> File {
    let mut bytes = Vec::new();
    lists.iter().for_each(|list| number(list.bytes.len() as u32, &mut bytes));
    lists.iter().for_each(|list| bytes.extend_from_slice(&list.bytes));
    File::named("lists", "bin", bytes)
}
