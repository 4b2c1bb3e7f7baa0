//! What happens to a site's files beyond single saves: checkouts, lost events, files that vanish, links, names that the configuration gives.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::watching::{Preview, site, write};
use super::{FIRST, article};

/// Files that a checkout touches. In a test's build, as many as take seconds and not minutes.
const CHECKED_OUT: usize = 800;

#[test]
fn a_checkout_of_another_branch_is_followed_to_its_end() {
    let folder = site();
    let git = |arguments: &[&str]| {
        let identity =
            ["-c", "user.name=An editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false"];
        let done =
            Command::new("git").arg("-C").arg(folder.path()).args(identity).args(arguments).output().expect("git");
        assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    write(&folder.path().join(".gitignore"), "public\n");
    git(&["init", "--quiet", "--initial-branch=before"]);
    many(folder.path(), "guides", "As it was.");
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message=before"]);
    git(&["checkout", "--quiet", "-b", "after"]);
    many(folder.path(), "guides", "As it will be.");
    fs::rename(folder.path().join("content/guides/part-3"), folder.path().join("content/guides/part-three")).unwrap();
    fs::remove_dir_all(folder.path().join("content/guides/part-4")).unwrap();
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message=after"]);
    git(&["checkout", "--quiet", "before"]);
    let folder_path = folder.path().to_path_buf();
    let preview = Preview::of(folder, &[]);
    let checked_out = Command::new("git").arg("-C").arg(folder_path).args(["checkout", "--quiet", "after"]).status();
    assert!(checked_out.unwrap().success());
    preview.eventually("/advice/guides/part-three/guide-3/", "the moved folder", |page| page.status == 200);
    preview.is_as_built_from_nothing();
    assert_eq!(preview.get("/advice/guides/part-4/guide-4/").status, 404);
}

fn many(site: &Path, section: &str, body: &str) {
    for number in 0..CHECKED_OUT {
        let file = format!("content/{section}/part-{}/guide-{number}.md", number % 10);
        write(&site.join(file), article(&format!("Guide {number}"), body));
    }
}

/// The system's queue overflows while the program sleeps, so what happens after that is told to nobody.
#[test]
#[cfg(target_os = "linux")]
fn changes_whose_events_are_lost_are_seen() {
    let limit = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events").unwrap();
    let limit: usize = limit.trim().parse().unwrap();
    let preview = Preview::start(&[]);
    preview.asleep(|| {
        // Each save is two events at least: the file is changed, and closed.
        for number in 0..limit {
            write(&preview.path(&format!("content/articles/{}.txt", number % 2)), "noise");
        }
        write(&preview.path("content/articles/one.md"), article("First article", "Told to nobody."));
        write(&preview.path("content/new/folder/page.md"), article("New", "Neither was this."));
        fs::remove_file(preview.path("content/letters/thanks.md")).unwrap();
    });
    preview.eventually(FIRST, "the lost edit", |page| page.text().contains("Told to nobody."));
    preview.eventually("/advice/new/folder/page/", "the new folder", |page| page.status == 200);
    preview.eventually("/advice/letters/thanks/", "the letter to go", |page| page.status == 404);
    preview.save("content/new/folder/page.md", &article("New", "Watched from now on."));
    preview.eventually("/advice/new/folder/page/", "an edit in the new folder", |page| {
        page.text().contains("Watched from now on.")
    });
    preview.is_as_built_from_nothing();
}

#[test]
fn files_that_vanish_while_they_are_read_leave_no_trace() {
    let preview = Preview::start(&[]);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0_usize.. {
                let folder = preview.path(&format!("content/passing-{}", number % 3));
                (0..5).for_each(|page| write(&folder.join(format!("{page}.md")), article("Passing", "Soon gone.")));
                fs::remove_dir_all(folder).unwrap();
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
            }
        });
        for number in 0..10 {
            let body = format!("Edit {number} amid the coming and going.");
            preview.save("content/articles/one.md", &article("First article", &body));
            preview.eventually(FIRST, "an edit", |page| page.text().contains(&body));
        }
        is_over.store(true, Ordering::Relaxed);
    });
    preview.save("content/articles/two.md", &article("Second article", "The last edit."));
    preview.eventually("/advice/articles/two/", "the last edit", |page| page.text().contains("The last edit."));
    preview.is_as_built_from_nothing();
    assert!(!preview.printed().contains("could not be read"), "{}", preview.printed());
}

#[test]
fn the_content_folder_may_be_deleted_and_written_anew() {
    let preview = Preview::start(&[]);
    for round in 0..3 {
        fs::remove_dir_all(preview.path("content")).unwrap();
        let body = format!("Written anew {round}.");
        preview.save("content/articles/one.md", &article("First article", &body));
        preview.save("content/deep/er/still/page.md", &article("Deep", &body));
        preview.eventually(FIRST, "the new content", |page| page.text().contains(&body));
        preview.eventually("/advice/deep/er/still/page/", "the deep page", |page| page.text().contains(&body));
    }
    preview.is_as_built_from_nothing();
}

#[test]
#[cfg(unix)]
fn a_link_that_is_made_turned_and_removed_is_followed() {
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().unwrap();
    for name in ["spring", "autumn"] {
        write(&elsewhere.path().join(name).join("guide.md"), article("Guide", &format!("For {name}.")));
    }
    let preview = Preview::start(&[]);
    let link = preview.path("content/season");
    symlink(elsewhere.path().join("spring"), &link).unwrap();
    preview.eventually("/advice/season/guide/", "the linked folder", |page| page.text().contains("For spring."));
    fs::remove_file(&link).unwrap();
    symlink(elsewhere.path().join("autumn"), &link).unwrap();
    preview.eventually("/advice/season/guide/", "the other folder", |page| page.text().contains("For autumn."));
    write(&elsewhere.path().join("autumn/guide.md"), article("Guide", "For late autumn."));
    preview.eventually("/advice/season/guide/", "an edit there", |page| page.text().contains("For late autumn."));
    preview.is_as_built_from_nothing();
    fs::remove_file(&link).unwrap();
    preview.eventually("/advice/season/guide/", "the linked folder to go", |page| page.status == 404);
    preview.is_as_built_from_nothing();
}

/// Once, the words outside of `content/` were read at the start only.
#[test]
fn the_sites_own_words_are_watched_wherever_they_lie() {
    for arguments in [&[][..], &["--poll"]] {
        let folder = site();
        let config = fs::read_to_string(folder.path().join("letterpress.toml")).unwrap();
        write(
            &folder.path().join("letterpress.toml"),
            format!("{config}[check]\nwords = \"lists/words.txt\"\ndictionaries = {{ en = \"lists/en\" }}\n"),
        );
        write(&folder.path().join("lists/en.aff"), "SET UTF-8\n");
        write(&folder.path().join("lists/en.dic"), "1\nword\n");
        write(&folder.path().join("lists/words.txt"), "nothing\n");
        write(&folder.path().join("content/articles/three.md"), article("Word", "The zyzzyva sleeps."));
        let preview = Preview::of(folder, arguments);
        let mut events = preview.events("");
        let (faults, _) = events.next("faults");
        assert!(faults.contains("'zyzzyva' is in no dictionary"), "{faults}");
        preview.save("lists/words.txt", "zyzzyva\n");
        let (faults, _) = events.next("faults");
        assert!(!faults.contains("'zyzzyva' is in no dictionary"), "{faults}");
        preview.says("lists/words.txt: ");
    }
}

/// Once, a browser that stayed open over a restart kept the old picture.
#[test]
fn a_picture_changed_while_nothing_was_watched_is_shown_after_the_restart() {
    let preview = Preview::start(&[]);
    preview.save("content/articles/note.txt", "one");
    preview.eventually("/advice/articles/note.txt", "the file", |file| file.status == 200);
    let known = media_of(&preview);
    let restarted = Preview::of(preview.stop(), &[]);
    let (_, before) = restarted.events(&format!("media={known}&revision=9")).next("proof");
    assert!(!before.contains(&"media".to_owned()), "{before:?}");
    let folder = restarted.stop();
    write(&folder.path().join("content/articles/note.txt"), "two");
    let restarted = Preview::of(folder, &[]);
    let (stale, _) = restarted.events(&format!("media={known}&revision=1")).next("media");
    assert_eq!(stale, "null");
    let mut events = restarted.events(&format!("media={}", media_of(&restarted)));
    events.next("proof");
    restarted.save("content/articles/note.txt", "three");
    let (stale, _) = events.next("media");
    assert_eq!(stale, "[\"/advice/articles/note.txt\"]");
}

fn media_of(preview: &Preview) -> String {
    let page = preview.get(FIRST).text();
    page.split_once("data-media=\"").unwrap().1.split('"').next().unwrap().to_owned()
}
