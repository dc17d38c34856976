import type { AccessGraph, AccessLink, AccessNode } from '@castellan/api';
import { ApiError } from '../src/api/api-error.js';
import { readEntitySearch } from '../src/access/access-search.js';
import { graphLayout } from '../src/access/graph-layout.js';
import { listPartsOf } from '../src/access/list-parts.js';
import { linkNote, linkSentence, namesOf, sinceWords } from '../src/access/link-words.js';
import { nodeOfId } from '../src/access/node-looks.js';
import { knownSince } from '../src/access/known-since.js';
import { coverageSentence, listCoverageSentence, notUsedWords } from '../src/access/usage-words.js';

const node = (kind: AccessNode['kind'], key: string, label = key): AccessNode => ({
  kind,
  key,
  label,
  detail: null,
  status: null,
  present: true,
});
const NOW = Date.parse('2026-11-26T12:00:00Z');
const MEMBERSHIP: AccessLink = {
  relation: 'membership',
  from: { kind: 'account', key: 'ana' },
  to: { kind: 'group', key: 'eng' },
  since: '2026-11-03T09:00:00Z',
  orBefore: true,
  rules: [{ key: 'r1', label: 'dept=eng' }],
  targets: [],
  byUnknownGroup: false,
};

test('an address of a page is read as far as it is understood', () => {
  expect(readEntitySearch({ show: 'group', unused: '90', at: '2026-11-12T23:00:00.000Z', view: 'graph', q: 5 })).toEqual({
    show: 'group',
    unused: 90,
    at: '2026-11-12T23:00:00.000Z',
    view: 'graph',
    q: '5',
  });
  expect(readEntitySearch({ show: 'planet', unused: 91, at: 'yesterday', view: 'map', other: 1 })).toEqual({});
  expect(nodeOfId('account:a:b')).toEqual({ kind: 'account', key: 'a:b' });
  expect([nodeOfId('planet:x'), nodeOfId('account:'), nodeOfId(undefined)]).toEqual([undefined, undefined, undefined]);
});

test('a list of a day of the past is not narrowed by use, which is counted up to now', () => {
  const search = { unused: 90, status: 'active', q: 'ana' };
  const of = (at: string | undefined) =>
    listPartsOf({ ...search, ...(at !== undefined && { at }) }, 'application', 'reached-by', 'account');
  expect(of(undefined)).toEqual({ q: 'ana', unused: 90, filter: 'status:active' });
  expect(of('2026-11-12T23:00:00.000Z')).toEqual({ at: '2026-11-12T23:00:00.000Z', q: 'ana', filter: 'status:active' });
});

test('since when the past is known is what the refusal says in its own field, and no instant of a sentence', () => {
  const problem = { type: 'urn:castellan:problem:not-observed', title: '', status: 400 };
  const detail = 'at: Must be an instant in UTC, like 2026-11-26T09:30:00Z.';
  expect(knownSince(new ApiError({ ...problem, detail, observedSince: '2026-03-02T12:00:00.001Z' }))).toBe(
    '2026-03-02T12:00:00.001Z',
  );
  expect(knownSince(new ApiError({ ...problem, detail }))).toBeUndefined();
  expect(knownSince(new Error('Lies before 2026-11-26T09:30:00Z'))).toBeUndefined();
});

test('a link says what it is, since when, and by which rule or only for what', () => {
  const names = namesOf([node('account', 'ana', 'Ana'), node('group', 'eng', 'Engineering'), node('role', 'hd', 'Help desk')]);
  expect(sinceWords(MEMBERSHIP, NOW)).toBe('since before 3 Nov');
  expect(sinceWords({ since: '2025-11-03T09:00:00Z', orBefore: false }, NOW)).toBe('since 3 Nov 2025');
  expect(linkNote(MEMBERSHIP)).toBe('rule: dept=eng');
  expect(linkSentence(MEMBERSHIP, names)).toBe(
    'Ana is in Engineering, since before 3 Nov 2026. The rule “dept=eng” may have put them there.',
  );
  const role: AccessLink = {
    ...MEMBERSHIP,
    relation: 'role_assignment',
    to: { kind: 'role', key: 'hd' },
    orBefore: false,
    rules: [],
    targets: [
      { kind: 'group', key: 'a', label: 'Sales' },
      { kind: 'group', key: 'b', label: 'Support' },
    ],
  };
  expect(linkNote(role)).toBe('only: Sales and 1 more');
  expect(linkSentence(role, names)).toBe('Ana was given Help desk, since 3 Nov 2026. Only for: Sales, Support.');
});

test('"not used" is never said without since when that is known', () => {
  expect(notUsedWords({ since: '2026-08-28T12:00:00Z', until: null })).toBe(
    'Not used since 28 Aug 2026 (as far back as the log goes)',
  );
  expect(listCoverageSentence({ since: '2026-08-28T12:00:00Z', until: null })).toBe(
    'Use is known since 28 Aug 2026 (as far back as the log goes); “not used” means not since then.',
  );
  expect(coverageSentence(null)).toMatch(/^Use is not known: /);
});

test('a graph goes from left to right, and a circle of groups ends', () => {
  const of = (id: string, kind: AccessNode['kind']) => ({ id, node: node(kind, id), kind, count: 1 });
  const edge = (from: string, to: string): AccessGraph['edges'][number] => ({ from, to, relation: 'membership' });
  const nodes = [of('ana', 'account'), of('g1', 'group'), of('g2', 'group'), of('aws', 'application')];
  const x = ({ places }: ReturnType<typeof graphLayout>, id: string): number => places.get(id)?.x ?? Number.NaN;
  const straight = graphLayout({
    nodes,
    edges: [edge('aws', 'aws'), edge('ana', 'g1'), edge('g1', 'g2'), edge('g2', 'aws'), edge('ana', 'aws')],
  });
  expect(x(straight, 'ana')).toBeLessThan(x(straight, 'g1'));
  expect(x(straight, 'g1')).toBeLessThan(x(straight, 'g2'));
  expect(x(straight, 'g2')).toBeLessThan(x(straight, 'aws'));
  const circle = graphLayout({ nodes, edges: [edge('ana', 'g1'), edge('g1', 'g2'), edge('g2', 'g1'), edge('g2', 'aws')] });
  expect(circle.places.size).toBe(nodes.length);
  const many = Array.from({ length: 300 }, (_one, index) => of(`a${index}`, 'account'));
  const places = [...graphLayout({ nodes: many, edges: [] }).places.values()];
  // No two boxes on one place, and none further down than thirty of them reach.
  expect(new Set(places.map((place) => `${place.x} ${place.y}`)).size).toBe(300);
  expect(Math.max(...places.map(({ y }) => y)) - Math.min(...places.map(({ y }) => y))).toBeLessThan(30 * 34);
});
