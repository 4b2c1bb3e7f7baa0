// A reader who looks for something: in the box of any page, on the search page, in the lists.
import { test, expect } from './support.mjs';

test('a word of a title or text finds articles and letters', async ({ page, site }) => {
  await page.goto(site.url('search/?q=resignation'));
  const results = page.locator('.results .result');
  await expect(results.first()).toBeVisible();
  await expect(page.locator('.results')).toContainText(/resign/i);
  await page.locator('.results a.result-title').first().click();
  await expect(page).toHaveURL(/\/(articles|letters)\//);
});

test('the box on the home page leads to the search page with its query in the address', async ({ page, site }) => {
  await page.goto(site.url(''));
  const box = page.locator('form[data-search] input[type=search]').first();
  await box.fill('negotiate salary');
  await box.press('Enter');
  await expect(page).toHaveURL(/\/career-advice\/search\/\?q=negotiate/);
  await expect(page.locator('.results')).toContainText(/salary/i);
});

test('typing gives results at once, and arrows and Enter open one', async ({ page, site }) => {
  await page.goto(site.url('articles/'));
  const box = page.locator('form[data-search] input[type=search]').first();
  await box.pressSequentially('interview', { delay: 20 });
  await expect(page.locator('.instant [role=option]').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.instant [aria-selected=true]')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/career-advice\/(articles|letters|search)\//);
});

test('a misspelt word is understood', async ({ page, site }) => {
  await page.goto(site.url('search/?q=intervew'));
  await expect(page.locator('.results')).toContainText(/interview/i);
});

test('nothing found is said kindly, with a way on', async ({ page, site }) => {
  await page.goto(site.url('search/?q=xqzwvkj'));
  await expect(page.locator('.search-status')).toContainText(/nothing/i);
  await expect(page.locator('main').getByRole('link', { name: /A–Z|A to Z/ }).first()).toBeVisible();
});

test('the way from home through a topic to a letter takes three presses', async ({ page, site }) => {
  await page.goto(site.url(''));
  await page.getByRole('link', { name: 'Leaving a job' }).first().click();
  await page.locator('main').getByRole('link', { name: /Resign with full notice/ }).first().click();
  await expect(page.locator('[data-paper]')).toBeVisible();
});
