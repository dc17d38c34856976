import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { castellan, commands, inProcess } from './castellan.js';

const RULE = 'title: Seen\nlogsource: {}\ndetection: { s: { eventType: sign_in }, condition: s }\nlevel: low\n';
const EVENTS = ['a', 'b', 'ç'].map((uuid, minute) => ({
  uuid,
  published: `2026-11-02T09:0${minute}:00.000Z`,
  eventType: 'sign_in',
}));
const LINES = EVENTS.map((one) => JSON.stringify(one)).join('\n');

let folder: string;
let rules: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-detect-input-'));
  rules = join(folder, 'rule.yml');
  await writeFile(rules, RULE);
});
afterAll(() => rm(folder, { recursive: true }));

/** What is found of an input on stdin, and what is said of it. */
async function seen(input: string | Buffer, isTTY = false, strict = false) {
  // As a pipe brings it: in pieces.
  const bytes = Buffer.from(input);
  const pieces = [bytes.subarray(0, 3), bytes.subarray(3, 50), bytes.subarray(50)];
  const stdin = Object.assign(Readable.from(pieces.filter(({ length }) => length > 0)), { isTTY });
  const { code, stderr, lines } = await inProcess((output, signal) =>
    commands.detect('-', { rules: [rules], strict }, stdin, output, signal),
  );
  const events = lines.map((line) => (line as { readonly events: readonly string[] }).events[0]); // A line of a match.
  return { code, stderr, events };
}

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const wrapped = (event: object): string => JSON.stringify({ _index: 'logs', _id: '1', _source: event });
const splunk = (event: object): string =>
  JSON.stringify({ preview: false, offset: 1, result: { _raw: JSON.stringify(event) } });

test.each<[string, () => string | Buffer, string?]>([
  ['one a line', () => LINES],
  ['lines that end as on Windows, behind a byte order mark', () => `\uFEFF${LINES.replaceAll('\n', '\r\n')}\r\n`],
  ['UTF-16, as PowerShell writes it', () => Buffer.from(`\uFEFF${LINES}`, 'utf16le')],
  ['UTF-16 with its big end first', () => swapped(`\uFEFF${LINES}`)],
  ['UTF-16 without a mark', () => Buffer.from(LINES, 'utf16le')],
  ['gzip', () => gzipSync(LINES)],
  ['gzip in two parts', () => Buffer.concat([gzipSync(LINES.slice(0, 40)), gzipSync(LINES.slice(40))])],
  ['gzip of UTF-16', () => gzipSync(Buffer.from(`\uFEFF${LINES}`, 'utf16le'))],
  ['a list', () => JSON.stringify(EVENTS)],
  ['a list over many lines', () => JSON.stringify(EVENTS, null, 2)],
  ['objects over many lines', () => EVENTS.map((one) => JSON.stringify(one, null, 2)).join('\n')],
  ['objects one behind the other', () => LINES.replaceAll('\n', '')],
  ['a list in an object', () => JSON.stringify({ total: 3, events: EVENTS }), 'Note: events were taken out of "events".'],
  ['a list in an object, over many lines', () => JSON.stringify({ Records: EVENTS }, null, 2), '"Records"'],
  ['what a hook is sent', () => JSON.stringify({ eventId: '1', data: { events: EVENTS } }), '"data.events"'],
  ['a list of lists in objects', () => EVENTS.map((one) => JSON.stringify({ data: [one] })).join('\n'), '"data"'],
  ['documents of a search', () => EVENTS.map(wrapped).join('\n'), '"_source"'],
  [
    'the answer of a search',
    () => `{"hits":{"total":{"value":3},"hits":[${EVENTS.map(wrapped).join(',')}]}}`,
    '"hits.hits._source"',
  ],
  ['an export of a log store', () => EVENTS.map(splunk).join('\n'), '"result._raw"'],
])('events as %s are all looked at', async (_, write, note = '') => {
  const { code, events, stderr } = await seen(write(), false, true);
  expect([events, code]).toEqual([['a', 'b', 'ç'], 0]);
  expect(stderr).toContain('3 events, 1 rule: 3 low');
  expect(stderr).toContain(note);
  expect(stderr.includes('Note:')).toBe(note !== '');
});

test.each([
  [
    'a ZIP archive',
    Buffer.from('504b030414000000', 'hex'),
    'The input is a ZIP archive. Unpack it first: unzip -p FILE | castellan detect -',
  ],
  ['zstd', Buffer.from('28b52ffd04000000', 'hex'), 'The input is compressed with zstd. Unpack it first: zstd -dc FILE |'],
])('%s is refused with the way out', async (_, input, message) => {
  const { code, events, stderr } = await seen(input);
  expect([code, events]).toEqual([2, []]);
  expect(stderr).toContain(message);
});

test('of gzip that was cut off the whole lines are looked at', async () => {
  const bytes = gzipSync(LINES, { level: 0 });
  const { code, events, stderr } = await seen(bytes.subarray(0, bytes.length - 20), false, true);
  expect([code, events]).toEqual([1, ['a', 'b']]);
  expect(stderr).toContain('the compressed input: it is damaged, or was cut off');
});

test('an object that is no event is told by what it has, and so is one with events in two places', async () => {
  const both = JSON.stringify({ before: EVENTS, after: EVENTS });
  const { code, events, stderr } = await seen(`{"time":1,"password":"hunter2"}\n${both}\n{"published":"yesterday"}\n`);
  expect([code, events]).toEqual([1, []]);
  expect(stderr).toContain('line 1: it is no event: an object with "published" is expected, and this has "time", "password".');
  expect(stderr).toContain('line 2: it is no event: an object with "published" is expected, and this has "before", "after".');
  expect(stderr).toContain('line 3: it is no event: an object with "published" is expected, an instant like');
  expect(stderr).not.toContain('hunter2');
  expect(stderr).toContain('No event was found');
});

test('of many faulty lines the first ten are told, and all are counted', async () => {
  const { code, events, stderr } = await seen(`${'nonsense\n'.repeat(25)}${LINES}`);
  expect([code, events]).toEqual([0, ['a', 'b', 'ç']]);
  expect(stderr.match(/^line \d+: it is no JSON/gm)).toHaveLength(10);
  expect(stderr).toContain('… and 15 more that could not be read.');
  expect(stderr).toContain('25 lines could not be read.');
});

test('whoever is typing is told at once what is waited for; an empty input is no mistake', async () => {
  const typing = await seen('', true);
  expect(typing.stderr.split('\n')[0]).toMatch(/^Waiting for events on stdin, .* castellan detect events\.jsonl$/);
  const empty = await seen('', false, true);
  expect([empty.code, empty.stderr.includes('Waiting')]).toEqual([0, false]);
  expect(empty.stderr).toContain('The input is empty');
});

test('a file of gzip is unpacked by the program, too', async () => {
  const file = join(folder, 'events.jsonl.gz');
  await writeFile(file, gzipSync(LINES));
  const { lines, stderr } = await castellan(['detect', '--rules', rules, file]);
  expect(lines).toHaveLength(3);
  expect(stderr).toContain('Rules: 1 detection and 0 correlations. From 1 file of yours.');
}, 60_000);

const MB = 1024 * 1024;
/** More than the program takes without it, and far less than the line. */
const MOST_MB = 400;

test('a line of a gigabyte is refused by its number, is not kept, and the others are looked at', async () => {
  const bin = fileURLToPath(new URL('../bin/castellan.js', import.meta.url));
  const child = spawn(process.execPath, [bin, 'detect', '--rules', rules, '-'], { env: { PATH: process.env['PATH'] } });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const write = async (bytes: Buffer | string): Promise<void> => {
    if (!child.stdin.write(bytes)) await once(child.stdin, 'drain');
  };
  const piece = Buffer.alloc(MB, 'x');
  await write(`${JSON.stringify(EVENTS[0])}\n{"uuid":"`);
  for (let n = 0; n < 1024; n += 1) await write(piece);
  await write(`"}\n[{"a":"`);
  for (let n = 0; n < 64; n += 1) await write(piece);
  await write(`"},${JSON.stringify(EVENTS[1])}]\n`);
  const status = `/proc/${child.pid ?? 0}/status`;
  const most = existsSync(status) ? Number(/VmHWM:\s+(\d+)/.exec(await readFile(status, 'utf8'))?.[1]) / 1024 : 0;
  child.stdin.end(JSON.stringify(EVENTS[2]));
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(said.stdout.match(/"events":\["."\]/g)).toEqual(['a', 'b', 'ç'].map((id) => `"events":["${id}"]`));
  expect(said.stderr).toContain('line 2: it has more than 10 MB');
  expect(said.stderr).toContain('line 3, element 1: it has more than 10 MB');
  expect(said.stderr).toContain('2 lines could not be read.');
  expect(most).toBeLessThan(MOST_MB);
}, 120_000);
