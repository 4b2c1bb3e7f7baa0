//! The search index as a whole: what it promises to hosts, to readers' data plans and to watch mode.

#![allow(missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use crate::support::Site;
use letterpress::collect::collect;
use letterpress::output::Artifact;
use letterpress::pipeline::{Built, Memo, build};
use letterpress::search::{Entry, Index, IndexCache, IndexedDocument, Section, Synonyms, Text, index, synonyms};
use letterpress::storage::StoreIn;
use letterpress::storage::StoredText;

/// A document as an editor would change it.
#[derive(Clone, Debug, PartialEq)]
struct Page {
    slug: String,
    title: String,
    body: String,
    kind: &'static str,
    date: &'static str,
}

type Documents = Vec<Arc<IndexedDocument>>;

fn page(slug: &str, title: &str, body: &str) -> Page {
    Page { slug: slug.to_owned(), title: title.to_owned(), body: body.to_owned(), kind: "article", date: "2026-03-05" }
}

fn document(page: &Page) -> Arc<IndexedDocument> {
    let body = StoredText::from(page.body.as_str());
    let backwards: StoredText = page.body.chars().rev().collect::<String>().into();
    let sections =
        [Section::lead(&body), Section { anchor: Some("then"), heading: Some("What then"), text: &backwards }];
    let text = Text {
        title: &page.title,
        description: "What it says",
        tags: &[],
        sections: &sections,
        place: StoreIn::Memory,
    };
    let entry = Entry {
        url: format!("/advice/{}/", page.slug),
        kind: page.kind.to_owned(),
        topics: vec!["Interviews".to_owned()],
        date: Some(page.date.to_owned()),
        minutes: 3,
        ..Entry::default()
    };
    Arc::new(IndexedDocument::new("en", &text, entry))
}

/// The documents of some pages; those of pages that are as they were are the same, as the program does it.
fn documents(pages: &[Page], before: &[Page], known: &Documents) -> Documents {
    let known = |page: &Page| before.iter().position(|other| other == page).map(|at| Arc::clone(&known[at]));
    pages.iter().map(|page| known(page).unwrap_or_else(|| document(page))).collect()
}

fn cold(documents: &Documents, synonyms: &Synonyms) -> Index {
    index("en", documents, synonyms, &mut IndexCache::default())
}

fn names(index: &Index) -> BTreeSet<&str> {
    index.files.iter().map(|file| &*file.name).collect()
}

/// Advice of some length, different for each number, with the common words of advice in all of it.
fn advice(number: usize) -> Page {
    let word = |i: usize| {
        let common = ["interview", "letter", "salary", "manager", "notice", "offer", "the", "and", "your", "of"];
        if i.is_multiple_of(3) {
            common[(i / 3 + number) % common.len()].to_owned()
        } else {
            format!("{}{}", ["ca", "re", "po", "st", "in"][i % 5], (i * 31 + number * 17) % 900)
        }
    };
    let body: Vec<String> = (0..300).map(word).collect();
    page(&format!("advice-{number}"), &format!("Advice {} for {}", word(1), word(4)), &body.join(" "))
}

#[test]
fn no_file_is_over_100_kb_and_names_tell_contents_apart() {
    let mut pages: Vec<Page> = (0..200).map(advice).collect();
    pages.push(page("endless", "A page of 2 MB", &"patience and more patience in words ".repeat(60_000)));
    let index = cold(&documents(&pages, &[], &Vec::new()), &Synonyms::default());
    let mut contents: BTreeMap<&str, &Artifact> = BTreeMap::new();
    for file in &index.files {
        assert!(file.content.length() <= 100_000, "{} has {} bytes", file.name, file.content.length());
        assert!(contents.insert(&file.name, &file.content).is_none(), "{} is there twice", file.name);
    }
    assert!(contents.contains_key(&*index.entry));
}

#[test]
fn an_edited_article_changes_few_files() {
    let pages: Vec<Page> = (0..1400).map(advice).collect();
    let mut memory = IndexCache::default();
    let known = documents(&pages, &[], &Vec::new());
    let before = index("en", &known, &Synonyms::default(), &mut memory);
    let mut edited = pages.clone();
    edited[400].body.push_str(" Punctuality helps.");
    let after = index("en", &documents(&edited, &pages, &known), &Synonyms::default(), &mut memory);
    let changed = names(&after).difference(&names(&before)).count();
    assert!(changed <= before.files.len() / 20, "{changed} of {}", before.files.len());
}

#[test]
fn edits_of_a_large_site_leave_the_index_that_a_fresh_build_makes() {
    let mut pages: Vec<Page> = (0..1400).map(advice).collect();
    let mut known = documents(&pages, &[], &Vec::new());
    let mut memory = IndexCache::default();
    let groups = synonyms("synonyms = [[\"interview\", \"meeting\"], [\"notice\", \"punctuality\"]]").0;
    index("en", &known, &groups, &mut memory);
    let edits: [fn(&mut Page); 4] = [
        |page| page.body.push_str(" Punctuality helps in interviews. Punctuality helps."),
        |page| page.title = "Notices, meetings and punctuality helps".to_owned(),
        |page| (page.kind, page.date) = ("letter", "2019-11-30"),
        |page| page.body = "The salary of the manager: salary, letter, offer.".to_owned(),
    ];
    for (at, edit) in edits.iter().cycle().take(9).enumerate() {
        let before = pages.clone();
        edit(&mut pages[at * 97]);
        known = documents(&pages, &before, &known);
        index("en", &known, &groups, &mut memory);
    }
    assert_eq!(index("en", &known, &groups, &mut memory), cold(&known, &groups));
}

#[test]
fn the_order_of_the_documents_does_not_matter() {
    let pages: Vec<Page> = (0..60).map(advice).collect();
    let mut documents = documents(&pages, &[], &Vec::new());
    let forwards = cold(&documents, &Synonyms::default());
    documents.reverse();
    assert_eq!(cold(&documents, &Synonyms::default()), forwards);
}

#[test]
fn a_group_of_synonyms_that_no_page_uses_is_told() {
    let (groups, faults) = synonyms("synonyms = [[\"quit\", \"resign\"], [\"mortgage\", \"home loan\"]]");
    assert!(faults.is_empty());
    let index = cold(&documents(&[page("a", "Resign well", "How to resign")], &[], &Vec::new()), &groups);
    let messages: Vec<&str> = index.faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(messages, ["no page uses `mortgage` or any of its synonyms"]);
}

#[test]
fn faults_in_the_synonyms_are_told_where_they_are_and_the_rest_is_used() {
    let text = "synonym = []\nsynonyms = [[\"quit\"], [\"pay\", 3, \"wage\"], \"cv\", [\"\", \"a\", \"b\"]]\n";
    let (_, faults) = synonyms(text);
    let told: Vec<(&str, &str)> = faults.iter().map(|f| (&text[f.span.clone()], f.message.as_str())).collect();
    let expected = [
        ("synonym", "unknown key `synonym`"),
        ("[\"quit\"]", "a group of synonyms needs at least two words"),
        ("3", "a synonym must be a word or a phrase in quotation marks"),
        ("\"cv\"", "this must be a list"),
        ("\"\"", "a synonym must be a word or a phrase in quotation marks"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_file_of_synonyms_that_is_no_toml_is_a_fault_and_no_more() {
    let (groups, faults) = synonyms("synonyms = [[\"quit\", ");
    assert!(!faults.is_empty());
    assert_eq!(groups, Synonyms::default());
}

#[test]
fn the_queries_that_hold_the_ranking_name_pages_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let queries = fs::read_to_string(root.join("tests/search/queries.json")).expect("the queries");
    let queries: Vec<serde_json::Value> = serde_json::from_str(&queries).expect("JSON");
    assert!(queries.len() >= 60);
    for query in queries {
        let expected = &query["expected_path"];
        let expected = expected.as_array().cloned().unwrap_or_else(|| vec![expected.clone()]);
        for path in expected.iter().map(|path| path.as_str().expect("a path").trim_matches('/')) {
            let content = root.join("content");
            let there = content.join(format!("{path}.md")).exists() || content.join(path).join("index.md").exists();
            assert!(there, "{query}");
        }
    }
}

/// What an editor may do between two builds.
#[derive(Clone, Debug)]
enum Edit {
    Body(usize, usize),
    Title(usize, usize),
    Kind(usize),
    Date(usize),
    Add(usize),
    Remove(usize),
    Synonyms(usize),
    Nothing,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Edit::Body(a, b)),
        (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Edit::Title(a, b)),
        any::<usize>().prop_map(Edit::Kind),
        any::<usize>().prop_map(Edit::Date),
        any::<usize>().prop_map(Edit::Add),
        any::<usize>().prop_map(Edit::Remove),
        any::<usize>().prop_map(Edit::Synonyms),
        Just(Edit::Nothing),
    ]
}

const PHRASES: [&str; 8] = [
    "Resign with the letter of your manager.",
    "Quit quietly, or don't quit: part-time work.",
    "استعفے کا خط",
    "A cover letter, cover letters and covering letters",
    "work from home; working at home. Remote!",
    "",
    "CV cv CVs résumé",
    "求职信 и письмо",
];

fn apply(edit: &Edit, pages: &mut Vec<Page>, groups: &mut Synonyms) {
    let count = pages.len().max(1);
    let phrase = |at: &usize| PHRASES[at % PHRASES.len()];
    match edit {
        Edit::Body(at, what) if !pages.is_empty() => pages[at % count].body = phrase(what).repeat(1 + what % 7),
        Edit::Title(at, what) if !pages.is_empty() => pages[at % count].title = phrase(what).to_owned(),
        Edit::Kind(at) if !pages.is_empty() => pages[at % count].kind = "letter",
        Edit::Date(at) if !pages.is_empty() => pages[at % count].date = "2010-01-01",
        Edit::Add(at) => pages.push(page(&format!("new-{at}"), phrase(at), phrase(&(at / 8)))),
        Edit::Remove(at) if !pages.is_empty() => drop(pages.remove(at % count)),
        Edit::Synonyms(at) => *groups = synonyms(SYNONYMS[at % SYNONYMS.len()]).0,
        _ => {}
    }
}

const SYNONYMS: [&str; 3] = [
    "",
    "synonyms = [[\"quit\", \"resign\"], [\"wfh\", \"remote\", \"work from home\"], [\"nowhere\", \"else\"]]",
    "synonyms = [[\"cv\", \"biodata\", \"letter\"], [\"cover letter\", \"letter\"]]",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_warm_index_equals_a_cold_one(edits in proptest::collection::vec(edit(), 1..12)) {
        let mut pages: Vec<Page> = (0..24).map(|at| page(&format!("p{at}"), PHRASES[at % 8], PHRASES[at * 3 % 8])).collect();
        let mut groups = Synonyms::default();
        let mut memory = IndexCache::default();
        let (mut before, mut known) = (pages.clone(), documents(&pages, &[], &Vec::new()));
        index("en", &known, &groups, &mut memory);
        for edit in edits {
            apply(&edit, &mut pages, &mut groups);
            pages.sort_by(|a, b| a.slug.cmp(&b.slug));
            pages.dedup_by(|a, b| a.slug == b.slug);
            known = documents(&pages, &before, &known);
            before = pages.clone();
            prop_assert_eq!(index("en", &known, &groups, &mut memory), cold(&known, &groups));
        }
    }
}

/// What the index shows of the page at an address.
fn shown(built: &Built, address: &str) -> String {
    let named = format!("{{\"u\":\"{address}\"");
    let texts = built
        .index
        .iter()
        .map(|(_, artifact)| String::from_utf8_lossy(&artifact.read().expect("its bytes")).into_owned());
    texts.into_iter().find(|text| text.starts_with(&named)).expect("a result for the page")
}

/// The default theme's words, but for one of those that letters use.
fn strings(optional: &str) -> String {
    let english = include_str!("../../themes/default/strings/en.toml");
    english.replace("letter_optional = \"Optional\"", &format!("letter_optional = \"{optional}\""))
}

fn site_with_a_letter(optional: &str) -> Site {
    Site::new()
        .file("letterpress.toml", "title = \"Advice\"\nbase_url = \"https://example.org/\"\ntheme = \"own\"\n")
        .file("themes/own/theme.toml", "extends = \"default\"\n")
        .file("themes/own/strings/en.toml", strings(optional))
        .letter(
            "decline.md",
            "title: Decline an interview",
            "12 Canal View\nLahore\n\nDear [name],\n\nThank you for asking me. [optional: I hope to hear of you.]\n\nYours sincerely,\n\n[your name]",
        )
}

#[test]
fn a_letters_result_begins_with_what_the_letter_says() {
    let text = shown(&site_with_a_letter("Perhaps").built(), "/letters/decline/");
    assert!(text.contains("[null,null,\"A letter Thank you for asking me."), "{text}");
    assert!(!text.contains("Canal View") && !text.contains("Dear"), "{text}");
}

#[test]
fn a_letter_is_found_by_the_themes_words_as_soon_as_the_theme_has_them() {
    let site = site_with_a_letter("Perhaps");
    let mut memo = Memo::default();
    let mut built = || {
        let (sources, found) = collect(site.options()).expect("a readable site");
        build(&sources, found, &mut memo).expect("a build")
    };
    assert!(shown(&built(), "/letters/decline/").contains("[Perhaps: I hope"));
    site.write("themes/own/strings/en.toml", strings("Bequem"));
    let warm = built();
    assert!(shown(&warm, "/letters/decline/").contains("[Bequem: I hope"));
    assert!(warm.index == site.build().index, "the words are those of a fresh index");
}
