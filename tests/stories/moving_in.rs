//! Stories about content that was written for another generator.

use crate::support::{BuiltSite, Site, between, messages};

const CONFIG: &str = "title = \"Handbook\"\nbase_url = \"https://example.org/handbook/\"\nunknown_keys = \"warn\"\n";

fn site() -> Site {
    Site::new().file("letterpress.toml", CONFIG)
}

#[test]
fn a_page_whose_title_is_its_first_heading_is_called_so_and_says_it_once() {
    let built = site().file("content/guide/setup.md", "# Set up *your* desk\n\nWords about it.\n").build();
    assert!(!built.has_errors(), "{}", messages(&built));
    assert_eq!(built.codes(), ["missing-title"]);
    assert!(messages(&built).contains("title: Set up your desk"));
    let page = built.page("guide/setup/index.html");
    assert!(page.contains("<h1>Set up your desk</h1>"));
    assert_eq!(page.matches("Set up your desk</h").count(), 1, "the heading is not said again in the body");
}

#[test]
fn a_title_that_yaml_would_misread_is_suggested_in_quotation_marks() {
    let built = Site::new().file("content/articles/x.md", "# Pay: what \"gross\" means\n\nWords.\n").build();
    assert!(built.has_errors(), "without `unknown_keys` a page needs its title");
    assert!(messages(&built).contains("title: \"Pay: what “gross” means\""), "{}", messages(&built));
}

#[test]
fn a_slug_from_elsewhere_is_mended_and_told() {
    let page = "---\ntitle: Run\ndescription: How to run\nslug: run_it\nlayout: doc\n---\n\nWords.\n";
    let built = site().file("content/guide/run.md", page).build();
    assert_eq!(built.codes(), ["bad-slug", "unknown-key"]);
    assert!(!built.has_errors() && built.has("guide/run-it/index.html"));
}

#[test]
fn a_link_from_the_root_finds_a_folder_and_a_file() {
    let page = "---\ntitle: A\ndescription: About a\n---\n\n[Folder](/setup/), [file](/setup/first.md), [page](/setup/first.html#x), [other](/jobs)\n";
    let built = site()
        .file("content/guide/a.md", page)
        .file("content/setup/first.md", "---\ntitle: First\ndescription: What comes first\n---\n\n## X\n")
        .build();
    let page = built.page("guide/a/index.html");
    let body = between(&page, "class=\"prose\"", "</div>");
    assert!(body.contains("href=\"/handbook/setup/\"") && body.contains("href=\"/handbook/setup/first/\""), "{body}");
    assert!(body.contains("href=\"/handbook/setup/first/#x\""), "{body}");
    assert!(body.contains("href=\"/jobs\""), "what the site does not have may be the publisher's");
}

#[test]
fn a_site_without_articles_topics_and_letters_leads_to_its_sections_alone() {
    let built =
        site().file("content/guide/a.md", "---\ntitle: A\ndescription: x\ndate: 2026-01-02\n---\n\nWords.\n").build();
    for page in ["index.html", "search/index.html", "404.html"] {
        let page = built.page(page);
        assert!(page.contains("href=\"/handbook/guide/\""));
        for missing in ["/handbook/articles/", "/handbook/letters/", "/handbook/topics/"] {
            assert!(!page.contains(&format!("href=\"{missing}\"")), "{missing} is not there");
        }
    }
}

#[test]
fn a_heading_called_main_leaves_the_way_to_the_content_alone() {
    let built = Site::new().article("a.md", "title: A", "## Main\n\nWords.").built();
    let page = built.page("articles/a/index.html");
    assert_eq!(page.matches("id=\"main\"").count(), 1);
    let skip = between(&page, "class=\"skip\" href=\"#", "\">").rsplit('#').next().expect("an anchor").to_owned();
    assert_eq!(page.matches(&format!("id=\"{skip}\"")).count(), 1, "{skip}");
}

#[test]
fn a_column_without_a_head_is_not_announced_as_one() {
    let built = Site::new().article("a.md", "title: A", "|  | Pay |\n|--|--|\n| Now | 10 |").built();
    let page = built.page("articles/a/index.html");
    assert!(page.contains("<thead><tr><td></td><th scope=\"col\">Pay</th></tr></thead>"), "{page}");
}

#[test]
fn authors_and_tags_are_read_as_other_generators_write_them() {
    let page = "---\ntitle: A\ndescription: About a\nauthor: { name: Jane Doe, url: \"https://jane.example\" }\ntags: pay, leave\n\
                weight: [1]\n---\n\nWords.\n";
    let built = site().file("content/guide/a.md", page).build();
    assert_eq!(built.codes(), ["wrong-type"], "the weight alone can't be used");
    assert!(!built.has_errors());
    assert!(built.page("guide/a/index.html").contains("Jane Doe"));
    assert!(built.has("tags/pay/index.html") && built.has("tags/leave/index.html"));
    let strict = Site::new().file("content/guide/a.md", page).build();
    assert!(strict.has_errors(), "a site that writes for Letterpress is told");
}

#[test]
fn a_draft_that_is_not_said_to_be_one_in_so_many_words_is_never_published_by_guess() {
    let built = site().file("content/guide/a.md", "---\ntitle: A\ndescription: x\ndraft: yes\n---\n\nWords.\n").build();
    assert!(built.has_errors(), "{}", messages(&built));
}
