import { Enricher } from '../src/enrichment/enricher.js';
import { HistoriesInMemory } from '../src/enrichment/memory.js';
import { networksOf } from '../src/enrichment/networks.js';
import { type Raw, readEvent } from '../src/log-event.js';
import { readRules } from '../src/rule-book.js';
import { line, MINUTE, START, user } from './rules/log-line.js';

const told = (text: string): readonly string[] =>
  readRules([{ name: 'own.yml', text }]).problems.map((one) => `${one.file}:${one.line}: ${one.message}`);

const asking = (search: string, more = ''): string =>
  `title: t\nlogsource: {}\ndetection:\n  s:\n    ${search}\n  condition: s\n${more}`;

test.each([
  ['x.actor.is_admn: true', 'there is no field "x.actor.is_admn": is "x.actor.isAdmin" meant?'],
  ['x.actor.isSuperAdmn: true', 'there is no field "x.actor.isSuperAdmn": is "x.actor.isSuperAdmin" meant?'],
  ['x.targetUsr.isAdmin|neq: true', 'is "x.targetUser.isAdmin" meant?'],
  ['x.said.risk: HIGH', 'there is no field "x.said.risk": the guide to detection lists'],
  ['X.IP.isNewish: true', 'is "x.ip.isNew" meant?'],
  ['x.mailbox.rules.forwarding: true', 'the guide to detection lists those that there are'],
  ['x.actor.roles.name: ADMIN', 'there is no field "x.actor.roles.name"'],
  ['x.actor.isAdmn|exists: true', 'is "x.actor.isAdmin" meant?'],
  ['actor.alternateId|fieldref: x.actor.domian', 'is "x.actor.domain" meant?'],
  ['x.session: abc', '"x.session" is no value: ask for one of x.session.id'],
])('a rule that asks for %s is told with its line', (search, message) => {
  const [problem, ...others] = told(asking(search));
  expect(others).toEqual([]);
  expect(problem?.startsWith('own.yml:5: detection.s.')).toBe(true);
  expect(problem).toContain(message);
});

test.each(['x.session|exists: false', 'x.geo: null', 'X.ACTOR.isadmin: true', 'x-ray: 1', 'tax.actor.is_admn: 1', 'x: 1'])(
  '%s is no mistake',
  (search) => expect(told(asking(search))).toEqual([]),
);

test('everything that is made under x may be asked for', () => {
  const account = { createdAt: 1, roles: ['SUPER_ADMIN'], isSuperAdmin: true, lastUsedAt: 1, hasPhishingResistant: true };
  const enricher = new Enricher({
    known: {
      account: () => ({ ...account, isBreakGlass: true, isEnded: false, department: 'Finance' }),
      group: () => ({ roles: ['ADMIN'], isSuperAdmin: true, isRuled: true }),
    },
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf([]),
    threats: networksOf([]),
  });
  const place = { geographicalContext: { country: 'A', geolocation: { lat: 1, lon: 1 } }, ipAddress: '192.0.2.1' };
  const target = [user('bo'), { id: 'g', type: 'UserGroup' }, { id: 'a', type: 'AppInstance' }];
  const saying = { behaviors: '{New Device=POSITIVE, Velocity=NEGATIVE}', risk: '{reasons=Odd, level=HIGH}' };
  const over = { client: place, target, device: { id: 'd' }, debugContext: { debugData: saying } };
  const events = [0, 1, 2].flatMap((n) => readEvent(line('user.authentication.sso', over, n * 60 * MINUTE)) ?? []);
  enricher.learn(events);
  const last = events.at(-1);
  if (last === undefined || last.at < START) throw new Error('There are events.');
  const names = new Set(namesIn(JSON.parse(JSON.stringify(enricher.enrich(last)['x'])), 'x'));
  expect(names.size).toBeGreaterThan(30);
  expect(told(asking([...names].map((name) => `${name}: 1`).join('\n    ')))).toEqual([]);
});

function namesIn(value: unknown, name: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => namesIn(one, name));
  if (typeof value !== 'object' || value === null) return [name];
  return Object.entries(value as Raw).flatMap(([key, below]) => namesIn(below, `${name}.${key}`)); // It is JSON.
}

const CORRELATION = `title: many
name: many
correlation:
  type: value_count
  rules: [signed_in]
  group-by:
    - actor.id
    - x.actr.domain
    - account
  aliases:
    account:
      signed_in: x.targetUser.idd
  timespan: 1h
  condition:
    field: x.contry.isNew
    gte: 2
`;

test('a correlation may group by, count and mean fields under x that there are, and no others', () => {
  const rule = asking('a: 1').replace('title: t', 'title: t\nname: signed_in');
  expect(told(`${rule}---\n${CORRELATION}`)).toEqual([
    expect.stringMatching(/^own\.yml:16: correlation\.group-by\.1: there is no field "x\.actr\.domain"/),
    expect.stringMatching(/^own\.yml:20: correlation\.aliases\.account\.signed_in: .*"x\.targetUser\.id" meant/),
    expect.stringMatching(/^own\.yml:23: correlation\.condition\.field\.0: .*"x\.country\.isNew" meant/),
  ]);
});

test('a rule is told all its mistakes at once, by their lines, and stops no other', () => {
  const faulty = `id: faulty
logsource: acme
level: huge
detection:
  one:
    a|like|contians: 1
    b: { c: d }
  two:
    - n|gt: many
    - x.actor.is_admn: true
  condition: one and three or four
falsepositives: { a: b }
castellan:
  confidence: certain
  levels:
    - level: worse
      when: { c|re: '(' }
  reponse: [a]
`;
  const { detections, problems } = readRules([{ name: 'own.yml', text: `${faulty}---\n${asking('a: 1')}` }]);
  expect(detections.map(({ title }) => title)).toEqual(['t']);
  expect(problems.map(({ line: at, message }) => `${at}: ${message}`)).toEqual([
    '1: title: a rule needs a title.',
    '2: logsource: it is no map.',
    '3: level: "huge" is none of the levels informational, low, medium, high, critical.',
    '6: detection.one.a|like|contians: there is no modifier "like".',
    '6: detection.one.a|like|contians: there is no modifier "contians".',
    '7: detection.one.b: a value is expected, and this is a map.',
    '9: detection.two.0.n|gt: "gt" needs a number, and this is "many".',
    '10: detection.two.1.x.actor.is_admn: there is no field "x.actor.is_admn": is "x.actor.isAdmin" meant?',
    '11: detection.condition: there is no search "three".',
    '11: detection.condition: there is no search "four".',
    '12: falsepositives.0: "falsepositives" is no list of texts.',
    '14: castellan.confidence: "certain" is none of low, medium, high.',
    '16: castellan.levels.0.level: "worse" is none of the levels informational, low, medium, high, critical.',
    expect.stringContaining('17: castellan.levels.0.when.c|re: this is no regular expression'),
    '18: castellan.reponse: there is no "reponse": is "response" meant?',
  ]);
});

test('so is a correlation, and a filter', () => {
  const correlation = `title: c
level: huge
correlation:
  type: value_count
  rules: [a, a]
  aliases: [a]
  timespan: 10 minutes
  condition: { gte: many }
---
title: typo
correlation:
  type: event_cuont
  rules: [a]
  timespan: soon
---
title: late
correlation:
  type: castellan.new_value
  rules: [a]
  timespan: 1d
  condition:
    field: a
    learned: long
---
filter:
  rules: []
  s: { a|like: 1 }
  condition: t
`;
  expect(told(correlation).map((one) => one.slice('own.yml:'.length))).toEqual([
    '2: level: "huge" is none of the levels informational, low, medium, high, critical.',
    '5: correlation.rules: "rules" names one twice.',
    '5: correlation.rules.0: there is no rule "a".',
    '6: correlation.aliases: it is no map.',
    '7: correlation.timespan: "timespan" is a time like 30s, 15m, 2h or 7d, of at most 400d.',
    '8: correlation.condition.gte: "gte" needs a number.',
    '12: correlation.type: there is no correlation "event_cuont".',
    '13: correlation.rules.0: there is no rule "a".',
    '14: correlation.timespan: "timespan" is a time like 30s, 15m, 2h or 7d, of at most 400d.',
    '19: correlation.rules.0: there is no rule "a".',
    '23: correlation.condition.learned: "learned" is a time like 30s, 15m, 2h or 7d, of at most 400d.',
    '25: title: a filter needs a title.',
    '25: logsource: a rule needs a logsource.',
    '26: filter.rules: "rules" names nobody; "any" means all.',
    '27: filter.s.a|like: there is no modifier "like".',
    '28: filter.condition: there is no search "t".',
  ]);
});

test('of a rule with hundreds of mistakes some are told, and how many more there are', () => {
  const problems = told(asking(Array.from({ length: 300 }, (_, n) => `f${n}|like: 1`).join('\n    ')));
  expect(problems.slice(19)).toEqual([
    'own.yml:24: detection.s.f19|like: there is no modifier "like".',
    'own.yml:1: Mistakes of this rule that are not told here: 80 or more.',
  ]);
});

const DETECTION = (name: string, id: string, search = 'a: 1'): string =>
  `title: ${name}\nid: ${id}\nname: ${name}\nlogsource: {}\ndetection: { s: { ${search} }, condition: s }\n`;
const ALIASED = (key: string, alias = 'who', condition = '{ gte: 2 }'): string => `title: c
correlation:
  type: ${condition.includes('field') ? 'value_count' : 'event_count'}
  rules: [reset, id-2]
  group-by: [who]
  aliases:
    ${alias}:
      ${key}: a
  timespan: 1h
  condition: ${condition}
`;
const aliased = (correlation: string): readonly string[] =>
  told([correlation, DETECTION('reset', 'id-1'), DETECTION('enrolled', 'id-2')].join('---\n'));

test.each(['reset', 'id-1', 'enrolled', 'id-2'])('an alias may call a rule of its correlation %s', (key) => {
  expect(aliased(ALIASED(key))).toEqual([]);
});

test.each([
  ['resett', '8: correlation.aliases.who.resett: "rules" does not name "resett": is "reset" meant?'],
  ['deleted', '8: correlation.aliases.who.deleted: "rules" does not name "deleted".'],
])('an alias of a rule %s that the correlation is not about is told', (key, message) => {
  expect(aliased(ALIASED(key))).toEqual([`own.yml:${message}`]);
});

test('an alias that nothing is grouped by is told where it is like one', () => {
  expect(aliased(ALIASED('reset', 'whom'))).toEqual([
    'own.yml:7: correlation.aliases.whom: nothing is grouped by it: is "who" meant?',
  ]);
  expect(aliased(ALIASED('reset', 'host', '{ gte: 2, field: host }'))).toEqual([]);
});

test('what is about a rule with a mistake is told so, and where that is', () => {
  const about = (title: string, key: string): string =>
    `title: ${title}\ncorrelation: { type: event_count, rules: [${key}], timespan: 1h, condition: { gte: 2 } }\n`;
  const filter = 'title: f\nlogsource: {}\nfilter: { rules: [broken, gone], s: { b: 1 }, condition: s }\n';
  const files = [
    { name: 'a.yml', text: DETECTION('broken', 'id-1', 'a|like: 1') },
    { name: 'b.yml', text: [about('c', 'broken'), about('d', 'id-1'), about('e', 'gone'), filter].join('---\n') },
  ];
  expect(readRules(files).problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
    'a.yml: detection.s.a|like: there is no modifier "like".',
    'b.yml: The correlation "c" is about "broken", which has a mistake (a.yml, line 5).',
    'b.yml: The correlation "d" is about "id-1", which has a mistake (a.yml, line 5).',
    'b.yml: The correlation "e" is about "gone", and there is no such rule.',
    'b.yml: The filter "f" is about "broken", which has a mistake (a.yml, line 5).',
    'b.yml: The filter "f" is about "gone", and there is no such rule.',
  ]);
});

test('of what has a mistake it is told at once which rules it is about that there are not', () => {
  const faulty = `title: c
level: huge
correlation:
  type: event_count
  rules: [gone, behind, broken, also-gone]
  timespan: 1h
  condition: { gte: 2 }
---
title: f
logsource: {}
filter: { rules: never, s: { b|like: 1 }, condition: s }
---
${DETECTION('behind', 'id-1')}---
${DETECTION('broken', 'id-2', 'a|like: 1')}`;
  expect(told(faulty)).toEqual([
    'own.yml:2: level: "huge" is none of the levels informational, low, medium, high, critical.',
    'own.yml:5: correlation.rules.0: there is no rule "gone".',
    'own.yml:5: correlation.rules.3: there is no rule "also-gone".',
    'own.yml:11: filter.s.b|like: there is no modifier "like".',
    'own.yml:11: filter.rules: there is no rule "never".',
    'own.yml:23: detection.s.a|like: there is no modifier "like".',
  ]);
});

test('of a correlation each rule that there is not is told', () => {
  const text = 'title: c\ncorrelation: { type: event_count, rules: [gone, lost], timespan: 1h, condition: { gte: 2 } }\n';
  expect(told(text)).toEqual([
    'own.yml:1: The correlation "c" is about "gone", and there is no such rule.',
    'own.yml:1: The correlation "c" is about "lost", and there is no such rule.',
  ]);
});

test.each([
  ['s: { actor.alternateId: *@acme.example }', /^own\.yml:4: "\*@acme\.example" means something else in YAML\. Put texts/],
  ['s: { a: %admins% }', /^own\.yml:4: This is no YAML: .*\. Put texts that begin with one of \* & % @ `/],
  ['s: { a: @admins }', /^own\.yml:4: This is no YAML: .*\. Put texts that begin with/],
  [
    's: { a: b }\ndescription: found: it',
    /^own\.yml:5: This is no YAML: .*\. Put texts that begin with .* or have ": " in them in quotes\.$/,
  ],
])('%s is told with its line and the way out', (search, message) => {
  const text = `title: t\nlogsource: { product: acme }\ndetection:\n  ${search}\n`;
  expect(told(text)).toEqual([expect.stringMatching(message)]);
});
