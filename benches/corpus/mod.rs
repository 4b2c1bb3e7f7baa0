//! Corpora of advice for every benchmark: articles with topics, tags and links, and a letter for every twenty of them, from a seed.
//!
//! The same numbers give the same files on every machine. Peers get the same articles byte for byte; only the few files of topics lie
//! where each looks for them.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

mod language;

use std::fmt::Write;
use std::path::Path;

pub use language::Dice;
use language::{Language, Voice};

/// Which program a corpus is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Topics are pages in a folder; letters are letters.
    Letterpress,
    /// The same, with letters as ordinary pages: what a peer can build.
    WithoutForms,
    /// Topics are terms of a taxonomy.
    Hugo,
}

/// How much of what to write.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// Articles.
    pub articles: usize,
    /// Letters.
    pub letters: usize,
    /// Topics; each article has one or two.
    pub topics: usize,
    /// The share of articles in the first topic, beyond its own.
    pub in_first_topic: f64,
    /// Different tags; each article has up to three.
    pub tags: usize,
    /// Old addresses that redirect, spread over the articles.
    pub redirects: usize,
    /// Words of an article; half to one and a half times as many.
    pub words: usize,
    /// The seed.
    pub seed: u64,
}

impl Corpus {
    /// A natural corpus of so many articles.
    pub fn of(articles: usize) -> Self {
        let tags = (articles / 25).clamp(20, 2000);
        Self {
            articles,
            letters: articles.div_ceil(20),
            topics: 12,
            in_first_topic: 0.0,
            tags,
            redirects: 0,
            words: 700,
            seed: 1,
        }
    }

    /// Writes `content/` and, for Letterpress, `letterpress.toml` into a folder.
    pub fn write(&self, folder: &Path, layout: Layout) {
        let writer = Writer { corpus: self, language: Language::new(self.seed), folder, layout };
        writer.settings();
        for topic in 0..self.topics {
            writer.topic(topic);
        }
        for number in 0..self.articles {
            writer.article(number);
        }
        for number in 0..self.letters {
            writer.letter(number);
        }
    }
}

/// An article's file, without its ending.
pub fn article_name(number: usize) -> String {
    format!("article-{number:05}")
}

fn topic_name(number: usize) -> String {
    const NAMED: &[&str] = &[
        "interviews",
        "cvs",
        "job-search",
        "offers",
        "leaving",
        "working-life",
        "freelancing",
        "students",
        "pay",
        "remote-work",
        "references",
        "internships",
    ];
    NAMED.get(number).map_or_else(|| format!("topic-{number}"), |name| (*name).to_owned())
}

struct Writer<'a> {
    corpus: &'a Corpus,
    language: Language,
    folder: &'a Path,
    layout: Layout,
}

impl Writer<'_> {
    fn file(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }

    fn settings(&self) {
        let settings = "title = \"Advice\"\ndescription = \"Plain advice\"\nbase_url = \"https://jobs.example/advice/\"\nlanguage = \"en\"\nper_page = 20\n";
        if self.layout != Layout::Hugo {
            self.file("letterpress.toml", settings);
        }
    }

    fn topic(&self, number: usize) {
        let name = topic_name(number);
        let file = if self.layout == Layout::Hugo { format!("{name}/_index") } else { name.clone() };
        let text = format!("---\ntitle: About {name}\ndescription: All on {name}\n---\n\nWhat to know of {name}.\n");
        self.file(&format!("content/topics/{file}.md"), &text);
    }

    /// Each article has dice of its own, so that a larger corpus begins with the articles of a smaller one.
    fn article(&self, number: usize) {
        let mut dice = Dice::new(self.corpus.seed << 32 | number as u64);
        let voice = Voice::new(&self.language, &mut dice);
        let mut text = self.front_matter(number, &voice, &mut dice);
        let words = self.corpus.words / 2 + dice.below(self.corpus.words + 1);
        let sections = words.div_ceil(120).max(1);
        for section in 0..sections {
            if section > 0 {
                let level = if section % 4 == 3 { "###" } else { "##" };
                let _ = writeln!(text, "{level} {}\n", voice.words(3 + dice.below(3), &mut dice));
            }
            self.section(number, &voice, words / sections, &mut text, &mut dice);
        }
        self.file(&format!("content/articles/{}.md", article_name(number)), &text);
    }

    fn front_matter(&self, number: usize, voice: &Voice<'_>, dice: &mut Dice) -> String {
        let mut title = format!("{} {} {} {}", voice.own[0], voice.words(2, dice), voice.own[1], number);
        title[..1].make_ascii_uppercase();
        let day = format!("20{:02}-{:02}-{:02}", 15 + dice.below(10), 1 + dice.below(12), 1 + dice.below(28));
        let mut text = format!("---\ntitle: {title}\ndescription: {}\ndate: {day}\n", voice.sentence(dice));
        let _ = writeln!(text, "topics: [{}]", self.topics(dice).join(", "));
        let tags: Vec<String> = (0..dice.below(4)).map(|_| self.tag(dice)).collect();
        let _ = writeln!(text, "tags: [{}]", tags.join(", "));
        if self.corpus.redirects > 0 {
            let share = |number: usize| number * self.corpus.redirects / self.corpus.articles;
            let old: Vec<String> = (share(number)..share(number + 1)).map(|at| format!("/old/{at}/")).collect();
            let _ = writeln!(text, "aliases: [{}]", old.join(", "));
        }
        text.push_str("---\n\n");
        text
    }

    fn topics(&self, dice: &mut Dice) -> Vec<String> {
        let mut topics = vec![dice.below(self.corpus.topics)];
        if dice.unit() < self.corpus.in_first_topic {
            topics.insert(0, 0);
        }
        if dice.below(3) == 0 {
            topics.push(dice.below(self.corpus.topics));
        }
        topics.sort_unstable();
        topics.dedup();
        topics.into_iter().map(topic_name).collect()
    }

    /// Few tags are on many articles, many on few.
    fn tag(&self, dice: &mut Dice) -> String {
        format!("tag-{}", (dice.unit().powi(2) * self.corpus.tags as f64) as usize)
    }

    /// Paragraphs of about so many words, at times a list, a quotation, a table or code.
    fn section(&self, number: usize, voice: &Voice<'_>, words: usize, text: &mut String, dice: &mut Dice) {
        let sentences = (words / 12).max(1);
        match dice.below(8) {
            0 => (0..4).for_each(|_| *text += &format!("- {}\n", voice.words(8, dice))),
            1 => *text += &format!("> {}\n", voice.sentence(dice)),
            2 => {
                *text += &format!("| {} | {} |\n|---|---|\n", voice.words(1, dice), voice.words(2, dice));
                (0..3).for_each(|_| *text += &format!("| {} | {} |\n", voice.words(2, dice), voice.words(4, dice)));
            }
            _ => {
                *text +=
                    &format!("{} **{}**: *{}*.\n", voice.sentence(dice), voice.words(2, dice), voice.words(1, dice))
            }
        }
        text.push('\n');
        for at in 0..sentences {
            let _ = write!(text, "{}{}", voice.sentence(dice), if at % 5 == 4 { "\n\n" } else { " " });
        }
        if number > 0 && dice.below(3) == 0 {
            let _ = write!(text, "See [{}]({}.md).", voice.words(2, dice), article_name(dice.below(number)));
        }
        if self.corpus.letters > 0 && dice.below(12) == 0 {
            let folder = self.letters_folder();
            let letter = dice.below(self.corpus.letters);
            let _ = write!(text, " Send [a letter](../{folder}/letter-{letter:04}.md).");
        }
        text.push_str("\n\n");
    }

    fn letters_folder(&self) -> &'static str {
        if self.layout == Layout::Letterpress { "letters" } else { "messages" }
    }

    fn letter(&self, number: usize) {
        let mut dice = Dice::new(self.corpus.seed << 32 | 1 << 31 | number as u64);
        let voice = Voice::new(&self.language, &mut dice);
        let mut text = format!(
            "---\ntitle: Letter {number} about {}\ndescription: {}\ntopics: [{}]\n",
            voice.words(2, &mut dice),
            voice.sentence(&mut dice),
            self.topics(&mut dice).join(", "),
        );
        let is_letter = self.layout == Layout::Letterpress;
        text.push_str(if is_letter { "subject: \"About [the matter]\"\n---\n\n" } else { "---\n\n" });
        let _ = write!(text, "Dear [name of person],\n\n{} I will be there on [day]. ", voice.sentence(&mut dice));
        for _ in 0..6 {
            let _ = write!(text, "{} ", voice.sentence(&mut dice));
        }
        let _ = write!(
            text,
            "\n\n{} Please write to [e-mail].\n\nKind regards,\n\n[your name]\n",
            voice.sentence(&mut dice)
        );
        self.file(&format!("content/{}/letter-{number:04}.md", self.letters_folder()), &text);
    }
}
