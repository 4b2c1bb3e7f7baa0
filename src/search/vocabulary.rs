//! Words as numbers, for one document or one slot at a time. Numbers follow the order of first use, so nothing that
//! is made from them depends on the hash.

/// Numbers for words in the order of their first use: a hash table over one string.
pub(super) struct Vocabulary {
    spelling: String,
    ends: Vec<u32>,
    /// Number of a word plus one, or 0; a power of two long and never more than half full.
    table: Vec<u32>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Vocabulary { spelling: String::with_capacity(4096), ends: Vec::with_capacity(512), table: vec![0; 1024] }
    }
}

impl Vocabulary {
    /// The word of a number.
    pub(super) fn word(&self, number: u32) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before as usize] as usize);
        &self.spelling[start..self.ends[number as usize] as usize]
    }

    /// The number of a word: a new one at its first use.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        let mask = self.table.len() - 1;
        let mut at = hash(word) as usize & mask;
        while self.table[at] != 0 {
            if self.word(self.table[at] - 1) == word {
                return self.table[at] - 1;
            }
            at = (at + 1) & mask;
        }
        let number = self.ends.len() as u32;
        self.spelling.push_str(word);
        self.ends.push(self.spelling.len() as u32);
        self.table[at] = number + 1;
        self.grow();
        number
    }

    fn grow(&mut self) {
        if self.ends.len() * 2 <= self.table.len() {
            return;
        }
        let mask = self.table.len() * 2 - 1;
        let mut table = vec![0; mask + 1];
        for number in 0..self.ends.len() as u32 {
            let mut at = hash(self.word(number)) as usize & mask;
            while table[at] != 0 {
                at = (at + 1) & mask;
            }
            table[at] = number + 1;
        }
        self.table = table;
    }
}

/// FNV-1a with its high bits folded in: quick for short words.
fn hash(word: &str) -> u64 {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    hash ^ hash >> 29
}
