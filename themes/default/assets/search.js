// Search on a static host: results while typing, on the search page and under every search box.
//
// The index is made by `src/search`; docs/search-index.md tells its form. A query loads what it needs: the entry, for
// each word one file of words and one of lists, for each result shown one small file. Files are loaded once; with
// them a query is answered from memory. Words are cut and folded as src/search/words.rs does it.
(() => {
  'use strict';

  const ENGLISH = {
    none: 'Nothing found for “{query}”. Try fewer or other words.', one: '1 result for “{query}”', other: '{count} results for “{query}”',
    partial: 'No page has all of these words. These come closest.', showingInstead: 'Showing results for {word}.', didYouMean: 'Did you mean {word}?',
    more: 'Show more results', failed: 'Search could not be loaded. Check your connection and try again.', all: 'All', kinds: 'Kind', topics: 'Topic',
    article: 'Article', letter: 'Letter', page: 'Page', articles: 'Articles', letters: 'Letters', pages: 'Pages', minutesOne: '{count} min read', minutesOther: '{count} min read',
    fillIn: 'Fill in', download: 'Download', allResults: 'All results for “{query}”', suggestions: 'Results while you type',
  };
  const FIRST = 6, MORE = 10, INSTANT = 5;      // results shown at first, by 'more', and under a box
  const MOST_WORDS = 12, MOST_ENDINGS = 4;      // words of a query, ways to go on with an unfinished word
  const EXCERPT = 34;                           // words

  // ---- Words ----

  const ALONE = '[\\u0e00-\\u0eff\\u1780-\\u17ff\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}]';
  const LETTER = `(?:(?!${ALONE})[\\p{Alphabetic}\\p{N}\\p{M}\\u00ad\\u200c-\\u200f\\u2060])`;
  const WORD = new RegExp(`(?=\\p{Alphabetic}|\\p{N})${ALONE}|\\d+(?:[.,]\\d+)+${LETTER}*|${LETTER}+(?:['’ʼ](?=\\p{Alphabetic})${LETTER}+)*`, 'gu');
  const IGNORED = /[\u0300-\u036f\u00ad\u200c-\u200f\u2060\ufe0f\u0640\u064b-\u065f\u0670\u0610-\u061a\u06d6-\u06ed'’ʼ.,]/g;
  const SPELT = { ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ŧ: 't', ı: 'i', ς: 'σ',
    أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ي: 'ی', ى: 'ی', ئ: 'ی', ك: 'ک', ه: 'ہ', ة: 'ہ', ۂ: 'ہ', ۀ: 'ہ', ۃ: 'ہ', ە: 'ہ', ؤ: 'و' };

  const fold = word => word.toLowerCase().replace(/['’ʼ]s$/, '').replace(IGNORED, '')
    .replace(/[\u00df-\u024f\u1e00-\u1effς]|[\u0621-\u06d5]/g, letter => SPELT[letter] || (letter < '\u0600' || letter > '\u1000' ? letter.normalize('NFD')[0] : letter))
    .replace(/[٠-٩۰-۹]/g, digit => digit.charCodeAt(0) & 15);

  // The words of a text: as folded, and where they are.
  const cut = text => {
    const words = [];
    for (const { 0: raw, index } of text.matchAll(WORD)) {
      const word = fold(raw);
      if (word) words.push({ word, start: index, end: index + raw.length });
    }
    return words;
  };

  // src/search/slot.rs
  const plain = letter => letter === undefined ? 0 : /[a-z]/.test(letter) ? letter.charCodeAt(0) - 86 : /\d/.test(letter) ? +letter + 1 : NaN;
  const slot = word => {
    const [first, second] = word;
    const code = letter => letter ? letter.codePointAt(0) : 0;
    return plain(first) * 37 + plain(second) || 1369 + (code(first) * 31 + code(second)) % 2727;
  };

  // Edits between two words (insertion, deletion, substitution, transposition), or more than `most`. With `unfinished`,
  // what `b` has beyond `a` costs nothing.
  const edits = (a, b, most, unfinished) => {
    if (!unfinished && Math.abs(a.length - b.length) > most) return most + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return unfinished ? Math.min(...last) : last[b.length];
  };
  const mostEdits = word => word.length < 4 ? 0 : word.length < 8 ? 1 : 2;

  // ---- Index ----

  class Index {
    constructor(url) {
      this.url = url;
      this.files = new Map();
    }

    // A file, parsed; loaded at most once. `pause` puts a load off until the reader stops typing.
    async load(name, parse = response => response.json(), pause) {
      if (!this.files.has(name)) {
        if (pause) await pause();
        if (!this.files.has(name)) {
          const loading = fetch(new URL(name, new URL(this.url, location))).then(response => response.ok ? response : Promise.reject(new Error(response.status))).then(parse);
          loading.catch(() => this.files.delete(name));
          this.files.set(name, loading);
        }
      }
      return this.files.get(name);
    }

    async open() {
      if (this.words) return this;
      const entry = await this.load(this.url.replace(/.*\//, ''));
      this.entry = entry;
      this.first = [0];
      entry.sizes.forEach((size, at) => this.first.push(this.first[at] + size));
      this.size = this.first[entry.sizes.length];
      this.words = entry.from.split(' ').map((from, at) => ({ from, slot: slot(from), name: `words/${entry.words.substr(at * 10, 10)}.json` }));
      return this;
    }

    // The terms that may stand where a word stands: its file, and with `all` every file of its slot.
    async terms(word, all) {
      const own = slot(word);
      const isBefore = file => file.slot < own || file.slot === own && file.from <= word;
      const at = this.words.filter(isBefore).length - 1;
      const near = this.words.filter((file, i) => i === at || all && file.slot === own || i === at + 1 && file.from.startsWith(word));
      const parts = await Promise.all(near.map(file => this.load(file.name, parseWords)));
      return parts.flat();
    }

    // A list: the numbers and levels of the documents that have a word.
    async list(list, pause) {
      if (!list.documents) {
        const lists = await this.load(list.name, parseLists, pause);
        Object.assign(list, decode(lists[list.at]));
      }
      return list;
    }

    result(number, pause) {
      const folder = this.first.findIndex(first => first > number) - 1;
      return this.load(`results/${folder}.${this.entry.folders.substr(folder * 7, 7)}/${number - this.first[folder]}.json`, undefined, pause);
    }
  }

  // src/search/lexicon.rs
  const parseWords = async response => {
    const { lists, words } = await response.json();
    const places = lists.flatMap(([name, count]) => Array.from({ length: count }, (_, at) => ({ name, at })));
    let last = [], list = 0;
    return words.split('\n').slice(0, -1).map(line => {
      const [forms, frequency, ...pairs] = line.split(';');
      const [head, ...further] = forms.split(',');
      const first = last = [...last.slice(0, head.charCodeAt(0) - 65), ...head.slice(1)];
      const marks = field => (field.split('=')[1] || '').split(',').filter(Boolean);
      const form = end => end[0] === '-' ? end.slice(1) : /^[A-Z]/.test(end) ? first.slice(0, 65 - end.charCodeAt(0)).join('') + end.slice(1) : first.join('') + end;
      return {
        forms: [first.join(''), ...further.map(form)], frequency: parseInt(frequency[0], 36), optional: frequency[1] === '!', also: marks(frequency),
        list: places[list++], pairs: pairs.map(pair => ({ second: pair.split('=')[0], also: marks(pair), list: places[list++] })),
      };
    });
  };

  const number = (bytes, at) => {
    let value = 0, shift = 0;
    for (;;) {
      const byte = bytes[at.at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
      shift += 7;
    }
  };

  const parseLists = async response => {
    const bytes = new Uint8Array(await response.arrayBuffer());
    const at = { at: 0 }, lengths = [number(bytes, at)];
    // The lengths end where, with them, the file does.
    for (let sum = lengths[0]; at.at + sum < bytes.length; sum += lengths[lengths.length - 1]) lengths.push(number(bytes, at));
    return lengths.map(length => bytes.subarray(at.at, at.at += length));
  };

  // src/search/postings.rs
  const decode = bytes => {
    const at = { at: 0 }, length = number(bytes, at), parameters = bytes[at.at];
    let bit = (at.at + 1) * 8, next = 0;
    const read = () => bytes[bit >> 3] >> (7 - (bit++ & 7)) & 1;
    const rice = bits => {
      let value = 0;
      while (read()) value++;
      while (bits--) value = value << 1 | read();
      return value;
    };
    const documents = new Uint32Array(length), levels = new Uint8Array(length);
    for (let i = 0; i < length; i++) {
      documents[i] = next += rice(parameters >> 4);
      next++;
      levels[i] = rice(parameters & 15) + 1;
    }
    return { documents, levels };
  };

  // ---- Query ----

  // What a word may stand for: terms with a share each, and how it was understood.
  const understand = async (index, word, isLast) => {
    const near = await index.terms(word);
    const exact = near.find(term => term.forms.includes(word));
    if (exact) return { word, choices: [{ term: exact, share: 1 }], better: rarer(word, exact, near) };
    const endings = term => term.forms.some(form => form.startsWith(word));
    const begun = word.length > 1 ? near.filter(endings).sort((a, b) => b.frequency - a.frequency).slice(0, MOST_ENDINGS) : [];
    if (begun.length && isLast) return { word, choices: begun.map(term => ({ term, share: 0.9 })), begins: word };
    return compound(word, near) || await misspelt(index, word, isLast, near) || { word, choices: begun.map(term => ({ term, share: 0.7 })) };
  };

  // 'coverletter': two words that are neighbours somewhere.
  const compound = (word, near) => {
    for (const term of near) {
      const left = term.forms.find(form => word.startsWith(form));
      const pair = left && left.length < word.length && term.pairs.find(pair => pair.second === word.slice(left.length));
      if (pair) return { word, choices: [{ term: { ...pair, forms: [left, pair.second], pairs: [] }, share: 1 }] };
    }
  };

  const misspelt = async (index, word, isLast, near) => {
    const most = mostEdits(word);
    if (!most) return;
    let found = closest(word, near, most, isLast);
    if (!found.length) found = closest(word, await index.terms(word, true), most, isLast);
    if (!found.length) {
      const spelling = await index.load(index.entry.spelling);
      const [other] = closest(word, spelling.split(' ').map((form, at) => ({ forms: [form], frequency: -at })), most, false);
      if (!other) return;
      found = (await index.terms(other.form)).filter(term => term.forms.includes(other.form)).map(term => ({ ...other, term }));
    }
    return { word, meant: found[0].form, choices: found.map(({ term }, at) => ({ term, share: at ? 0.5 : 0.9 })) };
  };

  // The nearest terms, commonest first.
  const closest = (word, terms, most, isLast) => {
    const found = [];
    for (const term of terms) {
      let best = { edits: most + 1 };
      for (const form of term.forms) {
        const count = edits(word, form, most, isLast && form.length > word.length);
        if (count < best.edits) best = { edits: count, form, term };
      }
      if (best.term) found.push(best);
    }
    found.sort((a, b) => a.edits - b.edits || b.term.frequency - a.term.frequency);
    return found.filter(({ edits, term }) => edits === found[0].edits && term.frequency > found[0].term.frequency - 6).slice(0, 3);
  };

  // A rare word that is one edit from a common one may be a mistake that a page makes too.
  const rarer = (word, exact, near) => {
    const [other] = exact.frequency > 3 || word.length < 5 ? [] : closest(word, near.filter(term => term !== exact), 1, false);
    return other && other.term.frequency > exact.frequency + 6 ? other.form : undefined;
  };

  // The documents that answer a query, best first, and the words that it was taken for.
  const search = async (index, query, pause) => {
    await index.open();
    const typed = cut(query).slice(0, MOST_WORDS);
    const isOpen = /[\p{L}\p{N}]$/u.test(query);
    let words = await Promise.all(typed.map(({ word }, at) => understand(index, word, isOpen && at === typed.length - 1)));
    if (words.length > 1 && isOpen && typed[typed.length - 1].word.length === 1 && !words[words.length - 1].choices.length) words.pop();
    const unknown = words.filter(({ choices }) => !choices.length);
    words = words.filter(({ choices }) => choices.length);
    const telling = words.filter(({ choices }) => !choices.every(({ term }) => term.optional));
    if (telling.length) words = telling;
    const pairs = neighbours(words);
    await Promise.all([...words.flatMap(({ choices }) => choices.map(({ term }) => term)), ...pairs].map(({ list }) => index.list(list, pause)));
    return { ...rank(index.size, words, pairs), words, isPartial: unknown.length > 0, meant: correction(query, typed, words) };
  };

  // Pairs of words that follow each other in the query and somewhere in the index.
  const neighbours = words => words.flatMap((word, at) => {
    const next = words[at + 1];
    if (!next) return [];
    const follows = pair => next.choices.some(({ term }) => term.forms.includes(pair.second));
    return word.choices.flatMap(({ term }) => term.pairs.filter(follows)).map(pair => ({ ...pair, at }));
  });

  const rarity = (size, list) => Math.log(1 + size / (list.documents.length + 0.5));

  const rank = (size, words, pairs) => {
    const scores = new Float32Array(size), has = new Uint16Array(size), worth = [];
    words.forEach(({ choices }, at) => {
      const best = new Float32Array(size);
      worth[at] = 0;
      for (const { term: { list }, share } of choices) {
        const value = rarity(size, list) * share;
        worth[at] = Math.max(worth[at], value);
        list.documents.forEach((document, i) => { best[document] = Math.max(best[document], value * list.levels[i]); });
      }
      best.forEach((score, document) => { if (score) { scores[document] += score; has[document] |= 1 << at; } });
    });
    for (const { list, at } of pairs) {
      const value = (worth[at] + worth[at + 1]) / 2;
      list.documents.forEach((document, i) => {
        const both = 3 << at;
        scores[document] += value * list.levels[i] * ((has[document] & both) === both ? 0.6 : 1.2);
        has[document] |= both;
      });
    }
    const every = (1 << words.length) - 1;
    let hits = [];
    for (let document = 0; document < size; document++) if (has[document] === every) hits.push(document);
    const isPartial = !hits.length || !words.length;
    if (isPartial) hits = closestDocuments(scores, has, worth);
    hits.sort((a, b) => scores[b] - scores[a] || a - b);
    return { hits, scores, worth, isPart: isPartial && hits.length > 0 };
  };

  // When no document has every word: those that have nearly as much of the query as the best.
  const closestDocuments = (scores, has, worth) => {
    const all = worth.reduce((sum, value) => sum + value, 0);
    const share = Float32Array.from(has, bits => worth.reduce((sum, value, at) => sum + (bits >> at & 1 ? value : 0), 0) / all);
    const best = share.reduce((a, b) => Math.max(a, b), 0);
    share.forEach((value, document) => { scores[document] *= value; });
    return [...share.keys()].filter(document => share[document] && share[document] >= best * 0.6);
  };

  // The query as it was understood, if that differs from what was typed.
  const correction = (query, typed, words) => {
    const replace = pick => {
      let text = query;
      for (const { word, start, end } of [...typed].reverse()) {
        const other = words.find(other => other.word === word && pick(other));
        if (other) text = text.slice(0, start) + pick(other) + text.slice(end);
      }
      return text !== query && text;
    };
    return { instead: replace(word => word.meant), better: replace(word => word.better) };
  };

  // ---- Results ----

  // Which word of the query each word of a text is, if any.
  const matcher = words => {
    const forms = new Map(), phrases = [];
    words.forEach(({ choices, begins }, at) => choices.forEach(({ term }) => {
      term.forms.forEach(form => forms.set(form, at));
      term.also.concat(term.pairs.flatMap(pair => words[at + 1] && words[at + 1].choices.some(({ term }) => term.forms.includes(pair.second)) ? pair.also : []))
        .forEach(form => form.includes(' ') ? phrases.push([...form.split(' '), at]) : forms.has(form) || forms.set(form, at));
      if (begins) phrases.begins = [begins, at];
    }));
    return text => {
      const cuts = cut(text);
      cuts.forEach(cut => {
        cut.at = forms.get(cut.word);
        if (cut.at === undefined && phrases.begins && cut.word.startsWith(phrases.begins[0])) cut.at = phrases.begins[1];
      });
      for (const [first, second, at] of phrases) cuts.forEach((cut, i) => {
        const next = cut.word.startsWith(first) && cuts.slice(i + 1, i + 4).find(({ word }) => word.startsWith(second));
        if (next) cut.at = next.at = at;
      });
      return cuts;
    };
  };

  // The stretch of a text that says most of the query: what it is worth, and where it begins.
  const bestStretch = (cuts, worth) => {
    let best = { value: 0, from: 0 };
    cuts.forEach((cut, from) => {
      if (cut.at === undefined) return;
      const seen = new Set();
      let value = 0, last;
      for (let i = from; i < Math.min(from + EXCERPT - 8, cuts.length); i++) {
        const { at } = cuts[i];
        if (at === undefined) continue;
        value += seen.has(at) ? worth[at] * 0.1 : worth[at];
        if (last && cuts[last].at === at - 1 && i - last < 4) value += worth[at] * 0.5;
        seen.add(at);
        last = i;
      }
      if (value > best.value) best = { value, from };
    });
    return best;
  };

  // A loaded document with its best part: a section, and the stretch to show.
  const present = (document, match, worth) => {
    const whole = new Set(match(document.t).map(cut => cut.at).filter(at => at !== undefined));
    let best;
    for (const [anchor, heading, text] of [[null, null, document.d], ...document.s]) {
      const cuts = match(text), stretch = bestStretch(cuts, worth);
      const inHeading = new Set(match(heading || '').map(cut => cut.at));
      const value = stretch.value + worth.reduce((sum, value, at) => sum + (inHeading.has(at) ? value * 0.8 : 0), 0);
      if (!best || value > best.value) best = { value, anchor, heading, text, cuts, from: stretch.from };
    }
    if (whole.size === worth.length) best.anchor = best.heading = null;
    return { ...document, best };
  };

  const element = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  // About two lines, from the beginning of the sentence if that is near, with the words of the query marked.
  const excerpt = ({ text, cuts, from }) => {
    if (!cuts.length) return [text];
    let first = from;
    while (first > 0 && from - first < 10 && !/[.!?۔؟]\s/.test(text.slice(cuts[first - 1].end, cuts[first].start))) first--;
    if (from - first === 10) first += 4;
    const last = Math.min(first + EXCERPT, cuts.length) - 1;
    const parts = [first > 0 ? '… ' : ''];
    let at = first > 0 ? cuts[first].start : 0;
    for (const cut of cuts.slice(first, last + 1)) {
      if (cut.at === undefined) continue;
      parts.push(text.slice(at, cut.start), element('mark', {}, text.slice(cut.start, cut.end)));
      at = cut.end;
    }
    parts.push(last + 1 < cuts.length ? text.slice(at, cuts[last].end) + ' …' : text.slice(at));
    return parts;
  };

  const words = (host, key, values = {}) => (host.dataset['text' + key[0].toUpperCase() + key.slice(1)] || ENGLISH[key] || key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
  const plural = (host, key, count, values) => words(host, key + (count === 1 ? 'One' : 'Other'), { count, ...values });
  const kind = (host, hit) => element('span', { class: 'result-kind' }, words(host, hit.k));
  const address = hit => hit.u + (hit.best.anchor ? '#' + hit.best.anchor : '');

  const link = (hit, attributes) => {
    const title = element('a', { class: 'result-title', href: address(hit), ...attributes }, hit.t);
    if (hit.best.heading) title.append(' ', element('span', { class: 'result-section' }, hit.best.heading));
    return title;
  };

  const result = (host, hit) => {
    const minutes = hit.m && hit.k !== 'letter' ? plural(host, 'minutes', hit.m) : '';
    const meta = [kind(host, hit), ...[hit.o[0], minutes].filter(Boolean).flatMap(text => [' · ', text])];
    const item = element('li', { class: 'result result-' + hit.k },
      element('p', { class: 'result-meta' }, ...meta), element('h2', { class: 'result-heading' }, link(hit)), element('p', { class: 'result-excerpt' }, ...excerpt(hit.best)));
    if (hit.k === 'letter') item.append(actions(host, hit));
    return item;
  };

  const FILES = { pdf: 'PDF', docx: 'Word', txt: 'Text' };
  const actions = (host, hit) => {
    const file = ([kind, url]) => {
      const button = element('button', { class: 'button', type: 'button', 'aria-label': `${words(host, 'download')}: ${hit.t} (${FILES[kind] || kind})` }, FILES[kind] || kind);
      button.addEventListener('click', () => element('a', { href: url, download: '' }).click());
      return button;
    };
    return element('p', { class: 'result-actions' }, element('a', { class: 'button', href: hit.u + '#fill-in' }, words(host, 'fillIn')), ...hit.f.map(file));
  };

  // The results from `from` to `to` of a search, loaded, with the nearest and most orderly matches of them first.
  const loaded = async (index, found, numbers, pause) => {
    const match = matcher(found.words);
    const all = found.worth.reduce((sum, value) => sum + value, 0) || 1;
    const hits = await Promise.all(numbers.map(async number => {
      const hit = present(await index.result(number, pause), match, found.worth);
      return { hit, score: found.scores[number] * (1 + 0.1 * Math.min(2, hit.best.value / all)) };
    }));
    return hits.sort((a, b) => b.score - a.score || (a.hit.w < b.hit.w ? 1 : -1)).map(({ hit }) => hit);
  };

  // ---- Typing ----

  const STALE = new Error('a later query has taken over');
  const connection = navigator.connection || {};
  const PAUSE = connection.saveData || /2g|3g/.test(connection.effectiveType) ? 300 : 90;

  // Runs `answer(query, pause)` for the newest query; one that has been overtaken stops where it next would load.
  const runner = (answer, failed) => {
    let turn = 0;
    return async (query, isTyping) => {
      const own = ++turn;
      const waited = new Promise(resolve => setTimeout(resolve, isTyping ? PAUSE : 0));
      const isStale = () => own !== turn;
      const pause = async () => {
        await waited;
        if (isStale()) throw STALE;
      };
      try {
        await answer(query, pause, isStale);
      } catch (error) {
        if (error !== STALE && !isStale()) failed(error);
      }
    };
  };
  const isKeystroke = event => !event.inputType || /^(insertText|insertCompositionText|delete)/.test(event.inputType) && (event.data || '').length < 2;

  const indexes = {};
  const open = host => indexes[host.dataset.index] = indexes[host.dataset.index] || new Index(host.dataset.index);

  // ---- The search page ----

  const searchPage = (host, form, input) => {
    const index = open(host);
    const status = element('p', { class: 'search-status', 'aria-live': 'polite' });
    const suggestion = element('p', { class: 'search-suggestion' });
    const filters = element('div', { class: 'search-filters' });
    const list = element('ol', { class: 'results' });
    const more = element('button', { class: 'more', type: 'button', hidden: '' }, words(host, 'more'));
    const fallback = document.querySelector('[data-search-fallback]');
    let found, hits = [], chosen = {};
    host.append(status, suggestion, filters, list, more);

    const draw = async (count, pause, isStale) => {
      const shown = await loaded(index, found, hits.slice(0, count), pause);
      if (isStale && isStale()) throw STALE;
      list.replaceChildren(...shown.map(hit => result(host, hit)));
      more.hidden = hits.length <= count;
    };

    const say = query => {
      const { instead, better } = found.meant;
      status.textContent = !query ? '' : !hits.length ? words(host, 'none', { query })
        : (found.isPart || found.isPartial ? words(host, 'partial') + ' ' : '') + words(host, hits.length === 1 ? 'one' : 'other', { count: hits.length, query });
      suggestion.textContent = instead && hits.length ? words(host, 'showingInstead', { word: instead }) : '';
      if (better && !instead) suggestion.replaceChildren(button(words(host, 'didYouMean', { word: better }), () => go(better)));
      if (fallback) fallback.hidden = hits.length > 0;
    };

    const button = (text, act, attributes) => {
      const node = element('button', { type: 'button', ...attributes }, text);
      node.addEventListener('click', act);
      return node;
    };

    const answer = async (query, pause, isStale) => {
      const next = query ? await search(index, query, pause) : { hits: [], words: [], worth: [], scores: [], meant: {} };
      if (isStale()) return;
      found = next;
      const sets = found.hits.length ? await kinds() : undefined;
      hits = sets ? found.hits.filter(number => passes(sets, number, chosen)) : found.hits;
      if (!hits.length && (chosen.kind || chosen.topic)) { chosen = {}; hits = found.hits; }
      await draw((history.state || {}).shown || FIRST, pause, isStale);
      say(query);
      if (sets) drawFilters(sets, query); else filters.replaceChildren();
    };
    const run = runner(answer, () => { status.textContent = words(host, 'failed'); });

    // Kind and topics of every document, as sets that documents share.
    const kinds = async () => {
      const parts = await Promise.all(index.entry.filters.map(name => index.load(name)));
      return number => {
        const part = parts[Math.floor(number / 20000)];
        return part.sets[part.documents[number % 20000]];
      };
    };
    const passes = (sets, number, { kind, topic }) => {
      const [ownKind, topics] = sets(number);
      return (!kind || kind === ownKind) && (!topic || topics.includes(topic));
    };

    const drawFilters = (sets, query) => {
      const group = (key, values) => {
        const counts = new Map();
        for (const number of found.hits) if (passes(sets, number, { ...chosen, [key]: undefined })) for (const value of values(sets(number))) counts.set(value, (counts.get(value) || 0) + 1);
        if (counts.size < 2 && !chosen[key]) return [];
        const label = value => key === 'kind' ? words(host, value + 's') : value;
        const sum = found.hits.filter(number => passes(sets, number, { ...chosen, [key]: undefined })).length;
        const choice = (value, text, count) => button(text, () => choose(key, value), { 'aria-pressed': chosen[key] === value }, count);
        const buttons = [[undefined, words(host, 'all'), sum], ...[...counts].sort((a, b) => b[1] - a[1]).map(([value, count]) => [value, label(value), count])]
          .map(([value, text, count]) => { const node = choice(value, text); node.append(' ', element('span', { class: 'count' }, count)); return node; });
        return [element('div', { class: 'filter-group', role: 'group', 'aria-label': words(host, key + 's') }, ...buttons)];
      };
      filters.replaceChildren(...group('kind', ([kind]) => [kind]), ...group('topic', ([, topics]) => topics));
      if (!query) filters.replaceChildren();
    };

    const choose = async (key, value) => {
      chosen = { ...chosen, [key]: value };
      write('pushState');
      await run(input.value.trim());
      const pressed = [...filters.querySelectorAll('[aria-pressed=true]')].find(node => node.parentNode.getAttribute('aria-label') === words(host, key + 's'));
      if (pressed) pressed.focus();
    };

    const write = (how, shown) => {
      const parameters = new URLSearchParams();
      for (const [name, value] of Object.entries({ q: input.value.trim(), ...chosen })) if (value) parameters.set(name, value);
      history[how]({ shown }, '', parameters.toString() ? '?' + parameters : location.pathname);
    };
    const read = () => {
      const parameters = new URLSearchParams(location.search);
      input.value = parameters.get('q') || '';
      chosen = { kind: parameters.get('kind') || undefined, topic: parameters.get('topic') || undefined };
      return run(input.value.trim());
    };
    const go = query => {
      input.value = query;
      write('pushState');
      run(query.trim());
    };

    more.addEventListener('click', async () => {
      const before = list.children.length;
      write('replaceState', before + MORE);
      await draw(before + MORE);
      if (list.children[before]) list.children[before].querySelector('a').focus();
    });
    input.addEventListener('input', event => {
      write('replaceState');
      run(input.value.trim(), isKeystroke(event));
    });
    form.addEventListener('submit', event => {
      event.preventDefault();
      run(input.value.trim());
    });
    // Arrows walk from the box through the results and back; Escape returns to the box.
    form.parentNode.addEventListener('keydown', event => {
      const stops = [input, ...list.querySelectorAll('.result-title')];
      const at = stops.indexOf(event.target);
      const next = event.key === 'ArrowDown' ? stops[at + 1] : event.key === 'ArrowUp' ? stops[at - 1] : event.key === 'Escape' && at > 0 ? input : undefined;
      if (at < 0 || !next) return;
      event.preventDefault();
      next.focus();
    });
    addEventListener('popstate', read);
    addEventListener('pagehide', () => history.replaceState({ ...history.state, top: scrollY }, ''));
    const top = (history.state || {}).top;
    read().then(() => { if (top) scrollTo(0, top); });
  };

  // ---- The list under a box ----

  const instant = (host, input) => {
    const index = open(host);
    const list = element('ul', { class: 'instant', role: 'listbox', id: input.id + '-list', 'aria-label': words(host, 'suggestions'), hidden: '' });
    const status = element('p', { class: 'search-status away', 'aria-live': 'polite' });
    let chosen = -1;
    host.append(list, status);
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-expanded': false, 'aria-controls': list.id, 'aria-autocomplete': 'list' })) input.setAttribute(name, value);

    const show = isOpen => {
      list.hidden = !isOpen;
      input.setAttribute('aria-expanded', isOpen);
      choose(-1);
    };
    const choose = at => {
      chosen = at;
      [...list.children].forEach((option, i) => option.setAttribute('aria-selected', i === at));
      if (at < 0) input.removeAttribute('aria-activedescendant');
      else input.setAttribute('aria-activedescendant', list.children[at].id);
    };
    const option = (child, at, className) => element('li', { role: 'option', id: `${list.id}-${at}`, 'aria-selected': 'false', class: className }, ...child);

    const run = runner(async (query, pause, isStale) => {
      const found = query ? await search(index, query, pause) : { hits: [] };
      const hits = found.hits.length ? await loaded(index, found, found.hits.slice(0, INSTANT), pause) : [];
      if (isStale()) return;
      const all = element('a', { href: `${host.action}?q=${encodeURIComponent(query)}`, tabindex: '-1' }, words(host, 'allResults', { query }));
      list.replaceChildren(...hits.map((hit, at) => option([link(hit, { tabindex: '-1' }), ' ', kind(host, hit)], at)), option([all], hits.length, 'instant-all'));
      status.textContent = query ? words(host, hits.length ? found.hits.length === 1 ? 'one' : 'other' : 'none', { count: found.hits.length, query }) : '';
      show(hits.length > 0);
    }, () => show(false));

    input.addEventListener('focus', () => index.open().catch(() => {}));
    input.addEventListener('input', event => run(input.value.trim(), isKeystroke(event)));
    input.addEventListener('keydown', event => {
      const count = list.hidden ? 0 : list.children.length;
      if (event.key === 'Escape' && count) show(false);
      else if (event.key === 'Enter' && chosen >= 0) list.children[chosen].querySelector('a').click();
      else if (event.key === 'ArrowDown' && count) choose((chosen + 2) % (count + 1) - 1);
      else if (event.key === 'ArrowUp' && count) choose((chosen + count + 1) % (count + 1) - 1);
      else return;
      event.preventDefault();
    });
    list.addEventListener('mousedown', event => event.preventDefault());
    input.addEventListener('blur', () => show(false));
  };

  const region = document.querySelector('[data-search-results]');
  document.querySelectorAll('form[data-search]').forEach((form, at) => {
    const input = form.querySelector('input[type=search]');
    if (!input || !form.dataset.index) return;
    input.id = input.id || 'search-box-' + at;
    if (region && region.dataset.index) searchPage(region, form, input);
    else instant(form, input);
  });
})();
