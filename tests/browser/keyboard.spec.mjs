// A reader without a mouse: from the first page to a finished letter.
import { test, expect } from './support.mjs';

/** Presses Tab until `reached` holds of the focused element. */
async function tabTo(page, reached, most = 120) {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(reached)) return;
  }
  throw new Error(`not reached in ${most} presses: ${reached}`);
}

test('a letter is found, filled in and ready by keyboard alone', async ({ page, site }) => {
  await page.goto(site.url(''));
  await tabTo(page, () => document.activeElement.matches('input[type=search]'));
  await page.keyboard.type('resign with full notice');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\/\?q=/);
  await page.locator('.results .result').first().waitFor();
  await tabTo(page, () => document.activeElement.matches('.results a[href*="/letters/resignation/"]'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/letters\/resignation\//);
  await tabTo(page, () => document.activeElement.id === 'field-your-name');
  await page.keyboard.type('Sana Tariq');
  await expect(page.locator('[data-paper] [data-field="your-name"]').first()).toHaveText('Sana Tariq');
  await tabTo(page, () => document.activeElement.matches('[data-action=print]'));
  await expect(page.locator('[data-progress]')).toContainText(/[1-9] of/);
});

test('the publisher\'s links open and close by keyboard on a phone', async ({ page, site }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(site.url(''));
  await tabTo(page, () => document.activeElement.tagName === 'SUMMARY');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Browse jobs' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Browse jobs' })).toBeHidden();
});
