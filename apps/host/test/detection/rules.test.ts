import type {
  DetectionListView,
  FindingView,
  Page,
  ProblemBody,
  RuleDetail,
  RuleFileDetail,
  RuleFileView,
  RulesView,
  RuleView,
} from '@castellan/api';
import type { AuditLogPage } from '../../src/audit/audit-log.controller.js';
import { ownWorkspace } from '../access/organisation.js';
import { type Api, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { otherWorkspace, type Person, person } from '../security/workspace-people.js';
import { seedOrganisation, type WrittenEvent, writeEvents } from './written-log.js';

const ORGANISATION = '00000000-0000-4000-8000-0000000000d1';
const MINUTE = 60_000;
const folder = temporaryFolder();
let host: TestHost;
let stranger: Person & { readonly workspaceId: string };
let n = 0;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  stranger = await otherWorkspace(host, 'globex');
  await seedOrganisation(host, await ownWorkspace(host), ORGANISATION, 'Directory');
}, 60_000);
afterAll(() => host.close());

/** A name of its own for each test, so that none sees what another has found. */
const fresh = (what: string): string => `${what}${(n += 1)}`;

function rule(type: string, more = ''): string {
  return `title: Somebody did ${type}
name: ${type}
id: ${type}
logsource: {}
detection:
  s: { eventType: ${type} }
  condition: s
level: high
${more}`;
}

async function upload(name: string, content: string, enabled = true): Promise<RuleFileDetail> {
  const { status, body } = await host.api.post<RuleFileDetail>('/detection/rule-files', { name, content, enabled });
  expect([status, body]).toEqual([201, expect.objectContaining({ name, enabled, content })]);
  return body;
}

const findings = async (type: string): Promise<readonly FindingView[]> =>
  (await host.api.get<Page<FindingView>>(`/findings?source=detection&status=open&status=excepted&limit=500&rule=${type}`)).body
    .items;
const rules = async (api: Api = host.api): Promise<RulesView> => (await api.get<RulesView>('/detection/rules')).body;
const detail = async (id: string) => (await host.api.get<RuleDetail>(`/detection/rules/${encodeURIComponent(id)}`)).body;
const set = (id: string, body: object) => host.api.ask<RuleDetail & ProblemBody>('PUT', `/detection/rules/${id}/setting`, body);

/** Until rules have seen all that is new. */
async function watched(): Promise<void> {
  await until(async () => (await host.query('SELECT 1 FROM detection_inbox')).length === 0, 40_000);
}

async function happens(...events: readonly Partial<WrittenEvent>[]): Promise<readonly string[]> {
  const written = events.map((event) => ({
    key: fresh('e'),
    at: Date.now() - 10 * MINUTE,
    type: 'nothing',
    actor: 'ana',
    ...event,
  }));
  await writeEvents(host, ORGANISATION, written);
  await watched();
  return written.map(({ key }) => key);
}

test('our rules are listed with what they are about, and each is shown as it was written', async () => {
  const { items, attackVersion, problems } = await rules();
  expect([attackVersion, problems]).toEqual(['18.1', []]);
  const bombing = items.find(({ title }) => title === 'Push notifications were rejected again and again');
  expect(bombing).toMatchObject({
    kind: 'event_count',
    level: 'high',
    source: 'ours',
    isTold: true,
    enabled: true,
    setting: null,
    hits: 0,
  });
  expect(bombing?.techniques).toContainEqual({
    id: 'T1621',
    name: 'Multi-Factor Authentication Request Generation',
    tactics: ['Credential Access'],
  });
  const shown = await detail(bombing?.id ?? '');
  expect(shown).toMatchObject({ ...bombing, bounds: { gte: 5 }, timespan: '10m' });
  expect(shown.levels[0]).toEqual({ level: 'critical', when: 'x.actor.isAdmin: true' });
  expect(shown.text).toMatch(/^title: Push notifications were rejected again and again\n/);
  expect(shown.text).not.toMatch(/^---/m);
  expect(shown.rules.map(({ title }) => title)).toContain('A push was rejected');
  // As many as its text names.
  expect(shown.rules).toHaveLength(/rules: \[(.+)\]/.exec(shown.text)?.[1]?.split(',').length ?? 0);
  expect((await host.api.get('/detection/rules/nobody')).status).toBe(404);
});

test('rules are searched in what they ask, and a correlation in what it puts together', async () => {
  const [type, field] = [fresh('asked'), fresh('field')];
  // A document that is no rule stands between them, and is none of their text.
  const filter = `---\ntitle: None\nlogsource: {}\nfilter:\n  rules: any\n  s: { ${field}: x }\n  condition: s\n`;
  const often = `---\ntitle: Often\nname: often-${type}\ncorrelation: { type: event_count, rules: [${type}], group-by: [Actor.Place], timespan: 10m, condition: { gte: 3 } }\n`;
  await upload(`${type}.yml`, `${rule(type, `custom: { of: Globex }\n`)}${filter}${often}`);
  const said = async (q: string) =>
    (await host.api.get<RulesView>(`/detection/rules?q=${encodeURIComponent(q)}`)).body.items.map(({ id }) => id);
  expect(await said(type.toUpperCase())).toEqual([type, `often-${type}`]);
  expect(await said(`${type} globex`)).toEqual([type, `often-${type}`]);
  expect(await said(`actor.place ${type}`)).toEqual([`often-${type}`]);
  expect(await said(field)).toEqual([]);
  // Ours by an event and by the name of a technique that their text does not have.
  const ours = await said('brute force');
  expect(ours.length).toBeGreaterThan(0);
  expect((await host.api.get<ProblemBody>(`/detection/rules?q=${'x'.repeat(201)}`)).status).toBe(400);
});

test('a rule that was uploaded finds what happens from then on, and is counted by day', async () => {
  const type = fresh('upload');
  await happens({ type });
  await upload(`${type}.yml`, rule(type));
  const [key] = await happens({ type, at: Date.now() - 5 * MINUTE });
  const found = await findings(type);
  expect(found.map(({ subject, severity, rule: { title } }) => [subject.key, severity, title])).toEqual([
    ['ana', 'high', `Somebody did ${type}`],
  ]);
  expect(found[0]?.evidence).toMatchObject({ events: 1 });
  expect(key).toBeDefined();
  const shown = await detail(type);
  expect(shown).toMatchObject({ source: `${type}.yml`, hits: 1, kind: 'detection', text: rule(type) });
  expect(shown.hitsByDay).toEqual([{ day: new Date(Date.now() - 5 * MINUTE).toISOString().slice(0, 10), hits: 1 }]);
});

test('a rule that is off finds nothing, and finds again once what was set is taken back', async () => {
  const type = fresh('off');
  await upload(`${type}.yml`, rule(type));
  const off = await set(type, { enabled: false, reason: ' It is a test. ' });
  expect(off.body).toMatchObject({
    enabled: false,
    level: 'high',
    setting: {
      enabled: false,
      level: null,
      bounds: null,
      timespan: null,
      reason: 'It is a test.',
      changedBy: 'First Administrator',
    },
  });
  await happens({ type });
  expect(await findings(type)).toEqual([]);
  expect((await host.api.ask('DELETE', `/detection/rules/${type}/setting`)).status).toBe(204);
  expect((await host.api.ask('DELETE', `/detection/rules/${type}/setting`)).status).toBe(204);
  expect(await detail(type)).toMatchObject({ enabled: true, setting: null });
  await happens({ type, at: Date.now() - 3 * 60 * MINUTE, actor: 'bo' });
  expect((await findings(type)).map(({ subject }) => subject.key)).toEqual(['bo']);
  const { items } = (await host.api.get<AuditLogPage>(`/audit-log?target=${type}`)).body;
  expect(items.map(({ action, before, after }) => [action, before, after])).toEqual([
    ['rule.reset', expect.objectContaining({ enabled: false }), null],
    ['rule.settings', null, { enabled: false, level: null, bounds: null, timespan: null, reason: 'It is a test.' }],
  ]);
});

test('level, numbers and time span that are set decide what is found next', async () => {
  const type = fresh('many');
  const correlation = `---
title: Many of ${type}
id: many-${type}
correlation: { type: event_count, rules: [${type}], group-by: [actor.id], timespan: 10m, condition: { gte: 3 } }
level: medium
`;
  await upload(`${type}.yml`, rule(type) + correlation);
  const early = Date.now() - 20 * 60 * MINUTE;
  const twice = (actor: string, at: number, apart: number) => [
    { type, actor, at },
    { type, actor, at: at + apart },
  ];
  await happens(...twice('ana', early, MINUTE));
  expect(await findings(`many-${type}`)).toEqual([]);
  const changed = await set(`many-${type}`, { enabled: true, level: 'critical', bounds: { gte: 2 }, timespan: '90m' });
  expect(changed.body).toMatchObject({
    bounds: { gte: 3 },
    timespan: '10m',
    level: 'medium',
    setting: { level: 'critical', bounds: { gte: 2 }, timespan: '90m', reason: null },
  });
  await happens(...twice('bo', early + 300 * MINUTE, 80 * MINUTE));
  expect((await findings(`many-${type}`)).map(({ subject, severity }) => [subject.key, severity])).toEqual([
    ['bo', 'critical'],
  ]);
});

test('of a ratio it can be set from how many events on it says anything', async () => {
  const [approved, sent] = [fresh('approved'), fresh('sent')];
  const ratio = `---
title: Few of ${sent}
id: few-${sent}
correlation: { type: castellan.ratio, rules: [${approved}, ${sent}], group-by: [actor.id], timespan: 1h, condition: { lte: 0.1, least: 3 } }
`;
  await upload(`${sent}.yml`, `${rule(approved)}---\n${rule(sent)}${ratio}`);
  expect(await detail(`few-${sent}`)).toMatchObject({ bounds: { lte: 0.1, least: 3 } });
  const early = Date.now() - 20 * 60 * MINUTE;
  const times = (count: number, actor: string, at: number) =>
    Array.from({ length: count }, (_none, minute) => ({ type: sent, actor, at: at + minute * MINUTE }));
  await happens(...times(3, 'ana', early));
  const changed = await set(`few-${sent}`, { enabled: true, bounds: { least: 4 } });
  expect(changed.body).toMatchObject({ bounds: { lte: 0.1, least: 3 }, setting: { bounds: { least: 4 } } });
  await happens(...times(3, 'bo', early + 120 * MINUTE), ...times(4, 'cyd', early + 300 * MINUTE));
  expect((await findings(`few-${sent}`)).map(({ subject }) => subject.key).toSorted()).toEqual(['ana', 'cyd']);
  const none = await set(`few-${sent}`, { enabled: true, bounds: { least: 0 } });
  expect([none.status, none.body.errors?.[0]?.field]).toEqual([400, 'bounds.least']);
});

test.each<[string, object, string]>([
  ['a detection', { enabled: true, bounds: { gte: 2 } }, 'bounds'],
  ['a detection', { enabled: true, timespan: '10m' }, 'timespan'],
  ['a correlation', { enabled: true, timespan: 'ten minutes' }, 'timespan'],
  ['a correlation', { enabled: true, timespan: '401d' }, 'timespan'],
  ['a correlation', { enabled: true, bounds: {} }, 'bounds'],
  ['a correlation', { enabled: true, bounds: { gte: '3' } }, 'bounds.gte'],
  ['a correlation', { enabled: true, bounds: { least: 3 } }, 'bounds.least'],
  ['a correlation', { enabled: true, level: 'awful' }, 'level'],
  ['a correlation', { enabled: false }, 'reason'],
  ['a correlation', { enabled: false, reason: 'no' }, 'reason'],
  ['a correlation', { enabled: false, reason: 'x'.repeat(501) }, 'reason'],
  ['a correlation', {}, 'enabled'],
])('of %s %j is refused and names %s', async (of, body, field) => {
  const { items } = await rules();
  const wanted = (one: RuleView): boolean => (one.kind === 'detection') === (of === 'a detection') && one.source === 'ours';
  const id = items.find((one) => wanted(one) && (one.kind === 'detection' || one.kind === 'event_count'))?.id ?? '';
  const answer = await set(id, body);
  expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, field]);
  expect((await detail(id)).setting).toBeNull();
});

test('a file with mistakes is kept, says where they are, and its good rules work', async () => {
  const type = fresh('good');
  const content = `${rule(type)}---
title: A mistake
logsource: {}
detection:
  s:
    eventType|like: something
  condition: s
---
title: The same again
id: ${type}
logsource: {}
detection: { s: { eventType: x }, condition: s }
`;
  const file = await upload(`${type}.yml`, content);
  const line = (text: string): number => content.split('\n').findIndex((one) => one.includes(text)) + 1;
  expect(file.problems.map((problem) => [problem.file, problem.line])).toEqual([
    [`${type}.yml`, line('|like')],
    [`${type}.yml`, content.split('\n').lastIndexOf(`id: ${type}`) + 1],
  ]);
  expect(file.problems[0]?.message).toContain('like');
  expect(file.problems.map(({ fileId }) => fileId)).toEqual([file.id, file.id]);
  expect([file.rules, file.filters]).toEqual([1, 0]);
  expect((await rules()).problems).toEqual(file.problems);
  await happens({ type });
  expect(await findings(type)).toHaveLength(1);
  // A later file that takes the id of this one is told so; this one goes on, whatever their names.
  const later = await upload(`a-${type}.yml`, rule(type));
  expect([later.rules, later.problems.map(({ file: name, line: at }) => [name, at])]).toEqual([0, [[`a-${type}.yml`, 3]]]);
  const off = await upload(`b-${type}.yml`, rule(type), false);
  expect([off.rules, off.problems.map(({ line: at, fileId }) => [at, fileId])]).toEqual([0, [[3, off.id]]]);
  const listed = (await host.api.get<{ readonly items: readonly RuleFileView[] }>('/detection/rule-files')).body.items;
  expect(listed.find(({ id }) => id === file.id)).toMatchObject({ rules: 1, problems: file.problems });
  // What may be meant so is noted, and works; of a file that is not in use, too.
  const slip = 'title: Odd\nlogsource: { product: okta }\ndetection: { s: { evenType: used }, condition: s }\n';
  const odd = await upload(`odd-${type}.yml`, slip, false);
  const note = { file: `odd-${type}.yml`, fileId: odd.id, line: 3, ruleLine: 1 };
  expect([file.notes, odd.problems]).toEqual([[], []]);
  expect(odd.notes).toEqual([
    { ...note, message: 'detection.s.evenType: our rules know no field "evenType": is "eventType" meant?' },
  ]);
  for (const { id } of [file, later, off, odd])
    expect((await host.api.ask('DELETE', `/detection/rule-files/${id}`)).status).toBe(204);
  expect((await rules()).problems).toEqual([]);
});

test('a file is replaced and switched off as a whole; two of one name there are not', async () => {
  const type = fresh('switched');
  const file = await upload(`${type}.yml`, rule(type));
  const replaced = await host.api.ask<RuleFileDetail>('PUT', `/detection/rule-files/${file.id}`, {
    name: `${type}-2.yml`,
    content: rule(type, 'author: Ana\n'),
    enabled: true,
  });
  expect(replaced.body).toMatchObject({ id: file.id, name: `${type}-2.yml`, content: rule(type, 'author: Ana\n') });
  expect(await detail(type)).toMatchObject({ author: 'Ana', source: `${type}-2.yml` });
  await host.api.ask('PUT', `/detection/rule-files/${file.id}`, { name: `${type}-2.yml`, content: rule(type), enabled: false });
  expect((await host.api.get(`/detection/rules/${type}`)).status).toBe(404);
  const taken = await host.api.post<ProblemBody>('/detection/rule-files', {
    name: `${type}-2.yml`,
    content: 'x: y',
    enabled: true,
  });
  expect([taken.status, taken.body.type]).toEqual([409, 'urn:castellan:problem:rule-file-name-taken']);
  const { items } = (await host.api.get<AuditLogPage>(`/audit-log?target=${file.id}`)).body;
  expect(items.map(({ action }) => action)).toEqual(['rule-file.update', 'rule-file.update', 'rule-file.create']);
  expect(JSON.stringify(items)).not.toContain('logsource');
});

test.each<[object, string]>([
  [{ name: 'okta/mfa.yml', content: 'x: y', enabled: true }, 'name'],
  [{ name: ' ', content: 'x: y', enabled: true }, 'name'],
  [{ name: 'x.yml', content: '', enabled: true }, 'content'],
  [{ name: 'x.yml', content: 'a\u0000b', enabled: true }, 'content'],
  [{ name: 'x.yml', content: 'x'.repeat(1_000_001), enabled: true }, 'content'],
  [{ name: 'x.yml', content: 'x: y' }, 'enabled'],
])('a file that is none is refused, and names the field (%#)', async (body, field) => {
  const answer = await host.api.post<ProblemBody>('/detection/rule-files', body);
  expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, field]);
});

test('a file of a million characters is taken, and one too many is not', async () => {
  const type = fresh('large');
  const padding = `# ${'x'.repeat(97)}\n`.repeat(9_980);
  const files = [];
  for (let count = 0; count < 5; count += 1)
    files.push(await upload(`${type}-${count}.yml`, padding + rule(`${type}-${count}`)));
  const answer = await host.api.post<ProblemBody>('/detection/rule-files', {
    name: 'one.yml',
    content: padding,
    enabled: true,
  });
  expect([answer.status, answer.body.type]).toEqual([409, 'urn:castellan:problem:too-many-rule-files']);
  for (const { id } of files) await host.api.ask('DELETE', `/detection/rule-files/${id}`);
}, 60_000);

test('a filter of a file suppresses what rules of others find', async () => {
  const type = fresh('filtered');
  await upload(`${type}.yml`, rule(type));
  await upload(
    `${type}-filter.yml`,
    `title: Not Ana
logsource: {}
filter:
  rules: [${type}]
  ana: { actor.id: ana }
  condition: ana
`,
  );
  await happens({ type }, { type, actor: 'bo' });
  expect((await findings(type)).map(({ subject }) => subject.key)).toEqual(['bo']);
  const { items } = (await host.api.get<{ readonly items: readonly RuleFileView[] }>('/detection/rule-files')).body;
  expect(items.find(({ name }) => name === `${type}-filter.yml`)).toMatchObject({ rules: 0, filters: 1, problems: [] });
});

describe('lists', () => {
  const put = (place: string, entries: readonly unknown[], api: Api = host.api) =>
    api.ask<DetectionListView & ProblemBody>('PUT', `/detection/lists/${place}`, { entries });
  const lists = async (api: Api = host.api) =>
    (await api.get<{ readonly items: readonly DetectionListView[] }>('/detection/lists')).body.items;

  test('of networks say which addresses are known', async () => {
    const type = fresh('known');
    await upload(
      `${type}.yml`,
      rule(type).replace(`s: { eventType: ${type} }`, `s: { eventType: ${type}, x.ip.isKnown: true }`),
    );
    await happens({ type, address: '198.51.100.7' });
    expect(await findings(type)).toEqual([]);
    const { status, body } = await put('own_network/offices', [
      '198.51.100.0/24 # Lisbon',
      '',
      '2001:db8::/32',
      '198.51.100.0/24',
    ]);
    expect([status, body.entries]).toEqual([200, ['198.51.100.0/24', '2001:db8::/32']]);
    await happens({ type, address: '198.51.100.7', actor: 'bo' }, { type, address: '203.0.113.1', actor: 'cy' });
    expect((await findings(type)).map(({ subject }) => subject.key)).toEqual(['bo']);
    expect((await lists()).map(({ kind, name }) => [kind, name])).toEqual([['own_network', 'offices']]);
    expect(await lists(stranger.api)).toEqual([]);
    expect((await stranger.api.ask('DELETE', '/detection/lists/own_network/offices')).status).toBe(404);
    expect((await host.api.ask('DELETE', '/detection/lists/own_network/offices')).status).toBe(204);
    await happens({ type, address: '198.51.100.7', actor: 'dee' });
    expect((await findings(type)).map(({ subject }) => subject.key)).toEqual(['bo']);
  });

  test('say what placeholders of rules stand for; without them a rule is told to be unfinished', async () => {
    const type = fresh('placed');
    const content = rule(type).replace(
      `s: { eventType: ${type} }`,
      `s: { eventType: ${type}, actor.id|expand: '%people-${type}%' }`,
    );
    expect((await upload(`${type}.yml`, content)).problems).toHaveLength(1);
    await put(`placeholder/people-${type}`, ['bo', ' cy ']);
    await happens({ type }, { type, actor: 'cy' });
    expect((await findings(type)).map(({ subject }) => subject.key)).toEqual(['cy']);
    expect((await rules()).problems).toEqual([]);
  });

  test.each<[string, readonly unknown[], number, string, string]>([
    ['own_network/x', ['192.0.2.1', '192.0.2.300', '10.0.0.0/33'], 400, 'entries', 'Line 2: '],
    ['threat/x', ['192.0.2.1', 'evil.example'], 400, 'entries', 'Line 2: '],
    ['break_glass/x', ['a', 'b\u0007'], 400, 'entries', 'Line 2: '],
    ['break_glass/x', ['a'.repeat(501)], 400, 'entries', 'Line 1: '],
    ['threat/x', [5], 400, 'entries', ''],
    ['threat/%07', [], 400, 'name', ''],
    ['placeholder/a%20b', ['a'], 400, 'name', ''],
    ['nothing/x', [], 404, 'kind', ''],
  ])('a bad one is told: %s %j', async (place, entries, status, field, message) => {
    const answer = await put(place, entries);
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([status, field]);
    expect(answer.body.errors?.[0]?.message).toContain(message);
  });

  test('a hundred thousand addresses are taken, and not one more', async () => {
    const entries = Array.from({ length: 100_000 }, (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`);
    expect((await put('threat/all', entries)).status).toBe(200);
    expect((await lists()).find(({ name }) => name === 'all')?.entries).toHaveLength(100_000);
    expect((await put('threat/all', [...entries, '10.9.9.9'])).body.errors?.[0]?.field).toBe('entries');
    await host.api.ask('DELETE', '/detection/lists/threat/all');
    const { items } = (await host.api.get<AuditLogPage>('/audit-log?action=detection-list.set&limit=1')).body;
    expect(items[0]?.after).toEqual({ kind: 'threat', name: 'all', entries: 100_000 });
  });
});

test('a viewer reads all of it and changes nothing, and nothing of it is seen from elsewhere', async () => {
  const type = fresh('seen');
  const { id } = await upload(`${type}.yml`, rule(type));
  const viewer = await person(host.api, 'viewer@castellan.test', 'viewer');
  expect((await viewer.api.get<RuleFileDetail>(`/detection/rule-files/${id}`)).body.content).toBe(rule(type));
  expect((await viewer.api.ask('DELETE', `/detection/rule-files/${id}`)).status).toBe(403);
  expect((await viewer.api.ask('PUT', `/detection/rules/${type}/setting`, { enabled: true })).status).toBe(403);
  expect((await rules(stranger.api)).items.filter(({ source }) => source !== 'ours')).toEqual([]);
  expect((await stranger.api.get(`/detection/rules/${type}`)).status).toBe(404);
});
