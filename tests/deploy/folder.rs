//! Deployments to a folder.

use std::fs;
use std::process::Stdio;

use crate::support::{Site, file_of, files, killed, links, steps};

const TO_FOLDER: &str = "[deploy.live]\nto = \"folder\"\nfolder = \"live\"";

#[test]
fn a_first_deployment_sends_the_site_and_a_second_one_nothing() {
    let site = Site::new(TO_FOLDER);
    let first = site.deploy(&[], 0);
    assert!(first.contains("sent to") && first.contains("purge from caches"), "{first}");
    assert_eq!(files(&site.path("live")), site.built());
    let second = site.deploy(&["live"], 0);
    assert!(second.contains("Nothing changed in") && !second.contains("purge"), "{second}");
    assert!(!site.path("live/.letterpress-deploy-lock.json").exists());
}

#[test]
fn only_what_changed_is_sent_in_the_order_that_readers_need() {
    let site = Site::new(TO_FOLDER);
    site.deploy(&[], 0);
    site.article("overtime", "Read [about pay](pay.md).");
    site.article("pay", "Other words, and [overtime](overtime.md).");
    site.remove("content/articles/notice.md");
    let steps = steps(&site.deploy(&["--dry-run"], 0));
    let place = |action: &str, name: &str| {
        let wanted = (action.to_owned(), name.to_owned());
        steps.iter().position(|step| *step == wanted).unwrap_or_else(|| panic!("no {wanted:?} in {steps:#?}"))
    };
    let order = [
        place("add", "articles/overtime/index.html"),
        place("change", "articles/pay/index.html"),
        place("change", "index.html"),
        place("change", "search/index.json"),
        place("change", "sitemap.xml"),
        place("delete", "articles/notice/index.html"),
    ];
    assert!(order.is_sorted(), "{steps:#?}");
    assert!(
        steps.iter().all(|(_, name)| name != "articles/interview/index.html" || name.contains("interview")),
        "{steps:#?}"
    );
    assert!(
        steps.iter().filter(|(action, _)| action != "delete").all(|(_, name)| !name.ends_with("site.css")),
        "{steps:#?}"
    );
    let before = files(&site.path("live"));
    assert!(before.iter().any(|(name, _)| name == "articles/notice/index.html"), "a dry run changes nothing");
    let purge = site.deploy(&["--purge-list"], 0);
    for address in [
        "https://example.org/advice/\n",
        "https://example.org/advice/articles/notice/\n",
        "https://example.org/advice/articles/overtime/\n",
    ] {
        assert!(purge.contains(address), "{purge}");
    }
    assert!(!purge.contains("/search/words/"), "{purge}");
    assert_eq!(files(&site.path("live")), site.built());
    assert!(!site.path("live/articles/notice").exists());
}

#[test]
fn what_somebody_else_put_there_is_neither_replaced_nor_deleted() {
    let site = Site::new(TO_FOLDER);
    site.write("live/index.html", "somebody's page");
    site.write("live/ads.txt", "somebody's ads");
    let refused = site.deploy(&[], 2);
    assert!(refused.contains("did not put there: index.html.") && refused.contains("--take-over"), "{refused}");
    assert_eq!(fs::read_dir(site.path("live")).expect("a folder").count(), 2);
    let table = site.deploy(&["--dry-run"], 0);
    assert!(table.contains("in the way: index.html"), "{table}");
    site.deploy(&["--take-over"], 0);
    assert_eq!(fs::read_to_string(site.path("live/ads.txt")).expect("a file"), "somebody's ads");
    site.write("live/articles/pay/index.html", "somebody's correction, which is longer");
    site.remove("content/articles/pay.md");
    let kept = site.deploy(&[], 0);
    assert!(kept.contains("Left there, since somebody else changed them: articles/pay/index.html"), "{kept}");
    site.write("live/articles/notice/index.html", "a change by hand");
    let repaired = site.deploy(&[], 0);
    assert!(repaired.contains("Put right") && repaired.contains("articles/notice/index.html"), "{repaired}");
    assert_eq!(
        fs::read_to_string(site.path("live/articles/pay/index.html")).expect("a file"),
        "somebody's correction, which is longer"
    );
}

#[test]
fn another_time_of_a_file_is_no_change() {
    let site = Site::new(TO_FOLDER);
    site.deploy(&[], 0);
    for (name, _) in files(&site.path("live")) {
        let file = fs::File::options().append(true).open(site.path("live").join(name)).expect("a file");
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).expect("another time");
    }
    assert!(site.deploy(&[], 0).contains("Nothing changed"));
    site.remove("content/articles/notice.md");
    site.deploy(&[], 0);
    assert_eq!(files(&site.path("live")), site.built());
}

#[test]
fn another_sites_place_is_refused() {
    let site = Site::new(TO_FOLDER);
    site.deploy(&[], 0);
    let other = Site::new(&format!("[deploy.live]\nto = \"folder\"\nfolder = {:?}", site.path("live")));
    let toml =
        fs::read_to_string(other.path("letterpress.toml")).expect("settings").replace("example.org", "example.net");
    other.write("letterpress.toml", &toml);
    let refused = other.deploy(&[], 2);
    assert!(refused.contains("the site https://example.org/advice/ was deployed there"), "{refused}");
    assert_eq!(files(&site.path("live")), site.built());
}

#[test]
fn many_deletions_are_asked_for() {
    let site = Site::new(&format!("{TO_FOLDER}\nmax_deletes = 1"));
    site.deploy(&[], 0);
    site.remove("content/articles/notice.md");
    site.remove("content/articles/pay.md");
    let refused = site.deploy(&[], 2);
    assert!(refused.contains("`max_deletes` is 1") && refused.contains("--yes"), "{refused}");
    assert!(site.path("live/articles/pay/index.html").exists());
    site.deploy(&["--yes"], 0);
    assert_eq!(files(&site.path("live")), site.built());
}

#[test]
fn a_killed_deployment_leaves_whole_pages_and_the_next_one_goes_on() {
    let site = Site::new(&format!("{TO_FOLDER}\nconnections = 1"));
    for round in 0..6 {
        site.article("pay", &format!("Words of round {round}, and [news](news-{round}.md)."));
        site.article(&format!("news-{round}"), "News.");
        if round > 0 {
            site.remove(&format!("content/articles/news-{}.md", round - 1));
        }
        let before = files(&site.path("live")).len();
        let run = site.command(&["--verbose"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a run");
        let page = site.path("live/articles").join(format!("news-{round}/index.html"));
        killed(run, || page.exists() || (round == 0 && files(&site.path("live")).len() > before + 5));
        for (name, page) in files(&site.path("live")).iter().filter(|(name, _)| name.ends_with("index.html")) {
            let page = String::from_utf8_lossy(page);
            assert!(page.contains("</html>"), "{name} is whole");
            let assets = links(&page).into_iter().filter(|link| link.starts_with("assets/"));
            assets.for_each(|link| assert!(site.path("live").join(file_of(&link)).exists(), "{name} needs {link}"));
        }
        let resumed = site.deploy(&["--purge-list"], 0);
        assert!(
            resumed.contains(&format!("/articles/news-{round}/")),
            "what was sent before the kill is purged too: {resumed}"
        );
        assert_eq!(files(&site.path("live")), site.built(), "round {round}");
    }
}

#[test]
fn two_deployments_at_once_refuse_each_other() {
    let site = Site::new(TO_FOLDER);
    site.deploy(&[], 0);
    let expires = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(100);
    let lock = |expires: jiff::Timestamp| {
        format!(
            "{{\"holder\": \"h\", \"place\": \"elsewhere\", \"since\": \"2026-11-01T10:00:00Z\", \"expires\": \"{expires}\"}}"
        )
    };
    site.write("live/.letterpress-deploy-lock.json", &lock(expires));
    let refused = site.deploy(&[], 2);
    assert!(refused.contains("another deployment to") && refused.contains("since 10:00:00 UTC"), "{refused}");
    site.write("live/.letterpress-deploy-lock.json", &lock(expires - jiff::SignedDuration::from_secs(101)));
    site.deploy(&[], 0);
    assert!(!site.path("live/.letterpress-deploy-lock.json").exists());
}

#[test]
fn folders_in_which_work_could_be_lost_are_refused() {
    for (folder, reason) in [
        ("public/live", "built into"),
        ("content", "folder of content"),
        (".", "a site's own folder"),
        ("no/such/folder", "mount it"),
    ] {
        let site = Site::new(&format!("[deploy.live]\nto = \"folder\"\nfolder = \"{folder}\""));
        let refused = site.deploy(&[], 2);
        assert!(refused.contains(reason), "{folder}: {refused}");
    }
}

#[test]
fn what_can_not_be_deployed_is_said() {
    let site = Site::new("");
    assert!(site.deploy(&[], 2).contains("[deploy.live]"));
    let site = Site::new(&format!("{TO_FOLDER}\n[deploy.pages]\nto = \"git\""));
    assert!(site.deploy(&[], 2).contains("which of live, pages?"));
    assert!(
        site.deploy(&["lvie"], 2).contains("there is no `[deploy.lvie]` in letterpress.toml; there is live, pages.")
    );
    let unbuilt = site.deploy(&["live", "--no-build"], 2);
    assert!(unbuilt.contains("there is no folder") && unbuilt.contains("letterpress build"), "{unbuilt}");
    site.article("pay", "[nowhere](nowhere.md)");
    let wrong = site.deploy(&["live"], 1);
    assert!(wrong.contains("nowhere.md") && !site.path("live").exists(), "{wrong}");
    site.write("letterpress.toml", "title = \"A\"\n[deploy.live]\nto = \"ftp\"\n");
    let wrong = site.deploy(&[], 1);
    assert!(wrong.contains("`to` takes one of `folder`"), "{wrong}");
}

#[test]
fn no_build_sends_what_was_built_and_nothing_else() {
    let site = Site::new(TO_FOLDER);
    site.deploy(&[], 0);
    site.article("pay", "Other words.");
    site.write("public/notes.txt", "an editor's own");
    let same = site.deploy(&["--no-build"], 0);
    assert!(same.contains("Nothing changed") && !site.path("live/notes.txt").exists(), "{same}");
}

#[test]
fn copies_are_sent_where_a_server_looks_for_them() {
    let site = Site::new(&format!("{TO_FOLDER}\ncompress = \"copies\""));
    site.deploy(&[], 0);
    assert!(site.path("live/index.html.gz").exists() && site.path("live/index.html.br").exists());
    let toml =
        fs::read_to_string(site.path("letterpress.toml")).expect("settings").replace("compress = \"copies\"", "");
    site.write("letterpress.toml", &toml);
    site.deploy(&["--no-build", "--yes"], 0);
    assert!(!site.path("live/index.html.gz").exists() && site.path("live/index.html").exists());
}
