//! Links among a site's files: however they are made, turned, broken and removed, an edit is seen.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use super::storm::{Random, number_in};
use super::watching::{Preview, site, write};
use super::{FIRST, article};

/// A new link that takes the place of what was there, as deployments turn theirs.
fn turn(link: &Path, target: impl AsRef<Path>) {
    let fresh = link.with_extension("fresh.tmp");
    symlink(target, &fresh).unwrap();
    fs::rename(&fresh, link).unwrap();
}

#[test]
fn a_folder_with_two_names_is_followed_by_both() {
    let preview = Preview::start(&[]);
    symlink("articles", preview.path("content/also")).unwrap();
    preview.eventually("/advice/also/one/", "the second name", |page| page.status == 200);
    preview.save_in_place("content/articles/one.md", &article("First article", "Edited once."));
    for address in [FIRST, "/advice/also/one/"] {
        preview.eventually(address, "the edit", |page| page.text().contains("Edited once."));
    }
    preview.save("content/also/new.md", &article("New", "By the second name."));
    preview.eventually("/advice/articles/new/", "the new page", |page| page.status == 200);
    fs::remove_file(preview.path("content/also")).unwrap();
    preview.eventually("/advice/also/one/", "the second name to go", |page| page.status == 404);
    preview.save("content/articles/one.md", &article("First article", "Edited twice."));
    preview.eventually(FIRST, "an edit after that", |page| page.text().contains("Edited twice."));
    preview.is_as_built_from_nothing();
}

/// Once, no edit was seen any more after a link to a parent had been there for a second.
#[test]
fn a_loop_that_came_and_went_leaves_everything_watched() {
    for arguments in [&[][..], &["--poll"]] {
        let preview = Preview::start(arguments);
        symlink("..", preview.path("content/articles/loop")).unwrap();
        preview.says("leads back to a folder that holds it");
        fs::remove_file(preview.path("content/articles/loop")).unwrap();
        preview.says("all is mended");
        preview.save_in_place("content/articles/one.md", &article("First article", "After the loop."));
        preview.save("content/letters/deep/more.md", &article("More", "In a new folder."));
        preview.eventually(FIRST, "an edit", |page| page.text().contains("After the loop."));
        preview.eventually("/advice/letters/deep/more/", "a new folder", |page| page.status == 200);
        preview.is_as_built_from_nothing();
    }
}

#[test]
fn a_chain_of_links_is_followed_wherever_it_is_turned() {
    let elsewhere = tempfile::tempdir().unwrap();
    let place = |name: &str| elsewhere.path().join(name);
    for season in ["spring", "autumn"] {
        write(&place(season).join("guide.md"), article("Guide", &format!("For {season}.")));
    }
    let folder = site();
    symlink("spring", place("current")).unwrap();
    symlink(place("current"), folder.path().join("content/season")).unwrap();
    symlink(place("current/guide.md"), folder.path().join("content/linked.md")).unwrap();
    let preview = Preview::of(folder, &[]);
    let shows = |words: &str| {
        for address in ["/advice/season/guide/", "/advice/linked/"] {
            preview.eventually(address, words, |page| page.text().contains(words));
        }
    };
    shows("For spring.");
    turn(&place("current"), "autumn");
    shows("For autumn.");
    write(&place("autumn/guide.md"), article("Guide", "Edited in place."));
    shows("Edited in place.");
    fs::rename(place("autumn"), place("away")).unwrap();
    preview.says("error");
    write(&place("autumn/guide.md"), article("Guide", "In another folder of that name."));
    shows("In another folder of that name.");
    write(&place("autumn/guide.md"), article("Guide", "Edited there."));
    shows("Edited there.");
    preview.is_as_built_from_nothing();
}

#[test]
fn the_settings_the_theme_and_the_content_may_be_links() {
    let elsewhere = tempfile::tempdir().unwrap();
    let place = |name: &str| elsewhere.path().join(name);
    let folder = site();
    let config = fs::read_to_string(folder.path().join("letterpress.toml")).unwrap();
    fs::remove_file(folder.path().join("letterpress.toml")).unwrap();
    write(&place("settings.toml"), format!("{config}theme = \"mine\"\n"));
    symlink(place("settings.toml"), folder.path().join("letterpress.toml")).unwrap();
    write(&place("themes/mine/theme.toml"), "extends = \"default\"\n");
    write(&place("themes/mine/templates/404.html"), "Not here\n");
    symlink(place("themes"), folder.path().join("themes")).unwrap();
    fs::rename(folder.path().join("content"), place("before")).unwrap();
    symlink(place("before"), folder.path().join("content")).unwrap();
    write(&place("after/articles/one.md"), article("First article", "Another content."));
    let preview = Preview::of(folder, &[]);
    write(&place("settings.toml"), format!("{}theme = \"mine\"\n", config.replace("Advice", "Good advice")));
    preview.eventually("/advice/", "the new title", |page| page.text().contains("Good advice"));
    write(&place("themes/mine/templates/404.html"), "Not here any more\n");
    preview.eventually("/advice/none/", "the template", |page| page.text().contains("any more"));
    turn(&preview.path("content"), place("after"));
    preview.eventually(FIRST, "the other content", |page| page.text().contains("Another content."));
    write(&place("after/articles/one.md"), article("First article", "Edited there."));
    preview.eventually(FIRST, "an edit there", |page| page.text().contains("Edited there."));
    preview.is_as_built_from_nothing();
}

#[test]
fn a_folder_above_the_site_may_be_replaced() {
    let above = tempfile::tempdir().unwrap();
    let home = site();
    for name in ["here", "next"] {
        let copied = Command::new("cp").arg("-a").arg(home.path()).arg(above.path().join(name)).status();
        assert!(copied.unwrap().success());
    }
    write(&above.path().join("next/content/articles/one.md"), article("First article", "The next version."));
    let link = home.path().to_path_buf();
    fs::remove_dir_all(&link).unwrap();
    symlink(above.path().join("here"), &link).unwrap();
    let preview = Preview::of(home, &["--drafts"]);
    turn(&link, above.path().join("next"));
    preview.eventually(FIRST, "the next version", |page| page.text().contains("The next version."));
    fs::rename(above.path().join("next"), above.path().join("last")).unwrap();
    fs::rename(above.path().join("here"), above.path().join("next")).unwrap();
    preview.eventually(FIRST, "the first version", |page| page.text().contains("The first body."));
    write(&above.path().join("next/content/articles/one.md"), article("First article", "Edited there."));
    preview.eventually(FIRST, "an edit there", |page| page.text().contains("Edited there."));
    fs::remove_file(&link).unwrap();
}

#[test]
fn a_file_is_seen_by_whichever_of_its_names_it_is_written() {
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = site();
    let other = elsewhere.path().join("other.md");
    write(&folder.path().join("content/articles/two.md"), article("Second article", "No link."));
    fs::hard_link(folder.path().join("content/articles/one.md"), &other).unwrap();
    fs::hard_link(folder.path().join("content/articles/two.md"), folder.path().join("content/articles/again.md"))
        .unwrap();
    let preview = Preview::of(folder, &[]);
    write(&other, article("First article", "Written from elsewhere."));
    preview.eventually(FIRST, "the edit", |page| page.text().contains("Written from elsewhere."));
    preview.save_in_place("content/articles/again.md", &article("Second article", "Written by one name."));
    for address in ["/advice/articles/two/", "/advice/articles/again/"] {
        preview.eventually(address, "the edit", |page| page.text().contains("Written by one name."));
    }
    preview.is_as_built_from_nothing();
}

/// `LINK_STEPS=500 LINK_SEED=7 cargo test --release --test watch links` is a longer run.
#[test]
fn after_any_edit_of_links_the_preview_is_what_a_build_from_nothing_gives() {
    let elsewhere = tempfile::tempdir().unwrap();
    let mut edits =
        LinkEdits { random: Random(number_in("LINK_SEED").unwrap_or(1)), elsewhere: elsewhere.path().into() };
    (0..FOLDERS).for_each(|folder| edits.write_page(&edits.folder(folder)));
    let preview = Preview::start(&[]);
    let mut compared = 0;
    for step in 0..number_in("LINK_STEPS").unwrap_or(30) {
        let done = edits.edit(&preview);
        if preview.can_be_built() {
            println!("step {step}: {done}");
            preview.is_as_built_from_nothing();
            compared += 1;
        }
    }
    assert!(compared > 5, "{compared} states could be built");
}

/// Folders outside of the site, and names in it that lead there.
const FOLDERS: usize = 4;

struct LinkEdits {
    random: Random,
    elsewhere: PathBuf,
}

impl LinkEdits {
    fn folder(&self, number: usize) -> PathBuf {
        self.elsewhere.join(format!("folder-{number}"))
    }

    /// A page with a new text, saved in place.
    fn write_page(&mut self, folder: &Path) {
        let text = article(&format!("Page {}", self.random.below(9)), &format!("Take {}.", self.random.below(100_000)));
        if fs::create_dir_all(folder).is_ok() {
            // A link may lead nowhere by now.
            let _ = fs::write(folder.join("page.md"), text);
        }
    }

    fn edit(&mut self, preview: &Preview) -> String {
        let kind = self.random.below(13);
        let (one, other) = (self.random.below(FOLDERS), self.random.below(FOLDERS));
        let (here, there) = (self.folder(one), self.folder(other));
        let name = preview.path(&format!("content/name-{}", self.random.below(FOLDERS)));
        let file = name.with_extension("md");
        match kind {
            0 | 1 => replace(&name, || symlink(&there, &name)),
            2 => replace(&name, || symlink("articles", &name)),
            3 => replace(&file, || symlink(there.join("page.md"), &file)),
            4 => replace(&file, || fs::hard_link(there.join("page.md"), &file).or(Ok(()))),
            5 => remove(&name),
            6 if one != other => replace(&here, || symlink(&there, &here)),
            7 => replace(&here, || fs::create_dir(&here)),
            8 => drop(fs::rename(&here, self.elsewhere.join("away")).and_then(|()| fs::rename(&there, &here))),
            9 => drop(fs::rename(self.elsewhere.join("away"), &there)),
            10 => self.pass_a_loop(preview),
            11 => self.write_page(&there.join("inner")),
            _ => {}
        }
        self.write_page(if kind.is_multiple_of(2) { &here } else { &there });
        format!("edit {kind} of {one} and {other} by {}", name.display())
    }

    fn pass_a_loop(&mut self, preview: &Preview) {
        let link = preview.path("content/articles/loop");
        symlink("..", &link).unwrap();
        thread::sleep(Duration::from_millis(self.random.below(400) as u64));
        fs::remove_file(link).unwrap();
    }
}

fn remove(path: &Path) {
    let is_folder = path.symlink_metadata().is_ok_and(|found| found.is_dir());
    let _ = if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

fn replace(path: &Path, make: impl FnOnce() -> std::io::Result<()>) {
    remove(path);
    make().unwrap();
}
