//! Stories about files that no editor meant to write: each gives a right page or a clear message, and none stops the others.

use crate::support::{BuiltSite, Site, messages};

const HEAD: &str = "---\ntitle: A\ndescription: B\n---\n\n";

/// What becomes of one file beside a good one: the codes that are told of it. The good one is always there.
fn codes(name: &str, bytes: impl AsRef<[u8]>) -> Vec<&'static str> {
    let built = Site::new()
        .article("good.md", "title: Good", "Words.")
        .file(&format!("content/articles/{name}"), bytes)
        .build();
    assert!(built.has("articles/good/index.html"), "{name}: {}", messages(&built));
    for (file, _) in built.output.iter() {
        assert!(!file.split('/').any(|part| matches!(part, "" | "." | "..")), "{name}: {file}");
    }
    let mut codes = built.codes();
    codes.dedup();
    codes
}

#[test]
fn bytes_that_are_no_text_are_told() {
    assert_eq!(codes("a.md", [HEAD.as_bytes(), b"Caf\xe9\n"].concat()), ["not-utf8"]);
    assert!(codes("a.md", [b"\xff\xfe".as_slice(), b"-\0-\0-\0"].concat()).contains(&"not-utf8"), "UTF-16");
    assert!(codes("a.md", (0..=255).collect::<Vec<u8>>()).contains(&"not-utf8"));
}

#[test]
fn marks_of_other_systems_change_nothing() {
    let page = |text: String| {
        let built = Site::new().file("content/articles/a.md", text).build();
        assert!(built.codes().iter().all(|code| *code == "control-character"));
        built.page("articles/a/index.html")
    };
    let plain = page(format!("{HEAD}One\ntwo\n\nThree.\n"));
    assert_eq!(page(format!("\u{feff}{HEAD}One\ntwo\n\nThree.\n")), plain, "a byte order mark");
    assert_eq!(page(format!("{HEAD}One\ntwo\n\nThree.\n").replace('\n', "\r\n")), plain, "CRLF");
    assert!(page(format!("{HEAD}One\0two\n")).contains("One\u{fffd}two"), "NUL");
}

#[test]
fn an_empty_file_and_one_of_nothing_but_marks_are_told() {
    for text in
        ["", "\u{feff}", "\0\0\0", "---", "---\n---", "---\n---\n---\n", "+++\n+++\n", "\r\r\r", "---\n\0: \0\n---\n"]
    {
        assert!(!codes("a.md", text).is_empty(), "{text:?}");
    }
}

#[test]
fn deep_and_wide_text_is_bounded() {
    let cases: [(&str, String); 16] = [
        ("lists", (0..10_000).map(|depth| format!("{}- x\n", " ".repeat((depth * 2).min(400)))).collect()),
        ("a line of list markers", "- ".repeat(10_000) + "x"),
        ("quotes", "> ".repeat(10_000) + "x"),
        ("brackets", "[".repeat(1_000_000)),
        ("pairs of brackets", "[]".repeat(50_000)),
        ("stars", "*a ".repeat(50_000)),
        ("strong words in one another", "**a ".repeat(50_000) + &"b** ".repeat(50_000)),
        ("headings", "## Heading\n\n".repeat(100_000)),
        ("tags", "<div>".repeat(100_000)),
        ("tags among paragraphs", "<b>x\n\n".repeat(50_000)),
        ("quotes and a tag", "> ".repeat(10_000) + "<br>"),
        ("footnotes", (0..5_000).map(|number| format!("[^{number}]\n\n[^{number}]: x\n\n")).collect()),
        ("bare addresses in one line", "http://a.b ".repeat(50_000)),
        ("links that are never used", (0..20_000).map(|number| format!("[{number}]: x\n")).collect()),
        ("code", "`".repeat(500_000)),
        ("a table", "|a".repeat(5_000) + "|\n" + &"|-".repeat(5_000) + "|\n" + &"|x|\n".repeat(200)),
    ];
    for (name, body) in cases {
        let built = Site::new().file("content/articles/a.md", format!("{HEAD}{body}\n")).build();
        assert!(built.has("articles/a/index.html"), "{name}");
    }
}

/// So many of each kind in one page that to compare each with each would take hours.
#[test]
fn each_construct_by_the_ten_thousand_is_read_in_time() {
    let many = |of: fn(usize) -> String| (0..20_000).map(of).collect::<String>();
    let cases = [
        ("notes", many(|n| format!("[^{n}] ")) + "\n\n" + &many(|n| format!("[^{n}]: x\n\n"))),
        ("definitions", many(|n| format!("[w][r{n}] ")) + "\n\n" + &many(|n| format!("[r{n}]: gone-{n}.md\n"))),
        ("links by one definition", many(|_| "[w][r] ".to_owned()) + "\n\n[r]: gone.md\n"),
        ("links without a definition", many(|n| format!("[w][r{n}] ")) + "\n\n" + &many(|n| format!("[s{n}]: b\n"))),
        (
            "anchors that are nearly right",
            many(|n| format!("[w](#a-x{n}) ")) + "\n\n" + &many(|n| format!("## A {n}\n\n")),
        ),
        ("scripts", many(|_| "<script>x</script> ".to_owned())),
        ("brackets that close", many(|_| "](x.md) ".to_owned())),
        ("tags of another generator", many(|_| "{{ x }} {% ".to_owned())),
        ("passages in a language that is said", many(|_| "<span lang=\"ar\">أود أن أقدم</span> ".to_owned())),
        ("notes in brackets", many(|_| "[your name] TODO ".to_owned())),
        ("unknown tags", many(|n| format!("<x{n}> "))),
    ];
    for (name, body) in cases {
        let built = Site::new().file("content/articles/a.md", format!("{HEAD}{body}\n")).build();
        assert!(built.has("articles/a/index.html"), "{name}");
    }
}

#[test]
fn a_letter_of_ten_thousand_blanks_and_fields_is_read_in_time() {
    let fields: String = (0..10_000).map(|number| format!("  blank {number}: {{ hint: x }}\n")).collect();
    let blanks: String = (0..10_000).map(|number| format!("[blank {number}] [other {number}]\n")).collect();
    let built = Site::new().letter("l.md", &format!("title: L\nfields:\n{fields}"), &blanks).build();
    assert!(built.has("letters/l/index.html"), "{}", messages(&built));
}

#[test]
fn a_page_of_too_many_topics_is_told() {
    let topics = (0..5_000).map(|number| format!("t{number}")).collect::<Vec<_>>().join(", ");
    let built = Site::new().article("a.md", &format!("title: A\ntopics: [{topics}]"), "Words.").build();
    assert!(
        messages(&built).contains("`topics` takes at most 100 entries, and these are 5000"),
        "{}",
        messages(&built)
    );
}

#[test]
fn a_fault_made_twenty_thousand_times_in_one_line_is_told_in_time() {
    let body = "[a](gone.md) ".repeat(20_000);
    let built = Site::new().file("content/articles/a.md", format!("{HEAD}{body}\n")).build();
    assert!(built.codes().contains(&"broken-link"));
    assert!(messages(&built).contains("19000 more like this"), "the rest is counted");
}

#[test]
fn tags_too_deep_to_be_cleaned_are_told_and_shown() {
    let built = Site::new().file("content/articles/a.md", format!("{HEAD}{}\n", "<div>".repeat(600))).build();
    assert!(built.codes().contains(&"deep-html"), "{}", messages(&built));
    assert!(built.page("articles/a/index.html").contains("&lt;div&gt;&lt;div&gt;"));
    let quotes = format!("{HEAD}{}<br>\n", "> ".repeat(600));
    let built = Site::new().file("content/articles/a.md", quotes).build();
    assert!(built.page("articles/a/index.html").contains("&lt;br&gt;"), "the program's own tags count as well");
}

#[test]
fn a_file_of_a_hundred_megabytes_is_told_and_not_parsed() {
    let mut text = HEAD.as_bytes().to_vec();
    text.resize(100_000_000, b'a');
    assert_eq!(codes("a.md", text), ["unreadable-file"]);
}

#[test]
fn names_of_every_kind_become_addresses() {
    let names = [
        "with space.md",
        "with \"quotes\" and 'more'.md",
        "emoji 🧑‍🚒.md",
        "نوکری.md",
        "e\u{301}te\u{301}.md",
        "\u{202e}evil.md",
        "<script>alert(1)<\\script>.md",
        "a&b=c?d#e.md",
        "100%25.md",
        "-.md",
        "con.md",
        "aux.md",
        "a.b.c.md",
        "İıſ.md",
        "new\nline.md",
        "tab\tname.md",
        "back\\slash.md",
        "..md",
        "...md.md",
    ];
    let long = format!("{}.md", "ﷺ".repeat(80));
    for name in names.iter().copied().chain([long.as_str()]) {
        let site = Site::new()
            .article("good.md", "title: Good", "Words.")
            .file(&format!("content/articles/{name}"), format!("{HEAD}Words.\n"));
        let built = site.build();
        let pages: Vec<&str> =
            built.output.iter().map(|(file, _)| file).filter(|file| file.starts_with("articles/")).collect();
        assert!(built.has("articles/good/index.html"), "{name:?}: {}", messages(&built));
        assert!(pages.iter().all(|file| file.split('/').all(|part| part.len() <= 255)), "{pages:?}");
        let is_hidden = name.starts_with('.');
        assert!(
            is_hidden || pages.iter().filter(|file| file.ends_with("/index.html")).count() >= 3,
            "{name:?}: {pages:?} {}",
            messages(&built)
        );
        let target = tempfile::tempdir().expect("a folder");
        letterpress::publish::publish(&built.output, target.path(), &|_| {}).expect("a published site");
    }
}

#[test]
fn a_picture_of_any_name_is_shown_and_published() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 7 4\"/>";
    for name in ["with space.svg", "a\"b'c.svg", "تصویر.svg", "a&b.svg", "100%.svg", "a#b?c.svg", "new\nline.svg"]
    {
        let site = Site::new().file(&format!("content/articles/{name}"), svg).article(
            "a.md",
            "title: A",
            &format!(
                "![A drawing](<{}>)",
                name.replace('%', "%25").replace('#', "%23").replace('?', "%3F").replace('\n', "%0A")
            ),
        );
        let built = site.build();
        assert!(!built.has_errors(), "{name:?}: {}", messages(&built));
        assert!(built.has(&format!("articles/{name}")), "{name:?}");
        assert!(built.page("articles/a/index.html").contains("width=\"7\""), "{name:?}");
    }
}

#[test]
fn two_names_that_differ_in_case_only_are_told() {
    let site = Site::new().article("Pay.md", "title: One", "Words.").article("pay.md", "title: Two", "Words.");
    if std::fs::read_dir(site.path("content/articles")).expect("a folder").count() == 2 {
        assert!(site.build().codes().contains(&"address-collision"));
    }
}

#[test]
fn a_folder_that_is_named_like_a_page_is_a_folder() {
    let built = Site::new().file("content/articles/x.md/inner.md", format!("{HEAD}Words.\n")).build();
    assert!(!built.has_errors(), "{}", messages(&built));
    assert!(built.output.iter().any(|(file, _)| file.ends_with("/inner/index.html")));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    fn good() -> Site {
        Site::new().article("good.md", "title: Good", "Words.")
    }

    fn assert_told(site: &Site, code: &str) {
        let built = site.build();
        assert!(built.codes().contains(&code), "{code}: {}", messages(&built));
        assert!(built.has("articles/good/index.html"));
    }

    #[test]
    fn links_that_lead_in_a_circle_are_told() {
        let site = good();
        symlink(site.path("content"), site.path("content/articles/back")).expect("a link");
        assert_told(&site, "folder-loop");
        let site = good();
        symlink("b.md", site.path("content/articles/a.md")).expect("a link");
        symlink("a.md", site.path("content/articles/b.md")).expect("a link");
        assert_told(&site, "unreadable-file");
    }

    #[test]
    fn a_link_that_leads_out_of_the_site_is_followed_and_one_that_leads_nowhere_is_told() {
        let elsewhere = tempfile::tempdir().expect("a folder");
        std::fs::write(elsewhere.path().join("shared.md"), format!("{HEAD}Shared words.\n")).expect("a file");
        let site = good();
        symlink(elsewhere.path(), site.path("content/articles/shared")).expect("a link");
        let built = site.build();
        assert!(built.page("articles/shared/shared/index.html").contains("Shared words."), "{}", messages(&built));
        let site = good();
        symlink(elsewhere.path().join("gone.md"), site.path("content/articles/gone.md")).expect("a link");
        assert_told(&site, "unreadable-file");
    }

    #[test]
    fn a_pipe_and_a_socket_are_told_and_nobody_waits_for_them() {
        let site = good();
        let made = Command::new("mkfifo").arg(site.path("content/articles/pipe.md")).status().expect("mkfifo");
        assert!(made.success());
        assert_told(&site, "unreadable-file");
        let site = good();
        let _socket = std::os::unix::net::UnixListener::bind(site.path("content/articles/s.md")).expect("a socket");
        assert_told(&site, "unreadable-file");
    }

    #[test]
    fn pipes_in_the_place_of_settings_words_and_what_was_published_are_not_waited_for() {
        let pipe = |path: std::path::PathBuf| {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
        };
        let run = |site: &Site| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_letterpress"));
            let output = command.args(["build", "--source"]).arg(site.folder()).output().expect("a run");
            String::from_utf8_lossy(&output.stderr).into_owned()
        };
        let site = good().file("letterpress.toml", "title = \"A\"\n[check]\nwords = \"words.txt\"\n");
        pipe(site.path("words.txt"));
        let told = run(&site);
        assert!(told.contains("words.txt: it is not a file"), "{told}");
        let site = good();
        pipe(site.path("public/.letterpress-manifest.json"));
        assert!(run(&site).contains(".letterpress-manifest.json: it is not a file"));
    }

    #[test]
    fn a_content_folder_that_is_none_is_told() {
        let site = Site::new().file("content", "not a folder");
        assert_eq!(site.build().codes(), ["unreadable-file"]);
    }

    #[test]
    fn folders_in_one_another_by_the_hundred_are_told() {
        let site = good().file(&format!("content/{}x.md", "d/".repeat(400)), format!("{HEAD}Words.\n"));
        assert_told(&site, "unreadable-file");
        let site = good().file(&format!("content/{}x.md", "d/".repeat(20)), format!("{HEAD}Words.\n"));
        assert!(!site.build().has_errors());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_link_to_the_systems_own_state_is_told_and_not_followed() {
        let site = good();
        symlink("/proc/self", site.path("content/articles/self")).expect("a link");
        symlink("/proc/kmsg", site.path("content/articles/log.md")).expect("a link");
        assert_told(&site, "unreadable-file");
    }

    #[test]
    fn a_file_larger_than_the_memory_is_told_and_not_read() {
        let site = good();
        for name in ["a.md", "b.png"] {
            let file = std::fs::File::create(site.path(&format!("content/articles/{name}"))).expect("a file");
            file.set_len(50_000_000_000).expect("a file with nothing in it");
        }
        let built = site.build();
        assert_eq!(built.codes(), ["unreadable-file"; 2], "{}", messages(&built));
        assert!(messages(&built).contains("it has 50000 MB"), "{}", messages(&built));
        let settings = std::fs::File::options().append(true).open(site.path("letterpress.toml")).expect("a file");
        settings.set_len(50_000_000_000).expect("a file with nothing in it");
        let options = letterpress::collect::Options { folder: site.folder().to_owned(), ..Default::default() };
        let error = letterpress::collect::collect(&options).expect_err("nothing to build");
        assert!(error.to_string().contains("letterpress.toml: it has 50000 MB"), "{error}");
    }

    #[test]
    fn a_name_that_is_not_text_is_told() {
        let site = good();
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        std::fs::write(site.path("content/articles").join(name), "x").expect("a file");
        assert_told(&site, "unreadable-name");
    }

    /// Nothing is unreadable to the system's administrator, so that one runs the program as somebody else.
    #[test]
    fn a_file_that_only_its_owner_may_read_is_told_with_its_name() {
        let site = good().file("content/articles/secret.md", format!("{HEAD}Words.\n"));
        std::fs::set_permissions(site.path("content/articles/secret.md"), std::fs::Permissions::from_mode(0o000))
            .expect("a mode");
        if std::fs::read(site.path("content/articles/secret.md")).is_err() {
            return assert_told(&site, "unreadable-file");
        }
        let open = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(site.folder(), open.clone()).expect("a mode");
        let program = site.path("letterpress");
        std::fs::copy(env!("CARGO_BIN_EXE_letterpress"), &program).expect("a copy");
        std::fs::set_permissions(&program, open).expect("a mode");
        let run = Command::new("setpriv")
            .args(["--reuid", "65534", "--clear-groups"])
            .arg(&program)
            .args(["check", "--source"])
            .arg(site.folder())
            .output();
        let text = String::from_utf8_lossy(&run.expect("setpriv, of util-linux").stderr).into_owned();
        assert!(text.contains("unreadable-file") && text.contains("content/articles/secret.md"), "{text}");
    }
}
