import type { RuleFileView, RuleView, TechniqueView } from '@castellan/api';
import { coverageOf, heatOf } from '../src/detection/coverage.js';
import { readRulesSearch } from '../src/detection/detection-search.js';
import {
  attackAddress,
  boundsWords,
  isChanged,
  elsewhereWords,
  faultyRules,
  checkedWords,
  savedWords,
  shownLevel,
  shownWords,
  timespanWords,
} from '../src/detection/rule-words.js';
import { shownRules } from '../src/detection/shown-rules.js';

const SPRAYING: TechniqueView = { id: 'T1110.003', name: 'Password Spraying', tactics: ['Credential Access'] };
const FORCE: TechniqueView = { id: 'T1110', name: 'Brute Force', tactics: ['Credential Access'] };
const ACCOUNTS: TechniqueView = { id: 'T1078', name: 'Valid Accounts', tactics: ['Persistence', 'Initial Access'] };

const rule = (id: string, more: Partial<RuleView> = {}): RuleView => ({
  id,
  name: null,
  title: id,
  description: null,
  author: null,
  kind: 'detection',
  level: 'low',
  confidence: 'low',
  techniques: [],
  source: 'ours',
  isTold: true,
  enabled: true,
  setting: null,
  hits: 0,
  ...more,
});
const SETTING = { enabled: true, level: null, bounds: null, timespan: null, reason: null, changedBy: 'Ada', changedAt: '' };
const RULES = [
  rule('spray', { techniques: [SPRAYING], hits: 12, level: 'medium' }),
  rule('force', { techniques: [FORCE, ACCOUNTS], hits: 3, author: 'Jo Meier' }),
  rule('off', { techniques: [ACCOUNTS], enabled: false, level: 'critical', setting: { ...SETTING, enabled: false } }),
  rule('louder', { setting: { ...SETTING, level: 'high' }, source: 'own.yml' }),
];

test('a technique stands below each of its tactics, in the order of an attack, with the rules that are on', () => {
  const told = coverageOf(RULES).map(({ tactic, techniques }) => [
    tactic,
    techniques.map(({ id, rules, off, hits }) => [id, rules, off, hits]),
  ]);
  expect(told).toEqual([
    ['Initial Access', [['T1078', 1, 1, 3]]],
    ['Persistence', [['T1078', 1, 1, 3]]],
    [
      'Credential Access',
      [
        ['T1110', 1, 0, 3],
        ['T1110.003', 1, 0, 12],
      ],
    ],
  ]);
  // What only informs warms nothing, be it so by itself or set so here; what is made to be told does.
  const informational = { techniques: [FORCE], level: 'informational', hits: 9_000 } as const;
  const [cover] = coverageOf([
    ...RULES,
    rule('normal', informational),
    rule('set-normal', { ...informational, level: 'high', hits: 500, setting: { ...SETTING, level: 'informational' } }),
    rule('set-low', { ...informational, hits: 20, setting: { ...SETTING, level: 'low' } }),
  ]).flatMap(({ techniques }) => techniques.filter(({ id }) => id === 'T1110'));
  expect([cover?.rules, cover?.hits, cover?.informed]).toEqual([4, 23, 9_500]);
  expect([0, 1, 9, 10, 100, 99_999].map(heatOf)).toEqual([0, 1, 1, 2, 3, 4]);
});

test('rules are found by what they say and by what was set of them', () => {
  const ids = (search: Parameters<typeof shownRules>[1]) => shownRules(RULES, search).map(({ id }) => id);
  // What the workspace has set goes before what the rule says.
  expect(ids({})).toEqual(['off', 'louder', 'spray', 'force']);
  expect(ids({ sort: 'hits' })).toEqual(['spray', 'force', 'off', 'louder']);
  expect(ids({ technique: 'T1110' })).toEqual(['spray', 'force']);
  expect(ids({ technique: 'T1110.003' })).toEqual(['spray']);
  expect(ids({ tactic: 'Persistence', state: 'on' })).toEqual(['force']);
  expect(ids({ state: 'changed' })).toEqual(['off', 'louder']);
  expect(ids({ level: 'high' })).toEqual(['louder']);
  expect(ids({ hits: 'none', source: 'ours' })).toEqual(['off']);
  expect(ids({ q: 'meier force' })).toEqual(['force']);
  expect(shownRules(RULES, { q: 'user.session.start', state: 'on' }, new Set(['spray', 'off'])).map(({ id }) => id)).toEqual([
    'spray',
  ]);
  expect(readRulesSearch({ state: 'asleep', kind: 'magic', technique: 'T1110' })).toEqual({ technique: 'T1110' });
});

test('numbers and times are said in words, and as they are where they are none', () => {
  expect(boundsWords({ gt: 1_000, lte: 5_000 })).toBe('more than 1,000 and at most 5,000');
  expect(boundsWords({ least: 6, lte: 0.25 })).toBe('at most 0.25 and of no fewer than 6 events');
  expect(['1h', '90m', '2M', 'soon'].map(timespanWords)).toEqual(['1 hour', '90 minutes', '2 months', 'soon']);
});

test('a setting that says what the rule says changes nothing', () => {
  expect([null, SETTING, { ...SETTING, timespan: '1h' }].map((setting) => isChanged({ setting }))).toEqual([
    false,
    false,
    true,
  ]);
  expect(shownLevel({ level: 'low', setting: SETTING })).toBe('low');
});

test('a technique leads to its page at ATT&CK, a part of one below it', () => {
  expect(attackAddress('T1110.003')).toBe('https://attack.mitre.org/techniques/T1110/003/');
  expect(attackAddress('T1110')).toBe('https://attack.mitre.org/techniques/T1110/');
});

test('what was saved says how much of it works, and whether it is in use', () => {
  const file = (rules: number, filters: number, wrong: number, enabled: boolean): RuleFileView => ({
    id: '1',
    name: 'own.yml',
    enabled,
    rules,
    filters,
    // Two mistakes in each.
    problems: Array.from({ length: wrong * 2 }, (_none, n) => {
      const ruleLine = 1 + 10 * Math.floor(n / 2);
      return { file: 'own.yml', fileId: '1', line: ruleLine + (n % 2), ruleLine, message: 'odd' };
    }),
    notes: [],
    changedBy: 'Ada',
    changedAt: '',
  });
  expect(savedWords(file(3, 0, 1, true))).toBe('3 rules work, 1 has an error; the file is in use.');
  expect(savedWords(file(1, 0, 0, false))).toBe('1 rule works; the file is not in use.');
  expect(savedWords(file(2, 1, 2, true))).toBe('2 rules and 1 filter work, 2 have an error; the file is in use.');
  expect(checkedWords(file(3, 0, 1, true))).toBe('As it stands: 3 rules work, 1 has an error.');
  expect(savedWords(file(0, 0, 1, false))).toBe('Nothing in it works: 1 has an error; the file is not in use.');
});

test('rules with mistakes are counted, by file and by where they begin, and not their mistakes', () => {
  const problem = (file: string, ruleLine: number, line: number) => ({ file, ruleLine, line, message: 'odd' });
  expect(faultyRules([])).toBe(0);
  expect(faultyRules([problem('a', 1, 3), problem('a', 1, 3), problem('a', 9, 9), problem('b', 1, 3)])).toBe(3);
});

test('rules of products of which there is no log are said to be untried', () => {
  expect(elsewhereWords({ rules: 0, products: [] })).toBeUndefined();
  expect(elsewhereWords({ rules: 1, products: ['globex'] })).toBe('1 rule is for another product (globex) and was not tried.');
  expect(elsewhereWords({ rules: 3, products: ['globex', 'initech'] })).toBe(
    '3 rules are for other products (globex, initech) and were not tried.',
  );
});

test('what is counted of the rules is said, and one of them in the singular', () => {
  expect(shownWords(RULES, RULES)).toBe('4 rules.');
  expect(shownWords(RULES.slice(1, 2), RULES)).toBe('1 of 4 rules.');
  const part = rule('part', { isTold: false });
  expect(shownWords([...RULES, part], [...RULES, part])).toBe('5 rules: 4 are told, 1 is there for other rules.');
  expect(shownWords([part], [part])).toBe('1 rule: 0 are told, 1 is there for other rules.');
});
