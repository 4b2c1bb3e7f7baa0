//! Stories about articles: what an editor writes and what a reader sees.

use crate::support::{BuiltSite, Site, between};

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"400\"></svg>";

#[test]
fn an_article_has_title_byline_and_body() {
    let front = "title: Say no & stay friends\ndate: 2026-03-05\nupdated: 2026-09-14\nauthor: Hina";
    let site = Site::new().article("say-no.md", front, "First words.\n\n## When *not* to\n\nMore words.");
    let page = site.built().page("articles/say-no/index.html");
    assert!(page.contains("<h1>Say no &amp; stay friends</h1>"), "{page}");
    assert!(page.contains("14 September 2026") && page.contains("5 March 2026") && page.contains("Hina"));
    assert!(page.contains("<h2 id=\"when-not-to\">When <em>not</em> to"));
    assert!(page.contains("https://example.org/career-advice/articles/say-no/"), "the canonical address");
}

#[test]
fn toml_front_matter_says_the_same_as_yaml() {
    let toml = "+++\ntitle = \"A\"\ndescription = \"B\"\ndate = 2026-03-05\ntopics = [\"interviews\"]\n+++\n\nWords.\n";
    let yaml = "---\ntitle: A\ndescription: B\ndate: 2026-03-05\ntopics: [interviews]\n---\n\nWords.\n";
    let with = |text: &str| Site::new().file("content/articles/a.md", text).built().page("articles/a/index.html");
    assert_eq!(with(toml), with(yaml));
}

#[test]
fn a_link_to_a_source_file_leads_to_its_page_under_the_base_path() {
    let site = Site::new()
        .article("a.md", "title: A", "See [the other](b/index.md#when) and [the letter](../letters/c.md).")
        .article("b/index.md", "title: B\nslug: bee", "## At once {#when}\n\nText.")
        .letter("c.md", "title: C\nsubject: C", "Dear [name of person],\n\nHello.\n\nYours sincerely,\n\n[your name]");
    let page = site.built().page("articles/a/index.html");
    assert!(page.contains("href=\"/career-advice/articles/bee/#when\""), "{page}");
    assert!(page.contains("href=\"/career-advice/letters/c/\""));
}

#[test]
fn links_and_pictures_in_html_lead_where_those_in_markdown_do() {
    let body = "<div>\n<a\n  href='b.md?from=a&amp;to=b#when' class=\"x\">b</a> <a href=b.md>again</a> <img src=\"days.svg\" alt=\"Three days\">\n</div>\n\n\
        See <a href=\"https://example.com/x?y=1&amp;z=2\">there</a>, [all](/career-advice/search/?q=cv#first), <a name=\"here\" href=\"#here\">this place</a>.";
    let site = Site::new()
        .article("a.md", "title: A", body)
        .article("b.md", "title: B", "## At once {#when}\n\nText.")
        .file("content/articles/days.svg", SVG);
    let page = site.built().page("articles/a/index.html");
    assert!(page.contains("href=\"/career-advice/articles/b/?from=a&amp;to=b#when\""), "{page}");
    assert!(page.contains("<a href=\"/career-advice/articles/b/\">again</a>"), "{page}");
    assert!(page.contains("<img src=\"/career-advice/articles/days.svg\" alt=\"Three days\">"), "{page}");
    assert!(page.contains("href=\"https://example.com/x?y=1&amp;z=2\""), "{page}");
    assert!(page.contains("href=\"/career-advice/search/?q=cv#first\""), "a link keeps its query: {page}");
    assert!(page.contains("href=\"#here\""), "{page}");
}

#[test]
fn an_image_alone_in_its_paragraph_is_a_figure_that_keeps_its_place() {
    let body = "Words.\n\n![Three days](days.svg \"Answer within a day.\")\n\nMore ![inline](days.svg) words.";
    let site = Site::new().article("a/index.md", "title: A", body).file("content/articles/a/days.svg", SVG);
    let built = site.built();
    let page = built.page("articles/a/index.html");
    let figure = between(&page, "<figure>", "</figure>");
    assert!(
        figure.contains("src=\"/career-advice/articles/a/days.svg\" width=\"720\" height=\"400\" alt=\"Three days\""),
        "{figure}"
    );
    assert!(figure.contains("<figcaption>Answer within a day.</figcaption>"));
    assert!(page.contains("More <img"));
    assert_eq!(built.page("articles/a/days.svg"), SVG);
}

#[test]
fn the_pictures_of_a_bundle_follow_its_slug() {
    let site = Site::new()
        .article("a/index.md", "title: A\nslug: other", "![Three days](days.svg)")
        .file("content/articles/a/days.svg", SVG);
    let built = site.built();
    assert!(built.has("articles/other/days.svg") && !built.has("articles/a/days.svg"));
}

#[test]
fn headings_have_stable_anchors_and_make_the_contents() {
    let body = "## One\n\n## One\n\n### Under one\n\n## Two {#zwei}\n\n## Three";
    let built = Site::new().article("a.md", "title: A", body).build();
    assert_eq!(built.codes(), ["empty-page", "duplicate-heading"]);
    let page = built.page("articles/a/index.html");
    for id in ["one", "one-1", "under-one", "zwei", "three"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
        assert!(page.contains(&format!("href=\"#{id}\"")), "{id}");
    }
}

#[test]
fn a_heading_that_repeats_the_title_is_left_out_and_others_move_down() {
    let body = "# A\n\nWords.\n\n# Another\n\n## Below";
    let page = Site::new().article("a.md", "title: A", body).build().page("articles/a/index.html");
    assert_eq!(page.matches("<h1").count(), 1);
    assert!(page.contains("<h2 id=\"another\">") && page.contains("<h3 id=\"below\">"));
}

#[test]
fn code_is_highlighted_by_classes_and_never_by_styles() {
    let page = Site::new()
        .article("a.md", "title: A", "```rust\nlet x = 1; // one\n```\n\n```\n<plain>\n```")
        .built()
        .page("articles/a/index.html");
    assert!(page.contains("<code class=\"language-rust\">") && page.contains("class=\"hl-"), "{page}");
    assert!(page.contains("&lt;plain&gt;"));
    assert!(!page.contains("style="));
}

#[test]
fn callouts_tasks_tables_definitions_and_footnotes_are_there() {
    let body = "> [!TIP]\n> Ring first.\n\n- [ ] Lay out clothes\n- [x] Print the CV\n\n| Day | Pay |\n|---|---:|\n| Mon | 5 |\n\n\
                Notice\n: The time between\n\nIt depends.[^1]\n\n[^1]: On your contract.";
    let page = Site::new().article("a.md", "title: A", body).built().page("articles/a/index.html");
    assert!(page.contains("class=\"callout callout-tip\" role=\"note\"><p class=\"callout-title\">Tip</p>"), "{page}");
    assert!(page.contains("<li class=\"task\"><label><input type=\"checkbox\"> Lay out clothes</label>"));
    assert!(page.contains("<input type=\"checkbox\" checked> Print the CV"));
    assert!(page.contains("<th scope=\"col\" class=\"align-right\">Pay</th>"));
    assert!(page.contains("<dt>Notice</dt>") && page.contains("<dd>The time between"));
    let notes = between(&page, "<section class=\"footnotes\"", "</section>");
    assert!(notes.contains("On your contract.") && notes.contains("href=\"#Note-reference-1\""), "{notes}");
}

#[test]
fn scripts_and_styles_of_raw_html_do_not_reach_the_reader() {
    let body = "<p style=\"color:red\" onclick=\"x()\">Hello</p>\n<script>alert(1)</script>\n\n<details><summary>More</summary>\n\n**Inner**\n\n</details>";
    let page = Site::new().article("a.md", "title: A", body).build().page("articles/a/index.html");
    let prose = between(&page, "<div class=\"prose\">", "<div class=\"article-end\">");
    assert!(prose.contains("<p>Hello</p>") && !prose.contains("alert") && !prose.contains("onclick"), "{prose}");
    assert!(prose.contains("<details><summary>More</summary>") && prose.contains("<strong>Inner</strong>"));
}

#[test]
fn a_javascript_link_is_refused() {
    let built = Site::new().article("a.md", "title: A", "[x](javascript:alert(1))").build();
    assert_eq!(built.codes(), ["unsafe-link"]);
    assert!(!built.page("articles/a/index.html").contains("javascript:"));
}

#[test]
fn drafts_scheduled_and_expired_pages_are_not_published() {
    let site = Site::new()
        .article("live.md", "title: Live\ndate: 2026-11-01", "Words.")
        .article("draft.md", "title: Draft\ndraft: true", "Words.")
        .article("later.md", "title: Later\ndate: 2026-11-02", "Words.")
        .article("gone.md", "title: Gone\ndate: 2026-01-01\nexpires: 2026-11-01", "Words.");
    let built = site.built();
    assert!(built.has("articles/live/index.html"));
    for hidden in ["draft", "later", "gone"] {
        assert!(!built.has(&format!("articles/{hidden}/index.html")), "{hidden}");
        assert!(!built.page("a-z/index.html").contains(&format!("/articles/{hidden}/")));
    }
    let tomorrow = site.on("2026-11-02");
    assert!(tomorrow.built().has("articles/later/index.html"));
    let preview = tomorrow.drafts().built();
    assert!(preview.has("articles/draft/index.html") && !preview.has("articles/gone/index.html"));
}

#[test]
fn neighbours_related_pages_and_breadcrumbs_lead_on() {
    let site = Site::new()
        .article("first.md", "title: First\ndate: 2026-03-03\ntopics: [pay]\ntags: [salary]", "Words.")
        .article("second.md", "title: Second\ndate: 2026-03-02\ntopics: [pay]\ntags: [salary]", "Words.")
        .article("third.md", "title: Third\ndate: 2026-03-01\ntopics: [leaving]\nrelated: [first.md]", "Words.");
    let built = site.built();
    let page = built.page("articles/second/index.html");
    assert!(page.contains("href=\"/career-advice/articles/first/\""), "the page before, which is also related");
    assert!(page.contains("href=\"/career-advice/articles/third/\""), "the page after");
    let crumbs = between(&page, "class=\"breadcrumbs\"", "</nav>");
    assert!(
        crumbs.contains("href=\"/career-advice/\"") && crumbs.contains("href=\"/career-advice/articles/\""),
        "{crumbs}"
    );
    assert!(built.page("articles/third/index.html").contains("/career-advice/articles/first/"), "chosen by hand");
}

#[test]
fn an_alias_sends_readers_on() {
    let site = Site::new().article("new.md", "title: New\naliases: [/old-page/, articles/older]", "Words.");
    let built = site.built();
    assert!(built.page("old-page/index.html").contains("url=/career-advice/articles/new/"));
    assert!(built.page("_redirects").contains("/career-advice/articles/older/ /career-advice/articles/new/ 301"));
}

#[test]
fn a_title_cannot_break_out_of_any_place_where_it_stands() {
    let title = r#"title: "</script><script>alert(1)</script>\" onmouseover=\"x() & ]]> <b>""#;
    let built = Site::new().article("a.md", title, "Words.").built();
    for (file, artifact) in built.output.iter().filter(|(file, _)| file.ends_with(".html") || file.ends_with(".xml")) {
        let bytes = artifact.read().expect("its bytes");
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("<script>alert"), "{file}");
        assert!(!text.contains("\" onmouseover=\""), "{file}");
    }
    let feed: serde_json::Value = serde_json::from_str(&built.page("feed.json")).unwrap_or_default();
    assert!(feed["title"].is_string(), "the feed is still JSON");
}

#[test]
fn foreign_keys_are_errors_or_warnings_as_the_site_says() {
    let strict = Site::new().article("a.md", "title: A\nlayout: post\ntilte: B", "Words.");
    assert_eq!(strict.build().codes(), ["unknown-key", "unknown-key"]);
    assert!(strict.build().has_errors());
    let moved_in = strict.file("letterpress.toml", "title = \"Advice\"\nunknown_keys = \"warn\"\n");
    assert!(!moved_in.build().has_errors());
    assert!(moved_in.build().has("articles/a/index.html"));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let unix = "---\ntitle: A\ndescription: B\n---\n\nOne\n\n## Two\n";
    let windows = format!("\u{feff}{}", unix.replace('\n', "\r\n"));
    let with = |text: &str| Site::new().file("content/articles/a.md", text).built().page("articles/a/index.html");
    assert_eq!(with(unix).replace("\r\n", "\n"), with(&windows).replace("\r\n", "\n"));
}

#[test]
fn other_folders_are_sections_and_their_files_pages() {
    let site = Site::new()
        .file("content/guides/pay/_index.md", "---\ntitle: About pay\n---\n")
        .file("content/guides/pay/gross.md", "---\ntitle: Gross\ndescription: C\n---\n\nWords.\n")
        .file("content/about.md", "---\ntitle: About us\ndescription: B\n---\n\nWords.\n");
    let built = site.built();
    assert!(built.page("guides/pay/index.html").contains("About pay"));
    assert!(built.page("guides/index.html").contains("/career-advice/guides/pay/gross/"), "also listed above");
    assert!(built.page("about/index.html").contains("<h1>About us</h1>"));
}

#[test]
fn an_index_beside_other_pages_is_the_page_of_their_section() {
    let site = Site::new()
        .file("content/guides/index.md", "---\ntitle: Our guides\n---\n\nWelcome.\n")
        .file("content/guides/a.md", "---\ntitle: A\ndescription: B\n---\n\nWords.\n");
    let page = site.built().page("guides/index.html");
    assert!(page.contains("Our guides") && page.contains("/career-advice/guides/a/"));
}

#[test]
fn a_character_that_html_forbids_is_replaced_however_it_is_written() {
    let built = Site::new().article("a.md", "title: A", "A bell \u{7}, a reference &#1; and &#x80;.").build();
    assert_eq!(built.codes(), ["control-character"]);
    let page = built.page("articles/a/index.html");
    assert!(page.contains("A bell \u{fffd}, a reference \u{fffd} and €."), "{page}");
}
