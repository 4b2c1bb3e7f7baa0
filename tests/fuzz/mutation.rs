//! Seeds → inputs: bytes flipped, pieces taken out, doubled, repeated or spliced from other seeds, and words that parsers have trouble with.

/// Words, signs and numbers on which parsers of Markdown, YAML, TOML, HTML, HTTP, templates and pictures decide.
const WORDS: &[&str] = &[
    "---\n",
    "+++\n",
    "\n\n",
    "\r\n",
    "\0",
    "\u{feff}",
    "\u{fdd0}",
    "&#xfdd0;l0&#xfdd1;",
    "\\ufdd0l0\\ufdd1",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "[^1]",
    "[^1]: ",
    "> ",
    "> [!TIP]\n",
    "- ",
    "1. ",
    "- [ ] ",
    "\t",
    "    ",
    "```",
    "~~~",
    "|",
    "|-|\n",
    ": ",
    "{#id}",
    "**",
    "_",
    "~~",
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<script>",
    "</script>",
    "<h1>",
    "<a href=javascript:x>",
    "javascript:",
    "data:",
    "&amp;",
    "&#x202e;",
    "\u{202e}",
    "\u{301}",
    "ﷺ",
    "🧑‍🚒",
    "ß",
    "İ",
    "::: when ",
    ":::\n",
    "{{",
    "}}",
    "{%",
    "%}",
    "{% for x in range(9) %}",
    "{% endfor %}",
    "|safe",
    "[[",
    "\"\"\"",
    "'''",
    "= ",
    "title: ",
    "description: ",
    "date: 2026-01-01",
    "9999-12-31",
    "-0001-01-01",
    "fields:",
    "aliases: [../..]",
    "&a ",
    "*a",
    "<<: *a",
    "!!map",
    "|\n",
    ">-\n",
    "../",
    "..%2f",
    "%2e%2e",
    "%00",
    "%ff",
    "\\",
    "//",
    "?",
    "#",
    "HTTP/1.1\r\n",
    "Host: ",
    "Range: bytes=",
    "-",
    "Transfer-Encoding: chunked\r\n",
    "Content-Length: ",
    "-1",
    "0",
    "18446744073709551616",
    "1e999",
    "NaN",
    "\u{ff}\u{d8}",
    "IHDR",
    "<svg ",
    "viewBox=",
    "<use href=",
    "<!ENTITY a \"b\">",
];
/// Inputs are no longer than this, but for seeds that are.
const LONGEST: usize = 6000;

/// Gives inputs, the same ones for the same number.
pub struct Mutator(u64);

impl Mutator {
    /// From that number. Without one always from the same, so that a run that passed passes again; a long run is given others.
    pub fn new(seed: Option<u64>) -> Self {
        let seed = seed.unwrap_or(1).max(1);
        println!("FUZZ_SEED={seed}");
        Self(seed)
    }

    /// A changed seed.
    pub fn mutated(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut input = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(6) {
            self.change(&mut input, seeds);
        }
        input.truncate(LONGEST);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let at = self.below(input.len() + 1);
        let end = (at + 1 + self.below(40)).min(input.len());
        match self.below(9) {
            0 if at < input.len() => input[at] ^= 1 << self.below(8),
            1 if at < end => drop(input.drain(at..end)),
            2 if at < end => {
                let piece = input[at..end].to_vec();
                insert(input, at, &piece);
            }
            3 if at < end => {
                let piece = input[at..end].repeat(1 + self.below(60));
                insert(input, at, &piece);
            }
            4 => {
                let other = &seeds[self.below(seeds.len())];
                let from = self.below(other.len() + 1);
                let to = (from + self.below(200)).min(other.len());
                insert(input, at, &other[from..to]);
            }
            5 if at < input.len() => input[at] = self.below(256) as u8,
            6 => {
                let word = WORDS[self.below(WORDS.len())].repeat(1 + self.below(30));
                insert(input, at, word.as_bytes());
            }
            _ => insert(input, at, WORDS[self.below(WORDS.len())].as_bytes()),
        }
    }

    /// xorshift64* (Vigna, 2016).
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit.max(1)
    }
}

fn insert(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    drop(input.splice(at..at, piece.iter().copied()));
}
