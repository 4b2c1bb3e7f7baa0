// `cargo metadata`, Cargo.lock and the fonts on board → a bill of materials in CycloneDX 1.6 (ECMA-424), the same bytes for the same lock file.
// Says what the program for one target is made of; asks the network for nothing but crates that are not there yet.
//
//     node tests/supply/sbom.mjs [--target TRIPLE] > letterpress.cdx.json

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const HASH = 'SHA-256';

/// What cargo knows about the packages, with only what the target needs.
export function metadata(target) {
  const json = run('cargo', ['metadata', '--locked', '--format-version', '1', '--filter-platform', target]);
  return JSON.parse(json);
}

export function hostTarget() {
  return /^host: (.+)$/m.exec(run('rustc', ['-vV']))[1];
}

function run(program, args) {
  return execFileSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/// The packages that `start` needs by edges of these kinds (`null` is a dependency of the program itself), with `start`.
export function reachable(metadata, start, kinds) {
  const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
  const reached = new Set([start]);
  for (const id of reached) {
    for (const needed of needs(nodes.get(id), kinds)) reached.add(needed);
  }
  return reached;
}

function needs(node, kinds) {
  return node.deps.filter((dep) => dep.dep_kinds.some(({ kind }) => kinds.includes(kind))).map((dep) => dep.pkg);
}

/// The packages that only run while the program is made: build scripts' needs and macros, with all that these need.
export function onlyWhileBuilding(metadata, start) {
  const isMacro = new Set(
    metadata.packages.filter((found) => found.targets.some(({ kind }) => kind.includes('proc-macro'))).map(({ id }) => id),
  );
  const pruned = { resolve: { nodes: metadata.resolve.nodes.map((node) => (isMacro.has(node.id) ? { ...node, deps: [] } : node)) } };
  const linked = reachable(pruned, start, [null]);
  return new Set([...reachable(metadata, start, [null, 'build'])].filter((id) => !linked.has(id) || isMacro.has(id)));
}

/// Checksums by name and version.
function checksums() {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const entries = lock.matchAll(/name = "([^"]+)"\nversion = "([^"]+)"\n(?:source = "[^"]+"\n)?(?:checksum = "([0-9a-f]{64})")?/g);
  return new Map([...entries].filter(([, , , sum]) => sum).map(([, name, version, sum]) => [`${name}@${version}`, sum]));
}

const packageUrl = ({ name, version }) => `pkg:cargo/${name}@${version.replace('+', '%2B')}`;

/// Crates of long ago join alternatives with a slash.
const licences = ({ license }) => (license ? { licenses: [{ expression: license.replaceAll('/', ' OR ').replace(/ +/g, ' ') }] } : {});

function component(found, sums, building) {
  const sum = sums.get(`${found.name}@${found.version}`);
  return {
    type: 'library',
    'bom-ref': packageUrl(found),
    name: found.name,
    version: found.version,
    ...(found.description ? { description: found.description.trim().replace(/\s+/g, ' ') } : {}),
    scope: building.has(found.id) ? 'excluded' : 'required',
    ...(sum ? { hashes: [{ alg: HASH, content: sum }] } : {}),
    ...licences(found),
    purl: packageUrl(found),
  };
}

/// The fonts that the program carries.
function fonts() {
  const files = ['src', 'themes'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, file)));
  return files.filter((file) => /\.(ttf|woff2)$/.test(file)).sort().map((file) => {
    const name = relative('.', file).split(sep).join('/');
    const content = createHash('sha256').update(readFileSync(join(root, file))).digest('hex');
    return {
      type: 'file',
      'bom-ref': `file:${name}`,
      name,
      scope: 'required',
      hashes: [{ alg: HASH, content }],
      licenses: [{ license: { id: 'OFL-1.1' } }],
    };
  });
}

const byRef = (one, other) => (one['bom-ref'] ?? one.ref).localeCompare(other['bom-ref'] ?? other.ref, 'en');

export function billOfMaterials(target) {
  const found = metadata(target);
  const start = found.resolve.root;
  const packages = new Map(found.packages.map((one) => [one.id, one]));
  const nodes = new Map(found.resolve.nodes.map((node) => [node.id, node]));
  const parts = [...reachable(found, start, [null, 'build'])];
  const sums = checksums();
  const building = onlyWhileBuilding(found, start);
  const carried = fonts();
  const own = component(packages.get(start), sums, new Set());
  const dependency = (id) => ({
    ref: packageUrl(packages.get(id)),
    dependsOn: [
      ...needs(nodes.get(id), [null, 'build']).map((needed) => packageUrl(packages.get(needed))),
      ...(id === start ? carried.map((font) => font['bom-ref']) : []),
    ].sort(),
  });
  const epoch = process.env.SOURCE_DATE_EPOCH;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      ...(epoch ? { timestamp: new Date(Number(epoch) * 1000).toISOString() } : {}),
      lifecycles: [{ phase: 'build' }],
      component: { ...own, type: 'application', properties: [{ name: 'cdx:rustc:target', value: target }] },
    },
    components: [...parts.filter((id) => id !== start).map((id) => component(packages.get(id), sums, building)), ...carried].sort(byRef),
    dependencies: parts.map(dependency).sort(byRef),
  };
}

function wantedTarget(args) {
  if (args.length === 0) return hostTarget();
  if (args.length === 2 && args[0] === '--target') return args[1];
  console.error('usage: node tests/supply/sbom.mjs [--target TRIPLE] > FILE');
  process.exit(2);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.stdout.write(`${JSON.stringify(billOfMaterials(wantedTarget(process.argv.slice(2))), null, 2)}\n`);
}
