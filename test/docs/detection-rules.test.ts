import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Detector,
  Enricher,
  GroupsInMemory,
  HistoriesInMemory,
  LATEST_MS,
  LearnedFromLog,
  networksOf,
  readEvent,
  readRules,
  type RuleFile,
} from '@castellan/detection';
import { blocks, guide, namesIn, root, tableOf, yamlBlocks } from './detection-guide.js';
import { folderOf } from './temporary-folder.js';

const EXAMPLES = join(root, 'docs/examples/detection');
const PLACEHOLDERS = { emergency_accounts: ['glass@acme.example'] };
const shown = yamlBlocks.filter(({ info }) => !info.includes('mistakes'));
const [mistakes] = yamlBlocks.filter(({ info }) => info.includes('mistakes'));
const fileOf = (info: string): string => info.split('/').at(-1) ?? '';
const files: readonly RuleFile[] = shown.map(({ info, text }) => ({ name: fileOf(info), text }));

/**
 * What the log of the examples must bring about, by who has written it: events that are named here differ from others of it in
 * the one thing that matters (a robot, an attempt that failed, three in sixteen minutes, three hours later, sessions that were
 * ended, a week that has not passed, 300 km, two for each).
 */
const FOUND: readonly (readonly [rule: string, level: string, events: readonly string[]])[] = [
  ['acme_api_token_made', 'medium', ['t1']],
  ['acme_api_token_made', 'high', ['t2']],
  ['acme_api_token_made', 'critical', ['t3']],
  ['acme_emergency_account', 'critical', ['k1']],
  ['acme_push_bombing', 'high', ['p1', 'p2', 'p3']],
  ['acme_takeover', 'high', ['r1', 'e1']],
  ['acme_sessions_left', 'medium', ['d1']],
  ['acme_guessing', 'high', ['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'w1', 'w2']],
  ['acme_travel', 'medium', ['s2', 's3']],
  ['acme_console_new_country', 'high', ['c3']],
];

function eventsOf(name: string) {
  const lines = readFileSync(join(EXAMPLES, name), 'utf8').trim().split('\n');
  return lines.map((line) => {
    const event = readEvent(JSON.parse(line));
    if (event === undefined) throw new Error(`${line} is no event.`);
    return event;
  });
}

/** By rule, what is found in the log of the examples: titles are as good as names here. */
async function found(rules: readonly RuleFile[]): Promise<readonly string[]> {
  const learned = new LearnedFromLog();
  const own = { name: 'own', entries: ['192.0.2.0/24'] };
  const enricher = new Enricher({
    known: learned,
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf([own]),
    threats: networksOf([]),
  });
  const events = eventsOf('events.jsonl');
  for (const event of events) learned.learn(event);
  const detector = new Detector(readRules(rules, PLACEHOLDERS), enricher, new GroupsInMemory());
  const until = Math.max(...events.map(({ at }) => at)) + LATEST_MS + 1;
  const { matches, changed } = await detector.detect(events, until);
  return [
    ...matches.map(({ rule, event }) => `${rule.name ?? ''}: ${event.id}`),
    ...changed.map((episode) => `${episode.rule.name ?? ''}: ${episode.events.join(' ')}`),
  ].toSorted();
}

const asFound = (names: (rule: string) => boolean): readonly string[] =>
  FOUND.filter(([rule]) => names(rule))
    .map(([rule, , events]) => `${rule}: ${events.join(' ')}`)
    .toSorted();

test('every file of the examples is shown, and every rule that is shown is one of them', () => {
  expect(files.map(({ name }) => name).toSorted()).toEqual(readdirSync(join(EXAMPLES, 'rules')).toSorted());
});

test('all rules of the guide are read without a problem, together and each file alone', () => {
  const alone = files.filter(({ name }) => name !== 'filter.yml').map((file) => readRules([file], PLACEHOLDERS).problems);
  expect([readRules(files, PLACEHOLDERS).problems, ...alone].flat()).toEqual([]);
});

test('each finds what it is for in the log of the examples, and nothing else', async () => {
  expect(await found(files)).toEqual(asFound(() => true));
});

test.each(files.filter(({ name }) => name !== 'filter.yml').map((file) => [file.name, file] as const))(
  '%s works without the others',
  async (name, file) => {
    const own = new Set(readRules([file], PLACEHOLDERS).linked.correlations.map(({ rule }) => rule.name));
    for (const rule of readRules([file], PLACEHOLDERS).detections) own.add(rule.name);
    // Without the filter the tester is found, too.
    const unfiltered = name === 'push-bombing.yml' ? ['acme_push_bombing: p7 p8 p9'] : [];
    expect(asFound((rule) => own.has(rule)).length).toBeGreaterThan(0);
    expect(await found([file])).toEqual([...asFound((rule) => own.has(rule)), ...unfiltered].toSorted());
  },
);

/** A command of the guide that begins so, as somebody would run it in the folder of the repository. */
function run(command: string): { readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(command, {
    cwd: root,
    shell: true,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return { stdout, stderr };
}

const commands = blocks.filter(({ info, text }) => info === 'sh' && text.startsWith('npx castellan detect'));
const answers = blocks.filter(({ info }) => info === 'json');

test('the commands of the guide answer what stands below them', () => {
  expect([commands.length, answers.length]).toEqual([3, 3]);
  const [all, explained, correlated] = commands.map(({ text }) => run(text));
  expect(all?.stdout).toBe(answers[0]?.text);
  expect(all?.stderr).toMatch(/ 17 rules: 2 critical, 5 high, 3 medium \(/);
  expect(explained?.stdout.split('\n')[0]).toBe(answers[1]?.text.trimEnd());
  expect(correlated?.stdout.split('\n')[0]).toBe(answers[2]?.text.trimEnd());
  // What stands there is what the log must bring about.
  const told = (answers[0]?.text ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const names = new Map(readRules(files, PLACEHOLDERS).detections.map(({ id, name }) => [id, name]));
  expect(told.map(({ rule, events }) => [names.get(rule.id) ?? rule.id, rule.level, events])).toEqual(FOUND);
}, 60_000);

test('mistakes are told as the guide says', () => {
  const folder = folderOf({ 'far.yml': mistakes?.text ?? '' });
  const command = `npx castellan detect --product acme --rules ${folder} --rules docs/examples/detection/rules/travel.yml docs/examples/detection/events.jsonl`;
  const [said] = blocks.filter(({ info }) => info === 'text');
  expect(said?.text).not.toBe('');
  expect(run(command).stderr.startsWith(said?.text ?? '?')).toBe(true);
}, 60_000);

/** All that might be a name in the sources of a folder: the compiler itself says which are. */
function wordsOf(folder: string): readonly string[] {
  const path = join(root, 'packages/detection/src', folder);
  const texts = readdirSync(path).map((file) => readFileSync(join(path, file), 'utf8'));
  return [...new Set(texts.join('\n').match(/\b[a-z][a-z0-9_]*\b/g))];
}

const problemsOf = (text: string): string =>
  readRules([{ name: 'x.yml', text }], { p: ['x'] })
    .problems.map(({ message }) => message)
    .join('\n');
const withModifier = (name: string): string =>
  problemsOf(`title: X\nlogsource: {}\ndetection: { s: { "f|${name}": 1 }, condition: s }\n`);
/** For those of which a comparison, or `field`, would say nothing. */
const CONDITIONS: ReadonlyMap<string, string> = new Map([
  ['castellan.new_value', '{ field: f }'],
  ['castellan.absence', '{}'],
  ['value_count', '{ gte: 1, field: f }'],
  ['value_sum', '{ gte: 1, field: f }'],
  ['value_avg', '{ gte: 1, field: f }'],
  ['value_percentile', '{ gte: 1, field: f }'],
]);
const withType = (type: string): string =>
  problemsOf(`title: X\nname: x\nlogsource: {}\ndetection: { s: { f: 1 }, condition: s }\n---
title: Y\nname: y\nlogsource: {}\ndetection: { s: { f: 2 }, condition: s }\n---
title: Z\ncorrelation: { type: "${type}", rules: [x, y], timespan: 1h, condition: ${CONDITIONS.get(type) ?? '{ gte: 1 }'} }\n`);

test('the table of modifiers has those that a rule may have, all of them and no others', () => {
  const taken = wordsOf('sigma').filter((word) => !withModifier(word).includes(`there is no modifier "${word}"`));
  expect(namesIn('modifier | the value').toSorted()).toEqual(taken.toSorted());
});

test('the table of correlations has the types that a rule may have, all of them and no others', () => {
  const words = wordsOf('correlation').flatMap((word) => [word, `castellan.${word}`]);
  const taken = words.filter((word) => !withType(word).includes(`there is no correlation "${word}"`));
  expect(namesIn('`type` | holds when | `condition`').toSorted()).toEqual(taken.toSorted());
  // Not only known, but usable.
  expect(taken.map(withType).join('')).toBe('');
});

/** One more than the guide says there can be. */
const TOO_MUCH: Readonly<Record<string, () => string>> = {
  '1,000,000 characters': () => `${' '.repeat(1_000_000)}\n`,
  '65,536 characters': () => detection(`{ f: [${'1,'.repeat(33_000)}] }`),
  '100,000 values': () => detection(`{ f|windash: [${'" -a -b -c -d",'.repeat(200)}] }`),
  '64 wildcards': () => detection(`{ f: "${'*a'.repeat(65)}" }`),
  '100 brackets': () => detection('{ f: 1 }', `${'('.repeat(101)}s${')'.repeat(101)}`),
  '5,000 words': () => detection('{ f: 1 }', `s${' and s'.repeat(2_500)}`),
  '2,000 characters': () => detection(`{ f|re: "${'a'.repeat(2_001)}" }`),
};
const detection = (search: string, condition = 's'): string =>
  `title: X\nlogsource: {}\ndetection:\n  s: ${search}\n  condition: ${condition}\n`;

test.each(Object.keys(TOO_MUCH))('a rule with more than %s is refused, as the table says', (limit) => {
  const cells = tableOf('of | at most').map(([, most = '']) => most);
  expect(cells.join('\n')).toContain(limit);
  expect(problemsOf(TOO_MUCH[limit]?.() ?? '')).toContain(`more than ${limit.replaceAll(',', '').split(' ')[0] ?? ''}`);
});

test('the longest time span is as long as it says', () => {
  expect(guide).toContain('at most `400d`');
  expect(['400d', '401d'].map((span) => problemsOf(spanned(span)))).toEqual(['', expect.stringContaining('400d')]);
});
const spanned = (span: string): string =>
  `title: X\nname: x\nlogsource: {}\ndetection: { s: { f: 1 }, condition: s }\n---
title: Z\ncorrelation: { type: event_count, rules: [x], timespan: ${span}, condition: { gte: 1 } }\n`;
