import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { commands, inProcess } from './castellan.js';

const event = (eventType = 'sign_in'): string =>
  JSON.stringify({ uuid: 'a', published: '2026-11-02T09:00:00.000Z', eventType });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castellan-detect-rules-'));
  await writeFile(join(folder, 'rules.yml'), [OF('acme', 'good'), 'title: bad\nlogsource: {}\ndetection: {}\n'].join('---\n'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What rules find in a log, and what is said of them. Without a product all are used. */
async function seen(
  rules: string,
  { product, strict }: { readonly product?: readonly string[] | undefined; readonly strict?: boolean } = { product: ['acme'] },
  input = event(),
) {
  const options = { rules: [rules], ...(product !== undefined && { product }), ...(strict !== undefined && { strict }) };
  return inProcess((output, signal) => commands.detect('-', options, Readable.from([Buffer.from(input)]), output, signal));
}

const OF = (product: string, name: string): string =>
  `title: ${name}\nname: ${name}\nlogsource: { product: ${product} }\ndetection: { s: { eventType: sign_in }, condition: s }\n`;

test('rules of other products are left out, with what is about them, and counted', async () => {
  const many = 'title: many\ncorrelation: { type: event_count, rules: [one], timespan: 1h, condition: { gte: 1 } }\n';
  const every = 'title: every\nlogsource: { category: x }\ndetection: { s: { eventType: sign_in }, condition: s }\n';
  await writeFile(
    join(folder, 'of.yaml'),
    [OF('aws', 'one'), OF('Windows', 'two'), OF('okta', 'three'), every, many].join('---\n'),
  );
  const run = (product?: readonly string[]) => seen(join(folder, 'of.yaml'), { product });
  const found = ({ lines }: { readonly lines: readonly unknown[] }) =>
    lines.map((line) => (line as { readonly rule: { readonly title: string } }).rule.title); // As the command writes them.
  const usual = await run();
  expect(found(usual)).toEqual(['two', 'three', 'every', 'many']);
  expect(usual.stderr).toContain('Note: 2 rules name products without a connector, and all rules are used: aws, windows.');
  const of = await run(['okta']);
  expect(found(of)).toEqual(['three', 'every']);
  expect(of.stderr).toContain('Note: 3 rules are for other products and left out: aws, windows.');
  expect(of.stderr).not.toContain('without a connector');
  expect(of.stderr).toContain('1 event, 2 rules: 2 medium');
  const own = await run(['AWS', 'windows']);
  expect(found(own)).toEqual(['two', 'every', 'many']);
  expect(own.stderr).toContain('Note: 1 rule is for another product and left out: okta.');
  const none = await seen(join(folder, 'rules.yml'), { product: ['aws'] });
  expect(none.code).toBe(2);
  expect(none.stderr).toContain('Note: 1 rule is for another product and left out: acme. --product says of which the log is.');
  expect(none.stderr).toMatch(/No rule of .*rules\.yml can be used: see above\.\n$/);
  await rm(join(folder, 'of.yaml'));
});

test('what is nearly something that our rules ask for is noted, and the rule is used', async () => {
  const slip = (name: string, product: string, type: string): string =>
    `title: ${name}\nlogsource: { product: ${product} }\ndetection: { s: { eventType: ${type} }, condition: s }\n`;
  const rules = [
    slip('one', 'okta', 'user.sesion.start'),
    slip('two', 'otka', 'user.session.start'),
    slip('three', 'okta', 'user.session.start'),
  ];
  await writeFile(join(folder, 'slips.yaml'), rules.join('---\n'));
  const { code, lines, stderr } = await seen(join(folder, 'slips.yaml'), { strict: true }, event('user.sesion.start'));
  expect(stderr).toContain(
    'slips.yaml:3: Note: detection.s.eventType: our rules know no value "user.sesion.start" of eventType: is "user.session.start" meant?\n',
  );
  expect(stderr).toContain('slips.yaml:6: Note: logsource.product: our rules know no product "otka": is "okta" meant?\n');
  expect(stderr.match(/: Note: /g)).toHaveLength(2);
  expect(lines).toMatchObject([{ rule: { title: 'one' } }]);
  // It may be meant so.
  expect(code).toBe(0);
  await rm(join(folder, 'slips.yaml'));
});

test('files of a folder that are not read are named, unless they are there for people', async () => {
  const rules = await mkdtemp(join(tmpdir(), 'castellan-rules-'));
  await mkdir(join(rules, '.git'));
  await mkdir(join(rules, 'more'));
  for (const name of ['README', 'README.md', 'LICENSE', 'LICENSE.txt', 'notes.md', '.git/config', '.editorconfig', 'one.YML'])
    await writeFile(join(rules, name), OF('acme', 'one'));
  const run = () => seen(rules);
  expect((await run()).stderr).not.toContain('Note:');
  await writeFile(join(rules, 'more/a.json'), '{}');
  expect((await run()).stderr).toContain(
    `Note: in ${rules} there is a file that is not read, since rules are *.yml and *.yaml: more/a.json.\n`,
  );
  for (const name of ['b.yml.bak', 'c.txt', 'd.yamll']) await writeFile(join(rules, name), '');
  expect((await run()).stderr).toMatch(/there are files that are not read, .*: b\.yml\.bak, c\.txt, d\.yamll and 1 more\.\n/);
  await rm(rules, { recursive: true });
});

test.each([
  ['an empty input', '', false, 0, 'The input is empty: there was no event to look at.'],
  ['an empty input, strictly', '', true, 1, '1 mistake in rules'],
  ['events and no match', event('other'), false, 0, 'nothing found'],
  ['events and a rule with a mistake, strictly', event(), true, 1, '1 mistake in rules'],
  ['no event', 'nonsense', false, 1, 'No event was found'],
])('%s ends it as it is said', async (_, input, strict, code, said) => {
  const ended = await seen(join(folder, 'rules.yml'), { product: ['acme'], strict }, input);
  expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(said)]);
});

test.each([
  ['a folder without rules', {}, /^There is no rule in .*: rules are files \*\.yml and \*\.yaml\.\n$/],
  ['a folder with files that are none', { 'a.json': '{}' }, /^Note: in .*a\.json\.\nThere is no rule in /],
  ['a file with remarks alone', { 'a.yml': '# nothing\n' }, /^There is no rule in /],
  [
    'rules that all have a mistake',
    { 'a.yml': OF('acme', 'a').replace('eventType', 'a|like'), 'b.yml': 'title: b\n' },
    /^a\.yml:4: .*\nb\.yml:1: .*\nb\.yml:1: .*\nNo rule of .* can be used: see above\.\n$/,
  ],
  [
    'filters alone',
    { 'a.yml': 'title: f\nlogsource: {}\nfilter: { rules: any, s: { a: 1 }, condition: s }\n' },
    /^There is no rule in /,
  ],
  ['rules of other products alone', { 'a.yml': OF('aws', 'a') }, /^Note: 1 rule is for another product .*\nNo rule of /],
  [
    'correlations alone',
    { 'a.yml': 'title: c\ncorrelation: { type: event_count, rules: [x], timespan: 1h, condition: { gte: 1 } }\n' },
    /^a\.yml:1: .*no such rule\.\nNo rule of /,
  ],
] as const)('%s: no rule can be used, which ends it with 2 before any event is read', async (_, files, said) => {
  const rules = await mkdtemp(join(tmpdir(), 'castellan-rules-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(rules, name), text);
  const { code, stdout, stderr } = await seen(rules);
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(said)]);
  await rm(rules, { recursive: true });
});
