import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { castellan } from './castellan.js';

const RULES = `title: A password was wrong
id: wrong
author: Ann
logsource: { product: acme }
detection: { s: { eventType: sign_in, outcome.result: FAILURE }, condition: s }
level: low
---
title: Broken
logsource: { product: acme }
detection: { s: { a|like: 1 }, condition: s }
---
title: Again and again
id: again
logsource: { product: acme }
correlation: { type: event_count, rules: [wrong], group-by: [actor.id], timespan: 10m, condition: { gte: 3 }, generate: true }
level: high
`;
const event = (uuid: string, minute: number, result = 'FAILURE', actor = '00uA') => ({
  uuid,
  published: `2026-11-02T09:${String(minute).padStart(2, '0')}:00.000Z`,
  eventType: 'sign_in',
  actor: { id: actor, type: 'User' },
  client: { ipAddress: '192.0.2.7' },
  outcome: { result },
});
/** Newest first, as a console exports them, and one of them twice. */
const EVENTS = [
  event('d', 30, 'SUCCESS'),
  event('c', 9),
  event('b', 4),
  event('b', 4),
  event('x', 3, 'FAILURE', '00ua'),
  event('a', 1),
];
/** As somebody does whose log is none of a connector. */
const DETECT = ['detect', '--product', 'acme'];
const LINE = { id: 'wrong', title: 'A password was wrong', level: 'low', author: 'Ann' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-detect-'));
  await writeFile(join(folder, 'rules.yml'), RULES);
});
afterAll(() => rm(folder, { recursive: true }));

const at = (minute: number): string => event('', minute).published;
const FOUND = [
  { rule: LINE, events: ['a'], at: at(1) },
  { rule: LINE, events: ['x'], at: at(3) },
  { rule: LINE, events: ['b'], at: at(4) },
  { rule: LINE, events: ['c'], at: at(9) },
  {
    rule: { id: 'again', title: 'Again and again', level: 'high' },
    events: ['a', 'b', 'c'],
    at: at(9),
    since: at(1),
    group: { 'actor.id': '00uA' },
  },
];

test('lines of a pipe, a list of a file: a line for each match, in order, and a summary for people', async () => {
  const lines = EVENTS.map((one) => JSON.stringify(one)).join('\n');
  const piped = await castellan([...DETECT, '--rules', folder, '-'], { input: `\n${lines}\n` });
  expect(piped.lines).toEqual(FOUND);
  expect(piped.code).toBe(0);
  expect(piped.stderr).toContain('rules.yml:10: detection.s.a|like: there is no modifier "like".');
  expect(piped.stderr).toMatch(/6 events, 2 rules: 1 high, 4 low/);
  const file = join(folder, 'events.json');
  await writeFile(file, JSON.stringify(EVENTS, null, 2));
  expect((await castellan([...DETECT, '--rules', join(folder, 'rules.yml'), file])).lines).toEqual(FOUND);
});

test('what cannot be read is named with its line, and the rest is looked at', async () => {
  const input = `{"a":\n${JSON.stringify(event('a', 1))}\n[1,{"published":"x"}]\n`;
  const { code, lines, stderr } = await castellan([...DETECT, '--rules', folder, '--strict'], { input });
  expect(lines).toEqual([FOUND[0]]);
  expect(stderr).toContain('line 1: it is no JSON');
  expect(stderr).toContain('line 3, element 1: it is no event');
  expect(stderr).toContain('3 lines could not be read.');
  expect(code).toBe(1);
});

test('a correlation about another one names the events of the other, too', async () => {
  const above = join(folder, 'above.yml');
  const right = 'logsource: { product: acme }\ndetection: { s: { outcome.result: SUCCESS }, condition: s }';
  await writeFile(
    above,
    `${RULES.replaceAll('generate: true', 'generate: false')}---\ntitle: In\nid: in\n${right}\n---\ntitle: After all\nid: after\ncorrelation: { type: temporal_ordered, rules: [again, in], group-by: [actor.id], timespan: 1h }\n`,
  );
  const { lines } = await castellan(['detect', '--rules', above], { input: JSON.stringify(EVENTS) });
  await rm(above);
  expect(lines).toEqual([expect.objectContaining({ events: ['a', 'b', 'c', 'd'], at: at(30) })]);
});

test('--explain says which conditions an event has met', async () => {
  const [line] = (await castellan([...DETECT, '--rules', folder, '--explain'], { input: JSON.stringify(event('a', 1)) })).lines;
  expect(line).toMatchObject({
    explain: {
      says: 's',
      holds: true,
      of: [
        {
          says: 'all of',
          of: [
            { says: 'eventType: "sign_in"', holds: true, values: ['sign_in'] },
            { says: 'outcome.result: "FAILURE"', holds: true, values: ['FAILURE'] },
          ],
        },
      ],
    },
  });
});

test('lists of networks are known to rules; what is wrong with one is said', async () => {
  const rule =
    'title: Ours\nlogsource: {}\ndetection: { s: { x.ip.isKnown: true }, t: { x.ip.lists: bad.txt }, condition: s and t }\n';
  await writeFile(join(folder, 'own.txt'), '# offices\n192.0.2.0/28 # Berlin\nnonsense\n');
  await writeFile(join(folder, 'bad.txt'), '192.0.2.7\n');
  await writeFile(join(folder, 'lists.yaml'), rule);
  const lists = ['--own-networks', join(folder, 'own.txt'), '--threats', join(folder, 'bad.txt')];
  const input = JSON.stringify(event('a', 1));
  const { lines, stderr } = await castellan([...DETECT, '--rules', join(folder, 'lists.yaml'), ...lists], { input });
  expect(lines).toHaveLength(1);
  expect(stderr).toContain('own.txt:3: "nonsense" is neither an address nor a range.');
});

test('rules that are not there, or none that can be used, end it with 2', async () => {
  const gone = await castellan([...DETECT, '--rules', join(folder, 'gone')]);
  expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('cannot be read (ENOENT)')]);
  await writeFile(join(folder, 'none.yml'), 'title: Nothing\n');
  const none = await castellan([...DETECT, '--rules', join(folder, 'none.yml')]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('none.yml:1:')]);
  await rm(join(folder, 'none.yml'));
  const missing = await castellan([...DETECT, '--rules', folder, join(folder, 'missing.jsonl')]);
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('missing.jsonl cannot be read (ENOENT)')]);
});

test('our own rules are used where none are named', async () => {
  const denied = {
    ...event('p', 1),
    eventType: 'user.authentication.auth_via_mfa',
    debugContext: { debugData: { pushOnlyResponseType: 'OV_RESPONSE_DENY' } },
  };
  const { lines, code } = await castellan(['detect'], { input: JSON.stringify(denied) });
  expect(lines).toContainEqual(
    expect.objectContaining({ events: ['p'], rule: expect.objectContaining({ author: 'Castellan' }) }),
  );
  expect(code).toBe(0);
});
