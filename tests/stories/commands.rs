//! Stories about the commands, run as an editor runs them.

use std::fs;

use assert_cmd::Command;

use crate::support::Site;

fn letterpress() -> Command {
    let mut command = Command::cargo_bin("letterpress").expect("the built command");
    command.env("NO_COLOR", "1");
    command
}

fn printed(command: &mut Command, status: i32) -> String {
    let output = command.output().expect("a run");
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{text}");
    text
}

fn article(site: Site) -> Site {
    site.article("a.md", "title: A", "Words.")
}

#[test]
fn build_writes_the_site_and_says_so_in_one_line() {
    let site = article(Site::new());
    let text = printed(letterpress().args(["build", "--source"]).arg(site.folder()), 0);
    assert!(text.starts_with("1 page and 0 letters in "), "{text}");
    assert!(site.path("public/articles/a/index.html").exists());
    let again = printed(letterpress().args(["build", "--source"]).arg(site.folder()), 0);
    assert!(again.contains("nothing changed"), "{again}");
}

/// Of more than forty files, in a program with assertions: in another one it would have to be twenty thousand.
fn large(site: Site) -> Site {
    let letter = "Dear [name],\n\nI resign.\n\nYours sincerely,\n[your name]";
    let body = |number: usize| {
        let next = (number + 1) % 50;
        format!("{}Read [the next](a{next}.md), نوکری.\n\n## What then\n\nWait for the answer.\n", "Words. ".repeat(40))
    };
    (0..50).fold(site.letter("resign.md", "title: Resign", letter), |site, number| {
        site.article(&format!("a{number}.md"), &format!("title: A{number}\ntags: [Pay]"), &body(number))
    })
}

#[test]
fn a_large_site_whose_texts_lie_on_the_disk_is_built_as_any_other() {
    let site = large(Site::new()).article("wrong.md", "title: Wrong", "Read [this](nowhere.md) and this this.");
    let told = printed(letterpress().args(["build", "--source"]).arg(site.folder()), 1);
    assert!(told.contains("wrong.md") && told.contains("nowhere.md"), "{told}");
    site.remove("content/articles/wrong.md");
    let built = site.build();
    for _ in 0..2 {
        printed(letterpress().args(["build", "--as-of", "2026-11-01", "--source"]).arg(site.folder()), 0);
        for (file, artifact) in built.output.iter() {
            assert!(
                fs::read(site.path("public").join(file)).unwrap() == *artifact.read().expect("its bytes"),
                "{file}"
            );
        }
        site.remove("public/articles/a7/index.html");
    }
    let kept = fs::read_dir(site.path(".letterpress")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(kept.into_iter().all(|name| name == ".gitignore" || name.len() == 64), "nothing else is left");
}

#[test]
fn a_build_of_what_is_published_already_tells_the_same_again_until_anything_differs() {
    let site = article(Site::new()).article("b.md", "title: B", "Read [this](a.md) and this this.");
    let build = |more: &[&str]| printed(letterpress().args(["build", "--source"]).arg(site.folder()).args(more), 0);
    let told = |text: &str| text.lines().filter(|line| !line.contains(" pages and ")).collect::<Vec<_>>().join("\n");
    let first = build(&[]);
    assert!(first.contains("vague-link") && first.contains("files written"), "{first}");
    let again = build(&[]);
    assert_eq!(told(&again), told(&first), "a warning stays one");
    assert!(again.contains("nothing changed"), "{again}");
    assert!(build(&["--timings"]).contains("compare with the last build"));
    printed(letterpress().args(["build", "--strict", "--source"]).arg(site.folder()), 1);

    let page = site.path("public/articles/a/index.html");
    let whole = fs::read_to_string(&page).expect("a page");
    for spoil in [|page: &std::path::Path| fs::write(page, "spoilt"), |page: &std::path::Path| fs::remove_file(page)] {
        spoil(&page).expect("a spoilt page");
        let mended = build(&[]);
        assert!(mended.contains("1 file written"), "{mended}");
        assert_eq!(fs::read_to_string(&page).expect("a page"), whole);
    }
    assert!(build(&["--base-url", "https://other.example/"]).contains("written"));
    assert!(build(&["--as-of", "2020-01-01"]).contains("written"));
    site.write("content/articles/a.md", "---\ntitle: A\ndescription: B\n---\n\nOther words.\n");
    assert!(build(&[]).contains("written"));
    let receipts = fs::read_dir(site.path(".letterpress"))
        .expect("a cache")
        .flatten()
        .filter(|entry| entry.file_name() != ".gitignore");
    receipts.for_each(|entry| fs::write(entry.path(), "damaged").expect("a damaged receipt"));
    let whole = build(&["--timings"]);
    assert!(whole.contains("render") && whole.contains("nothing changed"), "{whole}");
}

#[test]
fn timings_name_every_pass_in_order() {
    let site = article(Site::new());
    let text = printed(letterpress().args(["build", "--timings", "--source"]).arg(site.folder()), 0);
    let passes: Vec<&str> = text.lines().filter_map(|line| Some(line.split_once(" ms  ")?.1)).collect();
    let places = ["read", "parse", "site", "render", "check", "search index", "write", "all"]
        .map(|pass| passes.iter().position(|own| *own == pass));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{text}");
}

#[test]
fn errors_leave_the_published_site_as_it_was() {
    let site = article(Site::new());
    printed(letterpress().args(["build", "--source"]).arg(site.folder()), 0);
    let before = fs::read(site.path("public/articles/a/index.html")).expect("a page");
    site.write("content/articles/a.md", "---\ntitle: B\ndescription: B\ntilte: C\n---\n\nOther words.\n");
    let text = printed(letterpress().args(["build", "--source"]).arg(site.folder()), 1);
    assert!(text.contains("content/articles/a.md:4:1") && text.contains("did you mean `title`?"), "{text}");
    assert!(text.contains("Nothing was written"), "{text}");
    assert_eq!(fs::read(site.path("public/articles/a/index.html")).expect("a page"), before);
}

#[test]
fn a_removed_page_leaves_and_a_strangers_file_stays() {
    let site = article(Site::new()).article("b.md", "title: B", "Words.");
    site.write("public/keep.txt", "mine");
    printed(letterpress().args(["build", "--source"]).arg(site.folder()), 0);
    site.remove("content/articles/b.md");
    printed(letterpress().args(["build", "--source"]).arg(site.folder()), 0);
    assert!(!site.path("public/articles/b").exists());
    assert!(site.path("public/articles/a/index.html").exists());
    assert_eq!(fs::read_to_string(site.path("public/keep.txt")).expect("the stranger's file"), "mine");
}

#[test]
fn a_manifest_that_names_files_elsewhere_removes_nothing_there() {
    let site = article(Site::new());
    site.write("precious.txt", "mine");
    site.write(
        "public/.letterpress-manifest.json",
        "{\"../precious.txt\": \"\", \"/etc/hostname\": \"\", \"a/../../precious.txt\": \"\"}",
    );
    printed(letterpress().args(["build", "--source"]).arg(site.folder()), 0);
    assert!(site.path("precious.txt").exists());
}

#[test]
fn folders_in_which_work_could_be_lost_are_refused() {
    let site = article(Site::new());
    for output in ["content", "content/articles/out", "themes", "."] {
        let mut command = letterpress();
        command.args(["build", "--source"]).arg(site.folder()).arg("--output").arg(site.path(output));
        let text = printed(&mut command, 2);
        assert!(text.contains("can't be the output folder"), "{text}");
    }
    assert!(site.path("content/articles/a.md").exists());
}

#[test]
fn check_writes_nothing_and_its_status_tells() {
    let site = article(Site::new());
    let text = printed(letterpress().args(["check", "--source"]).arg(site.folder()), 0);
    assert!(text.starts_with("Nothing to mend."), "{text}");
    assert!(!site.path("public").exists());
    site.write("content/articles/b.md", "---\ntitle: B\n---\n\nWords.\n");
    printed(letterpress().args(["check", "--source"]).arg(site.folder()), 0);
    printed(letterpress().args(["check", "--strict", "--source"]).arg(site.folder()), 1);
}

#[test]
fn json_has_one_object_a_line() {
    let site = Site::new().file("content/articles/a.md", "---\ntitle: A\ndescription: B\nlayout: post\n---\n");
    let output =
        letterpress().args(["check", "--format", "json", "--source"]).arg(site.folder()).output().expect("a run");
    let text = String::from_utf8(output.stdout).expect("text");
    let line: serde_json::Value = serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
    assert_eq!(line["code"], "unknown-key");
    assert_eq!(
        (&line["file"], &line["line"], &line["column"]),
        (&"content/articles/a.md".into(), &4.into(), &1.into())
    );
    assert_eq!(line["severity"], "error");
}

#[test]
fn a_new_site_builds_without_a_warning_and_grows() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("my site");
    let text = printed(letterpress().arg("new").arg(&site), 0);
    assert!(text.contains("letterpress watch"), "{text}");
    let build = |status| printed(letterpress().current_dir(&site).arg("build").arg("--strict"), status);
    build(0);
    assert!(site.join("public/letters/thank-you/index.html").exists());
    printed(letterpress().current_dir(&site).args(["add", "article", "How to say \"no\": a guide"]), 0);
    assert!(site.join("content/articles/how-to-say-no-a-guide.md").exists());
    build(0);
    printed(letterpress().current_dir(&site).args(["add", "letter", "Ask for leave"]), 0);
    build(0);
    let text = printed(letterpress().current_dir(&site).args(["add", "letter", "Ask for leave"]), 2);
    assert!(text.contains("content/letters/ask-for-leave.md is there already; choose another title"), "{text}");
    printed(letterpress().arg("new").arg(&site), 2);
}

#[test]
fn what_new_prints_can_be_typed_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = |name: &str, at: &std::path::Path| printed(letterpress().args(["new", name]).current_dir(at), 0);

    let named = made("my advice", folder.path());
    assert!(named.contains("letterpress watch --source \"my advice\" --open"), "{named}");

    let inside = folder.path().join("inside");
    fs::create_dir(&inside).expect("a folder");
    let here = made(".", &inside);
    assert!(here.starts_with("made letterpress.toml\n"), "{here}");
    assert!(here.contains("    letterpress watch --open\n"), "{here}");

    let again = printed(letterpress().args(["new", "."]).current_dir(&inside), 2);
    assert!(again.contains("the folder . is not empty; name a new or an empty folder"), "{again}");
}

#[test]
fn a_long_title_makes_a_short_file_name_and_a_draft_is_named_as_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    printed(letterpress().arg("new").arg(&site), 0);
    let title = "What to say when the interviewer asks what you earn now and you would rather not tell ".repeat(5);
    let text = printed(letterpress().current_dir(&site).args(["add", "article", title.trim()]), 0);
    assert!(text.contains("watch --drafts"), "{text}");
    assert!(
        site.join("content/articles/what-to-say-when-the-interviewer-asks-what-you-earn-now-and.md").exists(),
        "{text}"
    );
    let text = printed(letterpress().current_dir(&site).arg("build"), 0);
    assert!(text.contains("Held back: 1 draft; --drafts includes them."), "{text}");
}

#[test]
fn the_nearest_site_upwards_is_the_one_that_is_meant() {
    let site = article(Site::new());
    printed(letterpress().current_dir(site.path("content/articles")).arg("build"), 0);
    assert!(site.path("public/index.html").exists());
    let nowhere = tempfile::tempdir().expect("a folder");
    let text = printed(letterpress().current_dir(nowhere.path()).arg("build"), 2);
    assert!(text.contains("letterpress new DIR"), "{text}");
}

#[test]
fn the_base_path_of_the_command_line_is_in_every_link() {
    let site = article(Site::new());
    let mut command = letterpress();
    command.args(["build", "--base-url", "https://other.example/tips", "--source"]).arg(site.folder());
    printed(&mut command, 0);
    let page = fs::read_to_string(site.path("public/articles/a/index.html")).expect("a page");
    assert!(page.contains("https://other.example/tips/articles/a/") && !page.contains("career-advice"));
}

#[test]
fn a_day_of_the_command_line_decides_what_is_live() {
    let site = Site::new().article("a.md", "title: A\ndate: 2030-01-01", "Words.");
    printed(letterpress().args(["build", "--as-of", "2029-12-31", "--source"]).arg(site.folder()), 0);
    assert!(!site.path("public/articles/a/index.html").exists());
    printed(letterpress().args(["build", "--as-of", "2030-01-01", "--source"]).arg(site.folder()), 0);
    assert!(site.path("public/articles/a/index.html").exists());
    printed(letterpress().args(["build", "--as-of", "1 January", "--source"]).arg(site.folder()), 2);
}

#[test]
fn completions_and_help_are_there() {
    assert!(printed(letterpress().args(["completions", "bash"]), 0).contains("letterpress"));
    assert!(printed(letterpress().arg("--help"), 0).contains("Exit status: 0 done"));
    printed(letterpress().arg("bulid"), 2);
}

#[test]
fn the_shipped_site_builds_without_a_warning() {
    let output = tempfile::tempdir().expect("a folder");
    let mut command = letterpress();
    command.args(["build", "--strict", "--source", env!("CARGO_MANIFEST_DIR"), "--output"]).arg(output.path());
    printed(&mut command, 0);
    let count = |section: &str| {
        let pages = fs::read_dir(output.path().join(section)).expect("a section").flatten();
        pages.filter(|entry| entry.path().join("index.html").exists()).count()
    };
    assert!(count("articles") >= 24 && count("letters") >= 24 && count("topics") >= 8);
}
