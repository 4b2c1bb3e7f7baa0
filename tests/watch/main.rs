//! `letterpress watch` as an editor meets it: the real program, real files, a browser's requests.

mod disturbances;
mod endings;
#[cfg(unix)]
mod links;
mod storm;
mod watching;

use std::fs;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

use watching::{Preview, site, write};

const FIRST: &str = "/advice/articles/one/";

fn article(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndescription: About it\ndate: 2026-01-01\n---\n\n{body}\n")
}

#[test]
fn an_edit_is_seen_in_the_preview_and_in_the_output_folder() {
    let preview = Preview::start(&[]);
    assert!(preview.get(FIRST).text().contains("The first body."));
    preview.save_in_place("content/articles/one.md", &article("First article", "A second thought."));
    let page = preview.eventually(FIRST, "the edit", |page| page.text().contains("A second thought."));
    assert!(page.text().contains("/_letterpress/reload.js"));
    preview.is_as_built_from_nothing();
    let written = fs::read_to_string(preview.path("public/articles/one/index.html")).unwrap();
    assert!(!written.contains("_letterpress"), "the reload script was published");
    preview.says("content/articles/one.md: ");
}

#[test]
fn files_that_come_go_and_move_are_followed() {
    let preview = Preview::start(&[]);
    preview.save("content/articles/three.md", &article("Third article", "New here."));
    preview.eventually("/advice/articles/three/", "the new page", |page| page.status == 200);
    fs::rename(preview.path("content/articles/three.md"), preview.path("content/articles/third.md")).unwrap();
    preview.eventually("/advice/articles/third/", "the renamed page", |page| page.status == 200);
    assert_eq!(preview.get("/advice/articles/three/").status, 404);
    fs::remove_file(preview.path("content/articles/third.md")).unwrap();
    preview.eventually("/advice/articles/third/", "the page to go", |page| page.status == 404);
    preview.is_as_built_from_nothing();
}

#[test]
fn a_folder_is_followed_whether_it_is_made_moved_or_removed() {
    let preview = Preview::start(&[]);
    for number in 0..20 {
        preview.save(
            &format!("content/guides/part-{number}/index.md"),
            &article(&format!("Part {number}"), "In a folder."),
        );
    }
    preview.eventually("/advice/guides/part-19/", "the last page of the new folder", |page| page.status == 200);
    fs::rename(preview.path("content/guides"), preview.path("content/manuals")).unwrap();
    preview.eventually("/advice/manuals/part-7/", "the moved folder", |page| page.status == 200);
    preview.save("content/manuals/part-7/index.md", &article("Part 7", "Edited after the move."));
    preview.eventually("/advice/manuals/part-7/", "an edit in the moved folder", |page| {
        page.text().contains("after the move")
    });
    fs::remove_dir_all(preview.path("content/manuals")).unwrap();
    preview.eventually("/advice/manuals/part-7/", "the folder to go", |page| page.status == 404);
    preview.is_as_built_from_nothing();
}

#[test]
fn the_content_folder_may_be_removed_and_made_again() {
    let preview = Preview::start(&[]);
    fs::rename(preview.path("content"), preview.path("elsewhere")).unwrap();
    preview.eventually(FIRST, "the pages to go", |page| page.status == 404);
    fs::rename(preview.path("elsewhere"), preview.path("content")).unwrap();
    preview.eventually(FIRST, "the pages to come back", |page| page.status == 200);
    preview.save("content/articles/one.md", &article("First article", "Still watched."));
    preview.eventually(FIRST, "an edit in the folder that came back", |page| page.text().contains("Still watched."));
    preview.is_as_built_from_nothing();
}

/// What Vim does with `backup` set: the file moves away and a new one takes its name. Gives the time for which the name was free.
fn save_as_vim_does(preview: &Preview, path: &str, text: &str) -> Duration {
    let (file, backup) = (preview.path(path), preview.path(&format!("{path}~")));
    let start = Instant::now();
    fs::rename(&file, &backup).unwrap();
    write(&preview.path("content/articles/4913"), "");
    fs::remove_file(preview.path("content/articles/4913")).unwrap();
    write(&file, text);
    let free = start.elapsed();
    fs::remove_file(&backup).unwrap();
    free
}

#[test]
fn a_save_by_rename_never_shows_the_page_as_gone() {
    let preview = Preview::start(&[]);
    // A name that stays free for longer is a page that went. On a busy machine the saving itself may take so long; then it shows nothing.
    let is_quick = (0..100).any(|number| {
        let hash = preview.hash_of(FIRST);
        let mut events = preview.events(&format!("file=articles/one/index.html&hash={hash}"));
        events.next("proof");
        let body = format!("Saved by rename {number}.");
        let free = save_as_vim_does(&preview, "content/articles/one.md", &article("First article", &body));
        if free > Duration::from_millis(100) {
            preview.eventually(FIRST, "the slow save", |page| page.text().contains(&body));
            return false;
        }
        let (_, before) = events.next("page");
        assert!(!before.contains(&"gone".to_owned()), "the page was told to be gone: {before:?}");
        preview.eventually(FIRST, "the save", |page| page.text().contains(&body));
        true
    });
    assert!(is_quick, "the machine never saved within 100 ms");
}

#[test]
fn a_sites_own_files_win_as_in_a_build_from_nothing() {
    let preview = Preview::start(&[]);
    let own = ["robots.txt", "feed.xml", "_headers", "_redirects", "sitemap.xml", "articles/feed.json"];
    own.iter().for_each(|name| write(&preview.path(&format!("content/{name}")), "OWN\n"));
    let settings = fs::read_to_string(preview.path("letterpress.toml")).unwrap();
    let renamed = settings.replacen("title = \"", "title = \"Other ", 1);
    let edits = [
        ("content/articles/more.md", article("More", "Another page.").replace("---\n\n", "aliases: [/old/]\n---\n\n")),
        ("content/articles/one.md", article("Another title", "The first body.")),
        ("letterpress.toml", renamed),
        ("content/articles/last.md", article("Last", "The last page.")),
    ];
    for (file, text) in edits {
        preview.save(file, &text);
        preview.is_as_built_from_nothing();
        for name in own {
            assert_eq!(preview.get(&format!("/advice/{name}")).text(), "OWN\n", "{name} after {file}");
            assert_eq!(
                fs::read_to_string(preview.path(&format!("public/{name}"))).unwrap(),
                "OWN\n",
                "{name} after {file}"
            );
        }
    }
    fs::remove_file(preview.path("content/robots.txt")).unwrap();
    preview.eventually("/advice/robots.txt", "the program's own file", |page| page.text().contains("User-agent"));
    preview.is_as_built_from_nothing();
}

#[test]
fn a_base_path_with_percent_signs_is_found_as_browsers_ask_for_it() {
    let preview = Preview::start(&[]);
    let settings = fs::read_to_string(preview.path("letterpress.toml")).unwrap();
    preview.save("letterpress.toml", &settings.replace("/advice/", "/%D9%85%D8%B4%D9%88%D8%B1%DB%81/"));
    let address = "/%D9%85%D8%B4%D9%88%D8%B1%DB%81/articles/one/";
    let page = preview.eventually(address, "the page below the new path", |page| page.status == 200);
    assert!(page.text().contains(&format!("href=\"{address}\"")) || page.text().contains(address));
    assert_eq!(preview.get(FIRST).status, 404);
}

#[test]
fn leftovers_of_editors_build_nothing() {
    let preview = Preview::start(&[]);
    for name in [".one.md.swp", "one.md~", "#one.md#", ".#one.md", "4913"] {
        write(&preview.path(&format!("content/articles/{name}")), "not a page");
    }
    preview.save("content/articles/two.md", &article("Second article", "The one real edit."));
    preview.eventually("/advice/articles/two/", "the edit", |page| page.text().contains("The one real edit."));
    preview.says("content/articles/two.md: ");
    let printed = preview.printed();
    let mut builds = printed.lines().filter(|line| line.contains(" rendered in "));
    assert!(builds.next().is_some_and(|first| first.starts_with("Built")), "{printed}");
    assert!(builds.all(|build| build.starts_with("content/articles/two.md: ")), "{printed}");
}

#[test]
fn many_files_at_once_are_not_a_build_each() {
    let preview = Preview::start(&[]);
    for number in 0..600 {
        write(
            &preview.path(&format!("content/articles/many-{number:03}.md")),
            article(&format!("Article {number}"), "One of many."),
        );
    }
    preview.eventually("/advice/articles/many-599/", "the last of them", |page| page.status == 200);
    preview.is_as_built_from_nothing();
    // How often a busy machine pauses between two files can't be known; how long a burst lasts, `burst` tests without a clock.
    let builds = preview.printed().matches(" rendered in ").count();
    assert!(builds <= 60, "{builds} builds:\n{}", preview.printed());
}

#[test]
fn faults_are_told_and_the_last_good_pages_stay_up() {
    let preview = Preview::start(&[]);
    preview.is_as_built_from_nothing();
    let before = preview.published();
    let mut events = preview.events("file=articles/one/index.html");
    events.next("proof");
    preview.save("content/articles/one.md", "---\ntilte: First article\n---\n\nBroken.\n");
    let (faults, _) = events.next("faults");
    assert!(faults.contains("did you mean `title`?") && faults.contains("content/articles/one.md"), "{faults}");
    preview.says("the last good pages stay up");
    assert!(preview.get(FIRST).text().contains("The first body."));
    assert_eq!(preview.published(), before);
    preview.save("content/articles/one.md", &article("First article", "Mended."));
    let (faults, _) = events.next("faults");
    assert!(faults.contains("\"errors\":0"), "{faults}");
    preview.eventually(FIRST, "the mended page", |page| page.text().contains("Mended."));
    preview.says("all is mended");
}

#[test]
fn a_fault_in_the_configuration_is_not_forgotten_by_an_edit_elsewhere() {
    let preview = Preview::start(&[]);
    let config = fs::read_to_string(preview.path("letterpress.toml")).unwrap();
    preview.save("letterpress.toml", &format!("{config}tilte = \"x\"\n"));
    preview.says("did you mean `title`?");
    preview.save("content/articles/one.md", &article("First article", "Not shown yet."));
    preview.says("content/articles/one.md: ");
    assert!(preview.get(FIRST).text().contains("The first body."));
    preview.save("letterpress.toml", &config);
    preview.eventually(FIRST, "the edit", |page| page.text().contains("Not shown yet."));
}

#[test]
fn the_configuration_and_the_theme_are_watched() {
    let preview = Preview::start(&[]);
    let config = fs::read_to_string(preview.path("letterpress.toml")).unwrap();
    preview.save("letterpress.toml", &config.replace("title = \"Advice\"", "title = \"Good advice\""));
    preview.eventually("/advice/", "the new title", |page| page.text().contains("Good advice"));
    preview.save("themes/mine/theme.toml", "extends = \"default\"\n");
    preview.save("themes/mine/templates/404.html", "Nothing at {{ view.url }}, says my theme\n");
    preview.save("letterpress.toml", &format!("{config}theme = \"mine\"\n"));
    preview.eventually("/advice/nowhere/", "the theme", |page| page.text().contains("says my theme"));
    preview.save("themes/mine/templates/404.html", "Edited template\n");
    preview.eventually("/advice/nowhere/", "the edited template", |page| page.text().contains("Edited template"));
    preview.is_as_built_from_nothing();
}

#[test]
#[cfg(unix)]
fn a_link_to_a_file_elsewhere_is_followed() {
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = site();
    write(&elsewhere.path().join("shared.md"), article("Shared", "From elsewhere."));
    write(&elsewhere.path().join("guides/guide.md"), article("Guide", "In a linked folder."));
    std::os::unix::fs::symlink(elsewhere.path().join("shared.md"), folder.path().join("content/articles/shared.md"))
        .unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("guides"), folder.path().join("content/guides")).unwrap();
    let preview = Preview::of(folder, &[]);
    write(&elsewhere.path().join("shared.md"), article("Shared", "Edited elsewhere."));
    preview.eventually("/advice/articles/shared/", "the edit", |page| page.text().contains("Edited elsewhere."));
    write(&elsewhere.path().join("guides/guide.md"), article("Guide", "Edited there too."));
    preview.eventually("/advice/guides/guide/", "the edit", |page| page.text().contains("Edited there too."));
}

#[test]
fn polling_sees_the_same() {
    let preview = Preview::start(&["--poll"]);
    preview.save("content/articles/one.md", &article("First article", "Seen by polling."));
    preview.eventually(FIRST, "the edit", |page| page.text().contains("Seen by polling."));
    fs::rename(preview.path("content/articles"), preview.path("content/essays")).unwrap();
    preview.eventually("/advice/essays/one/", "the moved folder", |page| page.status == 200);
}

#[test]
fn with_drafts_nothing_is_written() {
    let folder = site();
    write(
        &folder.path().join("content/articles/draft.md"),
        article("Draft", "Not ready.").replace("date:", "draft: true\ndate:"),
    );
    let preview = Preview::of(folder, &["--drafts"]);
    assert!(preview.get("/advice/articles/draft/").text().contains("Not ready."));
    preview
        .save("content/articles/draft.md", &article("Draft", "Almost ready.").replace("date:", "draft: true\ndate:"));
    preview.eventually("/advice/articles/draft/", "the edit", |page| page.text().contains("Almost ready."));
    assert!(!preview.path("public").exists());
}

#[test]
fn a_taken_port_leads_to_the_next_free_one() {
    let first = Preview::start(&[]);
    let asked = first.port.to_string();
    let folder = site();
    let second = Preview::of(folder, &["--drafts", "--port", &asked]);
    assert_ne!(first.port, second.port);
    second.says(&format!("Port {asked} is taken"));
    assert_eq!(second.get(FIRST).status, 200);
}

#[test]
#[cfg(unix)]
fn an_interrupt_ends_it_cleanly() {
    let preview = Preview::start(&[]);
    let mut events = preview.events("");
    events.next("proof");
    assert_eq!(preview.interrupt().code(), Some(0));
}

#[test]
fn addresses_are_those_of_the_published_site() {
    let preview = Preview::start(&[]);
    let root = preview.get("/");
    assert_eq!((root.status, root.header("location")), (302, Some("/advice/")));
    let without_slash = preview.get("/advice/articles/one?x=1");
    assert_eq!((without_slash.status, without_slash.header("location")), (302, Some("/advice/articles/one/?x=1")));
    assert_eq!(preview.get("/articles/one/").status, 404);
    let missing = preview.get("/advice/articles/none/");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("reload.js"), "a page that is yet to be written should appear by itself");
    for (path, kind) in [
        (FIRST, "text/html; charset=utf-8"),
        ("/advice/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/advice/feed.json", "application/feed+json; charset=utf-8"),
        ("/advice/sitemap.xml", "application/xml; charset=utf-8"),
        ("/advice/letters/thanks/letter.txt", "text/plain; charset=utf-8"),
        ("/_letterpress/reload.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
        assert_eq!(answer.header("content-encoding"), None);
    }
}

#[test]
fn a_letter_can_be_previewed_in_spite_of_its_policy() {
    let preview = Preview::start(&[]);
    let letter = preview.get("/advice/letters/thanks/").text();
    assert!(letter.contains("reload.js") && !letter.contains("Content-Security-Policy"));
    preview.is_as_built_from_nothing();
    let written = fs::read_to_string(preview.path("public/letters/thanks/index.html")).unwrap();
    assert!(!written.contains("reload.js"));
}

#[test]
fn forged_hosts_and_paths_out_of_the_site_get_nothing() {
    let preview = Preview::start(&[]);
    let with_host = |host: &str| preview.request(&format!("GET {FIRST} HTTP/1.1\r\n{host}Connection: close\r\n\r\n"));
    for host in [
        "Host: evil.example\r\n",
        "Host: evil.example:4000\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: 192.0.2.1\r\n",
        "Host: \r\n",
    ] {
        assert_eq!(with_host(host).status, 403, "{host}");
    }
    assert_eq!(with_host(&format!("Host: localhost:{0}\r\nHost: localhost:{0}\r\n", preview.port)).status, 400);
    assert_eq!(with_host("Host: localhost\r\nHost: evil.example\r\n").status, 400);
    let with_target = |target: &str, host: &str| {
        preview.request(&format!("GET {target}{FIRST} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status
    };
    assert_eq!(with_target("http://evil.example", "localhost"), 403, "the target counts");
    assert_eq!(with_target("http://localhost", "evil.example"), 403, "and so does the header");
    assert_eq!(with_target("http://localhost", "localhost"), 200);
    assert_eq!(with_host(&format!("Host: localhost:{}\r\n", preview.port)).status, 200);
    for path in [
        "/advice/../letterpress.toml",
        "/advice/%2e%2e/letterpress.toml",
        "/advice/..%2f..%2fetc/passwd",
        "/advice/..\\letterpress.toml",
        "/advice//etc/passwd",
        "//etc/passwd",
        "/advice/%252e%252e/letterpress.toml",
        "/advice/%c0%ae%c0%ae/letterpress.toml",
        "/advice/.%2e/.%2E/letterpress.toml",
        "/advice/%5c..%5cletterpress.toml",
        "/advice/articles/%2fetc%2fpasswd",
        "/advice/C:/Windows/win.ini",
        "/advice/%EF%BC%8E%EF%BC%8E/letterpress.toml",
        "/advice/....//letterpress.toml",
        "/advice/public/../../letterpress.toml",
        "/advice/%00",
        "/advice/index.html%00.png",
        "/advice/%ff",
        "/_letterpress/../letterpress.toml",
        "/_letterpress/..%2fletterpress.toml",
        "/advice/.letterpress-manifest.json",
    ] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
    let posted = preview.request(&format!(
        "POST {FIRST} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    ));
    assert_eq!((posted.status, posted.header("allow")), (405, Some("GET, HEAD")));
}

#[test]
fn two_hundred_silent_connections_do_not_keep_the_editor_out() {
    let preview = Preview::start(&[]);
    let silent: Vec<_> = (0..200).map(|_| preview.connect()).collect();
    let unfinished: Vec<_> = (0..100).map(|_| preview.opened("GET / HTTP/1.1\r\nHost: loc")).collect();
    assert_eq!(preview.get(FIRST).status, 200);
    let more: Vec<_> = (0..100).map(|_| preview.connect()).collect();
    assert_eq!(preview.get(FIRST).status, 200);
    drop((silent, unfinished, more));
}

#[test]
fn clients_that_drip_or_never_read_do_not_keep_the_editor_out() {
    let preview = Preview::start(&[]);
    preview.save("content/articles/long.md", &article("Long", &"Words that fill the page. ".repeat(10_000)));
    preview.eventually("/advice/articles/long/", "the long page", |answer| answer.status == 200);
    let asked = "GET /advice/articles/long/ HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(40);
    let never_reading: Vec<_> = (0..40).map(|_| preview.opened(&asked)).collect();
    let chunked = format!("POST {FIRST} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    let without_end = format!("GET {FIRST} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n");
    let mut dripping: Vec<_> = ["GET / HTTP/1.1\r\nA: ", &chunked, &without_end]
        .iter()
        .flat_map(|start| (0..80).map(|_| preview.opened(start)))
        .collect();
    for _ in 0..5 {
        for client in &mut dripping {
            // The server may have ended what it has answered.
            let _ = client.write_all(b"1\r\na\r\n");
        }
        assert_eq!(preview.get(FIRST).status, 200);
    }
    drop((never_reading, dripping));
}

#[test]
fn a_request_that_is_too_large_ends_only_itself() {
    let preview = Preview::start(&[]);
    let long = preview.get_with(FIRST, &format!("Cookie: {}\r\n", "x".repeat(100_000)));
    assert!((400..500).contains(&long.status), "{}", long.status);
    let body = format!("POST {FIRST} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n");
    assert_eq!(preview.request(&body).status, 405, "answered without waiting for the body");
    assert_eq!(preview.get(FIRST).status, 200);
}

#[test]
fn who_asks_and_sends_no_more_is_answered() {
    let preview = Preview::start(&[]);
    let mut client = preview.opened(&format!("GET {FIRST} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    client.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = Vec::new();
    client.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
}

#[test]
fn parts_and_unchanged_files_can_be_asked_for() {
    let preview = Preview::start(&[]);
    let address = "/advice/letters/thanks/letter.txt";
    let whole = preview.get(address);
    let part = preview.get_with(address, "Range: bytes=2-5\r\n");
    assert_eq!((part.status, &part.body[..]), (206, &whole.body[2..=5]));
    assert_eq!(part.header("content-range"), Some(format!("bytes 2-5/{}", whole.body.len()).as_str()));
    let outside = preview.get_with(address, "Range: bytes=100000-\r\n");
    assert_eq!(
        (outside.status, outside.header("content-range")),
        (416, Some(format!("bytes */{}", whole.body.len()).as_str()))
    );
    let tag = whole.header("etag").unwrap().to_owned();
    assert_eq!(preview.get_with(address, &format!("If-None-Match: {tag}\r\n")).status, 304);
}

#[test]
fn a_page_that_an_edit_does_not_touch_hears_nothing_of_it() {
    let preview = Preview::start(&[]);
    let mut browsers: Vec<_> = (0..30)
        .map(|number| {
            let name = if number == 0 { "one" } else { "two" };
            let hash = preview.hash_of(&format!("/advice/articles/{name}/"));
            let mut events = preview.events(&format!("file=articles%2F{name}%2Findex.html&hash={hash}"));
            events.next("proof");
            events
        })
        .collect();
    preview.save(
        "content/articles/one.md",
        &article("First article", "Only the body changed.").replace("About it", "About one thing"),
    );
    for (number, events) in browsers.iter_mut().enumerate() {
        let (_, before) = events.next("proof");
        assert_eq!(before.contains(&"page".to_owned()), number == 0, "browser {number}: {before:?}");
    }
}

#[test]
fn a_page_that_went_says_where() {
    let preview = Preview::start(&[]);
    let mut events = preview.events("file=articles/one/index.html");
    events.next("proof");
    preview.save("content/articles/two.md", &article("Second article", "No link any more."));
    events.next("proof");
    preview.save(
        "content/articles/one.md",
        &article("First article", "The body.").replace("date:", "slug: primary\ndate:"),
    );
    let (gone, _) = events.next("gone");
    assert!(gone.contains("\"reason\":\"moved\"") && gone.contains("/advice/articles/primary/"), "{gone}");
}

#[test]
fn the_desk_lists_every_page_and_is_never_published() {
    let folder = site();
    write(
        &folder.path().join("content/articles/later.md"),
        article("Later", "Soon.").replace("2026-01-01", "2036-01-01"),
    );
    write(
        &folder.path().join("content/articles/old.md"),
        article("Old", "Stale.").replace("date:", "review_by: 2026-02-01\ndate:"),
    );
    let preview = Preview::of(folder, &[]);
    assert!(preview.get("/_letterpress/").text().contains("Editor’s desk"));
    let desk: serde_json::Value = serde_json::from_slice(&preview.get("/_letterpress/desk.json").body).unwrap();
    let state = |file: &str| {
        let pages = desk["pages"].as_array().unwrap();
        pages.iter().find(|page| page["file"] == file).map(|page| page["state"].as_str().unwrap().to_owned()).unwrap()
    };
    assert_eq!(state("content/articles/one.md"), "published");
    assert_eq!(state("content/articles/later.md"), "scheduled");
    assert_eq!(state("content/articles/old.md"), "review due");
    assert_eq!(desk["upcoming"][0]["day"], "2036-01-01");
    assert!(!preview.path("public/_letterpress").exists());
}

#[test]
fn followers_are_taken_to_the_page_being_edited() {
    let preview = Preview::start(&["--follow"]);
    let mut events = preview.events("file=index.html");
    events.next("proof");
    preview.save("content/articles/one.md", &article("First article", "Follow me."));
    let (follow, _) = events.next("follow");
    assert!(follow.contains("/advice/articles/one/"), "{follow}");
}
