import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGES, PlantedRepository, ROOT, type Said } from './planted-repository.js';

interface Marked {
  readonly castellan?: { readonly role: string; readonly id?: string };
}

/** The ids of the real connectors: whichever there are. */
const ids = PACKAGES.flatMap((folder) => {
  const { castellan } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Marked; // ours
  return castellan?.role === 'connector' && castellan.id !== undefined ? [castellan.id] : [];
});

let planted: PlantedRepository;
beforeEach(() => {
  planted = new PlantedRepository();
});
afterEach(() => planted.remove());

const mark = (folder: string, id: string): void =>
  planted.write(`packages/${folder}/package.json`, { castellan: { role: 'connector', id } });
const check = (): Said => planted.run('scripts/snapshots.mjs', '--check');
const printedOf = (id: string): Readonly<Record<string, unknown>> =>
  JSON.parse(
    execFileSync(process.execPath, [join(ROOT, 'apps/cli/bin/castellan.js'), 'spec', id], { stdio: 'pipe' }).toString(),
  );

test.each(ids)(
  '%s: whatever `castellan spec` prints stands in one of the two files',
  (id) => {
    mark('connector-one', id);
    const { form, ...capabilities } = printedOf(id);
    expect(check().text).toMatch(/form\.json: missing\n.*capabilities\.json: missing\nRun `npm run snapshots`/);
    planted.write('packages/connector-one/form.json', `${JSON.stringify(form, null, 2)}\n`);
    planted.write('packages/connector-one/capabilities.json', `${JSON.stringify(capabilities, null, 2)}\n`);
    expect(check()).toEqual({ code: 0, text: '' });

    planted.write('packages/connector-one/form.json', `${JSON.stringify({ ...(form as object), secrets: [] }, null, 2)}\n`);
    const { code, text } = check();
    expect(code).toBe(1);
    expect(text).toMatch(/^packages\/connector-one\/form\.json: line \d+: {3}"secrets": \[\], -> {3}"secrets": \[\n/);
    expect(text).toContain('Run `npm run snapshots`, look at what has changed for people and products, and commit it.');
  },
  60_000,
);

test('a connector that the command does not know is named, with the likely reason', () => {
  mark('connector-acme', 'acme');
  const { code, text } = check();
  expect(code).toBe(1);
  expect(text).toMatch(
    /^packages\/connector-acme: castellan spec acme has failed \(is it a dependency of apps\/cli\?\): There is no/,
  );
});
