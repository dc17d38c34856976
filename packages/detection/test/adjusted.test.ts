import { adjusted, type SetBounds } from '../src/adjusted.js';
import { readRules } from '../src/rule-book.js';

const PARTS = ['approved', 'sent'].map(
  (name) => `title: ${name}\nname: ${name}\nlogsource: {}\ndetection: { s: { a: ${name} }, condition: s }\n`,
);
const correlation = (name: string, type: string, condition: string): string =>
  `title: ${name}\nname: ${name}\ncorrelation: { type: ${type}, rules: [approved, sent], timespan: 1h, condition: ${condition} }\n`;
const book = readRules([
  {
    name: 'own.yml',
    text: [
      ...PARTS,
      correlation('few', 'castellan.ratio', '{ lte: 0.1, least: 6 }'),
      correlation('many', 'event_count', '{ gte: 3 }'),
    ].join('---\n'),
  },
]);
const kindAs = (name: string, bounds: SetBounds): unknown =>
  adjusted(book, new Map([[name, { bounds }]])).linked.correlations.find(({ rule }) => rule.name === name)?.rule.kind;

test.each<[string, string, SetBounds, unknown]>([
  ['both numbers of a ratio', 'few', { lte: 0.2, least: 9 }, { type: 'ratio', bounds: { lte: 0.2 }, least: 9 }],
  ['what a ratio compares alone', 'few', { lt: 0.2 }, { type: 'ratio', bounds: { lt: 0.2 }, least: 6 }],
  ['the least of a ratio alone', 'few', { least: 9 }, { type: 'ratio', bounds: { lte: 0.1 }, least: 9 }],
  ['a count', 'many', { gt: 5 }, { type: 'event_count', bounds: { gt: 5 } }],
  ['a least that a count has not', 'many', { least: 9 }, { type: 'event_count', bounds: { gte: 3 } }],
])('%s can be set', (_, name, bounds, kind) => {
  expect(book.problems).toEqual([]);
  expect(kindAs(name, bounds)).toEqual(kind);
});
