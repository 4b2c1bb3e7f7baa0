// Search where it is hard: while a reader types, without a network, on a small screen, with hostile queries, on the smallest of sites.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test as shipped, expect, letterpress, serve } from './support.mjs';

const box = (page) => page.locator('.search-page form[data-search] input[type=search]');
const results = (page) => page.locator('.results a.result-title');
const status = (page) => page.locator('.search-status');

/** A test with `publish(files)`, which builds a site of these files at the root of a host and returns its origin. */
const test = shipped.extend({
  publish: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'letterpress-search-'));
    let server;
    await use(async (files) => {
      const all = { 'letterpress.toml': 'title = "Advice"\nbase_url = "https://example.org/"\n', 'content/search.toml': '', ...files };
      for (const [path, text] of Object.entries(all)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      execFileSync(letterpress, ['build', '--source', folder, '--output', join(folder, 'public')], { stdio: 'pipe' });
      server = await serve(join(folder, 'public'), '/');
      return server.origin;
    });
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  },
  // Other hosts than the shipped site's, and one that fails.
  faults: async ({ page }, use) => {
    const faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await use(faults);
    expect(faults).toEqual([]);
  },
});

const article = (title, body) => `---\ntitle: ${title}\ndescription: What it is about.\n---\n\n${body}\n`;

shipped.describe('while a reader types', () => {
  // The page's clock stands still between the keys, so that a busy machine doesn't turn a key into a pause.
  const type = async (page, text, milliseconds) => {
    for (const key of text) {
      await page.keyboard.press(key === ' ' ? 'Space' : key);
      await page.clock.runFor(milliseconds);
    }
  };

  for (const [where, path, input, shown] of [
    ['the search page', 'search/', box, results],
    ['the list under a box', 'articles/', (page) => page.locator('form[data-search] input[type=search]').first(), (page) => page.locator('[role=option] a')],
  ]) {
    shipped(`${where} loads no results before the query is there`, async ({ page, site }) => {
      let texts = 0;
      page.on('request', (request) => { texts += /\/search\/results\//.test(request.url()); });
      await page.clock.install();
      await page.goto(site.url(path));
      await page.clock.pauseAt(Date.now() + 3_600_000);
      await input(page).focus();
      await type(page, 'resignation letter', 150);
      expect(texts).toBe(0);
      await page.clock.runFor(2_000);
      await expect(async () => {
        await page.clock.runFor(100);
        expect(await shown(page).count()).toBeGreaterThan(0);
      }).toPass();
      expect(texts).toBeLessThanOrEqual(5);
    });
  }
});

test('what a reader typed is found without the network once it has been found', async ({ page, site, context }) => {
  await page.goto(site.url('search/'));
  await box(page).fill('notice period');
  await expect(results(page).first()).toBeVisible();
  await context.setOffline(true);
  await box(page).fill('');
  await expect(results(page)).toHaveCount(0);
  await box(page).pressSequentially('notice period');
  await expect(results(page).first()).toBeVisible();
  await box(page).fill('zebra crossing');
  await expect(status(page)).toContainText(/could not be loaded|nothing/i);
  await context.setOffline(false);
  await box(page).fill('salary');
  await expect(results(page).first()).toBeVisible();
});

shipped('a phone shows the list and the results whole', async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await page.goto(site.url('search/?q=resignation+letter'));
  await expect(results(page).first()).toBeVisible();
  expect(await overflow()).toBeLessThanOrEqual(0);
  for (const action of await page.locator('.result-actions').first().locator('a').all()) {
    expect((await action.boundingBox()).height).toBeGreaterThanOrEqual(24);
  }
  await page.goto(site.url(''));
  await page.locator('form[data-search] input[type=search]').first().pressSequentially('interview');
  await expect(page.locator('[role=option] a').first()).toBeVisible();
  expect(await overflow()).toBeLessThanOrEqual(0);
});

shipped('no query breaks the page or runs in it', async ({ page, site }) => {
  const hostile = ['<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', '{query} {count}', 'a'.repeat(20_000), 'letter '.repeat(3_000), '\u0000\u0007\u200f\u202e', '%E0%A4%A',
    '../../../etc/passwd', '__proto__ constructor toString', '\ud83d letter', '((((', '$& $1 \\'];
  page.on('dialog', () => { throw new Error('a query ran'); });
  await page.goto(site.url('search/'));
  for (const query of hostile) {
    await box(page).fill(query);
    await expect(page.locator('.search-page img, .search-page script')).toHaveCount(0);
  }
  await box(page).fill('notice period');
  await expect(status(page)).toContainText('“notice period”');
  await expect(results(page).first()).toBeVisible();
  await page.goto(site.url(`search/?q=${encodeURIComponent(hostile[0])}&kind=${encodeURIComponent('"]')}&topic=${encodeURIComponent(hostile[1])}`));
  await expect(status(page)).toContainText(hostile[0]);
});

shipped('Urdu is found in the letters that any keyboard has, with and without its marks', async ({ page, site }) => {
  await page.goto(site.url('ur/search/'));
  const found = async (query) => {
    await box(page).fill(query);
    await expect(status(page)).toContainText(query);
    return results(page).evaluateAll((links) => links.map((link) => link.pathname));
  };
  const plain = await found('ملازمت کی درخواست');
  expect(plain.length).toBeGreaterThan(0);
  expect(await found('ملازمت كي درخواست')).toEqual(plain);
  expect(await found('مُلازمت کی درخواست')).toEqual(plain);
});

test('a site without a page says where else to look', async ({ page, publish }) => {
  const origin = await publish({});
  await page.goto(`${origin}/search/?q=letter`);
  await expect(page.locator('[data-search-fallback]')).toBeVisible();
});

test('a site of one page finds it', async ({ page, publish }) => {
  const origin = await publish({ 'content/articles/rise.md': article('Ask for a rise', 'Ask your manager for a meeting.') });
  await page.goto(`${origin}/search/?q=meting`);
  await expect(results(page)).toHaveText(['Ask for a rise']);
});

test('a page about the query is shown before one that only happens to have all its words', async ({ page, publish }) => {
  const passing = (words) => `${'Tea and cake and chairs and tables and plates. '.repeat(40)} ${words}`;
  const origin = await publish({
    'content/articles/desktop.md': article('Share your screen', 'Share the screen with others: share a window, or share the whole screen.\n\n## Stop sharing the screen\n\nPress stop.'),
    'content/articles/party.md': article('A summer party', passing('We share a screen with a neighbour.')),
    'content/articles/fence.md': article('Fences', passing('Ask a neighbour.')),
  });
  await page.goto(`${origin}/search/?q=${encodeURIComponent('share screen neighbour ')}`);
  await expect(results(page)).toHaveText([/^Share your screen/, /^A summer party/]);
});

/** Has the engine answer with another constant. */
const tune = (page, name, value) => page.route(/\/search\/engine\./, async (route) => {
  const response = await route.fetch();
  const text = await response.text();
  expect(text).toMatch(new RegExp(`const ${name} = \\d+`));
  await route.fulfill({ response, body: text.replace(new RegExp(`const ${name} = \\d+`), `const ${name} = ${value}`) });
});

test('a query of common words loses no page for which their lists are not read to the end', async ({ page, publish }) => {
  test.setTimeout(120_000);
  const files = {};
  for (let i = 0; i < 1300; i++) {
    const body = `Of rest and team${i % 130 ? '' : ', and of a sabbatical'}.`;
    files[`content/articles/note-${i}.md`] = article(i === 650 ? 'Rest in a team' : `Note ${i}`, body);
  }
  const origin = await publish(files);
  await tune(page, 'REST', 0);
  await page.goto(`${origin}/search/`);
  await box(page).fill('sabbatical rest team');
  await expect(status(page)).toHaveText(/^About 10 results/);
  await expect(results(page).first()).toHaveText(/^Rest in a team/);
  await box(page).fill('rest');
  await expect(status(page)).toHaveText(/^1,?300 results/);
});

test('results that a long query has no room for come when the reader scrolls', async ({ page, site }) => {
  const isLoaded = (request) => /\/search\/results\//.test(request.url());
  let texts = 0;
  page.on('request', (request) => { texts += isLoaded(request); });
  // As if the words of the query had taken nearly all that it may load.
  await tune(page, 'ROOM', 9000);
  await page.goto(site.url('search/?q=letter'));
  await expect(results(page)).toHaveCount(2);
  await expect(page.locator('button.more')).toBeVisible();
  expect(texts).toBe(2);
  await page.mouse.wheel(0, 50);
  await expect(results(page)).toHaveCount(5);
  expect(texts).toBe(5);
});
