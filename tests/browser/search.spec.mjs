// Search as a reader meets it: what is found, what is said, what the keys and the address do, and how little is loaded.
import { readFileSync, readdirSync } from 'node:fs';
import { test, expect, basePath, repository } from './support.mjs';

const cases = (name) => JSON.parse(readFileSync(`${repository}/tests/search/${name}.json`, 'utf8'));
const box = (page) => page.locator('.search-page form[data-search] input[type=search]');
const results = (page) => page.locator('.results a.result-title');

/** Puts a query in at once, as a paste does, and waits until its answer is there. */
async function ask(page, query) {
  await box(page).fill(query);
  await expect(page.locator('.search-status')).toContainText(`“${query}”`);
}

test.describe('the search page', () => {
  test.beforeEach(async ({ page, site }) => page.goto(site.url('search/')));

  test('answers realistic queries with the page that helps', async ({ page }) => {
    test.setTimeout(180_000);
    const queries = cases('queries');
    const misses = [];
    let reciprocal = 0;
    for (const { query, expected_path: expected } of queries) {
      await ask(page, query);
      const found = await results(page).evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
      const rank = found.findIndex((path) => [expected].flat().includes(path.replace(basePath, '/'))) + 1;
      if (!rank) misses.push(`${query}: ${found.join(' ')}`);
      reciprocal += rank && 1 / rank;
    }
    expect(misses).toEqual([]);
    expect(reciprocal / queries.length).toBeGreaterThan(0.9);
  });

  test('cuts and folds words as the index does', async ({ page, site }) => {
    const engine = readdirSync(`${site.folder}/search`).find((name) => name.startsWith('engine.'));
    const texts = cases('words').map(([text]) => text);
    const words = await page.evaluate(async ([address, texts]) => {
      const { cut } = await import(address);
      return texts.map((text) => [text, cut(text).map(({ word }) => word)]);
    }, [site.url(`search/${engine}`), texts]);
    expect(words).toEqual(cases('words'));
  });

  test('says what it took a misspelt word for', async ({ page }) => {
    await ask(page, 'reject intervew');
    await expect(page.locator('.search-suggestion')).toContainText('reject interview');
    await expect(results(page).first()).toContainText(/interview/i);
  });

  test('marks the matches, synonyms among them', async ({ page }) => {
    await ask(page, 'reject interview');
    await expect(page.locator('.result-excerpt mark').filter({ hasText: /^(turn|decline|refuse)/i }).first()).toBeVisible();
  });

  test('counts politely, and offers topics when nothing is found', async ({ page }) => {
    const status = page.locator('.search-status');
    await expect(status).toHaveAttribute('aria-live', 'polite');
    await ask(page, 'zzzzqqqq');
    await expect(results(page)).toHaveCount(0);
    await expect(page.locator('[data-search-fallback]')).toBeVisible();
    await ask(page, 'interview');
    await expect(page.locator('[data-search-fallback]')).toBeHidden();
    await expect(status).toContainText(/\d+/);
  });

  test('offers a letter to fill in and to take away at once', async ({ page }) => {
    await ask(page, 'resignation letter');
    const letter = page.locator('.result-letter').first();
    await expect(letter.getByRole('link', { name: 'Fill in' })).toHaveAttribute('href', /\/letters\/[^/]+\/#Fill-in$/);
    const download = page.waitForEvent('download');
    await letter.locator('.result-actions a[download]').first().click();
    expect((await download).suggestedFilename()).toMatch(/^letter\.(pdf|docx|txt)$/);
  });

  test('leads to the section that answers', async ({ page }) => {
    await ask(page, 'four quiet things before you resign');
    await expect(results(page).first()).toHaveAttribute('href', /resign-well\/#.*quiet/);
    await expect(page.locator('.result-section').first()).toBeVisible();
  });

  test('filters by kind and topic; the address holds them and the back button returns', async ({ page }) => {
    await ask(page, 'interview');
    const all = await page.locator('.search-status').textContent();
    const letters = page.locator('.filter-group').first().getByRole('button', { name: /^Letters/ });
    await letters.click();
    await expect(page).toHaveURL(/\?q=interview&kind=letter$/);
    await expect(page.locator('.result:not(.result-letter)')).toHaveCount(0);
    await expect(letters).toBeFocused();
    await expect(letters).toHaveAttribute('aria-pressed', 'true');
    await results(page).first().click();
    await expect(page).toHaveURL(/\/letters\//);
    await page.goBack();
    await expect(letters).toHaveAttribute('aria-pressed', 'true');
    await page.goBack();
    await expect(page.locator('.search-status')).toHaveText(all);
  });

  test('shows more, and shows them again after a visit to one', async ({ page }) => {
    await ask(page, 'job');
    const before = await results(page).count();
    await page.locator('button.more').click();
    await expect.poll(() => results(page).count()).toBeGreaterThan(before);
    await expect(results(page).nth(before)).toBeFocused();
    const after = await results(page).count();
    await results(page).nth(before).press('Enter');
    await page.waitForURL(/\/(articles|letters|topics)\//);
    await page.goBack();
    await expect(results(page)).toHaveCount(after);
  });

  test('is walked with the arrows; Escape returns to the box', async ({ page }) => {
    await ask(page, 'salary');
    await box(page).press('ArrowDown');
    await expect(results(page).first()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(results(page).nth(1)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(box(page)).toBeFocused();
  });

  test('answers again without the network once the files are there', async ({ page, context }) => {
    await ask(page, 'notice period');
    const first = await results(page).first().textContent();
    await ask(page, 'salary');
    await context.setOffline(true);
    await ask(page, 'notice period');
    await expect(results(page).first()).toHaveText(first);
    await context.setOffline(false);
  });
});

test('a query in the address is answered', async ({ page, site }) => {
  await page.goto(site.url('search/?q=coverletter'));
  await expect(results(page).first()).toContainText(/cover letter/i);
});

test('the list under a box is a listbox that Escape closes', async ({ page, site }) => {
  await page.goto(site.url('articles/'));
  const input = page.locator('form[data-search] input[type=search]').first();
  await input.pressSequentially('negot', { delay: 30 });
  await expect(page.locator('[role=option] a').first()).toContainText(/negotiate|terms|pay/i);
  await expect(input).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(input).toHaveAttribute('aria-activedescendant', /-0$/);
  await page.keyboard.press('Escape');
  await expect(input).toHaveAttribute('aria-expanded', 'false');
  await expect(page.locator('.instant')).toBeHidden();
});

test('Urdu is searched in Urdu', async ({ page, site }) => {
  await page.goto(site.url('ur/search/'));
  await box(page).fill('استعفا');
  await expect(results(page).first()).toBeVisible();
  for (const link of await results(page).all()) await expect(link).toHaveAttribute('href', /\/ur\//);
});
