//! Stories about addresses: each belongs to one page or file, whoever else would like to have it.

use std::fs;
use std::process::{Command, Output};

use crate::support::{BuiltSite, Site, messages};
use letterpress::collect::collect;
use letterpress::pipeline::{Built, Memo, build};

/// A site with everything that has an address of its own.
fn whole() -> Site {
    let site = Site::new().file(
        "letterpress.toml",
        "title = \"Advice\"\nbase_url = \"https://guides.example/advice/\"\nper_page = 1\npublish_files = [\"articles/pay\"]\n[languages.ur]\ntitle = \"مشورہ\"\n",
    );
    site.article("pay.md", "title: Pay\ndate: 2026-01-01\ntopics: [money]\ntags: [cash]", "![A chart](chart.svg)")
        .article("leave.md", "title: Leave\ndate: 2026-01-02\ntopics: [money]", "Words.")
        .article("pay.ur.md", "title: تنخواہ\ndate: 2026-01-01", "الفاظ۔")
        .file("content/articles/chart.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>")
        .letter("raise.md", "title: Raise", "Dear [name],\n\nplease.")
}

/// The site with an article of these aliases.
fn with_aliases(aliases: &str) -> Site {
    whole().article("new.md", &format!("title: New\ndate: 2026-01-03\naliases: [{aliases}]"), "Words.")
}

/// The codes in messages about addresses.
fn told(built: &Built) -> Vec<&'static str> {
    let about =
        ["address-collision", "alias-collision", "alias-loop", "bad-alias", "reserved-address", "replaced-file"];
    built.codes().into_iter().filter(|code| about.contains(code)).collect()
}

/// Where a code is reported.
fn places(built: &Built, code: &str) -> Vec<String> {
    let found = built.diagnostics.iter().filter(|one| one.rule.code() == code);
    found.filter_map(|one| one.location.as_ref()).map(|location| location.file.to_string()).collect()
}

fn run(site: &Site, command: &str) -> (Option<i32>, String) {
    let mut run = Command::new(env!("CARGO_BIN_EXE_letterpress"));
    run.args([command, "--source"]).arg(site.folder()).env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1790000000");
    let Output { status, stderr, .. } = run.output().expect("a run");
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

/// The site of `whole()` with the new article, as it is without the fault.
fn sound() -> Built {
    whole().article("new.md", "title: New\ndate: 2026-01-03", "Words.").build()
}

#[test]
fn an_alias_takes_no_address_that_is_there() {
    let sound = sound();
    for (alias, code) in [
        ("/", "alias-collision"),
        ("/index.html", "alias-collision"),
        ("/articles/", "alias-collision"),
        ("/articles", "alias-collision"),
        ("/articles/page/2/", "alias-collision"),
        ("/topics/", "alias-collision"),
        ("/topics/money/", "alias-collision"),
        ("/tags/cash/", "alias-collision"),
        ("/a-z/", "alias-collision"),
        ("/search/", "alias-collision"),
        ("/search/index.html", "alias-collision"),
        ("/search/index.json", "reserved-address"),
        ("/search/words/x/", "reserved-address"),
        ("/404.html", "alias-collision"),
        ("/404.html/", "alias-collision"),
        ("/ur/", "alias-collision"),
        ("/ur/articles/pay/", "alias-collision"),
        ("/letters/raise/", "alias-collision"),
        ("/letters/raise/letter.pdf", "alias-collision"),
        ("/letters/raise/letter.pdf/", "alias-collision"),
        ("/letters/raise/old.docx", "bad-alias"),
        ("/articles/chart.svg", "alias-collision"),
        ("/articles/chart.svg/", "alias-collision"),
        ("/articles/pay/index.html", "alias-collision"),
        ("/articles/PAY/", "alias-collision"),
        ("/Articles/pay/index.html", "alias-collision"),
        ("/articles/pay/index.html/", "alias-collision"),
        ("/articles/new/", "alias-loop"),
        ("/articles/new/index.html", "alias-loop"),
        ("/articles/New/", "alias-loop"),
        ("/advice/articles/new/", "alias-loop"),
        ("/%61rticles/new/", "alias-loop"),
        ("https://guides.example/advice/articles/pay/", "alias-collision"),
        ("/feed.xml", "alias-collision"),
        ("/feed.xml/", "alias-collision"),
        ("/articles/feed.json/x/", "alias-collision"),
        ("/robots.txt/x/", "alias-collision"),
        ("/sitemap.xml/", "alias-collision"),
        ("/_headers", "alias-collision"),
        ("/_headers/x/", "alias-collision"),
        ("/_redirects/", "alias-collision"),
        ("/.htaccess", "bad-alias"),
        ("/.git/config", "bad-alias"),
        ("/.git/HEAD/", "bad-alias"),
        ("/.well-known/x/", "bad-alias"),
        ("/.letterpress-manifest.json/x/", "bad-alias"),
        ("/.letterpress-lock/", "bad-alias"),
        ("/.letterpress-first/x.html", "bad-alias"),
        ("/letterpress.toml/", "reserved-address"),
        ("/old/../x/", "bad-alias"),
        ("/old//x/", "bad-alias"),
        ("https://other.example/old/", "bad-alias"),
        ("/old/?p=1", "bad-alias"),
        ("/old/#part", "bad-alias"),
    ] {
        let built = with_aliases(&format!("{alias:?}")).build();
        assert!(built.has_errors(), "{alias}: {}", messages(&built));
        assert!(told(&built).iter().all(|one| *one == code), "{alias}: {}", messages(&built));
        assert!(places(&built, code).contains(&"content/articles/new.md".to_owned()), "{alias}");
        // Nothing of the site is replaced, and nothing is added.
        let files = |built: &Built| built.output.iter().map(|(file, _)| file.to_owned()).collect::<Vec<_>>();
        assert_eq!(files(&built), files(&sound), "{alias}");
        for file in ["index.html", "articles/new/index.html", "a-z/index.html", "_redirects", ".htaccess"] {
            assert_eq!(built.page(file), sound.page(file), "{alias}: {file}");
        }
    }
}

#[test]
fn an_alias_as_people_paste_it_leads_on() {
    for (alias, file) in [
        ("/articles/old/", "articles/old/index.html"),
        ("/advice/articles/old/", "articles/old/index.html"),
        ("https://guides.example/advice/old/", "old/index.html"),
        ("http://Guides.Example/advice/old", "old/index.html"),
        ("/%D9%86%D9%88%DA%A9%D8%B1%DB%8C/", "نوکری/index.html"),
        ("/a%20b/", "a b/index.html"),
    ] {
        let built = with_aliases(&format!("{alias:?}")).build();
        assert_eq!(told(&built), [""; 0], "{alias}: {}", messages(&built));
        assert!(built.page(file).contains("url=/advice/articles/new/"), "{alias}");
    }
}

#[test]
fn both_places_are_named_where_two_want_one_address() {
    let built = with_aliases("/articles/pay/").build();
    assert_eq!(places(&built, "alias-collision"), ["content/articles/new.md", "content/articles/pay.md"]);
    let built = with_aliases("/old/").article("other.md", "title: Other\naliases: [/old/index.html]", "Words.").build();
    assert_eq!(places(&built, "alias-collision"), ["content/articles/new.md", "content/articles/other.md"]);
    let built = with_aliases("/old/, /old/").build();
    assert_eq!(told(&built), ["alias-collision"; 2], "{}", messages(&built));
    let built = whole().article("pay/index.md", "title: Two", "Words.").build();
    assert_eq!(places(&built, "address-collision"), ["content/articles/pay.md", "content/articles/pay/index.md"]);
    let built = whole().file("content/articles/pay/index.html", "stray").build();
    assert_eq!(places(&built, "address-collision"), ["content/articles/pay.md", "content/articles/pay/index.html"]);
}

#[test]
fn a_stray_file_or_page_takes_no_address_that_is_there() {
    let sound = whole().build();
    for (file, address) in [
        ("content/index.html", "index.html"),
        ("content/404.html", "404.html"),
        ("content/articles/index.html", "articles/index.html"),
        ("content/articles/pay/index.html", "articles/pay/index.html"),
        ("content/articles/pay", "articles/pay/index.html"),
        ("content/articles/Pay/INDEX.html", "articles/pay/index.html"),
        ("content/topics/money/index.html", "topics/money/index.html"),
        ("content/a-z/index.html", "a-z/index.html"),
        ("content/search/index.html", "search/index.html"),
        ("content/ur/index.html", "ur/index.html"),
        ("content/letters/raise/letter.txt", "letters/raise/letter.txt"),
        ("content/feed.xml/x.txt", "feed.xml"),
    ] {
        let site = whole().file(file, "stray");
        let built = site.build();
        let is_told = ["address-collision", "reserved-address"]
            .iter()
            .any(|code| places(&built, code).contains(&file.to_owned()));
        assert!(is_told && built.has_errors(), "{file}: {}", messages(&built));
        assert_eq!(built.page(address), sound.page(address), "{file}");
        site.remove(file);
        assert!(!site.build().has_errors(), "{file}");
    }
    let page = "---\ntitle: Mine\ndescription: Mine\n---\n\nMine.\n";
    for (file, address) in [
        ("content/articles/page/2.md", "articles/page/2/index.html"),
        ("content/articles.md", "articles/index.html"),
        ("content/ur.md", "ur/index.html"),
        ("content/topics.md", "topics/index.html"),
        ("content/a-z.md", "a-z/index.html"),
        ("content/search.ur.md", "ur/search/index.html"),
        ("content/a-z/_index.md", "a-z/index.html"),
    ] {
        let built = whole().file(file, page).build();
        assert!(built.has_errors() && !told(&built).is_empty(), "{file}: {}", messages(&built));
        assert!(!built.page(address).contains("Mine."), "{file} replaced {address}");
    }
}

#[test]
fn two_folders_at_one_address_are_both_named() {
    let site =
        whole().article("../My Guides/a.md", "title: A", "Words.").article("../my-guides/b.md", "title: B", "Words.");
    let built = site.build();
    assert_eq!(
        places(&built, "address-collision"),
        ["content/My Guides/a.md", "content/my-guides/b.md"],
        "{}",
        messages(&built)
    );
}

#[test]
fn two_pages_of_one_topic_are_both_named() {
    let page = |title: &str| format!("---\ntitle: {title}\ndescription: About\n---\n");
    let site =
        whole().file("content/topics/money.md", page("Money")).file("content/topics/more/money.md", page("More"));
    let built = site.build();
    let expected = ["content/topics/money.md", "content/topics/more/money.md"];
    assert_eq!(places(&built, "address-collision"), expected, "{}", messages(&built));
}

#[test]
fn an_accent_of_its_own_or_not_is_one_name() {
    let site = whole().file("content/caf\u{e9}.txt", "one").file("content/cafe\u{301}.txt", "other");
    let built = site.build();
    assert_eq!(places(&built, "unreadable-name").len(), 1, "{}", messages(&built));
    let built = whole().file("content/Articles/chart.SVG", "stray").build();
    assert_eq!(places(&built, "address-collision").len(), 2, "{}", messages(&built));
}

#[test]
fn a_site_brings_its_own_robots_and_hears_what_another_file_takes_away() {
    let built = whole().file("content/robots.txt", "OWN").file("content/site.webmanifest", "OWN").build();
    assert_eq!(told(&built), [""; 0], "{}", messages(&built));
    assert_eq!(built.page("robots.txt"), "OWN");
    for (file, lost) in [
        ("_headers", "security headers"),
        ("_nginx.conf", "security headers"),
        ("feed.xml", "new pages"),
        ("articles/feed.json", "new pages"),
        ("sitemap.xml", "search engines"),
    ] {
        let built = whole().file(&format!("content/{file}"), "OWN").build();
        assert_eq!((told(&built), built.has_errors()), (vec!["replaced-file"], false), "{}", messages(&built));
        assert!(messages(&built).contains(lost), "{}", messages(&built));
        assert_eq!(built.page(file), "OWN");
    }
    assert_eq!(told(&whole().file("content/_redirects", "OWN").build()), [""; 0]);
    assert_eq!(told(&with_aliases("/old/").file("content/_redirects", "OWN").build()), ["replaced-file"]);
}

#[test]
fn own_files_stay_in_every_warm_build() {
    let site = with_aliases("/old/");
    let own = [
        "robots.txt",
        "_headers",
        "_redirects",
        "_nginx.conf",
        "feed.xml",
        "articles/feed.xml",
        "sitemap.xml",
        "opensearch.xml",
    ];
    own.iter().for_each(|name| site.write(&format!("content/{name}"), "OWN\n"));
    let mut memo = Memo::default();
    let config = |title: &str, path: &str| {
        format!(
            "title = \"{title}\"\nbase_url = \"https://guides.example/{path}/\"\nper_page = 1\n[languages.ur]\ntitle = \"مشورہ\"\n"
        )
    };
    let page = |words: &str| format!("---\ntitle: {words}\ndescription: About\ndate: 2026-02-01\n---\n\n{words}.\n");
    let edits: [(&str, String); 6] = [
        ("letterpress.toml", config("Advice", "advice")),
        ("content/articles/more.md", page("More")),
        ("content/articles/more.md", page("Most")),
        ("letterpress.toml", config("Other", "advice")),
        ("letterpress.toml", config("Other", "elsewhere")),
        ("content/robots.txt", "OWN\n\n".to_owned()),
    ];
    for (file, text) in edits {
        site.write(file, text);
        let (sources, found) = collect(site.options()).expect("a readable site");
        let warm = build(&sources, found, &mut memo).expect("a build");
        assert!(own.iter().all(|name| warm.page(name).trim() == "OWN"), "after {file}");
        assert!(warm.output == site.build().output, "after {file}");
    }
}

#[test]
fn a_faulty_address_stops_nothing_once_it_is_gone() {
    let article =
        |alias: &str| format!("---\ntitle: New\ndescription: About\ndate: 2026-01-03\n{alias}---\n\nWords.\n");
    let site = whole();
    site.write("content/articles/new.md", article(""));
    let (status, said) = run(&site, "build");
    assert_eq!(status, Some(0), "{said}");
    let listed = || {
        let walk = walkdir::WalkDir::new(site.path("public")).into_iter().flatten();
        let mut files: Vec<_> = walk.map(|entry| entry.into_path()).collect();
        files.sort();
        files
    };
    let before = listed();
    for alias in
        ["/old.html, /old.html/", "/index.html/", "/_headers/x/", "/.git/config/", "/letterpress.toml/", "/articles/"]
    {
        for is_first in [false, true] {
            if is_first {
                fs::remove_dir_all(site.path("public")).expect("a removed folder");
            }
            site.write("content/articles/new.md", article(&format!("aliases: [{alias}]\n")));
            for command in ["build", "check"] {
                let (status, said) = run(&site, command);
                assert_eq!(status, Some(1), "{command} {alias}: {said}");
            }
            site.write("content/articles/new.md", article(""));
            let (status, said) = run(&site, "build");
            assert_eq!(status, Some(0), "{alias}: {said}");
            assert_eq!(listed(), before, "{alias}");
        }
    }
}

#[test]
fn a_base_path_with_percent_signs_is_written_so_in_links_and_plainly_for_hosts() {
    let built = |base: &str| {
        let config = format!("title = \"Advice\"\nbase_url = \"{base}\"\n");
        let site = whole().file("letterpress.toml", config);
        site.article("new.md", "title: New\naliases: [/old/]", "See [pay](pay.md).").build()
    };
    let encoded = built("https://guides.example/%D9%85%D8%B4%D9%88%D8%B1%DB%81/");
    assert_eq!(encoded.output, built("https://guides.example/مشورہ/").output);
    let page = encoded.page("articles/new/index.html");
    assert!(page.contains("href=\"/%D9%85%D8%B4%D9%88%D8%B1%DB%81/articles/pay/\""), "{page}");
    assert!(
        page.contains("https://guides.example/%D9%85%D8%B4%D9%88%D8%B1%DB%81/articles/new/")
            && !page.contains("مشورہ/")
    );
    let nginx = encoded.page("_nginx.conf");
    assert!(nginx.contains("location \"/مشورہ/\" {") && nginx.contains("location = \"/مشورہ/old/\" {"), "{nginx}");
    assert!(nginx.contains("return 301 \"/%D9%85%D8%B4%D9%88%D8%B1%DB%81/articles/new/\";"), "{nginx}");
    assert!(encoded.page(".htaccess").contains("RedirectMatch 301 \"^/مشورہ/old/$\""));
    assert!(encoded.page("_s3-routing-rules.json").contains("\"مشورہ/old/\""));
    assert!(encoded.page("sitemap.xml").contains("https://guides.example/%D9%85"));
    let spaced = built("https://guides.example/my%20site.v2/");
    assert!(spaced.page("_nginx.conf").contains("location ~ \"^/my site\\.v2/("), "{}", spaced.page("_nginx.conf"));
    assert!(spaced.page("_headers").contains("/my%20site.v2/*"));
}

#[test]
fn a_base_url_that_no_host_can_serve_is_an_error() {
    for base in
        ["https://a.example/%ff/", "https://a.example/a%3Fb/", "//a.example/", "https://", "https://a.example/a b/"]
    {
        let built = Site::new().file("letterpress.toml", format!("title = \"A\"\nbase_url = \"{base}\"\n")).build();
        assert!(built.codes().contains(&"bad-base-url"), "{base}: {}", messages(&built));
    }
}
