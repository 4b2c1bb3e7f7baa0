//! A storm of random edits, as editors and their tools make them, on a watched site that readers look at all the while.
//!
//! Some seconds of it belong to the tests; `STORM_SECONDS=3600 STORM_SEED=7 cargo test --release --test watch storm` is a long one. The seed
//! gives the edits; what they meet is the machine's.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::watching::{Preview, site, write};
use super::{FIRST, article, save_as_vim_does};

/// Pages that are edited, beside those of the small site.
const PAGES: usize = 60;
/// So often the storm rests, and everything is compared with a build from nothing.
const CALMS: u32 = 2;

#[test]
fn after_a_storm_of_edits_the_preview_is_what_a_build_from_nothing_gives() {
    let seconds = number_in("STORM_SECONDS").unwrap_or(6);
    let seed = number_in("STORM_SEED").unwrap_or(1);
    let folder = site();
    let mut storm = Storm { random: Random(seed), edits: 0 };
    (0..PAGES).for_each(|page| write(&folder.path().join(path(page)), storm.text(page)));
    write(&folder.path().join("letterpress.toml"), config("Advice"));
    write(&folder.path().join("themes/mine/theme.toml"), "extends = \"default\"\n");
    write(&folder.path().join("themes/mine/templates/404.html"), "Not here\n");
    let preview = Preview::of(folder, &[]);
    for calm in 0..CALMS {
        let is_over = AtomicBool::new(false);
        let length = Duration::from_secs(seconds) / CALMS;
        thread::scope(|scope| {
            scope.spawn(|| read_meanwhile(&preview, seed + u64::from(calm), &is_over));
            let end = Instant::now() + length;
            while Instant::now() < end {
                storm.edit(&preview);
            }
            is_over.store(true, Ordering::Relaxed);
        });
        storm.mend(&preview);
        preview.is_as_built_from_nothing();
    }
    println!("{} edits in {seconds} s, seed {seed}", storm.edits);
}

pub fn number_in(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

fn path(page: usize) -> String {
    format!("content/part-{}/page-{page}.md", page % 4)
}

fn config(title: &str) -> String {
    format!(
        "title = \"{title}\"\ndescription = \"Plain advice\"\nbase_url = \"https://jobs.example/advice/\"\nlanguage = \"en\"\ntheme = \"mine\"\n"
    )
}

/// Asks for pages until it is over: each is there or not, and never half.
fn read_meanwhile(preview: &Preview, seed: u64, is_over: &AtomicBool) {
    let mut random = Random(seed);
    while !is_over.load(Ordering::Relaxed) {
        let page = random.below(PAGES);
        let address = format!("/advice/part-{}/page-{page}/", page % 4);
        let answer = preview.get(&address);
        match answer.status {
            200 => assert!(answer.text().trim_end().ends_with("</html>"), "{address} is half a page"),
            404 => {}
            status => panic!("{address} is answered with {status}"),
        }
        assert_eq!(preview.get(FIRST).status, 200, "a page that nobody edits is gone");
    }
}

struct Storm {
    random: Random,
    edits: usize,
}

impl Storm {
    /// One thing that an editor or a tool does.
    fn edit(&mut self, preview: &Preview) {
        self.edits += 1;
        let page = self.random.below(PAGES);
        let file = preview.path(&path(page));
        match self.random.below(14) {
            0..=2 => preview.save(&path(page), &self.text(page)),
            3..=4 => preview.save_in_place(&path(page), &self.text(page)),
            5 if file.exists() => drop(save_as_vim_does(preview, &path(page), &self.text(page))),
            6 => remove(&file),
            7 if file.exists() => fs::rename(&file, preview.path(&path(self.random.below(PAGES)))).unwrap(),
            8 => self.move_folder(preview),
            9 => (0..20).for_each(|page| preview.save_in_place(&path(page), &self.text(page))),
            10 => preview.save_in_place(&path(page), "---\ntilte: Broken\n---\n"),
            11 => preview.save("themes/mine/templates/404.html", &format!("Not here {}\n", self.edits)),
            12 => preview.save("letterpress.toml", &config(&format!("Advice {}", self.random.below(3)))),
            _ => preview.save_in_place("content/part-1/picture.txt", &format!("{}", self.edits)),
        }
        // From a tool that never pauses to a person who does.
        if self.random.below(3) == 0 {
            thread::sleep(Duration::from_millis(self.random.below(300) as u64));
        }
    }

    /// A folder is away for a moment; what lies there meanwhile goes when it comes back.
    fn move_folder(&mut self, preview: &Preview) {
        let folder = preview.path(&format!("content/part-{}", self.random.below(4)));
        let away = preview.path("content/moved");
        if !folder.exists() {
            return;
        }
        fs::rename(&folder, &away).unwrap();
        thread::sleep(Duration::from_millis(self.random.below(400) as u64));
        fs::rename(&away, &folder).unwrap();
    }

    /// Brings broken pages, and those with a name that isn't theirs, in order, so that there is a site to compare with.
    fn mend(&mut self, preview: &Preview) {
        for page in (0..PAGES).filter(|page| preview.path(&path(*page)).exists()) {
            let text = self.text(page);
            if self.random.below(4) > 0 {
                preview.save(&path(page), &text);
            } else {
                preview.save_in_place(&path(page), &text);
            }
        }
    }

    fn text(&mut self, page: usize) -> String {
        let sentences: Range<usize> = 0..1 + self.random.below(5);
        let body: Vec<String> = sentences.map(|_| format!("A word on {} things.", self.random.below(1000))).collect();
        article(&format!("Page {page}, take {}", self.random.below(5)), &body.join("\n\n"))
    }
}

fn remove(file: &Path) {
    if file.exists() {
        fs::remove_file(file).unwrap();
    }
}

/// SplitMix64: a few lines, the same everywhere (Steele, Lea, Flood: *Fast splittable pseudorandom number generators*, 2014).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}
