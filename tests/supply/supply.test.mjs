import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { billOfMaterials, hostTarget, metadata, onlyWhileBuilding, reachable } from './sbom.mjs';

const target = hostTarget();
const bill = billOfMaterials(target);

function standard() {
  const schema = (name) =>
    JSON.parse(readFileSync(new URL(`node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}.SNAPSHOT.schema.json`, import.meta.url)));
  // The schema uses formats of a later draft, which say nothing about the fields that are written here.
  const ajv = new Ajv({ strict: false, formats: { 'iri-reference': true, 'idn-email': true } });
  addFormats(ajv);
  for (const part of ['spdx', 'jsf-0.82']) {
    ajv.addSchema(schema(part), `http://cyclonedx.org/schema/${part}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(schema('bom-1.6'));
}

test('the bill of materials is what the standard asks for', () => {
  const validate = standard();
  assert.ok(validate(bill), JSON.stringify(validate.errors, null, 2));
  assert.ok(!validate({ ...bill, components: [{ type: 'library' }] }), 'a component without a name is found');
});

test('every part is named once, with its licence and its hash', () => {
  const refs = bill.components.map((part) => part['bom-ref']);
  assert.equal(new Set(refs).size, refs.length);
  for (const part of bill.components) {
    assert.match(part.hashes?.[0]?.content ?? '', /^[0-9a-f]{64}$/, part.name);
    assert.ok(part.licenses?.length, part.name);
  }
});

test('the graph leads from the program to every part and names no other', () => {
  const refs = new Set([bill.metadata.component, ...bill.components].map((part) => part['bom-ref']));
  const graph = new Map(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set([bill.metadata.component['bom-ref']]);
  for (const ref of reached) (graph.get(ref) ?? []).forEach((needed) => reached.add(needed));
  assert.deepEqual(reached, refs);
});

test('parts that only tests need are not in the bill, and those that only build it are marked', () => {
  const scope = (name) => bill.components.find((part) => part.name === name)?.scope;
  assert.equal(scope('minijinja'), 'required');
  assert.equal(scope('serde_derive'), 'excluded');
  assert.equal(scope('proptest'), undefined);
});

test('the same lock file gives the same bytes', () => {
  assert.equal(JSON.stringify(billOfMaterials(target)), JSON.stringify(bill));
});

test('nothing that runs while the program is built can ask a network', () => {
  const found = metadata(target);
  const name = new Map(found.packages.map((one) => [one.id, one.name]));
  const network = ['ureq', 'reqwest', 'hyper', 'curl', 'rustls', 'native-tls', 'openssl', 'tokio', 'attohttpc', 'minreq'];
  const building = [...onlyWhileBuilding(found, found.resolve.root)].map((id) => name.get(id));
  assert.ok(building.length > 10, 'the macros at least');
  assert.deepEqual(building.filter((part) => network.includes(part)), []);
  const linked = [...reachable(found, found.resolve.root, [null])].map((id) => name.get(id));
  assert.ok(linked.includes('ureq'), 'the check sees what there is to see');
});

/** A package that needs one crate at one version, which lies beside it and says that it comes from the registry. */
function packageThatNeeds(name, version) {
  const folder = mkdtempSync(join(tmpdir(), 'supply-'));
  const files = {
    'Cargo.toml': `[package]\nname = "made-up"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\n[dependencies]\n${name} = "=${version}"\n`,
    'src/lib.rs': '',
    '.cargo/config.toml': '[source.crates-io]\nreplace-with = "beside"\n[source.beside]\ndirectory = "beside"\n',
    [`beside/${name}/Cargo.toml`]: `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\nlicense = "MIT"\n`,
    [`beside/${name}/src/lib.rs`]: '',
    [`beside/${name}/.cargo-checksum.json`]: '{"files":{},"package":"0000000000000000000000000000000000000000000000000000000000000000"}',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

function advisoriesFor(name, version) {
  const folder = packageThatNeeds(name, version);
  try {
    const path = `${new URL('../../target/tools/bin', import.meta.url).pathname}:${process.env.PATH}`;
    const script = new URL('advisories', import.meta.url).pathname;
    const { status, stdout, stderr } = spawnSync(script, [folder], { encoding: 'utf8', env: { ...process.env, PATH: path } });
    return { status, told: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a lock file with a version in which a fault was published is told', () => {
  for (const [name, version, id] of [
    ['smallvec', '1.6.0', 'RUSTSEC-2021-0003'],
    ['ammonia', '4.1.3', 'RUSTSEC-2026-0213'],
    ['nix', '0.22.1', 'RUSTSEC-2021-0119'],
    ['tokio', '1.44.1', 'RUSTSEC-2025-0023'],
  ]) {
    const { status, told } = advisoriesFor(name, version);
    assert.equal(status, 1, told);
    assert.match(told, new RegExp(id));
  }
});

test('a lock file with the versions that mend it is not', () => {
  for (const [name, version] of [['smallvec', '1.6.1'], ['nix', '0.22.2'], ['rand', '0.9.3']]) {
    const { status, told } = advisoriesFor(name, version);
    assert.equal(status, 0, told);
  }
});

test('every advisory in the list is of a crate in the lock file, and whole', () => {
  const locked = readFileSync(new URL('../../Cargo.lock', import.meta.url), 'utf8');
  const list = readFileSync(new URL('advisories.toml', import.meta.url), 'utf8').split('[[advisory]]').slice(1);
  const ids = list.map((entry) => /^id = "(RUSTSEC-\d{4}-\d{4})"$/m.exec(entry)?.[1]);
  assert.equal(new Set(ids).size, list.length);
  for (const entry of list) {
    assert.match(locked, new RegExp(`^name = "${/^package = "(.+)"$/m.exec(entry)?.[1]}"$`, 'm'), entry);
    assert.match(entry, /^date = "\d{4}-\d\d-\d\d"$/m);
    assert.match(entry, /^patched = \[.*\]$/m);
  }
});
