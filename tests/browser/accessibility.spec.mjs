// axe on every kind of page, in light and dark, wide and narrow: WCAG 2.2 A and AA, and its best practices.
import AxeBuilder from '@axe-core/playwright';
import { test, expect } from './support.mjs';

const pages = ['', 'articles/', 'articles/decline-job-interview/', 'articles/compare-job-offers/', 'letters/', 'letters/resignation/',
  'topics/', 'topics/interviews/', 'tags/email/', 'a-z/', 'search/?q=salary', '404.html', 'ur/', 'ur/letters/resignation/'];

for (const colorScheme of ['light', 'dark']) {
  for (const width of [390, 1280]) {
    test(`no violation in ${colorScheme} at ${width} pixels`, async ({ browser, site }) => {
      test.setTimeout(180_000);
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const found = [];
      for (const path of pages) {
        await page.goto(site.url(path));
        if (path.includes('?q=')) await page.locator('.results .result').first().waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        found.push(...violations.map(({ id, nodes }) => `/${path} ${id}: ${nodes.map((node) => node.html).join(' ')}`));
      }
      expect(found).toEqual([]);
      await context.close();
    });
  }
}
