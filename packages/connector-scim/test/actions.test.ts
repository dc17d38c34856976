import { Directory } from './support/directory.js';
import { type Answer, type Asked, error, FakeScim, operationsIn, patchAsTheRfcSays } from './support/fake-scim.js';
import { without } from './support/resources.js';
import { TestHost } from './support/test-host.js';

let fake: FakeScim;
let host: TestHost;
beforeEach(async () => {
  fake = await FakeScim.start(Directory.of(30, 9));
  host = await TestHost.of(fake.url);
});
afterEach(() => fake.close());

const PERSON = 'x-u0000001';
const GROUP = 'x-g0000005';
const isActive = (): boolean | undefined => fake.directory.people.get(PERSON)?.isActive;
const membersOf = (group: string): readonly string[] => fake.directory.teams.get(group)?.members ?? [];
const patches = (): readonly Asked[] => fake.asked.filter(({ method }) => method === 'PATCH');
const deactivate = () => host.act('deactivate-account', { account: PERSON });
const remove = (member: string) => host.act('remove-from-group', { group: GROUP, member });

test('an account is deactivated by one PATCH as the RFC has it, and again by none', async () => {
  expect(await deactivate()).toMatchObject({
    changed: true,
    message: `The account ${PERSON} is not active now.`,
    stale: [{ stream: 'accounts', scope: { field: 'key', value: PERSON } }],
  });
  expect(isActive()).toBe(false);
  expect(await deactivate()).toMatchObject({ changed: false });
  expect(patches()).toHaveLength(1);
  expect(patches()[0]).toMatchObject({
    path: `/Users/${PERSON}`,
    headers: { 'content-type': 'application/scim+json' },
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', path: 'active', value: false }],
    },
  });
  expect(await host.act('reactivate-account', { account: PERSON })).toMatchObject({ changed: true });
  expect(isActive()).toBe(true);
});

/** What a service understands, and what it answers. */
const DIALECTS: readonly (readonly [string, (asked: Asked) => Answer])[] = [
  ['200 with the resource', (asked) => ({ ...patchAsTheRfcSays(fake.directory, asked), status: 200, body: { id: PERSON } })],
  ['200 without a body', (asked) => ({ ...patchAsTheRfcSays(fake.directory, asked), status: 200 })],
  [
    'only plain JSON',
    (asked) =>
      asked.headers['content-type'] === 'application/json'
        ? patchAsTheRfcSays(fake.directory, asked)
        : error(415, undefined, 'Which type is that?'),
  ],
  [
    'only operations without a path',
    (asked) => {
      const [operation] = operationsIn(asked);
      return operation?.path === undefined ? patchAsTheRfcSays(fake.directory, asked) : error(400, 'invalidPath', 'No paths');
    },
  ],
  [
    'only text',
    (asked) => {
      const [operation] = operationsIn(asked);
      if (typeof operation?.value !== 'string') return error(400, 'invalidValue', 'active is "True" or "False"');
      fake.directory.change(PERSON, { isActive: operation.value === 'True' });
      return { status: 204 };
    },
  ],
  [
    'operations without a path, the others it accepts and forgets',
    (asked) => (operationsIn(asked)[0]?.path === undefined ? patchAsTheRfcSays(fake.directory, asked) : { status: 204 }),
  ],
];

test.each(DIALECTS)('a service that takes %s', async (_, patch) => {
  fake.manners.patch = patch;
  expect(await deactivate()).toMatchObject({ changed: true });
  expect(isActive()).toBe(false);
  expect(await deactivate()).toMatchObject({ changed: false });
});

test('a service that shows the flag as text is asked with text when it does not take the flag', async () => {
  fake.manners.resource = (resource) => ({ ...resource, active: resource['active'] === true ? 'True' : 'False' });
  fake.manners.patch = DIALECTS.find(([name]) => name === 'only text')?.[1] ?? fake.manners.patch;
  expect(await deactivate()).toMatchObject({ changed: true });
  expect(patches().map((asked) => operationsIn(asked)[0]?.value)).toEqual([false, 'False']);
  expect(await deactivate()).toMatchObject({ changed: false });
});

test('a service that removes whom it deactivates has done it', async () => {
  fake.manners.patch = () => {
    fake.directory.leave(PERSON);
    return { status: 204 };
  };
  await host.run();
  const outcome = await deactivate();
  expect(outcome).toMatchObject({ changed: true, message: expect.stringContaining('removed the account') });
  host.note(outcome.stale);
  await host.drain();
  expect(host.keys('account')).not.toContain(PERSON);
  await expect(deactivate()).rejects.toMatchObject({ kind: 'config', field: 'account' });
});

test('a service that writes behind its answer is looked at again', async () => {
  fake.manners.patch = (asked) => {
    setTimeout(() => patchAsTheRfcSays(fake.directory, asked), 100);
    return { status: 204 };
  };
  expect(await deactivate()).toMatchObject({ changed: true });
  expect(patches()).toHaveLength(1);
});

test('a service that does not show the flag is taken at its word, and says so', async () => {
  fake.manners.resource = (resource) => without(resource, 'active');
  expect(await deactivate()).toMatchObject({ changed: true, message: expect.stringContaining('does not show it') });
  expect(isActive()).toBe(false);
});

test('a service that accepts everything and does nothing is not believed', async () => {
  fake.manners.patch = () => ({ status: 204 });
  await expect(deactivate()).rejects.toMatchObject({
    kind: 'upstream',
    message: expect.stringContaining('nothing has changed'),
  });
});

test('an answer that is lost after it was done is no failure', async () => {
  let first = true;
  fake.manners.patch = (asked) => {
    const answer = patchAsTheRfcSays(fake.directory, asked);
    if (!first) return answer;
    first = false;
    return { status: 503 };
  };
  const [member = ''] = membersOf(GROUP);
  expect(await remove(member)).toMatchObject({ changed: true });
  expect(membersOf(GROUP)).not.toContain(member);
});

test.each([
  ['says so', { config: { patch: { supported: false } } }],
  ['answers 501', { patch: () => error(501, undefined, 'Not implemented') }],
  ['answers 405', { patch: () => error(405, undefined, 'Not allowed') }],
])('a service without PATCH that %s: it cannot be done here, and no PUT is sent', async (_, manners) => {
  Object.assign(fake.manners, manners);
  await expect(deactivate()).rejects.toMatchObject({
    kind: 'config',
    field: 'account',
    message: expect.stringContaining('by hand'),
  });
  const [member = ''] = membersOf(GROUP);
  await expect(remove(member)).rejects.toMatchObject({ kind: 'config', field: 'group' });
  expect(fake.asked.every(({ method }) => method === 'GET' || method === 'PATCH')).toBe(true);
  expect(isActive()).toBe(true);
});

test('whoever may not change is told which right is missing', async () => {
  fake.manners.patch = () => error(403, undefined, 'Read only');
  await expect(deactivate()).rejects.toMatchObject({ kind: 'permission', missing: ['change Users'] });
});

test.each([
  ['deactivate-account', { account: 'nobody' }, 'account'],
  ['deactivate-account', { account: '..' }, 'account'],
  ['remove-from-group', { group: 'nothing', member: PERSON }, 'group'],
  ['remove-from-group', { group: '.', member: PERSON }, 'group'],
  ['remove-from-group', { group: GROUP, member: '\ud800' }, 'member'],
])('%s of %j names the field', async (action, input, field) => {
  await expect(host.act(action, input)).rejects.toMatchObject({ kind: 'config', field });
  expect(patches()).toEqual([]);
});

test('a member is removed by a filter in the path, and the others stay', async () => {
  const [member = '', ...others] = membersOf(GROUP);
  expect(await remove(member)).toMatchObject({ changed: true });
  expect(membersOf(GROUP)).toEqual(others);
  expect(operationsIn(patches()[0] ?? ({} as Asked))).toEqual([{ op: 'remove', path: `members[value eq "${member}"]` }]);
  expect(await remove(member)).toMatchObject({ changed: false });
  expect(patches()).toHaveLength(1);
});

test('ids with odd characters are encoded in paths and quoted in filters', async () => {
  const odd = 'a/b?c#d%e "f\\g|h;ü';
  const person = fake.directory.hire();
  fake.directory.people.set(odd, { ...person, id: odd });
  fake.directory.setMembers(GROUP, [odd, PERSON]);
  fake.directory.teams.set(odd, { id: odd, name: 'Odd', members: [odd], created: 0, changed: 0 });
  await host.run();
  expect(host.stopped).toEqual([]);
  expect(
    host.row(
      'membership',
      `${odd.replaceAll('%', '%25').replaceAll('|', '%7C')}|${odd.replaceAll('%', '%25').replaceAll('|', '%7C')}`,
    ).data,
  ).toMatchObject({ group: odd, member: odd });
  expect(await host.act('deactivate-account', { account: odd })).toMatchObject({ changed: true });
  expect(fake.directory.people.get(odd)?.isActive).toBe(false);
  expect(await remove(odd)).toMatchObject({ changed: true });
  expect(membersOf(GROUP)).toEqual([PERSON]);
  await host.refresh('accounts', [{ field: 'key', value: odd }]);
  expect(host.row('account', odd).data.status).toBe('suspended');
});

const ONLY_VALUES = (asked: Asked): Answer => {
  const [operation] = operationsIn(asked);
  if (operation?.path !== 'members') return error(400, 'invalidPath', 'No filters in paths');
  const given = operation.value as readonly { readonly value: string }[];
  const team = fake.directory.teams.get(GROUP);
  const ids = given.map(({ value }) => value);
  if (operation.op === 'remove')
    fake.directory.setMembers(
      GROUP,
      (team?.members ?? []).filter((id) => !ids.includes(id)),
    );
  return { status: 204 };
};

test('a service that knows only lists of values is spoken to in that way', async () => {
  fake.manners.patch = ONLY_VALUES;
  const [member = '', ...others] = membersOf(GROUP);
  expect(await remove(member)).toMatchObject({ changed: true });
  expect(membersOf(GROUP)).toEqual(others);
  expect(operationsIn(patches()[1] ?? ({} as Asked))).toEqual([{ op: 'remove', path: 'members', value: [{ value: member }] }]);
});

test('a service that takes that for "remove all" gets the others back, and it is said', async () => {
  fake.manners.patch = (asked) => {
    const [operation] = operationsIn(asked);
    return operation?.path?.startsWith('members[') === true
      ? error(400, 'invalidPath', 'No filters in paths')
      : patchAsTheRfcSays(fake.directory, asked);
  };
  const [member = '', ...others] = membersOf(GROUP);
  expect(others.length).toBeGreaterThan(2);
  await expect(remove(member)).rejects.toMatchObject({ kind: 'upstream', message: expect.stringContaining('were put back') });
  expect(membersOf(GROUP).toSorted()).toEqual(others.toSorted());
});

test('stopped while the service hangs, an action lets go', async () => {
  fake.manners.instead = () => new Promise(() => undefined);
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  await expect(host.act('deactivate-account', { account: PERSON }, stop.signal)).rejects.toMatchObject({ kind: 'aborted' });
});
