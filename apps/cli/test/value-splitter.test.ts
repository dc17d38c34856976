import fc from 'fast-check';
import { type Input, ValueSplitter } from '../src/detect/value-splitter.js';

function split(text: string, cuts: readonly number[] = []): readonly Input[] {
  const splitter = new ValueSplitter();
  const bytes = Buffer.from(text);
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].toSorted((one, other) => one - other);
  const pieces = [...ends, bytes.length].map((end, n) => bytes.subarray(ends[n - 1] ?? 0, end));
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
}

const told = (text: string): readonly string[] =>
  split(text).map((one) => `${one.place}: ${'problem' in one ? one.problem : JSON.stringify(one.value)}`);

const someEvent = fc.dictionary(fc.constantFrom('a', 'b {', '"', '\\', 'ä,'), fc.jsonValue({ maxDepth: 3 }), {
  noNullPrototype: true,
});
const STYLES: readonly ((events: readonly unknown[]) => string)[] = [
  (events) => events.map((one) => `${JSON.stringify(one)}\n`).join(''),
  (events) => events.map((one) => `${JSON.stringify(one)}\r\n\r\n`).join(''),
  (events) => events.map((one) => `${JSON.stringify(one, null, 2)}\n`).join(''),
  (events) => events.map((one) => JSON.stringify(one)).join(''),
  (events) => `${JSON.stringify(events)}\n`,
  (events) => `${JSON.stringify(events, null, '\t')}\n`,
  (events) => `[\n${events.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
];

test('however values are written, and in whatever pieces they come, they are those that were written', () => {
  const some = fc.array(fc.tuple(fc.constantFrom(...STYLES), fc.array(someEvent, { minLength: 1, maxLength: 4 })), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(some, fc.array(fc.nat(2_000), { maxLength: 6 }), (parts, cuts) => {
      const text = parts.map(([write, events]) => `${write(events).trimEnd()}\n`).join('');
      const found = split(text, cuts).map((one) => ('problem' in one ? one : one.value));
      expect(found).toEqual(parts.flatMap(([, events]) => events.map((one): unknown => JSON.parse(JSON.stringify(one)))));
    }),
    { numRuns: 400 },
  );
});

test('where a line is cut off or is none, the others are read all the same', () => {
  const garbage = fc.constantFrom(
    '{"a":',
    '{"a": {',
    '{"a": [1,',
    '{"b',
    '[{"a": 1',
    '["',
    'x',
    '}',
    ']',
    '[abc',
    '{"a": "x}',
    '[1, {',
    '{',
  );
  const line = fc.oneof(
    { weight: 2, arbitrary: someEvent.map((one) => JSON.stringify(one)) },
    { weight: 1, arbitrary: garbage },
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const whole = lines.filter((one) => one.startsWith('{') && isJson(one));
      const found = split(lines.join('\n')).flatMap((one) => ('problem' in one ? [] : [JSON.stringify(one.value)]));
      expect(found).toEqual(expect.arrayContaining(whole));
    }),
    { numRuns: 400 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['{"a":1}\nx\n{"b":2}', ['line 1: {"a":1}', expect.stringMatching(/^line 2: it is no JSON \(/), 'line 3: {"b":2}']],
  ['[1,\n 2]\n{"a":1}', ['line 1, element 1: 1', 'line 2, element 2: 2', 'line 3: {"a":1}']],
  ['{\n  "a": 1\n}\n{\n  "b": 2\n}\n', ['line 1: {"a":1}', 'line 4: {"b":2}']],
  [
    '{\n  "a": 1\n\n{"b":2}\n',
    [expect.stringMatching(/^line 1: what begins here is no JSON up to line 4.*jq -c/), 'line 4: {"b":2}'],
  ],
  ['{"a":1},\n{"b":2},\n', ['line 1: {"a":1}', 'line 2: {"b":2}']],
  ['[{"a":1}', ['line 1, element 1: {"a":1}', 'line 1: the list does not end']],
  ['[{"a":1},', ['line 1, element 1: {"a":1}', 'line 1: the list does not end']],
  ['[]\n[ ]\n', []],
  ['\n\n{"a":1} trailing\n', ['line 3: {"a":1}', expect.stringMatching(/^line 3: it is no JSON/)]],
] as const)('%j is told by its lines', (text, expected) => {
  expect(told(text)).toEqual(expected);
});
