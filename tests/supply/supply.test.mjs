import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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
