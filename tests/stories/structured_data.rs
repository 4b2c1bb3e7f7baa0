//! Stories about what search engines are told of a page, as schema.org has it.

use serde_json::{Value, json};

use crate::support::{BuiltSite, Site};
use letterpress::pipeline::Built;

/// The data blocks of a page by their types.
fn blocks(built: &Built, page: &str) -> Vec<(String, Value)> {
    let page = built.page(page);
    let blocks = page.split("<script type=\"application/ld+json\">").skip(1);
    let read = |block: &str| {
        let text = block.split("</script>").next().expect("an end");
        let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        (value["@type"].as_str().expect("a type").to_owned(), value)
    };
    blocks.map(read).collect()
}

fn block(built: &Built, page: &str, of_type: &str) -> Option<Value> {
    blocks(built, page).into_iter().find(|(name, _)| name == of_type).map(|(_, value)| value)
}

const QUESTIONS: &str = "Before.\n\n## When do I hear?\n\nIn a *week*, or\nlater.\n\n### At once?\n\nNo.\n\n## May I \"ask\" \\</script>?\n\n- Yes.\n- Do.";

#[test]
fn a_page_whose_every_part_asks_is_questions_with_answers() {
    let built = Site::new().article("a.md", "title: A", QUESTIONS).built();
    let faq = block(&built, "articles/a/index.html", "FAQPage").expect("questions");
    let own = "https://example.org/career-advice/articles/a/";
    assert_eq!(faq["url"], own);
    let asked = faq["mainEntity"].as_array().expect("a list");
    let said: Vec<_> =
        asked.iter().map(|asked| (asked["name"].as_str(), asked["acceptedAnswer"]["text"].as_str())).collect();
    assert_eq!(
        said,
        [
            (Some("When do I hear?"), Some("In a week, or later. At once? No.")),
            (Some("At once?"), Some("No.")),
            (Some("May I “ask” </script>?"), Some("Yes. Do.")),
        ]
    );
    assert_eq!(asked[0]["url"], json!(format!("{own}#when-do-i-hear")));
    assert!(block(&built, "articles/a/index.html", "Article").is_some(), "it is an article as well");
}

#[test]
fn one_statement_among_the_headings_makes_an_article_unless_the_editor_says_otherwise() {
    let body = format!("{QUESTIONS}\n\n## Last words\n\nGoodbye.");
    let site = Site::new().article("a.md", "title: A", &body).article("b.md", "title: B\nschema: faq", &body).article(
        "c.md",
        "title: C\nschema: article",
        QUESTIONS,
    );
    let built = site.built();
    let has = |page: &str| block(&built, &format!("articles/{page}/index.html"), "FAQPage").is_some();
    assert_eq!([has("a"), has("b"), has("c")], [false, true, false]);
}

#[test]
fn the_items_of_a_numbered_list_are_the_steps_of_a_how_to() {
    let body = "First words.\n\n1. **Write it down.** On [paper](b.md).\n2. Send it.\n\n- Not a step.";
    let site = Site::new()
        .article("a.md", "title: A\nschema: howto", body)
        .article("b.md", "title: B\nschema: HowTo", "## Ask\n\nSay why.\n\n## Thank\n\nSay so.")
        .article("c.md", "title: C", body);
    let built = site.built();
    let steps =
        |page: &str| block(&built, &format!("articles/{page}/index.html"), "HowTo").map(|how| how["step"].clone());
    assert_eq!(
        steps("a"),
        Some(json!([
            { "@type": "HowToStep", "position": 1, "name": "Write it down", "text": "Write it down. On paper." },
            { "@type": "HowToStep", "position": 2, "text": "Send it." },
        ]))
    );
    let own = "https://example.org/career-advice/articles/b/";
    assert_eq!(
        steps("b"),
        Some(json!([
            { "@type": "HowToStep", "position": 1, "name": "Ask", "url": format!("{own}#ask"), "text": "Say why." },
            { "@type": "HowToStep", "position": 2, "name": "Thank", "url": format!("{own}#thank"), "text": "Say so." },
        ]))
    );
    assert_eq!(steps("c"), None);
}

#[test]
fn the_home_page_tells_search_engines_where_to_search() {
    let built = Site::new().article("a.md", "title: A", "Words.").built();
    let site = block(&built, "index.html", "WebSite").expect("the site");
    let target = "https://example.org/career-advice/search/?q={query}";
    assert_eq!(site["potentialAction"]["target"]["urlTemplate"], target);
}

#[test]
fn every_data_block_of_a_site_in_two_languages_is_json() {
    let site = Site::new()
        .file("letterpress.toml", "title = \"Ad\\\"vice </script>\"\nbase_url = \"https://example.org/\"\n[languages.ur]\ntitle = \"مشورہ\"\n")
        .article("a.md", "title: \"A </script>\"\nauthor: \"B \\\"C\\\"\"\ndate: 2026-03-05", QUESTIONS)
        .article("a.ur.md", "title: الف", "## کب؟\n\nکل۔\n\n## کیوں؟\n\nیوں۔");
    let built = site.built();
    let pages: Vec<String> =
        built.output.iter().map(|(file, _)| file.to_owned()).filter(|file| file.ends_with(".html")).collect();
    assert!(pages.len() > 6);
    for page in pages {
        assert!(blocks(&built, &page).iter().all(|(_, block)| block["@context"] == "https://schema.org"), "{page}");
    }
    assert!(block(&built, "ur/articles/a/index.html", "FAQPage").is_some());
}
