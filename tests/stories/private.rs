//! Stories about what must not reach readers: drafts of every notation, files that are no pages, and values that can't be what they say.

use crate::support::{BuiltSite, Site, messages};
use letterpress::collect::collect;
use letterpress::pipeline::{Memo, build};

const MODES: [&str; 3] = ["error", "warn", "ignore"];

fn site(mode: &str) -> Site {
    let config = format!("title = \"Advice\"\nbase_url = \"https://example.org/\"\nunknown_keys = \"{mode}\"\n");
    Site::new().file("letterpress.toml", config)
}

/// Whether a word is in any published file.
fn shows(site: &Site, word: &str) -> bool {
    let built = site.build();
    !built.has_errors()
        && built.output.iter().any(|(_, artifact)| {
            let bytes = artifact.read().expect("its bytes");
            bytes.windows(word.len()).any(|part| part == word.as_bytes())
        })
}

const SECRET: &str = "Zanzibarquux";

#[test]
fn a_draft_whose_front_matter_is_not_on_the_first_line_is_read_or_refused_and_never_published() {
    let keys = "title: Secret\ndescription: Not yet\ndraft: true\n";
    let heads = [
        "\n---\n",
        "\n\n\r\n---\n",
        " ---\n",
        "\t---\n",
        "\u{feff}\u{feff}---\n",
        "\u{a0}---\n",
        "\u{200b}---\n",
        "\u{2060}---\n",
        "---\u{200b}\n",
        "----\n",
        "--- yaml\n",
        "---yaml\n",
        "———\n",
        "—\n",
        "–––\n",
        ";;;\n",
        "===\n",
        "```yaml\n---\n",
        "```yaml\n",
        "<!-- a remark -->\n---\n",
        "#!/bin/sh\n---\n",
        "# Secret\n\n---\n",
        "For Anna.\n\n---\n",
        "---\n---\n",
        "<!--\n",
        ":",
        "",
    ];
    for mode in MODES {
        for head in heads {
            let end = if head.starts_with("<!--\n") { "-->" } else { "---" };
            let site = site(mode).file("content/articles/p.md", format!("{head}{keys}{end}\n\n{SECRET}\n"));
            assert!(!shows(&site, SECRET), "{mode} {head:?}");
            let built = site.build();
            assert!(built.has_errors() || !built.has("articles/p/index.html"), "{mode} {head:?}");
        }
    }
}

#[test]
fn a_draft_in_json_or_toml_that_is_not_on_the_first_line_is_not_published() {
    for mode in MODES {
        for text in [
            "{\n  \"title\": \"Secret\",\n  \"draft\": true\n}\n\nZanzibarquux\n",
            "{ \"title\": \"Secret\", \"published\": false }\n\nZanzibarquux\n",
            "\n+++\ntitle = \"Secret\"\ndescription = \"A\"\ndraft = true\n+++\n\nZanzibarquux\n",
            "+++ toml\ntitle = \"Secret\"\ndraft = true\n+++\n\nZanzibarquux\n",
            "---\rtitle: Secret\rdescription: A\rdraft: true\r---\r\rZanzibarquux\r",
            "---\r\r\ntitle: Secret\r\r\ndescription: A\r\r\ndraft: true\r\r\n---\r\r\n\r\r\nZanzibarquux\r\r\n",
        ] {
            assert!(!shows(&site(mode).file("content/articles/p.md", text), SECRET), "{mode} {text:?}");
        }
    }
}

#[test]
fn front_matter_below_words_is_an_error_that_says_where_it_belongs() {
    let built =
        site("warn").file("content/articles/p.md", "A remark.\n\n---\ntitle: A\ndraft: true\n---\n\nWords.\n").build();
    assert_eq!(built.codes(), ["misplaced-front-matter"], "{}", messages(&built));
    assert!(built.has_errors() && messages(&built).contains("p.md:3:1"), "{}", messages(&built));
}

#[test]
fn a_page_that_begins_with_a_thematic_break_or_a_heading_is_shown() {
    for text in [
        "---\n\nZanzibarquux\n",
        "---\n\nZanzibarquux\n\n---\n\nMore.\n",
        "# Ask\n\n---\n\nZanzibarquux\n",
        "# Ask\n---\nNote: Zanzibarquux\n",
    ] {
        let site = site("warn").file("content/articles/p.md", text);
        assert_eq!(site.build().codes(), ["missing-title"], "{text:?} {}", messages(&site.build()));
        assert!(shows(&site, SECRET), "{text:?}");
    }
}

#[test]
fn what_other_generators_say_is_not_public_is_kept_back_in_every_mode_and_the_message_says_so() {
    let keys = [
        "published: false",
        "published: no",
        "published: 0",
        "published: \"false\"",
        "Draft: true",
        "private: true",
        "unlisted: true",
        "hidden: true",
        "headless: true",
        "visibility: private",
        "status: draft",
        "status: private",
        "status: pending",
        "status: trash",
        "_build: { render: never }",
        "build: { list: never }",
        "eleventyExcludeFromCollections: true",
        "permalink: false",
        "expirydate: 2020-01-01",
        "expiryDate: 2020-01-01T00:00:00Z",
        "expires_at: 2020-01-01",
        "unpublishdate: 2020-01-01",
        "expiryDate: soon",
        "publishDate: 2099-01-01",
        "publishdate: 2099-01-01",
        "pubdate: 2099-01-01",
        "password: abc",
        "cascade: { draft: true }",
        "params: { draft: true }",
    ];
    for mode in MODES {
        for key in keys {
            let page = format!("---\ntitle: A\ndescription: B\n{key}\n---\n\n{SECRET}\n");
            let site = site(mode).file("content/articles/p.md", page);
            assert!(!shows(&site, SECRET), "{mode} {key}");
            let built = site.build();
            let expected = if mode == "error" { "unknown-key" } else { "withheld-page" };
            assert_eq!(built.codes(), [expected], "{mode} {key} {}", messages(&built));
            assert_eq!(built.has_errors(), mode == "error", "{mode} {key}");
            assert!(messages(&built).contains("back"), "{mode} {key} {}", messages(&built));
        }
    }
}

#[test]
fn a_value_of_our_own_keys_that_can_not_be_understood_keeps_the_page_back_whatever_the_rules_say() {
    for mode in MODES {
        for key in [
            "draft: maybe",
            "draft: [true]",
            "draft: yes",
            "expires: soon",
            "expires: [2020-01-01]",
            "date: someday",
            "title: [a",
        ] {
            let rules = "[check.rules]\nimpossible-date = \"off\"\nwrong-type = \"off\"\ninvalid-yaml = \"off\"\n";
            let config = format!("title = \"Advice\"\nunknown_keys = \"{mode}\"\n{rules}");
            let page = format!("---\ntitle: A\ndescription: B\n{key}\n---\n\n{SECRET}\n");
            let site = Site::new().file("letterpress.toml", config).file("content/articles/p.md", page);
            assert!(!shows(&site, SECRET), "{mode} {key}");
        }
    }
}

#[test]
fn folders_and_names_say_that_a_page_is_not_public() {
    let page = format!("---\ntitle: A\ndescription: B\n---\n\n{SECRET}\n");
    for mode in MODES {
        for path in [
            "_drafts/a.md",
            "articles/_drafts/a.md",
            "articles/drafts/a.md",
            "articles/_a.md",
            "articles/2099-01-01-a.md",
        ] {
            let site = site(mode).file(&format!("content/{path}"), &page);
            assert!(!shows(&site, SECRET), "{mode} {path}");
            assert_eq!(site.build().codes(), ["withheld-page"], "{mode} {path}");
        }
    }
    let built = site("error").file("content/articles/2020-01-01-a.md", &page).build();
    assert!(built.has("articles/2020-01-01-a/index.html"), "{}", messages(&built));
}

#[test]
fn drafts_that_are_asked_for_include_what_is_kept_back() {
    let page = format!("---\ntitle: A\ndescription: B\npublished: false\n---\n\n{SECRET}\n");
    assert!(shows(&site("warn").file("content/articles/p.md", page).drafts(), SECRET));
}

#[test]
fn files_that_are_nearly_pages_or_not_for_readers_are_reported_and_not_copied() {
    let page = "---\ntitle: Resign\ndraft: true\n---\n\nZanzibarquux\n";
    for name in [
        "resign.md.txt",
        "resign.mdx",
        "resign.mkd",
        "resign.mkdn",
        "resign.mdown",
        "resign.rst",
        "resign.adoc",
        "resign.org",
        "resign.txt",
        "resign.docx",
        "resign.psd",
        "resign.sql",
        "id_rsa",
        "server.pem",
        "server.key",
        "resign",
        "resign.md.bak",
        "resign.markdown~",
        "#resign.md#",
        "package.json",
        "resign.html",
    ] {
        let site = Site::new().article("a.md", "title: A", "Words.").file(&format!("content/articles/{name}"), page);
        let built = site.build();
        assert_eq!(built.codes(), ["unpublished-file"], "{name} {}", messages(&built));
        assert!(!built.has_errors() && !shows(&site, SECRET), "{name}");
        assert!(!built.has(&format!("articles/{name}")), "{name}");
    }
    let built = Site::new().article("a.md", "title: A", "Words.").file("content/node_modules/x/a.md", page).build();
    assert_eq!(built.codes(), ["unpublished-file"], "{}", messages(&built));
}

#[test]
fn what_an_editor_keeps_beside_a_page_is_no_news() {
    let site = Site::new().article("a.md", "title: A", "Words.");
    for name in ["a.md~", "a.md.bak", "#a.md#", ".a.md.swp", ".DS_Store", "Thumbs.db", "~$plan.docx"] {
        site.write(&format!("content/articles/{name}"), "x");
    }
    site.built();
}

#[test]
fn files_that_hosts_and_readers_need_are_published() {
    let mut site = Site::new().article("a.md", "title: A", "[Form](form.docx), [song](song.mp3)");
    for name in [
        "robots.txt",
        "humans.txt",
        "_redirects",
        "google12ab.html",
        "BingSiteAuth.xml",
        ".well-known/security.txt",
        "articles/song.mp3",
    ] {
        site = site.file(&format!("content/{name}"), "x");
    }
    let config = "title = \"Advice\"\nbase_url = \"https://example.org/\"\npublish_files = [\"docx\"]\n";
    let built = site.file("content/articles/form.docx", "x").file("letterpress.toml", config).build();
    assert!(!built.codes().contains(&"unpublished-file"), "{}", messages(&built));
    for name in [
        "humans.txt",
        "google12ab.html",
        "BingSiteAuth.xml",
        ".well-known/security.txt",
        "articles/song.mp3",
        "articles/form.docx",
    ] {
        assert!(built.has(name), "{name}");
    }
}

#[test]
fn a_link_to_a_file_that_is_not_published_is_an_error_that_says_why() {
    let site = Site::new().article("a.md", "title: A", "[Form](form.docx)").file("content/articles/form.docx", "x");
    let built = site.build();
    assert_eq!(built.codes(), ["broken-link", "unpublished-file"], "{}", messages(&built));
    assert!(messages(&built).contains("publish_files = [\"articles/form.docx\"]"), "{}", messages(&built));
}

#[test]
fn the_files_of_a_page_that_is_kept_back_are_kept_back_with_it() {
    let page = "---\ntitle: A\ndescription: B\ndraft: true\n---\n\n[Plan](plan.pdf)\n";
    let site =
        Site::new().file("content/articles/plan/index.md", page).file("content/articles/plan/plan.pdf", "Zanzibarquux");
    assert!(!shows(&site, SECRET));
    assert!(shows(&site.drafts(), SECRET));
}

#[test]
fn a_year_that_no_page_can_have_is_reported() {
    let with = |key: &str| Site::new().article("a.md", &format!("title: A\n{key}"), "Words.").build();
    for date in ["0000-01-01", "0000-00-00 00:00:00", "0026-03-05", "10000-01-01"] {
        assert_eq!(with(&format!("date: {date}")).codes(), ["impossible-date"], "{date}");
    }
    for key in ["date: 0001-01-01T00:00:00Z", "date: 1970-01-01T00:00:00Z", "expires: 0001-01-01"] {
        let built = with(key);
        assert_eq!(built.codes(), ["empty-date"], "{key}");
        assert!(
            built.has("articles/a/index.html") && !built.page("articles/a/index.html").contains("January"),
            "{key}"
        );
    }
    assert!(with("date: 2020-01-01\nexpires: 9999-12-31\nreview_by: 9999-12-31").codes().is_empty());
}

#[test]
fn text_of_windows_1252_is_shown_as_it_was_meant_and_reported() {
    let page = "---\ntitle: A\u{85}b\ndescription: About\n---\n\nIt\u{92}s \u{93}here\u{94} and Bo\u{0}dy.\n";
    let built = Site::new().file("content/articles/p.md", page).build();
    assert_eq!(built.codes(), ["control-character"; 5], "{}", messages(&built));
    let page = built.page("articles/p/index.html");
    assert!(page.contains("A…b") && page.contains("It’s “here”"), "{page}");
    let fixable = built.diagnostics.iter().filter(|one| one.replacement.is_some()).count();
    assert_eq!(fixable, 4);
}

#[test]
fn line_ends_of_old_macs_are_line_ends() {
    let built = Site::new()
        .file("content/articles/p.md", "---\rtitle: X\rdescription: About X.\r---\r\rBody.\r\r## Head\r\r[x](x.md)\r")
        .build();
    assert_eq!(built.codes(), ["broken-link"], "{}", messages(&built));
    assert!(messages(&built).contains("p.md:10:1"), "{}", messages(&built));
    assert!(built.page("articles/p/index.html").contains("<h2 id=\"head\""));
}

#[test]
fn a_number_out_of_its_range_is_an_error_at_its_place_that_gives_the_range() {
    for (setting, range) in [
        ("per_page = 0", "from 1 to 10000"),
        ("per_page = 1.5", "from 1 to 10000"),
        ("[check]\nstale_after_months = 9223372036854775807", "from 1 to 1200"),
        ("[check]\nstale_after_months = 240000", "from 1 to 1200"),
        ("[check]\nstale_after_months = -1", "from 1 to 1200"),
        ("[check]\nsentence_words = 99999999999999999999", "from 1 to 10000"),
        ("[check]\npage_kilobytes = 0", "from 1 to 1000000"),
        ("[check]\nexternal_timeout_seconds = 9000000000", "from 1 to 600"),
        ("[check]\nreading_grade = { articles = 1000 }", "from 1 to 100"),
    ] {
        let site = Site::new().article("a.md", "title: A\ndate: 2026-01-01", "Words.");
        let built = site.file("letterpress.toml", format!("title = \"A\"\n{setting}\n")).build();
        assert_eq!(built.codes(), ["wrong-type"], "{setting} {}", messages(&built));
        assert!(messages(&built).contains(range), "{setting} {}", messages(&built));
    }
    let built = Site::new().article("a.md", "title: A\nweight: 99999999999999999999", "Words.").build();
    assert_eq!(built.codes(), ["wrong-type"]);
}

#[test]
fn settings_that_can_not_be_read_are_one_error_with_a_hint_for_that_file() {
    for (setting, hint) in [
        ("per_page = twelve", "write `per_page = \"twelve\"`"),
        ("search_example = \"C:\\Users\"", "use single quotes: write `search_example = 'C:\\Users'`"),
        ("per_page: 12", "write `per_page = 12`"),
        ("per_page = = 12", "write one key a line"),
    ] {
        let site = Site::new().article("a.ur.md", "title: A\nlayout: post", "[x](x.md)");
        let built =
            site.file("letterpress.toml", format!("title = \"T\"\nunknown_keys = \"warn\"\n{setting}\n")).build();
        assert_eq!(built.codes(), ["invalid-toml"], "{setting} {}", messages(&built));
        let text = messages(&built);
        assert!(text.contains(hint) && !text.contains("front matter"), "{setting} {text}");
    }
    let built = Site::new().file("letterpress.toml", "title: T\nbase_url: https://example.org/\n").build();
    assert_eq!(built.codes(), ["invalid-toml"]);
    assert!(messages(&built).contains("this is YAML"), "{}", messages(&built));
}

#[test]
fn a_title_that_a_comment_cuts_off_is_reported_once() {
    let built = site("error").file("content/articles/p.md", "---\ntitle: Our #1 thing\n---\n\nBody.\n").build();
    assert_eq!(built.codes(), ["missing-description", "cut-off-text"], "{}", messages(&built));
}

#[test]
fn a_fault_of_a_slug_is_placed_at_the_slug() {
    let site =
        Site::new().article("a.md", "title: A\nslug: b", "Words.").article("b.md", "title: B\nslug: b", "Words.");
    let built = site.build();
    assert_eq!(built.codes(), ["address-collision"; 2]);
    assert!(messages(&built).contains("b.md:3:7"), "{}", messages(&built));
}

#[test]
fn a_day_that_has_passed_is_reported_also_on_a_page_that_was_changed_since() {
    let with = |words: &str| Site::new().article("a.md", "title: A\ndate: 2026-10-01", words).build();
    assert_eq!(with("Apply by 30 June 2024.").codes(), ["passed-date"]);
    assert_eq!(with("The law was in force. Apply by 30 June 2024.").codes(), ["passed-date"]);
    assert!(with("The old rule held until 30 June 2024.").codes().is_empty());
}

#[test]
fn what_is_kept_back_is_kept_back_in_a_preview_that_goes_on() {
    let page = |key: &str| format!("---\ntitle: A\ndescription: B\n{key}---\n\n{SECRET}\n");
    let site = site("ignore").file("content/articles/b.md", "---\ntitle: B\ndescription: C\n---\n\nWords.\n");
    let mut memo = Memo::default();
    let steps = [
        ("content/articles/p.md", page("")),
        ("content/articles/p.md", page("published: false\n")),
        ("content/articles/p.md", page("draft: true\npublished: false\n")),
        ("content/articles/p.md", page("published: true\n")),
        ("content/articles/p.md", page("expiryDate: soon\n")),
        ("content/articles/notes.txt", "Words.\n".to_owned()),
        ("content/articles/notes.txt", page("")),
        ("content/articles/p.md", format!("\n{}", page("draft: true\n"))),
        ("content/articles/notes.txt", "More words.\n".to_owned()),
        ("content/articles/p.md", format!("Words.\n\n{}", page("draft: true\n"))),
    ];
    for (path, text) in steps {
        site.write(path, &text);
        let (sources, diagnostics) = collect(site.options()).expect("a readable site");
        let warm = build(&sources, diagnostics, &mut memo).expect("a build");
        let cold = site.build();
        assert_eq!(warm.diagnostics, cold.diagnostics, "{text}");
        assert!(
            warm.output
                .iter()
                .map(|(file, one)| (file, one.read().expect("its bytes")))
                .eq(cold.output.iter().map(|(file, one)| (file, one.read().expect("its bytes"))))
        );
    }
}
