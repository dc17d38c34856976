import { readRules } from '../src/rule-book.js';

const told = (text: string): readonly string[] =>
  readRules([{ name: 'own.yml', text }]).problems.map(({ line, message }) => `${line}: ${message}`);

const RULE = `title: t
name: one
logsource:
  product: acme
  service: log
detection:
  s: { a: 1 }
  condition: s
level: high
tags: [attack.impact]
references: [https://acme.example]
falsepositives: [nobody]
`;
/** The rule with one thing written otherwise. */
const rule = (from: string, to: string): string => {
  if (!RULE.includes(from)) throw new Error(`${from} is not in the rule.`);
  return RULE.replace(from, to);
};

const COUNT = `${RULE}---
title: many
correlation:
  type: event_count
  rules: [one]
  group-by: [b]
  timespan: 1h
  condition: { gte: 3 }
`;
const count = (from: string, to: string): string => {
  const [rules = '', correlation = ''] = COUNT.split('---\n');
  if (!correlation.includes(from)) throw new Error(`${from} is not in the correlation.`);
  return `${rules}---\n${correlation.replace(from, to)}`;
};

test('without a slip nothing is told', () => {
  expect([told(RULE), told(COUNT)]).toEqual([[], []]);
});

test.each([
  ['level:', 'levle:', '9: levle: there is no "levle": is "level" meant?'],
  ['level:', 'Level:', '9: Level: there is no "Level": is "level" meant?'],
  ['detection:', 'detections:', '6: detections: there is no "detections": is "detection" meant?'],
  ['logsource:', 'log_source:', '3: log_source: there is no "log_source": is "logsource" meant?'],
  ['title:', 'titel:', '1: titel: there is no "titel": is "title" meant?'],
  ['tags:', 'tag:', '10: tag: there is no "tag": is "tags" meant?'],
  ['falsepositives:', 'false_positives:', '12: false_positives: there is no "false_positives": is "falsepositives" meant?'],
  ['  product:', '  prodcut:', '4: logsource.prodcut: there is no "prodcut": is "product" meant?'],
  ['  condition:', '  conditon:', '8: detection.conditon: there is no "conditon": is "condition" meant?'],
  [
    '  condition:',
    '  timefram: 5m\n  condition:',
    '8: detection.timefram: "timeframe" is obsolete: write a correlation instead.',
  ],
])('%s written as %s is the only mistake', (from, to, message) => {
  expect(told(rule(from, to))).toEqual([message]);
});

test.each([
  ['group-by:', 'group_by:', '18: correlation.group_by: there is no "group_by": is "group-by" meant?'],
  ['timespan:', 'timespam:', '19: correlation.timespam: there is no "timespam": is "timespan" meant?'],
  ['timespan: 1h', 'timespan: 1h\n  timefram: 1h', '20: correlation.timefram: there is no "timefram": is "timespan" meant?'],
  ['gte: 3', 'gte: 3, gtt: 4', '20: correlation.condition.gtt: there is no "gtt": is "gt" meant?'],
  ['correlation:', 'correlations:', '15: correlations: there is no "correlations": is "correlation" meant?'],
  ['timespan: 1h', 'timespan: 1h\n  generate: yes please', '20: correlation.generate: "generate" is true or false.'],
])('of a correlation, %s written as %s', (from, to, message) => {
  expect(told(count(from, to))).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
});

test('what belongs to a correlation and stands too far to the left is told', () => {
  const text = count('  group-by: [b]\n', '').replace('  condition: { gte: 3 }', '  condition: { gte: 3 }\ngroup-by: [b]');
  expect(told(text)).toEqual(['20: group-by: "group-by" belongs under "correlation".']);
});

test('of what has no condition none is read', () => {
  const text = count('event_count', 'castellan.absence').replace('rules: [one]', 'rules: [one, two]');
  expect(told(`${text}---\n${rule('name: one', 'name: two').replace('title: t', 'title: u')}`)).toEqual([
    '20: correlation.condition: "castellan.absence" has no condition.',
  ]);
});

test.each([['rules: any', 'rule: any', [/^3: filter.rules: /]]])('of a filter, %s written as %s', (from, to, messages) => {
  const filter = 'title: f\nlogsource: { product: acme }\nfilter:\n  {rules: any, s: { a: 1 }, condition: s}\n';
  expect(told(filter)).toEqual([]);
  expect(told(filter.replace(from, to))).toEqual(messages.map((one) => expect.stringMatching(one)));
});

test('keys of the specification, and keys of somebody that are like none of them, may be there', () => {
  const others = [
    'related: [{ id: 5f113a8f-8b61-41ca-b90f-d374fa7e4a39, type: derived }]',
    'taxonomy: sigma',
    'status: test',
    'license: DRL-1.1',
    'author: Ann',
    'date: 2026-01-01',
    'modified: 2026-01-01',
    'scope: [server]',
    // Of a correlation the specification calls its references so.
    'reference: https://acme.example',
    // Of their own.
    'score: 80',
    'labels: [a]',
    'data: b',
    'state: new',
    'actor: c',
    'direction: in',
    'custom_attributes: { a: b }',
    // Beside the one that it is like, it is meant.
    'titles: [a, b]',
  ];
  const unreferenced = rule('references: [https://acme.example]\n', '');
  expect(told(`${unreferenced}${others.join('\n')}\n`)).toEqual([]);
});

test('what only rules of another kind have is nothing that a key could be meant to be', () => {
  // Near "detection", "logsource" and "fields"; near "filter" and "correlation"; near "level" and "tags".
  expect(told(`${COUNT}direction: in\nlog_sources: [a]\nfield: a\n`)).toEqual([]);
  expect(told(`${RULE}filters: [a]\ncorrelations: [b]\n`)).toEqual([]);
  const filter = 'title: f\nlogsource: {}\nfilter: { rules: any, s: { a: 1 }, condition: s }\n';
  expect(told(`${filter}levels: [a]\ntag: b\n`)).toEqual([]);
});

test.each([
  ['keys of their own', RULE.replace(/^(level|tags|references).*\n/gm, '') + 'stats: a\ngame: b\nlevels: [c]\nfield: d\n'],
  ['a part of the log source', rule('  service:', '  vendor:')],
  ['a key of a correlation', count('timespan: 1h', 'timespan: 1h\n  colour: red')],
  ['a field beside a count of events', count('gte: 3', 'gte: 3, field: b')],
  ['"generate" beside the level', `${COUNT}generate: true\n`],
  ['an alias that nothing is grouped by', count('timespan: 1h', 'timespan: 1h\n  aliases: { who: { one: a } }')],
  ['searches called after times', rule('condition: s', 'time_frames: { b: 1 }\n  condition: s and time_frames')],
  [
    'a search of a filter that is not named',
    'title: f\nlogsource: {}\nfilter: { rules: any, s: { a: 1 }, _t: { a: 2 }, condition: s }\n',
  ],
  ['an expression of which capitals matter', rule('a: 1', 'a|re|cased: b')],
])('%s are taken: the specification does not forbid them', (_, text) => {
  expect(told(text)).toEqual([]);
});

test('"generate" beside the level says what it says under the correlation', () => {
  const silent = (text: string): readonly string[] => [...readRules([{ name: 'own.yml', text }]).silent];
  expect(silent(COUNT)).toHaveLength(1);
  expect(silent(`${COUNT}generate: true\n`)).toEqual([]);
  expect(silent(count('timespan: 1h', 'timespan: 1h\n  generate: true'))).toEqual([]);
});

test('a slip hides no other mistake of the rule', () => {
  expect(told(rule('level: high', 'levle: high').replace('a: 1', 'a|like: 1'))).toEqual([
    '7: detection.s.a|like: there is no modifier "like".',
    '9: levle: there is no "levle": is "level" meant?',
  ]);
});
