import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGES, PlantedRepository, ROOT, type Said } from './planted-repository.js';

interface Marked {
  readonly castellan?: { readonly role: string; readonly id?: string };
}

/** A real connector: whichever comes first. */
const [real = ''] = PACKAGES.flatMap((folder) => {
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
const printedOf = (of: string): { readonly form: object } =>
  JSON.parse(
    execFileSync(process.execPath, [join(ROOT, 'apps/cli/bin/castellan.js'), 'spec', of], { stdio: 'pipe' }).toString(),
  );

test('whatever `castellan spec` prints stands in one of the two files', () => {
  mark('connector-one', real);
  const { form, ...capabilities } = printedOf(real);
  const write = (name: string, content: object): void =>
    planted.write(`packages/connector-one/${name}.json`, `${JSON.stringify(content, null, 2)}\n`);
  write('form', { ...form, secrets: [] });
  const { code, text } = check();
  expect(code).toBe(1);
  expect(text).toMatch(/^packages\/connector-one\/form\.json: line \d+: {3}"secrets": \[\], -> {3}"secrets": \[\n/);
  expect(text).toMatch(/capabilities\.json: missing\n/);
  expect(text).toContain('Run `npm run snapshots`, look at what has changed for people and products, and commit it.');

  write('form', form);
  write('capabilities', capabilities);
  expect(check()).toEqual({ code: 0, text: '' });
}, 60_000);

test('a connector that the command does not know is named, with the likely reason', () => {
  mark('connector-acme', 'acme');
  const { code, text } = check();
  expect(code).toBe(1);
  expect(text).toMatch(
    /^packages\/connector-acme: castellan spec acme has failed \(is it a dependency of apps\/cli\?\): There is no/,
  );
});
