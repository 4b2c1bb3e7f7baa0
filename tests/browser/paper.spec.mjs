// A letter on paper: only the letter, on one sheet, filled in or with blanks.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, expect } from './support.mjs';

/** The text and the number of pages of what the printer would get. */
async function printed(page, folder, format) {
  const file = join(folder, `printed-${format}.pdf`);
  writeFileSync(file, await page.pdf({ format, preferCSSPageSize: false }));
  const pages = Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))[1]);
  return { pages, text: execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }) };
}

for (const format of ['A4', 'Letter']) {
  test(`only the letter prints, on one sheet of ${format}`, async ({ page, site }) => {
    await page.goto(site.url('letters/decline-interview/'));
    const { pages, text } = await printed(page, site.folder, format);
    expect(pages).toBe(1);
    expect(text).toMatch(/Dear/);
    for (const furniture of ['Browse jobs', 'Career advice', 'Print', 'Download', 'Topics', 'Plain text', 'Hina Qureshi']) {
      expect(text, furniture).not.toContain(furniture);
    }
  });
}

test('an article prints as text, without the furniture of the site', async ({ page, site }) => {
  await page.goto(site.url('articles/decline-job-interview/'));
  const { text } = await printed(page, site.folder, 'A4');
  expect(text).toContain('How to turn down a job');
  for (const furniture of ['Browse jobs', 'Seeker login', 'Search articles']) expect(text, furniture).not.toContain(furniture);
});
