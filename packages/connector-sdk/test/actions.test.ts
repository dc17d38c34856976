import { TextField } from '@castellan/form-schema';
import {
  type ActionContext,
  connectionMemory,
  ConnectorError,
  type Connector,
  defineAction,
  defineConnector,
  TransientError,
} from '../src/index.js';
import { SampleSettings } from './sample-connector.js';

class Whom {
  @TextField({ label: 'Account', maxLength: 10 }) readonly account!: string;
}

interface Directory {
  readonly active: Set<string>;
}

const action = defineAction<Directory>();
const deactivate = action({
  name: 'deactivate-account',
  title: 'Deactivate account',
  summary: 'The account can no longer sign in.',
  subject: 'account',
  effect: 'destructive',
  requires: ['users.manage'],
  input: Whom,
  run: async ({ client, input }) => {
    if (input.account === 'away') throw new TransientError({ message: 'Acme has trouble.' });
    if (input.account === 'broken') throw new TypeError('cannot read');
    const changed = client.active.delete(input.account);
    return { changed, message: `${input.account} is inactive.`, stale: [] };
  },
});

const none = { warn: () => undefined, debug: () => undefined, info: () => undefined, error: () => undefined };

function directory(): { readonly connector: Connector<SampleSettings>; readonly active: Set<string>; connected: () => number } {
  const active = new Set(['ana']);
  let connected = 0;
  const connector = defineConnector<SampleSettings, Directory>({
    id: 'acme',
    displayName: 'Acme',
    config: SampleSettings,
    connect: () => {
      connected += 1;
      return { active };
    },
    probe: async () => ({ tenant: null, checks: [] }),
    streams: [],
    actions: [deactivate],
  });
  return { connector, active, connected: () => connected };
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
  ]);
  expect(connector.capabilities).toEqual(['sync', 'actions']);
  expect(JSON.stringify(connector.actions)).not.toContain('run');
});

test('asked twice, it does it once', async () => {
  const { connector, active } = directory();
  expect(await connector.act(asked('deactivate-account', { account: 'ana' }))).toMatchObject({ changed: true });
  expect(active.size).toBe(0);
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
  expect([...active]).toEqual(['ana']);
});

test('two actions of one name are refused', () => {
  const spec = { id: 'x', displayName: 'X', config: SampleSettings, streams: [], actions: [deactivate, deactivate] };
  const define = () =>
    defineConnector<SampleSettings, Directory>({
      ...spec,
      connect: () => ({ active: new Set() }),
      probe: async () => ({ tenant: null, checks: [] }),
    });
  expect(define).toThrow('Two actions are named deactivate-account.');
});
