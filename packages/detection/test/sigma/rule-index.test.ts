import { ourRules } from '../../src/our-rules.js';
import { readRules } from '../../src/rule-book.js';
import { bestFields, witnessesOf } from '../../src/sigma/rule-index.js';
import { RuleSet } from '../../src/sigma/rule-set.js';

function read(...detections: readonly string[]) {
  const text = detections
    .map((detection, n) => `title: ${n}\nname: r${n}\nlogsource: { product: acme }\ndetection: ${detection}\n`)
    .join('---\n');
  const book = readRules([{ name: 'own.yml', text }]);
  expect(book.problems).toEqual([]);
  return book.detections;
}

function fieldsOf(rules: ReturnType<typeof read>): readonly (string | undefined)[] {
  const witnesses = rules.map(({ expression }) => witnessesOf(expression));
  return witnesses.map(bestFields(witnesses));
}

test('rules are looked up by what tells them apart, and not by what is in most events', () => {
  const rules = read(
    '{ a: { type: [one, two], result: SUCCESS }, condition: a }',
    '{ a: { type: three, result: SUCCESS }, condition: a }',
    '{ a: { type: [one, four], result: SUCCESS }, b: { type: five, why: x }, condition: a or b }',
    '{ a: { result: SUCCESS }, condition: a }',
    '{ a: { type: one }, b: { why: x }, condition: a or b }',
    '{ a: { type: one }, condition: not a }',
  );
  expect(fieldsOf(rules)).toEqual(['type', 'type', 'type', 'result', undefined, undefined]);
});

test('what is looked up is all that matches', () => {
  const rules = read(
    '{ a: { type: [one, two], result: SUCCESS }, condition: a }',
    '{ a: { type: one, result: SUCCESS }, b: { type: five, why: x }, condition: a or b }',
    '{ a: { type: one }, b: { why: x }, condition: a or b }',
    '{ a: { type: [ONE, six] }, b: { type: one }, condition: a and b }',
    '{ a: { type: one }, condition: not a }',
  );
  const matched = (event: object): readonly string[] => {
    const names: string[] = [];
    new RuleSet(rules).match(event, ({ name = '' }) => names.push(name));
    return names.toSorted();
  };
  expect(matched({ type: 'One', result: 'success' })).toEqual(['r0', 'r1', 'r2', 'r3']);
  expect(matched({ type: 'one', result: 'FAILURE' })).toEqual(['r2', 'r3']);
  expect(matched({ type: 'five', why: 'x' })).toEqual(['r1', 'r2', 'r4']);
  expect(matched({ why: 'x' })).toEqual(['r2', 'r4']);
  expect(matched({ type: ['two', 'one'], result: 'SUCCESS' })).toEqual(['r0', 'r1', 'r2', 'r3']);
});

test('our rules are looked up by the type of an event, but for those that are about requests of whatever type', async () => {
  const { detections } = readRules(await ourRules());
  const fields = fieldsOf(detections);
  const others = detections.filter((_, n) => fields[n] !== 'eventType').map(({ name }) => name);
  expect(others.toSorted()).toEqual([
    'okta_api_token_from_listed_address',
    'okta_api_token_used',
    'okta_password_health_report',
  ]);
});
