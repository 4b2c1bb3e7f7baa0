// The shipped site, built by the real command and served under its base path with the headers that a host would send.
import { test as base, expect } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
export const letterpress = process.env.LETTERPRESS ?? join(repository, 'target/debug/letterpress');
export const basePath = '/career-advice/';

const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
  '.json': 'application/json', '.xml': 'application/xml', '.txt': 'text/plain', '.woff2': 'font/woff2', '.pdf': 'application/pdf',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', '.png': 'image/png', '.webp': 'image/webp',
};

/** The blocks of a `_headers` file: a path with `*` and `:names`, then indented headers; later blocks win. */
export function headerRules(text) {
  const rules = [];
  for (const line of text.split('\n')) {
    if (!line.trim() || line.startsWith('#')) continue;
    if (/^\s/.test(line)) {
      const [name, ...value] = line.trim().split(':');
      rules.at(-1).headers[name] = value.join(':').trim();
    } else {
      const pattern = line.trim().replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/:[a-z]+/g, '[^/]+');
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: {} });
    }
  }
  return rules;
}

/** Serves a built folder on a free port of the loopback interface. */
export async function serve(folder, prefix = basePath) {
  const rules = headerRules(readFileSync(join(folder, '_headers'), 'utf8'));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    let file = path.startsWith(prefix) ? join(folder, normalize(path.slice(prefix.length - 1))) : null;
    let status = 200;
    try {
      if (file && statSync(file).isDirectory()) file = join(file, 'index.html');
      if (!file || !statSync(file).isFile()) throw new Error('missing');
    } catch {
      [file, status] = [join(folder, '404.html'), 404];
    }
    const headers = Object.assign({}, ...rules.filter((rule) => rule.pattern.test(path)).map((rule) => rule.headers));
    response.writeHead(status, { ...headers, 'Content-Type': types[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }) };
}

/** A test with `site.url(path)`, and with what a page must never do: fail in the console or ask another host. */
export const test = base.extend({
  site: [async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'letterpress-browser-'));
    execFileSync(letterpress, ['build', '--source', repository, '--output', folder], { stdio: 'pipe' });
    const server = await serve(folder);
    await use({ folder, origin: server.origin, url: (path) => server.origin + basePath + path });
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }, { scope: 'worker' }],
  faults: [async ({ page, site }, use) => {
    const faults = [];
    page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(site.origin) && !/^(data|blob):/.test(url)) faults.push(`request to ${url}`);
    });
    await use(faults);
    expect(faults).toEqual([]);
  }, { auto: true }],
});

export { expect };
