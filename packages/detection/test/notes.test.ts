import { notesOf } from '../src/notes/rule-notes.js';
import { vocabularyOf } from '../src/notes/vocabulary.js';
import { readRules } from '../src/rule-book.js';

const OURS = `title: ours
logsource: { product: acme, service: acme-log }
detection:
  s:
    eventType: [user.session.start, user.mfa.factor.deactivate, thing.reactivate]
    outcome.result: FAILURE
    debugContext.debugData.dtHash: a
  condition: s
castellan:
  levels:
    - level: high
      when: { client.userAgent.os: Linux }
---
title: many of ours
correlation: { type: event_count, rules: [ours], group-by: [actor.alternateId], timespan: 1h, condition: { gte: 2 } }
`;
const vocabulary = await vocabularyOf([{ name: 'ours.yml', text: OURS }]);
const noted = async (text: string): Promise<readonly string[]> =>
  (await notesOf([{ name: 'own.yml', text }], vocabulary)).map(({ file, line, ruleLine, message }) => {
    expect([file, ruleLine]).toEqual(['own.yml', 1]);
    return `${line}: ${message}`;
  });
const asking = (search: string, source = '{ product: acme, service: acme-log }'): string =>
  `title: t\nlogsource: ${source}\ndetection:\n  s:\n    ${search}\n  condition: s\n`;

test.each([
  [
    'eventType: user.sesion.start',
    '5: detection.s.eventType: our rules know no value "user.sesion.start" of eventType: is "user.session.start" meant?',
  ],
  [
    'eventType|neq: [user.session.start, user.sesion.strat]',
    '5: detection.s.eventType|neq.1: our rules know no value "user.sesion.strat" of eventType: is "user.session.start" meant?',
  ],
  [
    'outcome.result: FAILRUE',
    '5: detection.s.outcome.result: our rules know no value "FAILRUE" of outcome.result: is "FAILURE" meant?',
  ],
  [
    'outcom.result: FAILURE',
    '5: detection.s.outcom.result: our rules know no field "outcom.result": is "outcome.result" meant?',
  ],
  ['event_type: a', '5: detection.s.event_type: our rules know no field "event_type": is "eventType" meant?'],
  [
    'debugContext.debugData.dtHsah|contains: a',
    '5: detection.s.debugContext.debugData.dtHsah|contains: our rules know no field "debugContext.debugData.dtHsah": is "debugContext.debugData.dtHash" meant?',
  ],
  // Known from a condition of a level, and from a group.
  [
    'client.usrAgent.os: a',
    '5: detection.s.client.usrAgent.os: our rules know no field "client.usrAgent.os": is "client.userAgent.os" meant?',
  ],
  [
    'actor.alternatId: a',
    '5: detection.s.actor.alternatId: our rules know no field "actor.alternatId": is "actor.alternateId" meant?',
  ],
])('%s is noted, and the rule is used', async (search, note) => {
  const text = asking(search);
  expect(await noted(text)).toEqual([note]);
  const { detections, problems } = readRules([{ name: 'own.yml', text }]);
  expect([detections.length, problems]).toEqual([1, []]);
});

test('a field and its value are noted each', async () => {
  expect(await noted(asking('evenType: user.sesion.start'))).toEqual([
    '5: detection.s.evenType: our rules know no field "evenType": is "eventType" meant?',
    '5: detection.s.evenType: our rules know no value "user.sesion.start" of eventType: is "user.session.start" meant?',
  ]);
});

test.each([
  ['what we know, whatever its capitals', 'EventType: USER.session.start'],
  ['what is like nothing of ours', 'eventType: system.api_token.create'],
  ['another word of ours in its place', 'eventType: [user.mfa.factor.reactivate, user.session.reactivate]'],
  ['a part of a value', 'eventType|startswith: user.sesion'],
  ['a wildcard', 'eventType: user.sesion.*'],
  ['a value of a field that may have any', 'debugContext.debugData.dtHash: b'],
  ['a short part', 'client.userAgent.as: a'],
  ['what is ours', 'x.actr.isNew: true'],
])('%s is no slip', async (_, search) => {
  expect(await noted(asking(search))).toEqual([]);
});

test.each([
  ['{ product: acne }', '2: logsource.product: our rules know no product "acne": is "acme" meant?'],
  [
    '{ product: acme, service: acme-logs }',
    '2: logsource.service: our rules know no service "acme-logs": is "acme-log" meant?',
  ],
])('a source %s is noted', async (source, note) => {
  expect(await noted(asking('eventType: user.session.start', source))).toEqual([note]);
});

test('of a product that we have no rules of nothing is noted, and of none everything', async () => {
  expect(await noted(asking('outcom.result: a', '{ product: contoso }'))).toEqual([]);
  expect(await noted(asking('outcom.result: a', '{}'))).toHaveLength(1);
});

test('levels, groups, fields that are counted, aliases and filters are looked at, too', async () => {
  const level = `${asking('eventType: a')}fields: [actor.alternatId]\ncastellan: { levels: [{ level: low, when: { outcom.result: a } }] }\n`;
  expect((await noted(level)).map((one) => one.slice(0, one.indexOf(': our')))).toEqual([
    '7: fields.0',
    '8: castellan.levels.0.when.outcom.result',
  ]);
  const correlation = `title: c
correlation:
  type: value_count
  rules: [t]
  group-by: [alias, actor.alternatId]
  aliases: { alias: { t: outcom.result } }
  timespan: 1h
  condition: { gte: 2, field: client.userAgnt.os }
`;
  expect((await noted(correlation)).map((one) => one.slice(0, one.indexOf(': our')))).toEqual([
    '5: correlation.group-by.1',
    '8: correlation.condition.field',
    '6: correlation.aliases.alias.t',
  ]);
  const filter = 'title: f\nlogsource: { product: acme }\nfilter: { rules: any, s: { outcom.result: a }, condition: s }\n';
  expect((await noted(filter)).map((one) => one.slice(0, one.indexOf(': our')))).toEqual(['3: filter.s.outcom.result']);
});

test.each([
  ['status: stabel', 'status: "stabel" is none of stable, test, experimental, deprecated, unsupported: is "stable" meant?'],
  ['status: ready', 'status: "ready" is none of stable, test, experimental, deprecated, unsupported.'],
  ['date: 2026-02-31', 'date: "2026-02-31" is no date: write it like 2026-11-27.'],
  ['modified: 1.2.2026', 'modified: "1.2.2026" is no date: write it like 2026-11-27.'],
  ['tags: [a.b, persistence]', 'tags.1: "persistence" lacks its namespace: is "attack.persistence" meant?'],
  ['tags: t1566', 'tags: "t1566" lacks its namespace: is "attack.t1566" meant?'],
  ['tags: [attack.t1566.2]', 'tags.0: "attack.t1566.2" is no technique: write it like attack.t1566 or attack.t1566.002.'],
  ['tags: [attack.persistance]', 'tags.0: there is no tactic "attack.persistance": is "attack.persistence" meant?'],
])('%s is noted, of rules of any product', async (fact, note) => {
  expect(await noted(`${asking('a: b', '{ product: contoso }')}${fact}\n`)).toEqual([`7: ${note}`]);
});

test.each([
  'status: Experimental',
  'date: 2024/02/29',
  'modified:',
  'tags: [attack.initial_access, attack.T1566.002, attack.s0002, attack.stealth, detection.emerging-threats, own]',
])('%s is no slip', async (fact) => {
  expect(await noted(`${asking('a: b')}${fact}\n`)).toEqual([]);
});

test('of a rule with hundreds of slips some are noted', async () => {
  const slips = Array.from({ length: 300 }, () => 'user.sesion.start').join(', ');
  expect(await noted(asking(`eventType: [${slips}]`))).toHaveLength(20);
});
