// The engine of search by itself, in Node: its functions against the cases that the Rust half passes too, and queries against an index that the
// program built.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = new URL('../../', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'letterpress-engine-'));
let engine;

const articles = {
  'resign-well': ['Resign well', 'How to hand in your notice and leave in good standing.'],
  'ask-for-a-raise': ['Ask for a raise', 'Your salary, and when to talk about it.'],
  'first-interview': ['Your first interview', 'What to read and wear the night before an interview.'],
  'نوکری': ['نوکری کی درخواست', 'درخواست لکھنے کا طریقہ'],
};

before(async () => {
  const program = new URL(process.platform === 'win32' ? 'target/debug/letterpress.exe' : 'target/debug/letterpress', root);
  mkdirSync(join(folder, 'content/articles'), { recursive: true });
  writeFileSync(join(folder, 'letterpress.toml'), 'title = "Advice"\n');
  for (const [name, [title, text]] of Object.entries(articles)) {
    writeFileSync(join(folder, `content/articles/${name}.md`), `---\ntitle: ${title}\ndescription: ${text}\n---\n\n${text}\n`);
  }
  execFileSync(fileURLToPath(program), ['build', '--source', folder], { stdio: 'pipe' });
  // Node takes a file for a module by its name.
  writeFileSync(join(folder, 'engine.mjs'), readFileSync(new URL('src/search/browser/engine.js', root)));
  engine = await import(pathToFileURL(join(folder, 'engine.mjs')));
});

after(() => rmSync(folder, { recursive: true }));

// The engine fetches; here the files are on the disk.
const files = async (address) => {
  try {
    return new Response(readFileSync(new URL(address)));
  } catch {
    return new Response('', { status: 404 });
  }
};

const search = async (query) => {
  globalThis.fetch = files;
  const address = pathToFileURL(join(folder, 'public/search/index.json'));
  const index = engine.open(address.href, JSON.parse(readFileSync(address)));
  const found = await index.search(query);
  const results = await index.results(found, [...found.hits].slice(0, found.room));
  return { found, titles: results.map(({ title }) => title) };
};

test('words are cut and folded as the program cuts and folds them', () => {
  for (const [text, words] of JSON.parse(readFileSync(new URL('words.json', import.meta.url)))) {
    assert.deepEqual(engine.cut(text).map(({ word }) => word), words, text);
  }
});

test('a word has the slot that the program puts it in', () => {
  assert.equal(engine.slot('ab'), 11 * 37 + 12);
  assert.equal(engine.slot('7'), 8 * 37);
  assert.equal(engine.slot('abz'), engine.slot('ab'));
  assert.ok(engine.slot('نوکری') >= 37 * 37 && engine.slot('نوکری') < 4096);
});

test('slips of the fingers count for less than other edits', () => {
  assert.equal(engine.edits('salary', 'salary', 2, false), 0);
  assert.equal(engine.edits('salray', 'salary', 2, false), 0.5);
  assert.equal(engine.edits('sallary', 'salary', 2, false), 0.5);
  assert.equal(engine.edits('selary', 'salary', 2, false), 1);
  assert.equal(engine.edits('sal', 'salary', 2, true), 0);
});

test('the page that is about the words comes first', async () => {
  assert.equal((await search('resign')).titles[0], 'Resign well');
  assert.equal((await search('interview')).titles[0], 'Your first interview');
  assert.equal((await search('درخواست')).titles[0], 'نوکری کی درخواست');
});

test('a misspelt word is understood, and said so', async () => {
  const { found, titles } = await search('salery');
  assert.equal(found.instead, 'salary');
  assert.equal(titles[0], 'Ask for a raise');
});

test('a word that is nowhere finds nothing', async () => {
  assert.deepEqual((await search('zzzzqqqq')).titles, []);
});
