// A bucket behind a website: a server that speaks Amazon's protocol takes the rules as Amazon's form has them, and leads old addresses on.
import { expect, test } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import S3rver from 's3rver';
import { letterpress } from './support.mjs';

const files = {
  'letterpress.toml': 'title = "Advice"\nbase_url = "https://example.org/advice/"\n',
  'content/articles/leave-well.md':
    '---\ntitle: Leave well\ndescription: How to go.\naliases: [/articles/how-to-quit/, "/2019/quit & run/"]\n---\n\nTell your manager first.\n',
};

/** What the bucket's owner pastes, as the XML that Amazon's own form makes of it. */
function configuration(rules) {
  const text = (value) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const element = ([name, value]) => `<${name}>${typeof value === 'string' ? text(value) : Object.entries(value).map(element).join('')}</${name}>`;
  return '<WebsiteConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IndexDocument><Suffix>index.html</Suffix></IndexDocument>'
    + '<ErrorDocument><Key>advice/404.html</Key></ErrorDocument>'
    + `<RoutingRules>${rules.map((rule) => element(['RoutingRule', rule])).join('')}</RoutingRules></WebsiteConfiguration>`;
}

test('a bucket leads an old address to the page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'letterpress-bucket-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const site = join(folder, 'public');
  execFileSync(letterpress, ['build', '--source', folder, '--output', site], { stdio: 'pipe' });
  const rules = JSON.parse(readFileSync(join(site, '_s3-routing-rules.json'), 'utf8'));
  expect(rules).toHaveLength(2);
  const server = new S3rver({
    port: 0, address: '127.0.0.1', silent: true, directory: join(folder, 'buckets'),
    configureBuckets: [{ name: 'site', configs: [configuration(rules)] }],
  });
  const { port } = await server.run();
  const bucket = `http://127.0.0.1:${port}/site`;
  try {
    // This server looks for a file before it looks at the rules, and Amazon after: the pages that lead on where no rule does stay behind.
    const uploaded = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)).filter((file) => !/how-to-quit|quit & run/.test(file));
    for (const file of uploaded) {
      const key = `advice${encodeURI(file.slice(site.length))}`;
      const { status } = await fetch(`${bucket}/${key}`, { method: 'PUT', body: readFileSync(file) });
      expect(status, key).toBe(200);
    }
    for (const old of ['articles/how-to-quit/', 'articles/how-to-quit/print.html', '2019/quit%20&%20run/']) {
      const first = await fetch(`${bucket}/advice/${old}`, { redirect: 'manual', headers: { Accept: 'text/html' } });
      expect(first.status, old).toBe(301);
      expect(first.headers.get('location'), old).toBe(`${bucket}/advice/articles/leave-well/`);
      const page = await (await fetch(`${bucket}/advice/${old}`)).text();
      expect(page, old).toContain('<h1');
      expect(page, old).toContain('Leave well');
    }
    expect((await fetch(`${bucket}/advice/articles/never-was/`)).status).toBe(404);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
