// What the site's headers forbid, done in a real page: each directive and each header refuses what it is there to refuse.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect, headerRules, basePath } from './support.mjs';

/** Another host, which notes who asks it and with what. Pages here break rules on purpose, so a refusal in the console is no fault. */
const test = base.extend({
  faults: [async ({}, use) => { await use([]); }, { auto: true }],
  elsewhere: async ({}, use) => {
    const asked = [];
    const server = createServer((request, response) => {
      asked.push({ path: request.url, referer: request.headers.referer });
      response.writeHead(200, { 'Content-Type': 'text/html', 'Access-Control-Allow-Origin': '*' });
      response.end('<!doctype html><title>Elsewhere</title>');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use({ origin: `http://127.0.0.1:${server.address().port}`, asked });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

const element = (tag, attributes) => [tag, attributes];

/** For each directive, what breaks it: an element to put into the page, or an act by name. */
const breaches = (other) => ({
  'script-src-elem': [element('script', { textContent: 'window.ran = true' }), element('script', { src: `${other}/a.js` })],
  'script-src-attr': [element('img', { onerror: 'window.ran = true', src: 'gone.png' })],
  'script-src': ['eval'],
  'style-src-elem': [element('style', { textContent: 'body { display: none }' }), element('link', { rel: 'stylesheet', href: `${other}/a.css` })],
  'style-src-attr': [element('p', { style: 'display: none' })],
  'img-src': [element('img', { src: `${other}/a.png` })],
  'font-src': ['font'],
  'connect-src': ['fetch', 'beacon'],
  'form-action': ['form'],
  'base-uri': [element('base', { href: `${other}/` })],
  'frame-src': [element('iframe', { src: `${other}/` })],
  'object-src': [element('object', { data: `${other}/a.pdf` }), element('embed', { src: `${other}/a.pdf` })],
  'media-src': [element('video', { src: `${other}/a.mp4` })],
  'worker-src': ['worker'],
});

/** Does one of these in the page and gives the directive that refused it. */
function refused(page, breach, other) {
  return page.evaluate(([breach, other]) => new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
    setTimeout(() => resolve('nothing'), 15_000);
    const acts = {
      // Another realm than the debugger's, to which the policy does not apply.
      eval: () => setTimeout('window.ran = true'),
      font: () => new FontFace('Other', `url(${other}/a.woff2)`).load().catch(() => {}),
      fetch: () => fetch(`${other}/a`).catch(() => {}),
      beacon: () => navigator.sendBeacon(`${other}/b`, 'x'),
      form: () => {
        const form = document.body.appendChild(document.createElement('form'));
        Object.assign(form, { method: 'post', action: `${other}/form` }).submit();
      },
      worker: () => { try { new Worker(URL.createObjectURL(new Blob(['1']))); } catch { /* Some versions throw, others only tell. */ } },
    };
    if (typeof breach === 'string') {
      acts[breach]();
      return;
    }
    const [tag, attributes] = breach;
    const made = document.createElement(tag);
    const { textContent, ...rest } = attributes;
    Object.entries(rest).forEach(([name, value]) => made.setAttribute(name, value));
    if (textContent) made.textContent = textContent;
    document.body.append(made);
  }), [breach, other]);
}

test('the policy refuses whatever a directive names, and another host hears of nothing', async ({ page, site, elsewhere }) => {
  for (const [directive, acts] of Object.entries(breaches(elsewhere.origin))) {
    for (const act of acts) {
      await page.goto(site.url('articles/decline-job-interview/'));
      expect(await refused(page, act, elsewhere.origin), JSON.stringify(act)).toBe(directive);
      expect(await page.evaluate(() => window.ran), JSON.stringify(act)).toBeUndefined();
    }
  }
  expect(elsewhere.asked).toEqual([]);
});

test('every directive of the policy has its breach here', ({ site }) => {
  const rules = headerRules(readFileSync(join(site.folder, '_headers'), 'utf8'));
  const policy = rules.find(({ headers }) => headers['Content-Security-Policy']).headers['Content-Security-Policy'];
  const tried = Object.keys(breaches('')).map((name) => name.replace(/-(elem|attr)$/, ''));
  // `default-src` by frames, objects, media and workers; the others have tests of their own.
  const elsewhere = ['default-src', 'frame-ancestors', 'manifest-src'];
  const missing = policy.split(';').map((part) => part.trim().split(' ')[0]).filter((name) => ![...tried, ...elsewhere].includes(name));
  expect(missing).toEqual([]);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
});

test('a manifest is taken from the site alone', async ({ page, site, elsewhere, context }) => {
  await page.goto(site.url(''));
  const browser = await context.newCDPSession(page);
  // What a browser does when a reader asks for the site to be installed.
  const own = await browser.send('Page.getAppManifest');
  expect([own.errors, JSON.parse(own.data).name]).toEqual([[], expect.any(String)]);
  await page.evaluate((href) => {
    document.addEventListener('securitypolicyviolation', (event) => { window.refusedBy = event.effectiveDirective; });
    document.querySelector('link[rel=manifest]').href = href;
  }, `${elsewhere.origin}/manifest.json`);
  await browser.send('Page.getAppManifest').catch(() => {});
  await expect.poll(() => page.evaluate(() => window.refusedBy)).toBe('manifest-src');
  expect(elsewhere.asked).toEqual([]);
});

test('no other page can frame the site', async ({ page, site, elsewhere }) => {
  await page.goto(elsewhere.origin);
  const refusal = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
  await page.evaluate((url) => { document.body.append(Object.assign(document.createElement('iframe'), { src: url })); }, site.url(''));
  await refusal;
  for (const frame of page.frames().slice(1)) expect(frame.url()).not.toContain(basePath);
});

test('a page that opens the site gets no hold of it', async ({ page, site, elsewhere }) => {
  await page.goto(elsewhere.origin);
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    page.evaluate((url) => { window.held = window.open(url); }, site.url('')),
  ]);
  await opened.waitForURL(site.url(''));
  expect(await opened.evaluate(() => window.opener)).toBeNull();
  await expect.poll(() => page.evaluate(() => window.held.closed)).toBe(true);
});

test('text is not run as a script, whatever a tag says', async ({ page, site }) => {
  await page.goto(site.url('letters/resignation/'));
  const outcome = await page.evaluate((src) => new Promise((resolve) => {
    const script = Object.assign(document.createElement('script'), { src });
    script.onload = () => resolve('run');
    script.onerror = () => resolve('refused');
    document.body.append(script);
  }), site.url('letters/resignation/letter.txt'));
  expect(outcome).toBe('refused');
});

test('the reader\'s place is refused even to a browser that would give it, and so is each device that is named', async ({ page, site, context }) => {
  await context.grantPermissions(['geolocation', 'camera', 'microphone'], { origin: site.origin });
  const answer = await page.goto(site.url(''));
  const place = await page.evaluate(() => new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(() => resolve('given'), (error) => resolve(error.code));
  }));
  expect(place, 'PERMISSION_DENIED').toBe(1);
  const named = answer.headers()['permissions-policy'].split(',').map((part) => part.trim().split('=')[0]);
  expect(named).toEqual(expect.arrayContaining(['camera', 'geolocation', 'microphone', 'payment', 'usb']));
  const allowed = await page.evaluate((names) => names.filter((name) => document.featurePolicy.allowsFeature(name)), named);
  expect(allowed).toEqual([]);
});

test('another host learns from where a reader comes, and not from which page', async ({ page, site, elsewhere }) => {
  await page.goto(site.url('articles/decline-job-interview/'));
  await page.evaluate((url) => { location.href = url; }, `${elsewhere.origin}/there`);
  await page.waitForURL(`${elsewhere.origin}/there`);
  expect(elsewhere.asked.find(({ path }) => path === '/there').referer).toBe(`${site.origin}/`);
});
