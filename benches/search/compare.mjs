// Builds some sites, indexes each with Letterpress and with Pagefind, asks both the same queries in Chromium, prints a table.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createRequire } from 'node:module';
import { extname, join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { generate, misspelt } from './generate.mjs';

const [work, sizes] = [resolve(process.argv[2]), process.argv.slice(3).map(Number)];
const BUILDS = 3;               // of each kind; the quickest counts
const QUERIES = 40;             // asked of a site, spread over its list, and each of them misspelt
const require = createRequire(join(work, 'package.json'));
const { chromium } = require('playwright-core');
const repository = resolve(import.meta.dirname, '../..');
const letterpress = process.env.LETTERPRESS ?? join(repository, 'target/release/letterpress');
const pagefind = join(work, 'node_modules/.bin/pagefind');

const LETTERPRESS = { page: '/search/', box: '.search-page input[type=search]', results: '.results a.result-title' };
const PAGEFIND = { page: '/pagefind-page/', box: '.pagefind-ui__search-input', results: 'a.pagefind-ui__result-link' };
const PAGEFIND_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Search</title><link rel="stylesheet" href="/pagefind/pagefind-ui.css">
<script src="/pagefind/pagefind-ui.js"></script></head><body><div id="search"></div><script>addEventListener('DOMContentLoaded', () => new PagefindUI({ element: '#search', pageSize: 10, showImages: false }))</script></body></html>`;

/** Seconds of processor time, user's and system's, that a command took. */
function processorTime(command, ...parameters) {
  const before = childTime();
  execFileSync(command, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
  return childTime() - before;
}

/** Processor time of all children that have ended, from /proc (fields 16 and 17, in hundredths of a second). */
function childTime() {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const bytes = (paths) => paths.reduce((sum, path) => sum + statSync(path).size, 0);

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml' };

/** A static host that compresses text as most do, and counts the bytes that search takes: not the theme's fonts and style, of which the other page has none. */
async function serve(folder) {
  const isSearch = /\/pagefind\/|\/search\/.+\.(json|bin|js)$|\/search\.[^/]+\.js$/;
  let moved = 0;
  const compressed = new Map();
  const body = (file) => {
    if (!compressed.has(file)) compressed.set(file, brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }));
    return compressed.get(file);
  };
  const server = createServer((request, response) => {
    let file = join(folder, decodeURIComponent(new URL(request.url, 'http://host').pathname));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, 'index.html');
    if (!existsSync(file)) return response.writeHead(404).end();
    const type = TYPES[extname(file)];
    const headers = { 'Content-Type': type ?? 'application/octet-stream', 'Cache-Control': 'max-age=600', ...(type ? { 'Content-Encoding': 'br' } : {}) };
    const bytes = type ? body(file) : readFileSync(file);
    if (isSearch.test(request.url)) moved += bytes.length;
    response.writeHead(200, headers).end(bytes);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { origin: `http://127.0.0.1:${server.address().port}`, moved: () => moved, close: () => { server.closeAllConnections(); server.close(); } };
}

/** Puts each query into the box at once; returns ranks, times, and what the script with the first query and each further one moved. */
async function ask(browser, { origin, moved }, site, queries) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  let before = moved();
  await page.goto(origin + site.page, { waitUntil: 'networkidle' });
  const measured = [];
  for (const { query, expected_path: expected, kind } of queries) {
    const { links, milliseconds } = await page.evaluate(answer, [site, query]);
    const paths = links.map((link) => new URL(link).pathname);
    if (!measured.length) await page.waitForTimeout(1500);
    measured.push({ kind, rank: paths.findIndex((path) => [expected].flat().includes(path)) + 1, milliseconds, moved: moved() - before });
    before = moved();
  }
  await context.close();
  return measured;
}

/** In the page: empties the box, puts the query in, waits until the list has been the same for a while. */
async function answer([{ box, results }, query]) {
  const input = document.querySelector(box);
  const put = (value) => {
    input.focus();
    input.value = value;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste', data: value }));
  };
  const list = () => [...document.querySelectorAll(results)].map((link) => link.href);
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  put('');
  for (const end = performance.now() + 1500; list().length && performance.now() < end;) await frame();
  put(query);
  const start = performance.now();
  let [last, changed, first] = ['', start, null];
  while (performance.now() - changed < 700) {
    await frame();
    const now = list().join('\n');
    if (now !== last) {
      [last, changed] = [now, performance.now()];
      if (now) first ??= changed - start;
    }
  }
  return { links: list().slice(0, 10), milliseconds: first };
}

const compressed = (path) => (/\.(json|js|css)$/.test(path) ? brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }).length : statSync(path).size);

/** The index without its scripts and the texts of results, as a share of those texts; both compressed. */
function ofText(paths) {
  const isText = (path) => /\/results\/|\.pf_fragment$/.test(path), isScript = (path) => /\.(js|css|pagefind)$/.test(path);
  const sum = (paths) => paths.reduce((sum, path) => sum + compressed(path), 0);
  return sum(paths.filter((path) => !isText(path) && !isScript(path))) / sum(paths.filter(isText));
}

const share = (rows, test) => `${Math.round((100 * rows.filter(test).length) / rows.length)} %`;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

function row(name, indexing, paths, measured) {
  const kinds = (misspelt) => measured.filter(({ kind }) => (kind === 'misspelt') === misspelt);
  const five = ({ rank }) => rank > 0 && rank <= 5;
  const times = measured.slice(1).map(({ milliseconds }) => milliseconds).filter((value) => value !== null);
  const kilobytes = (bytes) => `${(bytes / 1e3).toFixed(1)} kB`;
  const further = measured.slice(1).map(({ moved }) => moved);
  return [name, `${indexing.toFixed(2)} s`, `${(bytes(paths) / 1e6).toFixed(2)} MB`, `${paths.length}`, `${Math.round(100 * ofText(paths))} %`, kilobytes(measured[0].moved), kilobytes(median(further)), kilobytes(Math.max(...further)),
    `${Math.round(median(times))} ms`, share(kinds(false), five), share(kinds(true), five)];
}

/** Both searches on one site, which is built twice: with the index and with every page kept out of it. */
async function compare(browser, name, source, queries) {
  const built = join(work, 'built');
  const bare = withoutSearch(source, join(work, 'bare'));
  const [whole, without] = [quickest(source, built), quickest(bare, join(bare, 'public'))];
  console.error(`${name}: ${whole.toFixed(2)} s of processor time with search, ${without.toFixed(2)} s without`);
  const own = { time: Math.max(0, whole - without), paths: files(join(built, 'search')).filter((path) => !path.endsWith('.html')) };
  const time = processorTime(pagefind, '--site', built, '--root-selector', 'main', '--quiet');
  mkdirSync(join(built, 'pagefind-page'));
  writeFileSync(join(built, 'pagefind-page/index.html'), PAGEFIND_PAGE);
  const host = await serve(built);
  const plain = queries.filter(({ kind }) => kind !== 'typo');
  const chosen = plain.filter((_, at) => Math.floor(at * QUERIES / plain.length) !== Math.floor((at - 1) * QUERIES / plain.length));
  const asked = [...chosen, ...chosen.map(misspelt)];
  const rows = [
    row(`Letterpress, ${name}`, own.time, own.paths, await ask(browser, host, LETTERPRESS, asked)),
    row(`Pagefind 1.6, ${name}`, time, files(join(built, 'pagefind')), await ask(browser, host, PAGEFIND, asked)),
  ];
  host.close();
  return rows;
}

/** Processor time of the quickest of some builds from nothing. */
function quickest(source, output) {
  const times = Array.from({ length: BUILDS }, () => {
    rmSync(output, { recursive: true, force: true });
    return processorTime(letterpress, 'build', '--source', source, '--output', output);
  });
  return Math.min(...times);
}

/** The same site with `search: false` on every page. */
function withoutSearch(source, folder) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(source, 'content'), join(folder, 'content'), { recursive: true });
  cpSync(join(source, 'letterpress.toml'), join(folder, 'letterpress.toml'));
  for (const path of files(join(folder, 'content')).filter((path) => path.endsWith('.md'))) {
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^---\n/, '---\nsearch: false\n'));
  }
  return folder;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
const shipped = JSON.parse(readFileSync(join(repository, 'tests/search/queries.json'), 'utf8'));
const base = new URL(/^base_url *= *"([^"]+)"/m.exec(readFileSync(join(repository, 'letterpress.toml'), 'utf8'))[1]).pathname;
const source = join(work, 'shipped');
rmSync(source, { recursive: true, force: true });
cpSync(join(repository, 'content'), join(source, 'content'), { recursive: true });
writeFileSync(join(source, 'letterpress.toml'), readFileSync(join(repository, 'letterpress.toml'), 'utf8').replace(`${base}"`, '/"'));
const head = ['', 'indexing (processor)', 'index on disk', 'files', 'index of text', 'script and first query', 'further query, median', 'most', 'median to first result', 'right in first five', 'misspelt'];
const table = [head, ...await compare(browser, 'shipped site', source, shipped)];
for (const articles of sizes) {
  const generated = join(work, 'generated');
  rmSync(generated, { recursive: true, force: true });
  table.push(...await compare(browser, `${articles} articles`, generated, generate(generated, articles)));
}
await browser.close();
const widths = head.map((_, at) => Math.max(...table.map((row) => row[at].length)));
console.log(`${cpus().length} × ${cpus()[0].model}`);
for (const row of table) console.log(row.map((cell, at) => (at ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join('  '));
