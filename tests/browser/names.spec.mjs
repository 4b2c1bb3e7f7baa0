// Blanks and anchors called like something that scripts rely on.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { letterpress, serve } from './support.mjs';

const NAMES = ['elements', 'reset', 'dataset', 'submit', 'action', 'length', 'constructor', 'toString', '__proto__', 'hidden', 'children'];

const LETTER = `---
title: Odd names
description: For tests.
subject: About [length]
---

Dear [name],

${NAMES.map((name) => `Here is [${name}].`).join(' ')}

Yours sincerely,

[your name]
`;

const ARTICLE = `---
title: Odd anchors
description: For tests.
---

## 100%

${'Words. '.repeat(400)}

## Percent {#%}

${'Words. '.repeat(400)}

## Other {#a%zz}

${'Words. '.repeat(400)}

## Last

${'Words. '.repeat(400)}
`;

const test = base.extend({
  origin: [async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'letterpress-names-'));
    for (const [path, text] of [
      ['letterpress.toml', 'title = "Test"\nbase_url = "https://test.example/"\n'], ['content/letters/odd.md', LETTER], ['content/articles/odd.md', ARTICLE],
    ]) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    execFileSync(letterpress, ['build', '--source', folder, '--output', join(folder, 'public')], { stdio: 'pipe' });
    const server = await serve(join(folder, 'public'), '/');
    await use(server.origin);
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }, { scope: 'worker' }],
});

test('a blank may have any name', async ({ page, origin }) => {
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`${origin}/letters/odd/`);
  await expect(page.locator('[data-paper][data-ready]')).toBeVisible();
  const fields = page.locator('form[data-letter] .field input');
  const count = await fields.count();
  expect(count).toBeGreaterThan(NAMES.length);
  for (let at = 0; at < count; at += 1) await fields.nth(at).fill(`answer ${at}`);
  await expect(page.locator('[data-paper] .blank:not([data-filled])')).toHaveCount(0);
  await page.locator('form[data-letter] [data-action=reset]').click();
  await expect(page.locator('[data-paper] .blank[data-filled]')).toHaveCount(0);
  expect(faults).toEqual([]);
});

test('an anchor with a lone percent sign stops no script', async ({ page, origin }) => {
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`${origin}/articles/odd/#%`);
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(page.locator('[data-contents] [aria-current=true]').first()).toHaveText('Last');
  expect(faults).toEqual([]);
});
