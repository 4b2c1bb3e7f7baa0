// An editor who writes with the preview beside: each test has a small site of its own and its own `letterpress watch`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const program = process.env.LETTERPRESS ?? join(root, 'target/debug/letterpress');

const article = (title, body) => `---\ntitle: ${title}\ndescription: About it\ndate: 2026-01-01\n---\n\n${body}\n`;
const paragraphs = Array.from({ length: 60 }, (_, at) => `Paragraph ${at} of a long page.`).join('\n\n');
const letter = (ending) => `---\ntitle: Say thank you\ndescription: A short letter\nsubject: Thank you\n---\n\nDear [name of person],\n\nThank you for [the reason].\n\n${ending}\n`;

/** A folder with a site, its preview, and what an editor does to it. */
class Preview {
  static async start(...flags) {
    const preview = new Preview();
    preview.folder = await mkdtemp(join(tmpdir(), 'letterpress-watch-'));
    await preview.save('letterpress.toml', 'title = "Advice"\ndescription = "Plain"\nbase_url = "https://jobs.example/advice/"\nlanguage = "en"\n');
    await preview.save('content/articles/one.md', article('First article', `The first body.\n\n${paragraphs}`));
    await preview.save('content/articles/two.md', article('Second article', 'The second body.'));
    await preview.save('content/letters/thanks.md', letter('Kind regards'));
    await preview.run('0', flags);
    return preview;
  }

  async run(port, flags = []) {
    this.process = spawn(program, ['watch', '--source', this.folder, '--port', port, ...flags], { stdio: ['ignore', 'ignore', 'pipe'] });
    let printed = '';
    this.address = await new Promise((resolve, reject) => {
      this.process.once('exit', () => reject(new Error(printed)));
      this.process.stderr.on('data', (data) => {
        printed += data;
        const found = printed.match(/Preview {2}(\S+)\nDesk/);
        if (found) resolve(found[1]);
      });
    });
  }

  /** Saves by a new file that takes the name, so that no machine is slow enough for half a file to be built. */
  async save(path, text) {
    const file = join(this.folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.swp`, text);
    await rename(`${file}.swp`, file);
  }

  /** Waits until the page is served with a text, and as `test` wants it. */
  async shows(path, text, test = () => true) {
    await expect.poll(async () => {
      const html = await (await fetch(this.url(path))).text();
      return html.includes(text) && test(html);
    }).toBe(true);
  }

  url(path) {
    return this.address + path;
  }

  async stop() {
    if (this.process.exitCode === null) {
      this.process.kill('SIGINT');
      await once(this.process, 'exit');
    }
  }
}

const test = base.extend({
  preview: async ({}, use) => {
    const preview = await Preview.start();
    await use(preview);
    await preview.stop();
    await rm(preview.folder, { recursive: true });
  },
});

/** Marks the page in view, to see whether it was loaded anew. */
const mark = (page) => page.evaluate(() => { window.isSamePage = true; });
const isSamePage = (page) => page.evaluate(() => window.isSamePage === true);

test('an edit is put into the page in view, which keeps its scroll and is not loaded anew', async ({ page, preview }) => {
  await page.goto(preview.url('articles/one/'));
  await mark(page);
  await page.evaluate(() => scrollTo(0, 900));
  await preview.save('content/articles/one.md', article('First article', `A second thought.\n\n${paragraphs}`));
  await expect(page.getByText('A second thought.')).toBeAttached();
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(800);
  expect(await isSamePage(page)).toBe(true);
});

test('a new title appears in the listing in view and in the tab', async ({ page, preview }) => {
  await page.goto(preview.url('articles/'));
  await mark(page);
  await preview.save('content/articles/two.md', article('A better title', 'The second body.'));
  await expect(page.getByText('A better title').first()).toBeVisible();
  expect(await isSamePage(page)).toBe(true);
  await page.goto(preview.url('articles/two/'));
  await preview.save('content/articles/two.md', article('The best title', 'The second body.'));
  await expect(page).toHaveTitle(/The best title/);
});

test('a page that the edit does not touch is left alone', async ({ page, preview }) => {
  await page.goto(preview.url('articles/one/'));
  // The last thing that comes into the page: what is wrong in the site, which is a warning from the start.
  await expect(page.locator('letterpress-preview .mark')).toHaveText('1 warning');
  await page.evaluate(() => {
    window.changed = [];
    new MutationObserver((records) => { window.changed.push(...records.map(({ target }) => target.textContent)); })
      .observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await preview.save('content/articles/two.md', article('Second article', 'Only this body changed.'));
  await preview.shows('articles/two/', 'Only this body changed.');
  // Browsers are told in order: when this edit is in view, the one before has long been told.
  await preview.save('content/articles/one.md', article('First article', `The next body.\n\n${paragraphs}`));
  await expect(page.getByText('The next body.')).toBeAttached();
  const changed = await page.evaluate(() => window.changed);
  expect([...new Set(changed)]).toEqual(['The next body.']);
});

test('what is typed in a letter stays, with the focus, when the letter changes', async ({ page, preview }) => {
  await page.goto(preview.url('letters/thanks/'));
  const field = page.locator('form input:not([type=hidden]), form textarea').first();
  test.skip((await field.count()) === 0, 'the theme shows no form');
  await field.fill('Ms Khan');
  await field.focus();
  await preview.save('content/letters/thanks.md', letter('Yours sincerely'));
  await expect(page.getByText('Yours sincerely').first()).toBeAttached();
  await expect(field).toHaveValue('Ms Khan');
  await expect(field).toBeFocused();
});

test('a fault covers the page until it is mended, and the last good page stays', async ({ page, preview }) => {
  await page.goto(preview.url('articles/two/'));
  await mark(page);
  await preview.save('content/articles/two.md', '---\ntilte: Second article\n---\n\nBroken.\n');
  const panel = page.locator('letterpress-preview .panel');
  await expect(panel).toContainText('did you mean `title`?');
  await expect(panel).toContainText('content/articles/two.md:2');
  await expect(page.getByText('The second body.')).toBeVisible();
  await preview.save('content/articles/two.md', article('Second article', 'Mended.'));
  await expect(panel).toHaveCount(0);
  await expect(page.getByText('Mended.')).toBeVisible();
  expect(await isSamePage(page)).toBe(true);
});

test('a changed style sheet is swapped in place', async ({ page, preview }) => {
  await preview.save('themes/mine/theme.toml', 'extends = "default"\n');
  await preview.save('themes/mine/assets/site.css', 'body { background: rgb(1, 2, 3) }\n');
  await preview.save('letterpress.toml', 'title = "Advice"\nbase_url = "https://jobs.example/advice/"\nlanguage = "en"\ntheme = "mine"\n');
  await preview.shows('articles/one/', 'rel="stylesheet"', async (html) => {
    const address = new URL(html.match(/href="([^"]*site[^"]*\.css)"/)[1], preview.address);
    return (await (await fetch(address)).text()).includes('rgb(1, 2, 3)');
  });
  await page.goto(preview.url('articles/one/'));
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(1, 2, 3)');
  await mark(page);
  await preview.save('themes/mine/assets/site.css', 'body { background: rgb(4, 5, 6) }\n');
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(4, 5, 6)');
  expect(await isSamePage(page)).toBe(true);
  await expect(page.locator('link[rel=stylesheet][href*="site"]')).toHaveCount(1);
});

test('a page that went says so, and comes back by itself', async ({ page, preview }) => {
  await page.goto(preview.url('articles/two/'));
  const file = join(preview.folder, 'content/articles/two.md');
  await rename(file, join(preview.folder, 'content/articles/other.md'));
  await expect(page.locator('letterpress-preview .notice')).toContainText('content/articles/two.md was removed or renamed');
  await rename(join(preview.folder, 'content/articles/other.md'), file);
  await expect(page.locator('letterpress-preview .notice')).toHaveCount(0);
  await expect(page.getByText('The second body.')).toBeVisible();
});

test('a page that is yet to be written appears by itself', async ({ page, preview }) => {
  await page.goto(preview.url('articles/three/'));
  await preview.save('content/articles/three.md', article('Third article', 'Here it is.'));
  await expect(page.getByText('Here it is.')).toBeVisible();
});

test('the browser comes back after a restart', async ({ page, preview }) => {
  await page.goto(preview.url('articles/two/'));
  const { port } = new URL(preview.address);
  await preview.stop();
  await preview.save('content/articles/two.md', article('Second article', 'Edited while it was off.'));
  await preview.run(port);
  await expect(page.getByText('Edited while it was off.')).toBeVisible();
});

test('the desk lists pages, filters them, and follows edits', async ({ page, preview }) => {
  await page.goto(new URL('/_letterpress/', preview.address).href);
  await expect(page.locator('tbody tr')).not.toHaveCount(0);
  await page.getByLabel('Words in title or file').fill('second');
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await preview.save('content/articles/two.md', article('Second article, improved', 'The second body.'));
  await expect(page.locator('tbody')).toContainText('Second article, improved');
  await page.getByRole('link', { name: 'Second article, improved' }).click();
  await expect(page).toHaveURL(/articles\/two\/$/);
});

base('with --follow the browser goes to the page being edited', async ({ page }) => {
  const preview = await Preview.start('--follow');
  await page.goto(preview.url(''));
  await preview.save('content/articles/two.md', article('Second article', 'Follow me here.'));
  await expect(page).toHaveURL(/articles\/two\/$/);
  await expect(page.getByText('Follow me here.')).toBeVisible();
  await preview.stop();
  await rm(preview.folder, { recursive: true });
});
