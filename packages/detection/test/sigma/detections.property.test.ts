import fc from 'fast-check';
import { parse } from 'yaml';
import { readRules } from '../../src/rule-book.js';
import { RuleSet } from '../../src/sigma/rule-set.js';
import { naiveMatch } from './naive-detection.js';
import { PLACEHOLDERS } from './naive-values.js';
import { someEvent } from './random-events.js';
import { someRule } from './random-rules.js';

/** Files of the rules that are found in an event. */
function found(set: RuleSet, event: unknown): readonly string[] {
  const files: string[] = [];
  set.match(event, ({ file }) => files.push(file));
  return files.toSorted();
}

test('rules find in events what a plain reading of the specification finds, each by itself and all of them together', () => {
  const counted = { pairs: 0, matches: 0 };
  const someRules = fc.array(someRule, { minLength: 8, maxLength: 12 });
  const someEvents = fc.array(someEvent, { minLength: 8, maxLength: 12 });
  const property = fc.property(someRules, someEvents, (rules, events) => {
    const files = rules.map((rule, n) => ({ name: `${n}.yml`, text: JSON.stringify({ id: `${n}`, ...rule }) }));
    const { detections, problems } = readRules(files, PLACEHOLDERS);
    expect(problems).toEqual([]);
    const plain = files.map(({ name, text }) => ({ name, rule: parse(text) as unknown }));
    const all = new RuleSet(detections);
    const alone = detections.map((rule) => new RuleSet([rule]));
    for (const event of events) {
      const met = plain.filter(({ rule }) => naiveMatch(rule, event));
      const expected = met.map(({ name }) => name).toSorted();
      expect(alone.flatMap((set) => found(set, event)).toSorted()).toEqual(expected);
      expect(found(all, event)).toEqual(expected);
      counted.pairs += rules.length;
      counted.matches += expected.length;
    }
  });
  // With a seed of its own each run has the same rules and events, and as many matches.
  fc.assert(property, { numRuns: 400, seed: 41 });
  expect(counted.pairs).toBeGreaterThanOrEqual(20_000);
  expect(counted.matches / counted.pairs).toBeGreaterThan(0.2);
  expect(counted.matches / counted.pairs).toBeLessThan(0.8);
});
