//! A site of any size from a seed: the same number gives the same files.

use std::fmt::Write;
use std::path::Path;

/// Numbers that look random (xorshift, Marsaglia 2003).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
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
}

const TOPICS: &[&str] = &[
    "interviews",
    "cvs",
    "job-search",
    "offers",
    "leaving",
    "working-life",
    "freelancing",
    "students",
    "pay",
    "remote",
    "references",
    "internships",
];

const WORDS: &[&str] = &[
    "the",
    "a",
    "your",
    "employer",
    "interview",
    "letter",
    "ask",
    "answer",
    "before",
    "after",
    "day",
    "week",
    "offer",
    "salary",
    "manager",
    "write",
    "read",
    "send",
    "polite",
    "short",
    "reason",
    "notice",
    "contract",
    "question",
    "call",
    "office",
    "team",
    "work",
    "experience",
    "degree",
    "skill",
    "project",
    "example",
    "evening",
    "morning",
    "practice",
    "and",
    "or",
    "but",
    "because",
    "when",
    "if",
    "not",
    "never",
    "always",
    "often",
    "they",
    "you",
    "we",
    "it",
    "is",
    "are",
    "was",
    "will",
    "may",
    "should",
    "can",
    "plan",
    "list",
    "name",
    "number",
    "page",
    "line",
    "place",
    "time",
];

/// Writes a site with so many articles.
pub fn write(folder: &Path, articles: usize, seed: u64) {
    let mut dice = Dice::new(seed);
    let file = |path: String, text: String| {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    };
    let config = "title = \"Advice\"\ndescription = \"Plain advice\"\nbase_url = \"https://jobs.example/advice/\"\nlanguage = \"en\"\nper_page = 20\n";
    file("letterpress.toml".to_owned(), config.to_owned());
    for topic in TOPICS {
        let text = format!("---\ntitle: About {topic}\ndescription: All on {topic}\n---\n\nWhat to know of {topic}.\n");
        file(format!("content/topics/{topic}.md"), text);
    }
    for number in 0..articles {
        file(format!("content/articles/article-{number:05}.md"), article(number, &mut dice));
    }
    for number in 0..articles.div_ceil(100) {
        file(format!("content/letters/letter-{number:03}.md"), letter(number, &mut dice));
    }
}

fn article(number: usize, dice: &mut Dice) -> String {
    let mut text = format!(
        "---\ntitle: Article {number} on {} and {}\ndescription: {}\ndate: 20{:02}-{:02}-{:02}\ntopics: [{}, {}]\ntags: [tag-{}]\n---\n\n",
        dice.pick(WORDS),
        dice.pick(WORDS),
        sentence(dice),
        15 + dice.below(11),
        1 + dice.below(12),
        1 + dice.below(28),
        dice.pick(TOPICS),
        dice.pick(TOPICS),
        dice.below(40),
    );
    for section in 0..4 {
        if section > 0 {
            let _ = writeln!(text, "## Part {section} on {}\n", dice.pick(WORDS));
        }
        for _ in 0..3 {
            let paragraph: Vec<String> = (0..4).map(|_| sentence(dice)).collect();
            let _ = writeln!(text, "{}\n", paragraph.join(" "));
        }
    }
    if number > 0 {
        let _ = writeln!(text, "See [another](article-{:05}.md) and keep it **short**.\n", dice.below(number));
    }
    text
}

fn letter(number: usize, dice: &mut Dice) -> String {
    format!(
        "---\ntitle: Letter {number} about {}\ndescription: {}\ntopics: [{}]\nsubject: \"About [the matter]\"\n---\n\nDear [name of person],\n\n{} I will be there on [day].\n\nKind regards,\n\n[your name]\n",
        dice.pick(WORDS),
        sentence(dice),
        dice.pick(TOPICS),
        sentence(dice)
    )
}

fn sentence(dice: &mut Dice) -> String {
    let words: Vec<&str> = (0..8 + dice.below(10)).map(|_| dice.pick(WORDS)).collect();
    let mut sentence = words.join(" ");
    sentence[..1].make_ascii_uppercase();
    if dice.below(3) == 0 {
        // Rare words, as every real text has some.
        let _ = write!(sentence, " word{}", dice.below(6000));
    }
    sentence.push('.');
    sentence
}
