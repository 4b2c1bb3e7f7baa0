// A reader with an article: on a phone, by keyboard, without JavaScript, on paper.
import { test, expect } from './support.mjs';

const article = 'articles/decline-job-interview/';

test('an article is there with its figures, its letters and what to do next', async ({ page, site }) => {
  await page.goto(site.url(article));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/turn down a job interview/);
  await expect(page.locator('figure figcaption').first()).toBeVisible();
  await expect(page.locator('.paper, .in-place').first()).toBeVisible();
  const pictures = page.locator('figure img');
  for (let index = 0; index < await pictures.count(); index += 1) {
    await pictures.nth(index).scrollIntoViewIfNeeded();
    await expect.poll(() => pictures.nth(index).evaluate((image) => image.complete && image.naturalWidth > 0)).toBe(true);
  }
});

test('a link in the contents leads to its section', async ({ page, site }) => {
  await page.goto(site.url(article));
  const link = page.locator('.contents-side a').nth(2);
  const target = await link.getAttribute('href');
  await link.click();
  await expect(page.locator(`[id="${decodeURIComponent(target.slice(1))}"]`)).toBeInViewport();
});

test('nothing scrolls sideways on a phone of 320 pixels', async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ['', article, 'letters/resignation/', 'topics/', 'a-z/', 'search/', 'articles/compare-job-offers/']) {
    await page.goto(site.url(path));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, path).toBeLessThanOrEqual(320);
  }
});

test('the first press of Tab offers to skip to the text', async ({ page, site }) => {
  await page.goto(site.url(article));
  await page.keyboard.press('Tab');
  await expect(page.locator('.skip')).toBeFocused();
  await expect(page.locator('.skip')).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#Page-main$/);
});

test('every link and button that can be reached shows its focus', async ({ page, site }) => {
  await page.goto(site.url(''));
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press('Tab');
    const ring = await page.evaluate(() => {
      // A search box shows the ring round the whole form.
      const shown = [document.activeElement, document.activeElement.closest('form'), document.activeElement.parentElement];
      return shown.filter(Boolean).some((element) => {
        const style = getComputedStyle(element);
        return (parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none') || style.boxShadow !== 'none';
      });
    });
    expect(ring, await page.evaluate(() => document.activeElement.outerHTML)).toBe(true);
  }
});

test('an address that does not exist leads on', async ({ page, site, faults }) => {
  const response = await page.goto(site.url('articles/no-such-page/'));
  expect(response.status()).toBe(404);
  await expect(page.getByRole('link', { name: /A–Z/ }).first()).toBeVisible();
  faults.length = 0; // The browser reports the missing page itself.
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the text, the topics and the letters are all there', async ({ page, site }) => {
    await page.goto(site.url(article));
    await expect(page.locator('.prose')).toContainText('Silence');
    await page.goto(site.url('search/'));
    await expect(page.locator('main').getByRole('link', { name: 'Interviews', exact: false }).first()).toBeVisible();
    await page.goto(site.url('letters/resignation/'));
    await expect(page.locator('[data-paper]')).toContainText('notice');
    await expect(page.locator('main').getByRole('link', { name: /PDF/ }).first()).toBeVisible();
  });
});

test('a table too wide for a phone scrolls in its own box, by keyboard as well', async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(site.url('articles/compare-job-offers/'));
  const box = page.locator('.table-scroll').first();
  await box.focus();
  await expect(box).toBeFocused();
});

test('nothing jumps when the script of a letter comes late', async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifted += entry.value; })).observe({ type: 'layout-shift', buffered: true });
  });
  let release;
  const painted = new Promise((resolve) => { release = resolve; });
  await page.route('**/letter.*.js', async (route) => { await painted; await route.continue(); });
  const arrival = page.goto(site.url('letters/decline-interview/'));
  await page.locator('.paper').waitFor();
  // A font that comes late on a busy machine is no doing of the script's.
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    window.shifted = 0;
  });
  release();
  await arrival;
  await page.locator('[data-paper][data-ready]').waitFor();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await page.evaluate(() => window.shifted)).toBeLessThan(0.01);
});

test('the browser takes the web manifest of each language without a complaint', async ({ page, site, faults }) => {
  const session = await page.context().newCDPSession(page);
  for (const [path, direction] of [['', 'ltr'], ['ur/', 'rtl']]) {
    await page.goto(site.url(path));
    const { data, errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data);
    expect(manifest.dir).toBe(direction);
    for (const icon of manifest.icons) {
      const answer = await page.request.get(new URL(icon.src, site.url(path)).href);
      expect(answer.status(), icon.src).toBe(200);
    }
  }
  expect(faults).toEqual([]);
});

test('titles of one very long word do not make a phone scroll sideways', async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  for (const path of ['', 'articles/', 'articles/decline-job-interview/', 'letters/', 'topics/', 'topics/interviews/', 'ur/articles/']) {
    await page.goto(site.url(path));
    const width = await page.evaluate(() => {
      const titles = document.querySelectorAll('main :is(h1, h2, h3, .neighbour) :is(a, span), main :is(h1, h2, h3):not(:has(*))');
      for (const title of titles) title.textContent = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen';
      return titles.length && document.documentElement.scrollWidth;
    });
    expect(width, path).toBe(320);
  }
});
