import { readRules } from '../../src/rule-book.js';
import { RuleSet } from '../../src/sigma/rule-set.js';

/** Of a rule with searches that hold where the event has the field of their name. */
function holds(condition: string, searches: readonly string[], event: object): boolean {
  const lines = searches.map((name) => `  ${name}: { ${name}: 1 }`).join('\n');
  const text = `title: t\nlogsource: { product: acme }\ndetection:\n${lines}\n  condition: ${condition}\n`;
  const { detections, problems } = readRules([{ name: 'a.yml', text }]);
  if (problems.length > 0) throw new Error(problems.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  let found = false;
  new RuleSet(detections).match(event, () => (found = true));
  return found;
}

const NAMES = ['a', 'b', 'c', 'filter_x', 'filter_y', '_hidden'];

/** Every event that has some of the fields, against what a person reads the condition to say. */
test.each<[string, (has: Readonly<Record<string, boolean>>) => boolean]>([
  ['a', ({ a }) => a === true],
  ['not a', ({ a }) => a !== true],
  ['not not a', ({ a }) => a === true],
  ['a and b', ({ a, b }) => a === true && b === true],
  ['a or b and c', ({ a, b, c }) => a === true || (b === true && c === true)],
  ['(a or b) and c', ({ a, b, c }) => (a === true || b === true) && c === true],
  ['not a and b', ({ a, b }) => a !== true && b === true],
  ['not (a and b)', ({ a, b }) => !(a === true && b === true)],
  ['a and not 1 of filter_*', (has) => has['a'] === true && has['filter_x'] !== true && has['filter_y'] !== true],
  ['a and not any of filter_*', (has) => has['a'] === true && has['filter_x'] !== true && has['filter_y'] !== true],
  ['all of filter_*', (has) => has['filter_x'] === true && has['filter_y'] === true],
  ['1 of *_x', (has) => has['filter_x'] === true],
  ['1 of f*_*y', (has) => has['filter_y'] === true],
  ['1 of them', (has) => NAMES.some((name) => name !== '_hidden' && has[name] === true)],
  ['all of them', (has) => NAMES.every((name) => name === '_hidden' || has[name] === true)],
  ['A AND b', () => false],
  ['a AND NOT b OR c', ({ a, b, c }) => (a === true && b !== true) || c === true],
  ['[a, b and c]', ({ a, b, c }) => a === true || (b === true && c === true)],
])('%s', (condition, says) => {
  if (condition.startsWith('A ')) {
    expect(() => holds(condition, NAMES, {})).toThrow('there is no search "A"');
    return;
  }
  for (let bits = 0; bits < 2 ** NAMES.length; bits += 1) {
    const there = NAMES.filter((_, n) => (bits >> n) % 2 === 1);
    const event = Object.fromEntries(there.map((name) => [name, 1]));
    const has = Object.fromEntries(there.map((name) => [name, true]));
    expect([there, holds(condition, NAMES, event)]).toEqual([there, says(has)]);
  }
});

test.each([
  ['a and', 'it ends where a search is expected'],
  ['a b', '"b" is not expected there'],
  ['(a', '")" is missing'],
  ['a)', '")" is not expected there'],
  ['nobody', 'there is no search "nobody"'],
  ['1 of nobody*', 'no search is called "nobody*"'],
  ['2 of them', '"2 of" is none of'],
  ['a | count() > 5', '"|" in a condition is obsolete'],
  [`${'('.repeat(200)}a${')'.repeat(200)}`, 'more than 100 brackets'],
])('"%.20s" is a mistake that is told with its line', (condition, message) => {
  expect(() => holds(`'${condition}'`, ['a', 'b'], {})).toThrow(`6: detection.condition: ${message}`);
});
