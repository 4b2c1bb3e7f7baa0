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

/** Arabic script that is slanted, or whose lines are too near one another to be read, with the element that it is in. */
function illegibleUrdu() {
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!/[\u0600-\u06ff]{2}/.test(text.data) || !element.checkVisibility() || !element.matches(':lang(ur)')) continue;
    let block = element;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    const style = getComputedStyle(element);
    const oneLine = getComputedStyle(block).whiteSpace === 'nowrap' || block.matches('.tag-kind');
    const leading = parseFloat(getComputedStyle(block).lineHeight) / parseFloat(style.fontSize);
    if (style.fontStyle !== 'normal' || (leading < 1.7 && !oneLine)) found.add(`${element.tagName}.${element.className}: ${text.data.trim()}`);
  }
  return [...found];
}

const urduPages = ['', 'articles/', 'articles/decline-job-interview/', 'letters/', 'letters/resignation/', 'letters/thank-you-after-interview/',
  'topics/interviews/', 'a-z/', '404.html'];
for (const media of ['screen', 'print']) {
  test(`no line of Urdu touches the next one or loses a stroke to a slant, in ${media}`, async ({ page, site }) => {
    await page.emulateMedia({ media });
    for (const path of urduPages) {
      await page.goto(site.url(`ur/${path}`));
      expect(await page.evaluate(illegibleUrdu), path).toEqual([]);
    }
  });
}
