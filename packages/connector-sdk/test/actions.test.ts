import { TextField } from '@castellan/form-schema';
import {
  type ActionCall,
  type ActionContext,
  type ActionLack,
  ConfigError,
  connectionMemory,
  ConnectorError,
  type Connector,
  defineAction,
  defineConnector,
  PermissionError,
  type PlanArgs,
  type SeenPlan,
  TransientError,
} from '../src/index.js';
import { SampleSettings } from './sample-connector.js';

class Whom {
  @TextField({ label: 'Account', maxLength: 10 }) readonly account!: string;
}

interface Directory {
  readonly active: Set<string>;
  readonly names: Map<string, string>;
  readonly sent: string[];
  /** What else is to be sent. */
  readonly more: ActionCall[];
  /** What the connection has not been given. */
  readonly lacks: ActionLack[];
  looks: number;
}

const directoryOf = (...active: readonly string[]): Directory => ({
  active: new Set(active),
  names: new Map(),
  sent: [],
  more: [],
  lacks: [],
  looks: 0,
});

const action = defineAction<Directory>();
/** `active` of an account, as it is and as it is wanted. */
async function planFor({ client, input }: PlanArgs<Directory, Whom>, wanted: boolean): Promise<SeenPlan> {
  const { account } = input;
  client.looks += 1;
  if (account === 'nobody') throw new ConfigError({ field: 'account', message: 'There is no such account.' });
  if (account === 'secret') throw new PermissionError({ message: 'Acme does not let us.', missing: [] });
  const isDone = client.active.has(account) === wanted;
  return {
    state: isDone ? 'done' : 'open',
    calls: isDone ? [] : [{ method: 'POST', path: `/${account}/${String(wanted)}` }, ...client.more],
    ...(client.more.length > 0 && { aim: wanted }),
    touches: [{ kind: 'account', key: account, name: client.names.get(account) ?? account }],
    consequences: [],
    outcome: `${account} is ${wanted ? 'active' : 'inactive'}.`,
    stale: [{ stream: 'accounts', at: '2026-11-27T09:00:00.000Z' }],
    undo: { action: wanted ? 'deactivate-account' : 'activate-account', input: { account } },
    ...(client.lacks[0] !== undefined && { lacks: client.lacks[0] }),
  };
}

const deactivate = action({
  name: 'deactivate-account',
  title: 'Deactivate account',
  summary: 'The account can no longer sign in.',
  subject: 'account',
  effect: 'destructive',
  purpose: 'contain',
  undo: 'activate-account',
  requires: ['users.manage'],
  byHand: ['People > the person.'],
  input: Whom,
  plan: (args) => planFor(args, false),
  run: async ({ client, input, plan }) => {
    if (input.account === 'away') throw new TransientError({ message: 'Acme has trouble.' });
    if (input.account === 'broken') throw new TypeError('cannot read');
    client.sent.push(...plan.calls.map(({ path }) => path));
    client.active.delete(input.account);
    if (input.account === 'lost') throw new TransientError({ message: 'Acme did not answer.' });
    return undefined;
  },
});
const activate = action({
  name: 'activate-account',
  title: 'Activate account',
  summary: 'The account can sign in again.',
  subject: 'account',
  effect: 'write',
  purpose: 'restore',
  undo: 'deactivate-account',
  requires: ['users.manage'],
  byHand: ['People > the person.'],
  input: Whom,
  plan: (args) => planFor(args, true),
  run: async ({ client, input }) => {
    client.active.add(input.account);
    return `${input.account} is back.`;
  },
});

const none = { warn: () => undefined, debug: () => undefined, info: () => undefined, error: () => undefined };

interface Started extends Directory {
  readonly connector: Connector<SampleSettings>;
  readonly connected: () => number;
}

function directory(): Started {
  const held = directoryOf('ana', 'away', 'broken', 'lost');
  let connected = 0;
  const connector = defineConnector<SampleSettings, Directory>({
    id: 'acme',
    displayName: 'Acme',
    config: SampleSettings,
    connect: () => {
      connected += 1;
      return held;
    },
    probe: async () => ({ tenant: null, checks: [] }),
    streams: [],
    actions: [deactivate, activate],
  });
  return Object.assign(held, { connector, connected: () => connected });
}

function asked(name: string, input: unknown, signal = new AbortController().signal): ActionContext<SampleSettings> {
  return {
    config: { name: 'x' },
    signal,
    logger: none,
    http: () => ({ send: () => Promise.reject(new Error('no network here')) }),
    now: () => new Date(),
    memory: connectionMemory(),
    action: name,
    input,
    idempotencyKey: 'k',
  };
}

async function refusal(work: Promise<unknown>): Promise<object> {
  try {
    await work;
  } catch (error) {
    if (ConnectorError.is(error)) return error.view();
    throw error;
  }
  throw new Error('it was not refused');
}

test('what it can do is listed, and told as a capability', () => {
  const { connector } = directory();
  expect(connector.actions).toEqual([
    expect.objectContaining({ name: 'deactivate-account', subject: 'account', effect: 'destructive', input: Whom }),
    expect.objectContaining({ name: 'activate-account', purpose: 'restore', undo: 'deactivate-account' }),
  ]);
  expect(connector.capabilities).toEqual(['sync', 'actions']);
  expect(JSON.stringify(connector.actions)).not.toContain('run');
});

test('asked twice, it does it once', async () => {
  const { connector, active } = directory();
  expect(await connector.act(asked('deactivate-account', { account: 'ana' }))).toMatchObject({ changed: true });
  expect(active.has('ana')).toBe(false);
  expect(await connector.act(asked('deactivate-account', { account: 'ana' }))).toMatchObject({ changed: false });
});

test.each([
  [{}, 'account'],
  [{ account: 'longer than ten characters' }, 'account'],
  [{ account: 'ana', all: true }, 'all'],
  ['ana', undefined],
])('input %j is refused by field before anything is connected', async (input, field) => {
  const { connector, connected } = directory();
  const refused = await refusal(connector.act(asked('deactivate-account', input)));
  expect(refused).toMatchObject({ kind: 'config', ...(field !== undefined && { field }) });
  expect('field' in Object(refused)).toBe(field !== undefined);
  expect(connected()).toBe(0);
});

test('an unknown action is a mistake of ours', async () => {
  const { connector } = directory();
  expect(await refusal(connector.act(asked('delete-everything', {})))).toMatchObject({ kind: 'internal' });
});

test('what the settings do not offer is looked at, and not done', async () => {
  const held = directoryOf('ana');
  const connector = defineConnector<SampleSettings, Directory>({
    id: 'acme',
    displayName: 'Acme',
    config: SampleSettings,
    connect: () => held,
    probe: async () => ({ tenant: null, checks: [] }),
    streams: [],
    actions: [deactivate, activate],
    offers: (_, { name }) => name !== 'x',
  });
  expect(connector.actionsOf({ name: 'x' })).toEqual([]);
  expect(connector.actionsOf({ name: 'y' })).toHaveLength(2);
  const wish = asked('deactivate-account', { account: 'ana' });
  expect(await refusal(connector.act(wish))).toMatchObject({ kind: 'internal' });
  expect(held.looks).toBe(0);
  expect(await connector.planAction(wish)).toMatchObject({ state: 'open', calls: [{ path: '/ana/false' }] });
  expect([held.looks, held.active.has('ana')]).toEqual([1, true]);
});

test('what a connection lacks is told by a plan, and nothing is sent; what is so already is so all the same', async () => {
  const held = directory();
  const lacks = { message: 'users.manage is not granted.', missing: ['users.manage'] };
  held.lacks.push(lacks);
  const ana = asked('deactivate-account', { account: 'ana' });
  const { fingerprint, ...plan } = await held.connector.planAction(ana);
  expect(plan).toMatchObject({ state: 'open', lacks });
  expect(await refusal(held.connector.act({ ...ana, expected: fingerprint }))).toEqual({ kind: 'permission', ...lacks });
  expect(await held.connector.act({ ...ana, expected: 'another' })).toMatchObject({ outdated: { lacks } });
  expect([held.sent, held.active.has('ana')]).toEqual([[], true]);
  held.active.delete('ana');
  expect(await held.connector.act(ana)).toMatchObject({ changed: false });
  held.active.add('ana');
  held.lacks.pop();
  // The same is agreed to, whoever may do it.
  expect(await held.connector.act({ ...ana, expected: fingerprint })).toMatchObject({ changed: true });
});

test('errors keep their kind, and what nobody foresaw is internal', async () => {
  const { connector } = directory();
  expect(await refusal(connector.act(asked('deactivate-account', { account: 'away' })))).toMatchObject({ kind: 'transient' });
  expect(await refusal(connector.act(asked('deactivate-account', { account: 'broken' })))).toMatchObject({ kind: 'internal' });
});

test('nothing is done after a stop', async () => {
  const { connector, active } = directory();
  const stopped = AbortSignal.abort();
  expect(await refusal(connector.act(asked('deactivate-account', { account: 'ana' }, stopped)))).toMatchObject({
    kind: 'aborted',
  });
  expect(active.has('ana')).toBe(true);
});

test('two actions of one name are refused', () => {
  const spec = { id: 'x', displayName: 'X', config: SampleSettings, streams: [], actions: [deactivate, activate, deactivate] };
  const define = () =>
    defineConnector<SampleSettings, Directory>({
      ...spec,
      connect: () => directoryOf(),
      probe: async () => ({ tenant: null, checks: [] }),
    });
  expect(define).toThrow('Two actions are named deactivate-account.');
});

test('an action that nothing takes back as it says is refused', () => {
  const define = () =>
    defineConnector<SampleSettings, Directory>({
      id: 'x',
      displayName: 'X',
      config: SampleSettings,
      streams: [],
      actions: [deactivate],
      connect: () => directoryOf(),
      probe: async () => ({ tenant: null, checks: [] }),
    });
  expect(define).toThrow('Action deactivate-account is taken back by activate-account, which does not exist.');
});

test('a plan says what would be sent, and sends nothing', async () => {
  const { connector, active, sent } = directory();
  const plan = await connector.planAction(asked('deactivate-account', { account: 'ana' }));
  expect(plan).toMatchObject({
    state: 'open',
    calls: [{ method: 'POST', path: '/ana/false' }],
    undo: { action: 'activate-account', input: { account: 'ana' } },
  });
  expect(active.has('ana')).toBe(true);
  expect(sent).toEqual([]);
});

test('what was agreed to is done, and nothing else', async () => {
  const { connector, active, sent } = directory();
  const { fingerprint } = await connector.planAction(asked('deactivate-account', { account: 'ana' }));
  const agreed = { ...asked('deactivate-account', { account: 'ana' }), expected: fingerprint };
  active.delete('ana');
  expect(await connector.act(agreed)).toMatchObject({ changed: false, message: 'ana is inactive.' });
  active.add('ana');
  expect(await connector.act({ ...agreed, expected: 'of something else' })).toMatchObject({
    outdated: { fingerprint, state: 'open' },
  });
  expect(sent).toEqual([]);
  expect(await connector.act(agreed)).toMatchObject({ changed: true });
  expect(sent).toEqual(['/ana/false']);
});

test('where an action has an aim, an agreement holds for what is left of it', async () => {
  const { connector, more, sent } = directory();
  more.push({ method: 'DELETE', path: '/one' }, { method: 'DELETE', path: '/two' });
  const { fingerprint } = await connector.planAction(asked('deactivate-account', { account: 'ana' }));
  more.shift();
  const agreed = { ...asked('deactivate-account', { account: 'ana' }), expected: fingerprint };
  expect(await connector.act(agreed)).toMatchObject({ changed: true });
  expect(sent).toEqual(['/ana/false', '/two']);
});

test('a name is no part of what was agreed to', async () => {
  const { connector, names } = directory();
  const before = await connector.planAction(asked('deactivate-account', { account: 'ana' }));
  names.set('ana', 'Ana Maria');
  const after = await connector.planAction(asked('deactivate-account', { account: 'ana' }));
  expect(after.touches[0]?.name).toBe('Ana Maria');
  expect(after.fingerprint).toBe(before.fingerprint);
});

test('where the answer is lost it is looked whether it was done, and not sent again', async () => {
  const { connector, sent } = directory();
  expect(await connector.act(asked('deactivate-account', { account: 'lost' }))).toMatchObject({
    changed: true,
    message: 'lost is inactive.',
  });
  expect(sent).toEqual(['/lost/false']);
});

test('what an action knows better than its plan is its message, and rows are stale as of its end', async () => {
  const { connector } = directory();
  const outcome = await connector.act(asked('activate-account', { account: 'new' }));
  expect(outcome).toMatchObject({ changed: true, message: 'new is back.' });
});

test('what is refused for want of a scope names what the action needs', async () => {
  const { connector } = directory();
  expect(await refusal(connector.planAction(asked('deactivate-account', { account: 'secret' })))).toMatchObject({
    kind: 'permission',
    missing: ['users.manage'],
  });
  expect(await refusal(connector.planAction(asked('deactivate-account', { account: 'nobody' })))).toMatchObject({
    kind: 'config',
    field: 'account',
  });
});
