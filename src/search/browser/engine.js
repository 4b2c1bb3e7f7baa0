// Answers queries from the index that it lies beside: `open(address, content)` of the entry file gives an `Index`.
//
// It knows nothing of pages: a theme's search.js shows what it answers. A query loads the file of words that each word
// is in, the lists that these lead to, and a small file for each result; each is loaded once. The forms of the files
// are those of src/search/*.rs, and a word is cut and folded here as words.rs does it there.

const MOST_WORDS = 12;          // of a query
const MOST_ENDINGS = 4;         // ways to go on with an unfinished word
const SLIP = 0.5;               // of an edit
const RARE = 6;                 // 2 ** (RARE / 2): a word that fewer documents have was less likely meant than one that differs at its beginning
const EDIT = 7;                 // an edit more is as unlikely as a word that 2 ** (EDIT / 2) times fewer documents have
const LIGHT = 0.3;              // of its worth: a word that questions are made with, such as 'find' and 'need'
const NEAR = 0.7;               // of two words' worth, added where they are neighbours
const FEWEST = 0.3;             // of the query's needs that a document must have
const COMPETES = 0.8;           // of the best whole match's score, for a document without all words to be listed
const PART = 0.07;              // of a score: what the best part of a document adds at most, twice over
const TITLE = 0.5;              // of a score: what a title of nothing but the query's words adds
const STRETCH = 26;             // words within which matches count as near each other
const EXCERPT = 26;             // words: about two lines
const ROOM = 24400;             // bytes that a query may load, compressed, as far as they can be told beforehand
const FIRST_ROOM = 20000;       // the same of a reader's first query, for which the scripts are loaded as well, on a small site
const TEXT = 3600;              // of them, a result, if it isn't expected to be smaller
const RESPONSE = 250;           // what a host says of a file
const PACKED = 0.4;             // of its size: what a host makes of a file of words, at most
const PACKED_TEXT = 0.57;       // the same of a result, as far as the best results are larger than the mean
const FEWEST_RESULTS = 2;
const REST = 14000;             // documents in the second parts of lists that two words may read; more words read fewer, as each tells less

// ---- Words ----

const ALONE = '[\\u0e00-\\u0eff\\u1780-\\u17ff\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}]';
const LETTER = `(?:(?!${ALONE})[\\p{Alphabetic}\\p{N}\\p{M}\\u00ad\\u200c-\\u200f\\u2060])`;
const WORD = new RegExp(`(?=\\p{Alphabetic}|\\p{N})${ALONE}|\\d+(?:[.,]\\d+)+${LETTER}*|${LETTER}+(?:['’ʼ](?=\\p{Alphabetic})${LETTER}+)*`, 'gu');
const IGNORED = /[\u0300-\u036f\u00ad\u200c-\u200f\u2060\ufe0f\u0640\u064b-\u065f\u0670\u0610-\u061a\u06d6-\u06ed'’ʼ.,]/g;
const ACCENTED = /[\u00df-\u024f\u1e00-\u1eff]/g;
const SPELT = { ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ŧ: 't', ı: 'i' };
const SPELT_ALIKE = { أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ي: 'ی', ى: 'ی', ئ: 'ی', ك: 'ک', ه: 'ہ', ة: 'ہ', ۂ: 'ہ', ۀ: 'ہ', ۃ: 'ہ', ە: 'ہ', ؤ: 'و', ς: 'σ' };
const VARIANTS = new RegExp(`[${Object.keys(SPELT_ALIKE).join('')}]`, 'g');

const fold = word => {
  const lower = word.toLowerCase();
  if (/^[a-z0-9]+$/.test(lower)) return lower;
  return lower.replace(/['’ʼ]s$/, '').replace(IGNORED, '').replace(ACCENTED, letter => SPELT[letter] || letter.normalize('NFD')[0])
    .replace(VARIANTS, letter => SPELT_ALIKE[letter]).replace(/[٠-٩۰-۹]/g, digit => digit.charCodeAt(0) & 15);
};

// The words of a text, folded, and where they are in it.
export const cut = text => [...text.matchAll(WORD)]
  .map(({ 0: raw, index }) => ({ word: fold(raw), start: index, end: index + raw.length })).filter(({ word }) => word);

// The same, each text once: a reader who types on mostly sees the same results again.
const texts = new Map();
const cutOnce = text => {
  if (!texts.has(text)) texts.set(text, cut(text));
  return texts.get(text);
};

// slot.rs
export const slot = word => {
  const [first, second] = word;
  const plain = letter => letter === undefined ? 0 : /[a-z]/.test(letter) ? letter.charCodeAt(0) - 86 : /[0-9]/.test(letter) ? +letter + 1 : NaN;
  const code = letter => letter ? letter.codePointAt(0) : 0;
  const number = plain(first) * 37 + plain(second);
  return number >= 0 ? number : 1369 + (code(first) * 31 + code(second)) % 2727;
};

// Insertions, deletions, substitutions and transpositions from one word to another, or more than `most`. Slips of the
// fingers, a letter doubled or two exchanged, count a little less. What `b` has beyond an unfinished `a` is free.
export const edits = (a, b, most, isUnfinished) => {
  let before, last = Array.from({ length: b.length + 1 }, (_, j) => j);
  const one = (word, i) => word[i - 1] === word[i - 2] ? SLIP : 1;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + one(a, i), row[j - 1] + one(b, j), last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + SLIP);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return isUnfinished ? Math.min(...last) : last[b.length];
};

// ---- Files ----

// term_dictionary.rs, `front_coded` and `line`
const following = (last, coded) => [...last.slice(0, coded.charCodeAt(0) - 65), ...coded.slice(1)];

const parseWords = bytes => {
  const { lists, words } = json(bytes);
  const places = lists.flatMap(([name, count]) => Array.from({ length: count }, (_, at) => ({ name, at })));
  let last = [], list = 0;
  const marks = field => (field.split('=')[1] || '').split(',').filter(Boolean);
  return words.split('\n').slice(0, -1).map(line => {
    const [forms, about, ...pairs] = line.split(';');
    const [head, ...ends] = forms.split(',');
    const first = last = following(last, head);
    const form = end => end[0] === '-' ? end.slice(1)
      : /^[A-Z]/.test(end) ? first.slice(0, 65 - end.charCodeAt(0)).join('') + end.slice(1) : first.join('') + end;
    const [frequency, length, effect] = about.split('=')[0].split('.'), own = places[list++];
    if (length) own.rest = { ...places[list++], length: +length, effect: +effect };
    return {
      forms: [first.join(''), ...ends.map(form)], frequency: frequency === '_' ? -1 : parseInt(frequency, 36), also: marks(about),
      list: own, pairs: pairs.map(pair => ({ second: pair.split('=')[0], also: marks(pair), list: places[list++] })),
    };
  });
};

// build.rs, `spelling`
const parseSpelling = bytes => {
  let last = [];
  return json(bytes).split(/(?=[A-Z])/).map(coded => (last = following(last, coded)).join(''));
};

const number = (bytes, at) => {
  let value = 0, shift = 0, byte;
  do {
    byte = bytes[at.at++];
    value |= (byte & 127) << shift;
    shift += 7;
  } while (byte > 127);
  return value;
};

// postings.rs; weights.rs, `effect`
const effect = level => level < 5 ? level * 2 : level + 4;
const decode = (bytes, at) => {
  const length = number(bytes, at), both = length === 1 && number(bytes, at), parameters = bytes[at.at];
  if (length === 1) return { documents: Uint32Array.of(both >> 5), levels: Uint8Array.of(effect(both & 31)) };
  let bit = (at.at + 1) * 8, next = 0;
  const read = () => bytes[bit >> 3] >> (7 - (bit++ & 7)) & 1;
  const rice = bits => {
    let value = 0;
    while (read()) value++;
    while (bits--) value = value << 1 | read();
    return value;
  };
  const documents = new Uint32Array(length), levels = new Uint8Array(length), isCoarse = parameters & 8;
  for (let i = 0; i < length; i++) {
    documents[i] = next += rice(parameters >> 4);
    next++;
    const coded = rice(parameters & 7);
    levels[i] = effect(isCoarse ? coded * 4 + 2 : coded + 1);
  }
  at.at = (bit + 7) >> 3;
  return { documents, levels };
};

const parseLists = bytes => {
  const lists = [], at = { at: 0 };
  while (at.at < bytes.length) lists.push(decode(bytes, at));
  return lists;
};

const json = bytes => JSON.parse(new TextDecoder().decode(bytes));

// ---- The index ----

class Index {
  constructor(url, entry) {
    this.first = [0];
    for (const size of entry.sizes) this.first.push(this.first[this.first.length - 1] + size);
    this.words = entry.from.split(' ').map((from, at) => ({ from, slot: slot(from), name: `words/${entry.words.substr(at * 10, 10)}.json` }));
    Object.assign(this, { url, entry, stop: new Set(entry.stop.split(' ')), light: new Set(entry.light.split(' ')), endings: new Set(['', ...entry.endings.split(' ')]), size: this.first[entry.sizes.length], files: new Map(), loaded: new Map() });
  }

  // A file, parsed. `pause`, if given, is waited for before a file is loaded that isn't there; it may throw.
  async load(name, parse, pause) {
    if (this.used) this.used.add(name);
    if (!this.files.has(name) && pause) await pause();
    if (!this.files.has(name)) {
      this.files.set(name, this.fetched(name).then(parse));
      this.files.get(name).catch(() => this.files.delete(name));
    }
    return this.files.get(name);
  }

  async fetched(name) {
    const response = await fetch(new URL(name, this.url));
    if (!response.ok) throw new Error(`${response.status} ${name}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    this.loaded.set(name, RESPONSE + bytes.length * (name.endsWith('.bin') ? 1 : PACKED));
    return bytes;
  }

  // How many results there is room for, beside the files that a query used.
  room(used) {
    const weight = [...used].reduce((sum, name) => sum + this.loaded.get(name), 0);
    const room = this.isAsked ? ROOM : Math.min(ROOM, FIRST_ROOM + this.size / 2);
    return Math.max(FEWEST_RESULTS, Math.floor((room - weight) / Math.min(TEXT, RESPONSE + this.entry.text * PACKED_TEXT)));
  }

  // The number of the file of words that a word would be in.
  file(word) {
    const own = slot(word);
    return this.words.filter(file => file.slot < own || file.slot === own && file.from <= word).length - 1;
  }

  // The terms near a word: those of its file and of further files that go on with it, or of its whole slot.
  async terms(word, isWide, pause) {
    const own = slot(word), at = this.file(word);
    const files = this.words.filter((file, i) => i === at || isWide && file.slot === own || i === at + 1 && file.from.startsWith(word));
    return (await Promise.all(files.map(({ name }) => this.load(name, parseWords, pause)))).flat();
  }

  async term(word) {
    return (await this.terms(word)).find(({ forms }) => forms.includes(word));
  }

  async list(list, pause) {
    if (!list.documents) Object.assign(list, (await this.load(list.name, parseLists, pause))[list.at]);
  }

  // Kind and topics by document, for filters.
  async kinds() {
    const parts = await Promise.all(this.entry.filters.map(name => this.load(name, json)));
    return document => parts[Math.floor(document / 20000)].sets[parts[Math.floor(document / 20000)].documents[document % 20000]];
  }

  // The documents that answer a query, best first (`hits`), and how it was understood: `instead` of a misspelt query,
  // perhaps `better` than a rare one, `isPartial` if no document has all of it, `isUnfinished` if its last word only begins
  // those that were found; `isRough` if some of the last `hits` may lack a word; and for how many results there is `room` in
  // what a query may load.
  async search(query, pause) {
    const index = Object.assign(Object.create(this), { used: new Set() });
    const all = cut(query), telling = all.filter(({ word }) => !this.stop.has(word));
    const typed = (telling.length ? telling : all).slice(0, MOST_WORDS), last = typed[typed.length - 1];
    const isOpen = /[\p{L}\p{N}]$/u.test(query) && last === all[all.length - 1];
    let words = await Promise.all(typed.map(cut => understand(index, cut.word, isOpen && cut === last, pause)));
    if (typed.length > 1 && isOpen && last.word.length === 1 && !words[typed.length - 1].choices.length) words.pop();
    words = words.map((word, at) => settled(word, words[at - 1], words[at + 1]));
    const understood = words, isUnknown = words.some(({ choices, meant }) => !choices.length && !meant);
    words = words.filter(({ choices }) => choices.length);
    // A word may be there for the sake of its pairs alone.
    let pairs = await neighbours(index, words, pause);
    const found = words.filter(({ choices }, at) => choices.some(({ term }) => term.frequency >= 0) || pairs.some(pair => pair.at === at || pair.at === at - 1));
    if (found.length < words.length) pairs = await neighbours(index, words = found, pause);
    words = weighed(words);
    await Promise.all(read(words, pairs).map(list => index.list(list, pause)));
    const ranking = rank(this, words, pairs);
    return { ...ranking, words, pairs, room: this.room(index.used), asked: new Set(all.map(({ word }) => word)), isPartial: isUnknown || ranking.isPartial, isUnfinished: words.some(({ begins }) => begins), instead: respelt(query, typed, understood, 'meant'), better: respelt(query, typed, understood, 'better') };
  }

  // What to show of some of a search's hits, in the order of their best parts.
  async results(found, hits, pause) {
    this.isAsked = true;
    const match = matcher(found);
    const all = found.worth.reduce((sum, value) => sum + value, 0) || 1;
    const results = await Promise.all(hits.map(async hit => {
      const folder = this.first.findIndex(first => first > hit) - 1;
      const name = `results/${folder}.${this.entry.folders.substr(folder * 7, 7)}/${hit - this.first[folder]}.json`;
      const result = present(await this.load(name, json, pause), match, found.worth, found.asked);
      return { ...result, score: found.scores[hit] * (1 + PART * Math.min(2, result.value / all) + TITLE * result.titled) };
    }));
    return results.sort((a, b) => b.score - a.score || (a.date < b.date ? 1 : -1));
  }
}

export const open = (url, entry) => new Index(url, entry);

// ---- What a word stands for ----

// The terms that a word may stand for, each with a share of its levels.
const understand = async (index, word, isLast, pause) => {
  const near = await index.terms(word, false, isLast && pause);
  const exact = near.find(({ forms }) => forms.includes(word));
  const goesOn = term => term !== exact && term.forms.some(form => form.startsWith(word));
  const begun = word.length > 1 ? near.filter(goesOn).sort((a, b) => b.frequency - a.frequency).slice(0, MOST_ENDINGS) : [];
  const choices = (terms, share) => terms.map(term => ({ term, share }));
  if (exact) {
    const further = isLast ? begun.filter(term => term.frequency > exact.frequency).slice(0, 2) : [];
    return { word, choices: [...choices([exact], 1), ...choices(further, 0.6)], better: commoner(word, exact, near) };
  }
  if (begun.length && isLast) {
    // It may be finished all the same, and misspelt.
    const [better] = closest(word, near, mostEdits(word)).filter(({ term }) => term.frequency > begun[0].frequency + 4);
    return { word, choices: [...choices(begun, 0.9), ...choices(better ? [better.term] : [], 0.7)], begins: word, better: better && better.form };
  }
  const related = relatives(index, word, near);
  const candidates = await misspelt(index, word, isLast, near, related, pause);
  const isForm = related.length && (!candidates.length || related[0].frequency - EDIT * SLIP >= candidates[0].score);
  if (isForm) return { word, choices: choices(related, 0.9) };
  if (candidates.length) return { word, choices: [], candidates };
  return { word, choices: choices(word.length > 3 ? begun : [], 0.7) };
};

// Terms of a word that no page has in this form: 'negotiating' where all pages say 'negotiate'.
const relatives = (index, word, near) => {
  const shared = form => {
    let at = 0;
    while (at < word.length && word[at] === form[at]) at++;
    const isEnding = end => index.endings.has(end) || end[0] === word[at - 1] && index.endings.has(end.slice(1));
    for (const least = Math.max(3, at - 2); at >= least; at--) if (isEnding(word.slice(at)) && isEnding(form.slice(at))) return at;
    return 0;
  };
  const found = near.map(term => ({ term, most: Math.max(...term.forms.map(shared)) })).filter(({ most }) => most);
  const most = Math.max(...found.map(({ most }) => most));
  return found.filter(other => other.most === most).map(({ term }) => term).sort((a, b) => b.frequency - a.frequency).slice(0, 2);
};

const mostEdits = word => word.length < 3 ? 0 : word.length < 8 ? 1 : 2;

// What a word that no page has may have been meant to be, the likeliest first.
const misspelt = async (index, word, isLast, near, related, pause) => {
  const most = mostEdits(word), isUnfinished = isLast && word.length > 3;
  const telling = terms => terms.filter(({ forms }) => !index.stop.has(forms[0]));
  if (!most) return [];
  let found = closest(word, telling(near), most, isUnfinished);
  if (!found.length) found = closest(word, telling(await index.terms(word, true, pause)), most, isUnfinished);
  // A slip in a word that says nothing: 'befre'.
  const [stop] = closest(word, [...index.stop].filter(form => form.length > 3).map(form => ({ forms: [form], frequency: 0, pairs: [] })), 1);
  if (stop && !found.some(({ count }) => count <= stop.count)) return [{ ...stop, term: undefined }];
  const isWeak = !found.length || found[0].isUnfinished || found[0].term.frequency < RARE;
  if (!related.length && isWeak) found.push(...await begunWrong(index, word, most, found, pause));
  return found.sort((a, b) => b.score - a.score);
};

// Common words that it may have been meant to be if the slip is in its first two letters, which tell the slot.
const begunWrong = async (index, word, most, known, pause) => {
  const ending = [3, 2, 1].map(length => word.slice(-length)).find(end => word.length - end.length > 2 && index.endings.has(end)) || '';
  const forms = form => ending ? [form, form + ending] : [form];
  const common = (await index.load(index.entry.spelling, parseSpelling, pause)).map((form, at) => ({ forms: forms(form), frequency: -Math.floor(at / 250) * 2.5, pairs: [] }));
  const found = [];
  for (const other of closest(word, common, most).slice(0, 2)) {
    const term = await index.term(other.form) || await index.term(other.term.forms[0]);
    if (term && !known.some(other => other.term === term)) found.push({ ...other, term, score: term.frequency - EDIT * other.count });
  }
  return found;
};

// The terms that few edits lead to, and pairs of words that were written as one ('coverletter'); the likeliest first.
const closest = (word, terms, most, isLast) => {
  const found = [];
  for (const term of terms) {
    let best = { count: most + 0.1 };
    const look = (form, term) => {
      const isUnfinished = isLast && form.length > word.length;
      if (!isUnfinished && Math.abs(form.length - word.length) > most) return;
      const count = edits(word, form, most, isUnfinished);
      if (count < best.count) best = { count, form, term, isUnfinished, score: term.frequency - EDIT * count };
    };
    for (const form of term.forms) look(form, term);
    for (const left of word.length > 5 ? term.forms : []) if (left.length < word.length) for (const pair of term.pairs)
      look(left + pair.second, { ...pair, frequency: 0, forms: [left, pair.second], pairs: [] });
    if (best.term) found.push(best);
  }
  return found.sort((a, b) => b.score - a.score);
};

// A misspelt word as what it was likeliest meant to be: a word that follows its neighbour on some page is likelier.
const settled = (word, before, after) => {
  if (!word.candidates) return word;
  const terms = ({ choices = [], candidates = [] } = {}) => [...choices, ...candidates.slice(0, 9)].map(({ term }) => term).filter(Boolean);
  const follows = (first, second) => first.pairs.some(pair => second.forms.includes(pair.second));
  const befores = terms(before), afters = terms(after);
  const isKnown = ({ term }) => term && (befores.some(other => follows(other, term)) || afters.some(other => follows(term, other)));
  const likely = word.candidates.slice(0, 30).map(other => ({ ...other, score: other.score + (isKnown(other) ? EDIT : 0) })).sort((a, b) => b.score - a.score);
  const choices = likely.filter(({ term, score }) => term && score > likely[0].score - EDIT).slice(0, 3);
  return { ...word, meant: likely[0].term && likely[0].term.second ? likely[0].term.forms.join(' ') : likely[0].form, choices: choices.map(({ term }, at) => ({ term, share: at ? 0.5 : 0.9 })) };
};

// A rare word that is one edit from a common one may be a mistake of the page's own.
const commoner = (word, exact, near) => {
  if (exact.frequency > 3 || word.length < 5) return;
  const [other] = closest(word, near.filter(term => term !== exact).map(term => ({ ...term, pairs: [] })), 1);
  if (other && other.term.frequency > exact.frequency + 6) return other.form;
};

// Pairs of words that follow each other in the query: as neighbours somewhere, or written as one.
const neighbours = async (index, words, pause) => {
  const found = await Promise.all(words.slice(1).map(async ({ word, choices }, at) => {
    const { word: before, choices: firsts } = words[at], whole = before + word;
    const follows = ({ second }) => choices.some(({ term }) => term.forms.includes(second));
    const pairs = firsts.flatMap(({ term }) => term.pairs.filter(follows)).map(({ list, also }) => ({ list, also, at }));
    const one = (index.file(whole) === index.file(before) || !pairs.length && words.length < 4) && (await index.terms(whole, false, pause)).find(({ forms }) => forms.includes(whole));
    return one ? [...pairs, { list: one.list, also: [...one.forms, ...one.also], at }] : pairs;
  }));
  return found.flat();
};

// The query with words put right, if any was.
const respelt = (query, typed, words, how) => {
  let text = query;
  for (const { word, start, end } of [...typed].reverse()) {
    const other = words.find(other => other.word === word && other[how]);
    if (other) text = text.slice(0, start) + other[how] + text.slice(end);
  }
  return text === query ? undefined : text;
};

// ---- Ranking ----

// A query's words, and of which of them the lists are read to the end: of the rarest, and of others as far as they are short.
const weighed = words => {
  const rest = ({ choices }) => choices.reduce((sum, { term: { list } }) => sum + (list.rest ? list.rest.length : 0), 0);
  const rarest = [...words].sort((a, b) => rest(a) - rest(b));
  let sum = 0;
  const whole = rarest.filter((word, at) => (sum += rest(word)) <= 2 * REST / Math.max(2, words.length) || at === 0);
  return words.map(word => ({ ...word, isWhole: whole.includes(word) }));
};

// The parts to read of a list, and of all that a query leads to.
const parts = (list, isWhole) => isWhole && list.rest ? [list, list.rest] : [list];
const read = (words, pairs) => [
  ...words.flatMap(({ choices, isWhole }) => choices.flatMap(({ term }) => parts(term.list, isWhole))), ...pairs.flatMap(({ list }) => parts(list, true)),
];

// What a word counts on average in documents that aren't in the part of its list that is read.
const byChance = ({ choices, isWhole }, size, values) => isWhole ? 0
  : choices.reduce((most, { term: { list } }, i) => list.rest ? Math.max(most, values[i] * list.rest.effect * list.rest.length / (size - list.documents.length)) : most, 0);

// A document's score is the sum, over the query's words, of the word's level in it times the word's rarity; pairs of
// neighbours add to it. A document must have all words, unless none has them, or those that do only mention in passing
// what others are about; one that lacks some loses that share of its score. A common word whose list isn't read to the end
// is taken to be in all documents that have another.
const rank = ({ size, light }, words, pairs) => {
  const scores = new Float32Array(size), has = new Uint16Array(size);
  const rarity = ({ documents, rest }) => Math.log(1 + size / (documents.length + (rest ? rest.length : 0) + 0.5));
  const chances = [];
  const worth = words.map(({ word, choices, isWhole }, at) => {
    const best = new Float32Array(size);
    const values = choices.map(({ term: { list }, share }) => {
      const value = rarity(list) * share * (light.has(word) ? LIGHT : 1);
      for (const { documents, levels } of parts(list, isWhole)) documents.forEach((document, i) => { best[document] = Math.max(best[document], value * levels[i]); });
      return value;
    });
    chances.push(byChance(words[at], size, values));
    best.forEach((score, document) => {
      scores[document] += score;
      if (score) has[document] |= 1 << at;
    });
    return Math.max(...values);
  });
  for (const { list, at } of pairs) for (const { documents, levels } of parts(list, true)) documents.forEach((document, i) => {
    const both = 3 << at, isKnown = (has[document] & both) === both;
    scores[document] += (worth[at] + worth[at + 1]) / 2 * levels[i] * (isKnown ? NEAR : 2 * NEAR);
    has[document] |= both;
  });
  chances.forEach((chance, at) => chance && has.forEach((bits, document) => {
    if (!bits || bits >> at & 1) return;
    scores[document] += chance;
    has[document] |= 1 << at;
  }));
  const needs = worth.map(value => value ** 0.5), sum = needs.reduce((a, b) => a + b, 0), every = (1 << words.length) - 1;
  const share = Float32Array.from(has, bits => needs.reduce((sum, value, at) => sum + (bits >> at & 1) * value, 0) / sum);
  const most = share.reduce((a, b) => Math.max(a, b), 0);
  scores.forEach((score, document) => { scores[document] = score * share[document]; });
  const documents = sorted([...scores.keys()].filter(document => has[document] && share[document] > most * FEWEST), scores);
  const isWhole = document => has[document] === every;
  const whole = documents.find(isWhole);
  const hits = documents.filter((document, at) => whole === undefined || isWhole(document) || at < 10 && scores[document] > scores[whole] * COMPETES);
  return { hits, scores, worth, isPartial: whole === undefined && hits.length > 0, isRough: chances.some(chance => chance) };
};

// Documents by score, the highest first, equals by number: as numbers that hold both, which sort at once.
const sorted = (documents, scores) => {
  const keys = Float64Array.from(documents, document => Math.round(scores[document] * 2 ** 12) * 2 ** 22 - document).sort();
  return Array.from(keys, (_, at) => {
    const key = keys[keys.length - 1 - at];
    return Math.ceil(key / 2 ** 22) * 2 ** 22 - key;
  });
};

// ---- What to show ----

// A function that cuts a text and tells which word of the query (`at`) each of its words is, if any.
const matcher = ({ words, pairs }) => {
  const forms = new Map(), phrases = [], begins = [];
  const mark = (form, at) => {
    if (form.includes(' ')) phrases.push([...form.split(' '), at]);
    else if (!forms.has(form)) forms.set(form, at);
  };
  words.forEach(({ choices, begins: beginning }, at) => {
    for (const { term } of choices) for (const form of term.forms) mark(form, at);
    if (beginning) begins.push([beginning, at]);
  });
  words.forEach(({ choices }, at) => choices.forEach(({ term }) => term.also.forEach(form => mark(form, at))));
  pairs.forEach(({ also, at }) => also.forEach(form => mark(form, at)));
  return text => {
    const cuts = cutOnce(text);
    for (const cut of cuts) {
      cut.at = forms.get(cut.word);
      for (const [beginning, at] of begins) if (cut.at === undefined && cut.word.startsWith(beginning)) cut.at = at;
    }
    for (const [first, second, at] of phrases) cuts.forEach((cut, i) => {
      const next = cut.word.startsWith(first) && cuts.slice(i + 1, i + 4).find(({ word }) => word.startsWith(second));
      if (next) cut.at = next.at = at;
    });
    return cuts;
  };
};

// The stretch of a text that has most of the query, words near each other and in order counting for more.
const bestStretch = (cuts, worth) => {
  let best = { value: 0, from: 0 };
  cuts.forEach((cut, from) => {
    if (cut.at === undefined) return;
    const seen = new Set();
    let value = 0, last = -9;
    cuts.slice(from, from + STRETCH).forEach(({ at }, i) => {
      if (at === undefined) return;
      value += worth[at] * (seen.has(at) ? 0.1 : 1);
      if (i - last < 4 && cuts[from + last].at === at - 1) value += worth[at] * 0.5;
      seen.add(at);
      last = i;
    });
    if (value > best.value) best = { value, from };
  });
  return best;
};

// A result (results.rs) with its best part: the section to lead to, unless the title says it all, and an excerpt.
const present = (document, match, worth, asked) => {
  const distinct = text => new Set(match(text || '').map(({ at }) => at).filter(at => at !== undefined));
  let best = { value: -1 };
  for (const [anchor, heading, text] of [[null, null, document.d], ...document.s]) {
    const cuts = match(text), stretch = bestStretch(cuts, worth);
    const value = [...distinct(heading)].reduce((sum, at) => sum + worth[at] * 0.8, stretch.value);
    if (value > best.value) best = { value, anchor, heading, text, cuts, from: stretch.from };
  }
  const title = match(document.t), titled = title.filter(({ at, word }) => at !== undefined || asked.has(word)).length / (title.length || 1);
  const isWhole = !best.anchor || distinct(document.t).size === worth.length;
  return {
    title: document.t, url: document.u + (isWhole ? '' : '#' + best.anchor), page: document.u, section: isWhole ? '' : best.heading, kind: document.k,
    topics: document.o, minutes: document.m, date: document.w, files: document.f, value: best.value, titled, excerpt: excerpt(best),
  };
};

// About two lines as [text, is it a match] in turn, from the beginning of a sentence if one is near.
const excerpt = ({ text, cuts, from }) => {
  const isStart = i => i === 0 || /[.!?۔؟]\s/.test(text.slice(cuts[i - 1].end, cuts[i].start));
  let first = from;
  while (from - first < 10 && first > 0 && !isStart(first)) first--;
  if (from - first === 10) first += 4;
  const end = Math.min(first + EXCERPT, cuts.length);
  const parts = [[first > 0 ? '… ' : '', false]];
  let at = first > 0 ? cuts[first].start : 0;
  for (const cut of cuts.slice(first, end)) if (cut.at !== undefined) {
    parts.push([text.slice(at, cut.start), false], [text.slice(cut.start, cut.end), true]);
    at = cut.end;
  }
  return [...parts, [end < cuts.length ? text.slice(at, cuts[end - 1].end) + ' …' : text.slice(at), false]];
};
