//! Stories about listings: sections, topics, tags, A–Z, home, feeds and the lists that machines read.

use crate::support::{BuiltSite, Site, between};

fn many(count: usize) -> Site {
    let site = Site::new().file(
        "letterpress.toml",
        "title = \"Advice\"\nbase_url = \"https://example.org/career-advice/\"\nper_page = 2\n",
    );
    (1..=count).fold(site, |site, number| {
        let front = format!("title: Article {number}\ndate: 2026-03-{number:02}\ntopics: [pay]\ntags: [Salary talk]");
        site.article(&format!("article-{number}.md"), &front, "Words.")
    })
}

#[test]
fn a_listing_is_paginated_newest_first() {
    let built = many(5).built();
    let first = built.page("articles/index.html");
    assert!(first.contains("Article 5") && first.contains("Article 4") && !first.contains("Article 3<"));
    assert!(first.contains("/career-advice/articles/page/2/"));
    assert!(built.page("articles/page/3/index.html").contains("Article 1"));
    assert!(!built.has("articles/page/4/index.html"));
}

#[test]
fn topics_and_tags_have_pages_of_their_own() {
    let built = many(3)
        .file("content/topics/pay.md", "---\ntitle: Pay and offers\ndescription: Money\n---\n\nAll about it.\n")
        .built();
    let topic = built.page("topics/pay/index.html");
    assert!(topic.contains("Pay and offers") && topic.contains("All about it.") && topic.contains("Article 3"));
    assert!(built.page("topics/index.html").contains("/career-advice/topics/pay/"));
    assert!(built.page("tags/salary-talk/index.html").contains("Salary talk"));
}

#[test]
fn a_misspelt_topic_is_told_where_topics_have_pages() {
    let site = Site::new().file("content/topics/interviews.md", "---\ntitle: Interviews\n---\n").article(
        "a.md",
        "title: A\ntopics: [intervews]",
        "Words.",
    );
    let built = site.build();
    assert_eq!(built.codes(), ["unknown-topic"]);
    assert_eq!(built.diagnostics[0].hint.as_deref(), Some("did you mean `interviews`?"));
}

#[test]
fn the_a_to_z_has_articles_and_letters_by_initial() {
    let site = Site::new()
        .article("e.md", "title: Éclairs at work", "Words.")
        .article("n.md", "title: 10 questions", "Words.")
        .letter(
            "z.md",
            "title: Zero hours\nsubject: Zero hours",
            "Dear [name of person],\n\nHello.\n\nYours sincerely,\n\n[your name]",
        );
    let page = site.built().page("a-z/index.html");
    let (numbers, e, z) = (page.find("10 questions"), page.find("Éclairs"), page.find("Zero hours"));
    assert!(numbers < e && e < z, "{page}");
    assert!(page.contains(">E<") && page.contains(">Z<"));
}

#[test]
fn the_home_page_has_topics_and_what_is_new() {
    let home = many(3).built().page("index.html");
    assert!(home.contains("/career-advice/topics/pay/"));
    assert!(home.find("Article 3").expect("the newest") < home.find("Article 2").expect("the one before"));
}

#[test]
fn feeds_have_whole_texts_with_addresses_that_work_elsewhere() {
    let site = Site::new()
        .article("a.md", "title: A & B\ndate: 2026-03-05", "See [the other](b.md) and [below](#below).\n\n## Below")
        .article("b.md", "title: B\ndate: 2026-03-04", "Words.");
    let built = site.built();
    let feed = built.page("feed.xml");
    assert!(feed.contains("<title>A &amp; B</title>"));
    assert!(feed.contains("href=&quot;https://example.org/career-advice/articles/b/&quot;"), "{feed}");
    assert!(feed.contains("https://example.org/career-advice/articles/a/#below"), "{feed}");
    let json: serde_json::Value = serde_json::from_str(&built.page("feed.json")).expect("JSON");
    assert_eq!(json["items"][0]["title"], "A & B");
    assert_eq!(json["feed_url"], "https://example.org/career-advice/feed.json");
}

#[test]
fn the_sitemap_has_what_search_engines_may_list() {
    let site = Site::new().article("a.md", "title: A\ndate: 2026-03-05", "Words.").article(
        "b.md",
        "title: B\nno_index: true",
        "Words.",
    );
    let built = site.built();
    let sitemap = built.page("sitemap.xml");
    assert!(sitemap.contains("<loc>https://example.org/career-advice/articles/a/</loc>"));
    assert!(sitemap.contains("<lastmod>2026-03-05</lastmod>"));
    assert!(!sitemap.contains("/articles/b/"));
    assert!(built.page("articles/b/index.html").contains("name=\"robots\" content=\"noindex\""));
    assert!(built.page("robots.txt").contains("https://example.org/career-advice/sitemap.xml"));
}

#[test]
fn a_site_without_pages_still_builds() {
    let built = Site::new().built();
    for file in ["index.html", "404.html", "search/index.html", "a-z/index.html", "topics/index.html", "feed.xml"] {
        assert!(built.has(file), "{file}");
    }
}

#[test]
fn every_page_says_where_else_it_is_in_the_other_language() {
    let site = Site::new()
        .file(
            "letterpress.toml",
            "title = \"Advice\"\nbase_url = \"https://example.org/\"\n[languages.ur]\ntitle = \"مشورہ\"\n",
        )
        .article("a.md", "title: A", "Words.")
        .file("content/articles/a.ur.md", "---\ntitle: الف\ndescription: ب\n---\n\nمتن۔\n");
    let built = site.built();
    let urdu = built.page("ur/articles/a/index.html");
    assert!(urdu.contains("<html lang=\"ur\" dir=\"rtl\">"));
    assert!(urdu.contains("hreflang=\"en\" href=\"https://example.org/articles/a/\""));
    assert!(
        built.page("articles/a/index.html").contains("hreflang=\"ur\" href=\"https://example.org/ur/articles/a/\"")
    );
    assert!(built.page("ur/index.html").contains("مشورہ"));
    assert!(!built.page("a-z/index.html").contains("الف"), "each language has its own lists");
}

#[test]
fn the_header_carries_the_publishers_links() {
    let config = "title = \"Advice\"\n[[links]]\nlabel = \"Browse jobs\"\nurl = \"https://example.org/jobs\"\n";
    let home = Site::new().file("letterpress.toml", config).built().page("index.html");
    let header = between(&home, "<header", "</header>");
    assert!(header.contains("href=\"https://example.org/jobs\"") && header.contains("Browse jobs"));
}
