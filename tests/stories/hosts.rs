//! Stories about what stands between a finished folder and the web: hosts, shared links, browsers' own search.

use crate::support::{Look, Site, between};

const CONFIG: &str = "title = \"Advice\"\nbase_url = \"https://example.org/career-advice/\"\nsocial_cards = true\ncname = \"example.org\"\n";

#[test]
fn an_old_address_is_known_to_every_kind_of_host() {
    let built =
        Site::new().article("new.md", "title: New\naliases: [/articles/old (1)/, /plain.html]", "Words.").built();
    assert!(built.page("_redirects").contains("/career-advice/plain.html /career-advice/articles/new/ 301\n"));
    let nginx = built.page("_nginx.conf");
    assert!(
        nginx.contains(
            "location = \"/career-advice/articles/old (1)/\" {\n    return 301 /career-advice/articles/new/;"
        )
    );
    let apache = built.page(".htaccess");
    assert!(
        apache.contains("RedirectMatch 301 \"^/career-advice/plain\\.html$\" \"/career-advice/articles/new/\""),
        "{apache}"
    );
    let rules: serde_json::Value = serde_json::from_str(&built.page("_s3-routing-rules.json")).expect("JSON");
    assert_eq!(rules.as_array().map(Vec::len), Some(1), "S3 leads folders alone");
    assert_eq!(rules[0]["Redirect"]["ReplaceKeyWith"], "career-advice/articles/new/");
    assert!(built.page("articles/old (1)/index.html").contains("url=/career-advice/articles/new/"));
}

#[test]
fn a_page_without_a_picture_has_a_card_and_a_title_in_another_script_the_common_one() {
    let site = Site::new().file("letterpress.toml", CONFIG);
    let built = site.article("pay.md", "title: Pay", "Words.").article("zh.md", "title: 求职信", "Words.").built();
    let page = built.page("articles/pay/index.html");
    let card = between(&page, "assets/cards/", "\"");
    let picture = built.output.get(card).expect("the card");
    assert_eq!(image::load_from_memory(&picture.bytes).expect("a picture").width(), 1200);
    assert!(built.page("articles/zh/index.html").contains("/career-advice/assets/card."));
    assert_eq!(built.page("CNAME"), "example.org\n");
    assert!(built.has(".nojekyll"));
}

#[test]
fn browsers_find_the_search_and_the_manifest() {
    let built = Site::new().article("pay.md", "title: Pay", "Words.").built();
    let page = built.page("articles/pay/index.html");
    assert!(page.contains("rel=\"search\"") && page.contains("href=\"/career-advice/site.webmanifest\""));
    assert!(built.page("opensearch.xml").contains("https://example.org/career-advice/search/?q={searchTerms}"));
    let manifest: serde_json::Value = serde_json::from_str(&built.page("site.webmanifest")).expect("JSON");
    assert_eq!(manifest["scope"], "/career-advice/");
}
