//! Stories about what stands between a finished folder and the web: hosts, shared links, browsers' own search.

use crate::support::{BuiltSite, Site, between};
use letterpress::collect::collect;
use letterpress::pipeline::{Memo, build};

const CONFIG: &str = "title = \"Advice\"\nbase_url = \"https://example.org/career-advice/\"\nsocial_cards = true\ncname = \"example.org\"\n";

#[test]
fn an_old_address_is_known_to_every_kind_of_host() {
    let built =
        Site::new().article("new.md", "title: New\naliases: [/articles/old (1)/, /plain.html]", "Words.").built();
    assert!(built.page("_redirects").contains("/career-advice/plain.html /career-advice/articles/new/ 301\n"));
    let nginx = built.page("_nginx.conf");
    assert!(
        nginx.contains(
            "location = \"/career-advice/articles/old (1)/\" {\n    absolute_redirect off;\n    return 301 \"/career-advice/articles/new/\";"
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
fn amazon_gets_no_more_rules_than_it_takes() {
    let aliases: Vec<String> = (0..60).map(|number| format!("/old/{number}/")).collect();
    let site = Site::new().article("new.md", &format!("title: New\naliases: [{}]", aliases.join(", ")), "Words.");
    let built = site.built();
    let rules: serde_json::Value = serde_json::from_str(&built.page("_s3-routing-rules.json")).expect("JSON");
    let rules = rules.as_array().expect("a list");
    assert_eq!(rules.len(), 50);
    for rule in rules {
        let keys =
            |value: &serde_json::Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(rule), ["Condition", "Redirect"]);
        assert_eq!(keys(&rule["Condition"]), ["KeyPrefixEquals"]);
        assert_eq!(keys(&rule["Redirect"]), ["HttpRedirectCode", "ReplaceKeyWith"]);
    }
    assert!(aliases.iter().all(|old| built.has(&format!("{}index.html", &old[1..]))));
}

#[test]
fn a_page_without_a_picture_has_a_card_and_a_title_in_another_script_the_common_one() {
    let site = Site::new().file("letterpress.toml", CONFIG);
    let built = site.article("pay.md", "title: Pay", "Words.").article("zh.md", "title: 求职信", "Words.").built();
    let page = built.page("articles/pay/index.html");
    let card = between(&page, "assets/cards/", "\"");
    let picture = built.output.get(card).expect("the card");
    assert_eq!(image::load_from_memory(&picture.read().expect("its bytes")).expect("a picture").width(), 1200);
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
    assert_eq!(manifest["start_url"], "/career-advice/");
    for icon in manifest["icons"].as_array().expect("icons") {
        let file = icon["src"].as_str().expect("an address").trim_start_matches("/career-advice/");
        let bytes = &built.output.get(file).unwrap_or_else(|| panic!("no {file}")).read().expect("its bytes");
        if icon["type"] == "image/png" {
            let picture = image::load_from_memory(bytes).expect("a picture");
            assert_eq!(icon["sizes"], format!("{}x{}", picture.width(), picture.height()), "{file}");
        }
    }
    let sizes: Vec<_> = manifest["icons"].as_array().expect("icons").iter().map(|icon| &icon["sizes"]).collect();
    assert!(["any", "192x192", "512x512"].iter().all(|size| sizes.contains(&&serde_json::json!(size))), "{sizes:?}");
}

#[test]
fn a_listing_names_its_own_feeds_beside_those_of_the_site() {
    let built = Site::new()
        .article("pay.md", "title: Pay\ndate: 2026-03-05\ntopics: [money]", "Words.")
        .file("content/topics/money.md", "---\ntitle: Money\n---\n")
        .built();
    for listing in ["articles", "topics/money"] {
        let page = built.page(&format!("{listing}/index.html"));
        let head = between(&page, "<head>", "</head>");
        for feed in ["feed.xml", "feed.json"] {
            assert!(head.contains(&format!("href=\"/career-advice/{feed}\"")), "{head}");
            assert!(head.contains(&format!("href=\"/career-advice/{listing}/{feed}\"")), "{head}");
            assert!(built.has(&format!("{listing}/{feed}")));
        }
    }
}

#[test]
fn a_card_follows_its_title_as_in_a_build_from_nothing() {
    let site = Site::new().file("letterpress.toml", CONFIG).article("pay.md", "title: Pay", "Words.");
    let mut memo = Memo::default();
    let mut warm = || {
        let (sources, diagnostics) = collect(site.options()).expect("a readable site");
        build(&sources, diagnostics, &mut memo).expect("a build").output
    };
    assert_eq!(warm(), site.build().output);
    for front in ["title: Notice\ndescription: A", "title: Pay\ndescription: A", "title: 求职信\ndescription: A"] {
        site.write("content/articles/pay.md", format!("---\n{front}\n---\n\nWords.\n"));
        assert_eq!(warm(), site.build().output, "{front}");
    }
    site.write("letterpress.toml", CONFIG.replace("cards = true", "cards = false"));
    let output = warm();
    assert_eq!(output, site.build().output);
    assert!(!output.iter().any(|(file, _)| file.starts_with("assets/cards/")));
}
