// Articles whose words follow the frequency law of natural text (Zipf and Mandelbrot), the same for the same seed.
import { mkdirSync, writeFileSync } from 'node:fs';

const LENGTH = 700;             // words of an article
const VOCABULARY = 30_000;
const OWN = 30;                 // words that an article uses far more than others do
const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo za bran cred flin grost plum stern trad'.split(' ');
const ENDINGS = ['', 's', 'ed', 'ing', 'er', 'ment'];
const COMMON = ('the of and to a in is you it that for on your with as be are at this have from or one had by word but not what all were we when '
  + 'can said there use an each which she do how their if will job interview letter salary manager work company notice offer write ask').split(' ');

const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** Writes a site of so many articles; returns queries of two words of a title, with the article that has them. */
export function generate(folder, articles, seed = 1) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const words = [...COMMON];
  while (words.length < VOCABULARY) {
    const stem = Array.from({ length: 2 + Math.floor(next() * 2) }, () => pick(SYLLABLES)).join('');
    words.push(...ENDINGS.filter(() => next() < 0.4).map((ending) => stem + ending));
  }
  const sums = [];
  words.forEach((_, rank) => sums.push((sums[rank - 1] ?? 0) + 1 / (rank + 2.7) ** 1.05));
  const draw = () => {
    const wanted = next() * sums.at(-1);
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < wanted) low = middle + 1; else high = middle;
    }
    return words[low];
  };
  mkdirSync(`${folder}/content/articles`, { recursive: true });
  writeFileSync(`${folder}/letterpress.toml`, 'title = "Advice"\nbase_url = "https://example.org/"\n');
  const queries = [];
  for (let number = 0; number < articles; number++) {
    const own = Array.from({ length: OWN }, () => words[60 + Math.floor(next() ** 3 * 9000)]);
    const word = () => (next() < 0.12 ? own[Math.floor(next() ** 2 * OWN)] : draw());
    const sentence = (length) => Array.from({ length }, word).join(' ');
    const title = [own[0], draw(), own[1], draw(), own[2]].join(' ');
    const sections = Array.from({ length: Math.round(LENGTH / 112) }, (_, at) => `${at ? `## ${sentence(4)}\n\n` : ''}${Array.from({ length: 8 }, () => `${sentence(14)}.`).join(' ')}`);
    const front = `---\ntitle: ${title}\ndescription: ${sentence(18)}\ndate: 20${20 + (number % 6)}-03-05\n---\n\n`;
    writeFileSync(`${folder}/content/articles/advice-${number}.md`, `${front}${sections.join('\n\n')}\n`);
    if (number % Math.ceil(articles / 60) === 0) queries.push({ query: `${own[0]} ${own[1]}`, expected_path: `/articles/advice-${number}/`, kind: 'plain' });
  }
  return queries;
}

/** The query with a letter missing from the middle of its longest word. */
export function misspelt({ query, ...rest }) {
  const longest = query.split(' ').sort((a, b) => b.length - a.length)[0];
  const middle = Math.floor(longest.length / 2);
  return { ...rest, query: query.replace(longest, longest.slice(0, middle) + longest.slice(middle + 1)), kind: 'misspelt' };
}
