//! Random sites, and the edits that editors and theme authors make of them, from a seed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::theme;

/// Numbers that look random (xorshift, Marsaglia 2003).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }
}

const TOPICS: &[&str] = &["interviews", "cvs", "pay"];
const NAMES: &[&str] = &["one", "two", "three", "four", "five", "six"];
const WORDS: &[&str] = &["salary", "interview", "notice", "polite", "offer", "question", "evening", "manager"];
const DATES: &[&str] = &["2025-01-01", "2026-01-05", "2026-03-01", "2026-03-02", "2026-03-09"];

/// Files that a site brings itself, and some that it must not.
const OWN: &[&str] = &[
    "robots.txt",
    "_headers",
    "_redirects",
    "_nginx.conf",
    "feed.xml",
    "sitemap.xml",
    "articles/feed.json",
    "ur/feed.xml",
    "site.webmanifest",
    "404.html",
    "index.html",
    "articles/index.html",
    "articles/one/index.html",
    "Articles/one/index.html",
    "articles/two",
    "tags/salary/index.html",
    "old/one/index.html",
    "search/index.json",
    "letters/one/letter.pdf",
];
/// Pages at addresses that are generated.
const TAKEN: &[&str] = &["articles", "articles/page/2", "ur", "topics/pay/page/2", "a-z", "search.ur", "old/one"];
/// Old addresses, some of which are there.
const ALIASES: &[&str] = &[
    "/old/one/",
    "/old/two/",
    "/old/One/",
    "/articles/",
    "/articles/one/",
    "/articles/one/index.html",
    "/articles/page/2/",
    "/a-z/",
    "/tags/salary/",
    "/ur/",
    "/index.html",
    "/feed.xml",
    "/feed.xml/x/",
    "/robots.txt/x/",
    "/old",
    "/old.html",
    "/old.html/x/",
    "/advice/articles/two/",
    "/letters/one/letter.pdf",
    "/.git/config",
    "/old/?p=1",
];

/// A picture of one pixel (SVG), or of two.
fn picture(dice: &mut Dice) -> String {
    let side = 1 + dice.below(2);
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\"/>")
}

/// A site's files in memory and on disk, and the day that counts as today.
pub struct Site {
    pub folder: PathBuf,
    pub today: jiff::civil::Date,
    files: BTreeMap<String, String>,
    /// What was written since the last look.
    touched: Vec<PathBuf>,
    /// What was done, for the message of a failure.
    pub history: Vec<String>,
}

impl Site {
    /// A random site; with its own small theme or the default one.
    pub fn random(folder: &Path, dice: &mut Dice, has_own_theme: bool) -> Self {
        let today = jiff::civil::date(2026, 3, 3);
        let mut site = Self {
            folder: folder.to_path_buf(),
            today,
            files: BTreeMap::new(),
            touched: Vec::new(),
            history: Vec::new(),
        };
        site.write("letterpress.toml", config(dice, has_own_theme));
        if has_own_theme {
            for (path, text) in theme::FILES {
                site.write(&format!("themes/looks/{path}"), (*text).to_owned());
            }
        }
        for _ in 0..2 + dice.below(4) {
            site.add(dice);
        }
        for _ in 0..1 + dice.below(2) {
            let name = dice.pick(NAMES);
            site.write(&format!("content/letters/{name}.md"), letter(dice));
        }
        site
    }

    /// What was touched since the last time.
    pub fn touched(&mut self) -> Vec<PathBuf> {
        std::mem::take(&mut self.touched)
    }

    /// Does one thing that somebody does to a site.
    pub fn edit(&mut self, dice: &mut Dice) {
        match dice.below(27) {
            0..5 => self.change(dice, "edit a body", |text, dice| format!("{text}\n{}\n", paragraph(dice))),
            5..8 => self.change(dice, "change a field", change_field),
            8 => self.change(dice, "write anew", |_, dice| article(dice)),
            9 | 10 => self.add(dice),
            11 | 12 => self.rename(dice),
            13 => self.remove(dice),
            14 => self.write_one(dice, "content/letters", letter),
            15 => self.write_one(dice, "content/topics", section_page),
            16 => self.write("content/_index.md", section_page(dice)),
            17 => self.write("content/articles/_index.md", section_page(dice)),
            18 => self.write(
                "content/search.toml",
                format!("synonyms = [[\"{}\", \"{}\"]]\n", dice.pick(WORDS), dice.pick(WORDS)),
            ),
            19 => self.translate(dice),
            20 => {
                let text = picture(dice);
                let folder = dice.pick(&["content/articles/one", "content/articles", "content/pictures"]);
                self.write(&format!("{folder}/picture.svg"), text);
            }
            21 => self.change_theme(dice),
            22 => {
                let has_own_theme = self.files.contains_key("themes/looks/theme.toml");
                self.write("letterpress.toml", config(dice, has_own_theme));
            }
            23 => self.write(&format!("content/{}", dice.pick(OWN)), format!("own {}\n", dice.pick(WORDS))),
            24 => self.remove_own(dice),
            25 => {
                let text = article(dice);
                self.write(&format!("content/{}.md", dice.pick(TAKEN)), text);
            }
            _ => {
                self.today = self.today.saturating_add(jiff::Span::new().days(dice.below(9) as i64 - 3));
                self.history.push(format!("it is {}", self.today));
            }
        }
    }

    fn documents(&self) -> Vec<String> {
        self.files.keys().filter(|path| path.starts_with("content/") && path.ends_with(".md")).cloned().collect()
    }

    fn any_document(&self, dice: &mut Dice) -> Option<String> {
        let documents = self.documents();
        (!documents.is_empty()).then(|| documents[dice.below(documents.len())].clone())
    }

    fn change(&mut self, dice: &mut Dice, what: &str, edit: impl FnOnce(&str, &mut Dice) -> String) {
        let Some(path) = self.any_document(dice) else { return };
        let text = edit(&self.files[&path], dice);
        self.history.push(what.to_owned());
        self.write(&path, text);
    }

    fn add(&mut self, dice: &mut Dice) {
        let name = dice.pick(NAMES);
        let folder = dice.pick(&[
            "content/articles",
            "content/articles",
            "content/articles",
            "content/guides",
            "content",
            "content/guides/deep",
        ]);
        let text = article(dice);
        if dice.one_in(4) {
            let picture = picture(dice);
            self.write(&format!("{folder}/{name}/picture.svg"), picture);
            self.write(&format!("{folder}/{name}/index.md"), text);
        } else {
            self.write(&format!("{folder}/{name}.md"), text);
        }
    }

    fn write_one(&mut self, dice: &mut Dice, folder: &str, text: impl FnOnce(&mut Dice) -> String) {
        let name = if folder == "content/topics" { dice.pick(TOPICS) } else { dice.pick(NAMES) };
        let text = text(dice);
        self.write(&format!("{folder}/{name}.md"), text);
    }

    fn translate(&mut self, dice: &mut Dice) {
        let Some(path) = self.any_document(dice).filter(|path| !path.contains(".ur.")) else { return };
        let text = if path.contains("/letters/") { letter(dice) } else { article(dice) };
        self.write(&path.replace(".md", ".ur.md"), text);
    }

    /// A file, or a whole folder with all that lies in it.
    fn rename(&mut self, dice: &mut Dice) {
        let Some(path) = self.any_document(dice) else { return };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let (from, to) = match dice.one_in(3) && folder.matches('/').count() >= 1 {
            true => (folder.clone(), format!("content/{}", dice.pick(&["articles", "moved", "letters", "guides"]))),
            false => (path.clone(), format!("{folder}/{}.md", dice.pick(NAMES))),
        };
        if from == to || self.folder.join(&to).exists() || to.starts_with(&format!("{from}/")) {
            return;
        }
        std::fs::create_dir_all(self.folder.join(&to).parent().expect("it lies in content/")).expect("a folder");
        std::fs::rename(self.folder.join(&from), self.folder.join(&to)).expect("it can be renamed");
        let moved: Vec<String> =
            self.files.keys().filter(|file| **file == from || file.starts_with(&format!("{from}/"))).cloned().collect();
        for file in moved {
            let text = self.files.remove(&file).expect("it is there");
            self.files.insert(file.replacen(&from, &to, 1), text);
        }
        self.touched.extend([self.folder.join(&from), self.folder.join(&to)]);
        self.history.push(format!("rename {from} to {to}"));
    }

    fn remove(&mut self, dice: &mut Dice) {
        let Some(path) = self.any_document(dice) else { return };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        if dice.one_in(5) && folder != "content" {
            std::fs::remove_dir_all(self.folder.join(&folder)).expect("it can be removed");
            self.files.retain(|file, _| !file.starts_with(&format!("{folder}/")));
            self.touched.push(self.folder.join(&folder));
            self.history.push(format!("remove {folder}/"));
        } else {
            std::fs::remove_file(self.folder.join(&path)).expect("it can be removed");
            self.files.remove(&path);
            self.touched.push(self.folder.join(&path));
            self.history.push(format!("remove {path}"));
        }
    }

    /// Takes away a file of the site's own, or a page at an address that is generated.
    fn remove_own(&mut self, dice: &mut Dice) {
        let pages = TAKEN.iter().map(|name| format!("content/{name}.md"));
        let named: Vec<String> = OWN.iter().map(|name| format!("content/{name}")).chain(pages).collect();
        let there: Vec<&String> = named.iter().filter(|path| self.files.contains_key(*path)).collect();
        if there.is_empty() {
            return;
        }
        let path = there[dice.below(there.len())];
        std::fs::remove_file(self.folder.join(path)).expect("it can be removed");
        self.files.remove(path);
        self.touched.push(self.folder.join(path));
        self.history.push(format!("remove {path}"));
    }

    fn change_theme(&mut self, dice: &mut Dice) {
        let (path, text) = match dice.below(5) {
            0 => ("assets/site.css", format!("body {{ margin: {}px }}\n", dice.below(9))),
            1 => ("strings/en.toml", theme::FILES[1].1.replace("Skip", dice.pick(WORDS))),
            2 => ("strings/en.toml", format!("{}letter_optional = \"{}\"\n", theme::FILES[1].1, dice.pick(WORDS))),
            3 => ("templates/item.html", format!("<{} {{{{ item.title }}}} {{{{ item.words }}}}>\n", dice.pick(WORDS))),
            _ => ("theme.toml", format!("name = \"looks\"\n[settings]\naccent = \"{}\"\n", dice.pick(WORDS))),
        };
        if self.files.contains_key("themes/looks/theme.toml") {
            self.write(&format!("themes/looks/{path}"), text);
        }
    }

    fn write(&mut self, path: &str, text: String) {
        let place = self.folder.join(path);
        if place.is_dir() || place.ancestors().skip(1).any(std::path::Path::is_file) {
            return;
        }
        std::fs::create_dir_all(place.parent().expect("a file lies in a folder")).expect("a folder");
        std::fs::write(&place, &text).expect("it can be written");
        self.history.push(format!("write {path}:\n{text}"));
        self.files.insert(path.to_owned(), text);
        self.touched.push(place);
    }
}

fn config(dice: &mut Dice, has_own_theme: bool) -> String {
    let theme = if has_own_theme { "looks" } else { "default" };
    let featured =
        if dice.one_in(2) { format!("featured_topics = [\"{}\"]\n", dice.pick(TOPICS)) } else { String::new() };
    let base = dice.pick(&["https://a.example/advice/", "https://b.example/", "https://a.example/advice/"]);
    format!(
        "title = \"Advice on {}\"\nbase_url = \"{base}\"\nlanguage = \"en\"\ntheme = \"{theme}\"\nper_page = {}\npublish_files = [\"articles/two\"]\n{featured}[languages.ur]\nname = \"Urdu\"\ntitle = \"U\"\n",
        dice.pick(WORDS),
        2 + dice.below(3)
    )
}

fn article(dice: &mut Dice) -> String {
    let mut text = format!("---\ntitle: {} {}\n", dice.pick(WORDS), dice.pick(WORDS));
    for _ in 0..dice.below(6) {
        let field = field(dice);
        if !text.contains(field.split(':').next().expect("a name")) {
            text.push_str(&field);
            text.push('\n');
        }
    }
    text.push_str("---\n\n");
    for _ in 0..1 + dice.below(4) {
        text.push_str(&paragraph(dice));
        text.push_str("\n\n");
    }
    text
}

fn field(dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => format!("description: About {}", dice.pick(WORDS)),
        1 => format!("date: {}", dice.pick(DATES)),
        2 => format!("updated: {}", dice.pick(DATES)),
        3 => format!("topics: [{}]", dice.pick(TOPICS)),
        4 => format!("topics: [{}, {}]", dice.pick(TOPICS), dice.pick(&["rare", "other"])),
        5 => format!("tags: [{}]", dice.pick(WORDS)),
        6 => format!("slug: {}", dice.pick(NAMES)),
        7 if dice.one_in(3) => format!("aliases: [\"{}\", \"{}\"]", dice.pick(ALIASES), dice.pick(ALIASES)),
        7 => format!("aliases: [/old/{}/]", dice.pick(NAMES)),
        8 => format!("weight: {}", dice.below(3)),
        9 => format!("related: [{}.md]", dice.pick(NAMES)),
        10 => format!("expires: {}", dice.pick(&["2026-03-04", "2027-01-01"])),
        _ => dice
            .pick(&[
                "draft: true",
                "search: false",
                "no_index: true",
                "toc: false",
                "schema: howto",
                "schema: faq",
                "image: picture.svg",
                "review_by: 2026-03-04",
            ])
            .to_owned(),
    }
}

/// Gives a field another value, or takes it away.
fn change_field(text: &str, dice: &mut Dice) -> String {
    let fresh = if dice.one_in(3) { format!("title: {} {}", dice.pick(WORDS), dice.pick(NAMES)) } else { field(dice) };
    let name = fresh.split(':').next().expect("a name");
    let is_title = name == "title";
    let mut lines: Vec<&str> = text.lines().filter(|line| !line.starts_with(&format!("{name}:"))).collect();
    if is_title || !dice.one_in(4) {
        lines.insert(1.min(lines.len()), &fresh);
    }
    lines.join("\n") + "\n"
}

fn paragraph(dice: &mut Dice) -> String {
    let name = dice.pick(NAMES);
    match dice.below(12) {
        0 => format!("## On {}", dice.pick(WORDS)),
        7 => format!("## Why {}?", dice.pick(WORDS)),
        8 => format!("1. Take the {}.\n2. **Leave** it.", dice.pick(WORDS)),
        1 => format!("See [this]({name}.md) first."),
        2 => format!("Send [a letter](../letters/{name}.md)."),
        3 => format!("![](../letters/{name}.md)"),
        4 => "![A picture](picture.svg)".to_owned(),
        5 => format!("See [there](../articles/{name}.md#on-{}).", dice.pick(WORDS)),
        6 => {
            format!("See <a href=\"{name}.md#on-{}\">there</a> <img src=\"picture.svg\" alt=\"A\">.", dice.pick(WORDS))
        }
        _ => format!("The {} and the {} are one {}.", dice.pick(WORDS), dice.pick(WORDS), dice.pick(WORDS)),
    }
}

fn letter(dice: &mut Dice) -> String {
    format!(
        "---\ntitle: Letter on {}\ntopics: [{}]\nguidance: See [this](../articles/{}.md).\n---\n\nDear [name],\n\nabout the [{}] of {}. [optional: I wait for you.]\n",
        dice.pick(WORDS),
        dice.pick(TOPICS),
        dice.pick(NAMES),
        dice.pick(WORDS),
        dice.pick(WORDS)
    )
}

fn section_page(dice: &mut Dice) -> String {
    format!("---\ntitle: All on {}\nweight: {}\n---\n\n{}\n", dice.pick(WORDS), dice.below(4), paragraph(dice))
}
