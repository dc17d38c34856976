import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ConfigClass, type FieldGuide, fieldsOf } from '@castellan/form-schema';
import { connector } from '../src/index.js';

/** What administrators read: written by hand, and by nobody who reads the code's constants. */
const documented = readFileSync(fileURLToPath(new URL('../../../docs/okta.md', import.meta.url)), 'utf8');
const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');

/** Every place of the form that may have a guide, by its path; a way as `auth=token`. */
function placesOf(config: ConfigClass, above = ''): ReadonlyMap<string, FieldGuide | undefined> {
  const places = fieldsOf(config).flatMap((field): readonly (readonly [string, FieldGuide | undefined])[] => {
    const path = above + field.key;
    if (field.widget !== 'variant') return [[path, field.guide]];
    const ways = field.variants.flatMap((way): readonly (readonly [string, FieldGuide | undefined])[] => [
      [`${path}=${way.value}`, way.guide],
      ...placesOf(way.config, `${path}=${way.value}.`),
    ]);
    return [[path, field.guide], ...ways];
  });
  return new Map(places);
}

const PLACES = placesOf(connector.config);
const stepsOf = (place: string): string => (PLACES.get(place)?.steps ?? []).join('\n');
const copiedOf = (place: string): readonly string[] => PLACES.get(place)?.copy?.map(({ text }) => text) ?? [];
const scopesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bokta\.[a-zA-Z]+\.(?:read|manage)\b/g)].map(([scope]) => scope);

test('every field and every way has a guide', () => {
  expect([...PLACES.keys()]).toEqual(expect.arrayContaining(['domain', 'auth=private_key', 'auth=api_token.token', 'posture']));
  expect([...PLACES].filter(([, guide]) => guide === undefined).map(([place]) => place)).toEqual([]);
});

test.each([...PLACES])('the guide of %s is short, and is said in whole sentences', (_, guide) => {
  const steps = guide?.steps ?? [];
  expect(steps.length).toBeGreaterThanOrEqual(2);
  expect(steps.length).toBeLessThanOrEqual(6);
  for (const step of steps) expect(step).toMatch(/^[A-Z0-9*].*[.?]$/);
});

test.each([...PLACES])('the guide of %s leaves nothing to be filled in', (_, guide) => {
  const texts = [...(guide?.steps ?? []), ...(guide?.copy ?? []).flatMap(({ label, text }) => [label, text])];
  for (const text of texts)
    expect(text).not.toMatch(/<[^>]*>|[[\]{}_]|\$|…|\.\.\.|undefined|null|\b(TODO|TBD|FIXME|XXX|your[A-Z])/);
});

describe('the scopes to copy', () => {
  const [, listed = ''] = /grant these six\.\n\n(.*)\n/.exec(documented) ?? [];
  const [, more = ''] = /With `"posture": true` also ([^:]*):/.exec(readme) ?? [];
  const [, changing = ''] = /never in the token of a sync: ([^,]*),/.exec(readme) ?? [];

  test('are those that the guide for administrators lists, in its order', () => {
    expect(scopesIn(listed)).toHaveLength(6);
    for (const way of ['auth=client_secret', 'auth=private_key']) expect(copiedOf(way)).toEqual([scopesIn(listed).join('\n')]);
  });

  test('of the posture pack are those that the README lists', () => {
    expect(scopesIn(more)).toHaveLength(8);
    expect(copiedOf('posture')).toEqual([scopesIn(more).join('\n')]);
  });

  test('for actions are those that the README lists', () => {
    expect(scopesIn(changing)).toHaveLength(7);
    expect(copiedOf('actions')).toEqual([scopesIn(changing).join('\n')]);
  });

  test('are nowhere else: a token has none', () => {
    const copying = [...PLACES].filter(([, guide]) => guide?.copy !== undefined).map(([place]) => place);
    expect(copying).toEqual(['auth=client_secret', 'auth=private_key', 'posture', 'actions']);
  });
});

test.each([
  ['auth=client_secret', ['Applications > API Service Integrations', 'Add Integration', 'Super Administrator', 'once']],
  ['auth=client_secret.clientSecret', ['once']],
  [
    'auth=private_key',
    ['API Services', 'Okta API Scopes', 'Admin roles', 'Read-Only Administrator', 'Super Administrator', 'DPoP'],
  ],
  ['auth=private_key', ['View roles, resources, and admin assignments']],
  ['auth=private_key.privateKey', ['Client Credentials', 'Public key / Private key', 'Add key > Generate new key']],
  ['auth=api_token', ['Security > API', 'Create token', 'Read-Only Administrator', '30 days']],
])('the guide of %s names what %j is called in the guide for administrators', (place, names) => {
  for (const name of names) {
    expect(stepsOf(place)).toContain(name);
    if (name !== 'DPoP') expect(documented.replaceAll(/\s+/g, ' ')).toContain(name);
  }
});
