import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_CHECKS } from '../../src/checks/all-checks.js';

const SOURCE = join(import.meta.dirname, '../../src/checks');

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const ids = ALL_CHECKS.map(({ id }) => id);

test('every file of a check is in the list, once, and is called as its check is', () => {
  const written = files.map((name) => name.slice(name.lastIndexOf('/') + 1, -3)).filter((name) => !name.endsWith('-checks'));
  expect(ids.toSorted()).toEqual(written.toSorted());
});

test('every check has scenes', () => {
  const tests = readdirSync(import.meta.dirname).map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
  const called = (id: string): string => id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  expect(ids.filter((id) => !tests.some((text) => text.includes(`scenes(${called(id)},`)))).toEqual([]);
});

test.each(ALL_CHECKS.map((check) => [check.id, check] as const))('%s says what a person needs', (_, check) => {
  expect(check.title).toMatch(/^[A-Z]/);
  expect(check.title).not.toMatch(/[.!]$/);
  expect(check.why.length).toBeGreaterThan(80);
  expect(check.fix.length).toBeGreaterThan(0);
  for (const step of [check.why, ...check.fix, ...Object.values(check.console).flat()]) expect(step).toMatch(/[.:?]$/);
  expect(Object.values(check.frameworks).flat().length).toBeGreaterThan(0);
  for (const { because } of check.context) expect(because).toMatch(/^[a-z].*[^.]$/);
});
