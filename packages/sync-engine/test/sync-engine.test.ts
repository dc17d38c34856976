import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ActionGrants,
  type ActionInfo,
  AuthError,
  type Connector,
  defineConnector,
  defineStream,
  type LogFields,
  PermissionError,
  RateLimitError,
  TransientError,
} from '@castellan/connector-sdk';
import { SecretField, TextField } from '@castellan/form-schema';
import {
  ConnectorCatalogue,
  type IntegrationStore,
  SecretsLockedError,
  SyncEngine,
  type SyncEngineSettings,
} from '../src/index.js';
import { MemoryRunStore } from './memory-run-store.js';

class Settings {
  @TextField({ label: 'Name' }) readonly name!: string;
  @SecretField({ label: 'Token' }) readonly token!: string;
}

type PageAction = (page: number, signal: AbortSignal) => unknown;
const stream = defineStream<null>();
const numbered = (name: string, pages: number, before: PageAction = () => undefined) =>
  stream({
    name,
    kind: 'idp_link',
    requires: [],
    semantics: 'snapshot',
    parseCursor: (value) => Number(value),
    async *read({ from = 0, signal }) {
      for (let page = from; page < pages; page += 1) {
        await before(page, signal);
        const data = { identityProvider: 'p', account: String(page), externalId: null, createdAt: null, updatedAt: null };
        yield { records: [{ kind: 'idp_link', key: `${name}${page}`, data }], next: page === pages - 1 ? null : page + 1 };
      }
    },
  });

function setUp(
  streams: ReturnType<typeof numbered>[],
  settings: Partial<SyncEngineSettings> = {},
  change: Partial<Connector> = {},
  integrations?: IntegrationStore,
) {
  const runs = new MemoryRunStore();
  const connector: Connector = {
    ...defineConnector({
      id: 'sample',
      displayName: 'Sample',
      config: Settings,
      connect: () => null,
      probe: async () => ({ tenant: null, checks: [] }),
      streams,
    }),
    ...change,
  };
  const secretsBound: (readonly string[])[] = [];
  const noted: (ActionGrants | null)[] = [];
  let sessions = 0;
  const engine = new SyncEngine(
    {
      runs,
      integrations: integrations ?? {
        open: async () => ({ id: 'i', connectorId: 'sample', name: 'Sample', config: { name: 'x', token: 's3cret' } }),
        noteActionGrants: async (_, grants) => void noted.push(grants),
      },
      connectors: new ConnectorCatalogue([{ status: 'available', id: 'sample', packageName: 'sample', connector }]),
      http: {
        open: () => {
          sessions += 1;
          return {
            factory: () => ({ send: () => Promise.reject(new Error('no network')) }),
            waits: () => [],
            close: async () => void (sessions -= 1),
          };
        },
      },
      loggers: (_: LogFields, secrets) => {
        secretsBound.push(secrets);
        return { debug() {}, info() {}, warn() {}, error() {} };
      },
    },
    { owner: 'host-1', leaseMs: 60, retry: { attempts: 2, baseMs: 1_000, capMs: 60_000 }, ...settings },
  );
  return {
    runs,
    engine,
    secretsBound,
    noted,
    openSessions: () => sessions,
    execute: () => engine.execute('r', new AbortController().signal),
  };
}
const fail =
  (error: Error, at = 0): PageAction =>
  (page) => {
    if (page === at) throw error;
  };

test('commits every page and ends complete; the network is closed and the secrets are bound to the log', async () => {
  const { execute, runs, openSessions, secretsBound } = setUp([numbered('a', 3), numbered('b', 2)]);
  expect(await execute()).toEqual({ state: 'complete' });
  expect(runs.keys.toSorted()).toEqual(['a0', 'a1', 'a2', 'b0', 'b1']);
  expect(openSessions()).toBe(0);
  expect(secretsBound.at(-1)).toEqual(['s3cret']);
});

test('a stream that the settings do not ask for is neither opened nor counted', async () => {
  const opened: string[] = [];
  const { execute, runs } = setUp(
    [numbered('a', 1), numbered('b', 1, () => fail(new AuthError({ message: 'x' })))],
    {},
    {
      streamsOf(config) {
        expect(config).toMatchObject({ name: 'x' });
        return this.streams?.filter(({ name }) => name === 'a') ?? [];
      },
    },
  );
  const open = runs.openStreams.bind(runs);
  runs.openStreams = (lease, streams) => {
    opened.push(...streams.map(({ name }) => name));
    return open(lease, streams);
  };
  expect(await execute()).toEqual({ state: 'complete' });
  expect(opened).toEqual(['a']);
  expect(runs.keys).toEqual(['a0']);
});

test('a run that somebody else holds is left alone', async () => {
  const { execute, runs } = setUp([numbered('a', 1)]);
  runs.owner = 'host-2';
  expect(await execute()).toBeUndefined();
  expect(runs.keys).toEqual([]);
});

test.each([
  [
    'permission on one stream: the others are fresh',
    new PermissionError({ message: 'no', missing: ['x'] }),
    'incomplete',
    'skipped',
  ],
  ['an answer nobody understands', new Error('odd'), 'incomplete', 'incomplete'],
])('%s', async (_, error, state, status) => {
  const { execute, runs } = setUp([numbered('a', 2, fail(error)), numbered('b', 2)]);
  expect(await execute()).toMatchObject({ state });
  expect(runs.stopped).toMatchObject([{ stream: 'a', status }]);
  expect([...runs.complete]).toEqual(['b']);
});

test('a refused credential fails the run', async () => {
  const { execute } = setUp([numbered('a', 2, fail(new AuthError({ message: 'revoked' })))]);
  expect(await execute()).toEqual({ state: 'failed', error: { kind: 'auth', message: 'revoked' } });
});

test('every stream forbidden fails the run instead of calling it incomplete', async () => {
  const { execute } = setUp([numbered('a', 2, fail(new PermissionError({ message: 'no', missing: ['x'] })))]);
  expect(await execute()).toMatchObject({ state: 'failed', error: { kind: 'permission' } });
});

test('a long rate limit makes the run wait until then', async () => {
  const retryAt = new Date(600_000);
  const { execute } = setUp([numbered('a', 2, fail(new RateLimitError({ message: 'later', retryAt })))], {
    now: () => new Date(0),
  });
  expect(await execute()).toMatchObject({ state: 'waiting', resumeAfterMs: 600_000 });
});

test('a passing fault is tried again from where it broke off, a bounded number of times', async () => {
  const asked: number[] = [];
  const { execute, runs } = setUp([
    numbered('a', 3, (page) => {
      asked.push(page);
      if (page === 1) throw new TransientError({ message: '503' });
    }),
  ]);
  expect(await execute()).toMatchObject({ state: 'waiting', resumeAfterMs: 1_000 });
  expect(await execute()).toMatchObject({ state: 'waiting', resumeAfterMs: 2_000 });
  expect(await execute()).toMatchObject({ state: 'failed', error: { kind: 'transient' } });
  expect(asked).toEqual([0, 1, 1, 1]);
  expect(runs.keys).toEqual(['a0']);
});

test('a lease that was taken over stops the run: nothing more is written and nothing is finished', async () => {
  const { execute, runs } = setUp([numbered('a', 50, () => sleep(10))]);
  setTimeout(() => runs.takeOver(), 100);
  expect(await execute()).toBeUndefined();
  const written = runs.keys.length;
  expect(written).toBeLessThan(50);
  await sleep(100);
  expect(runs.keys).toHaveLength(written);
  expect(runs.outcomes).toEqual([]);
});

test('a take-over in the middle of a commit is found by the fence', async () => {
  const { execute, runs } = setUp([numbered('a', 3)], { leaseMs: 60_000 });
  runs.beforeCommit = (page) => {
    if (page.records[0]?.key === 'a1') runs.takeOver();
  };
  expect(await execute()).toBeUndefined();
  expect(runs.keys).toEqual(['a0']);
});

test('cancel ends the run within a third of the lease', async () => {
  const { execute, runs } = setUp([numbered('a', 500, (_, signal) => sleep(10, undefined, { signal }))]);
  setTimeout(() => {
    runs.cancelled = true;
  }, 50);
  expect(await execute()).toEqual({ state: 'cancelled' });
});

test('shutdown gives the run back, and the next host goes on where it was', async () => {
  const { engine, runs, execute } = setUp([numbered('a', 30, (_, signal) => sleep(5, undefined, { signal }))]);
  const shutdown = new AbortController();
  setTimeout(() => shutdown.abort(), 60);
  expect(await engine.execute('r', shutdown.signal)).toEqual({ state: 'queued' });
  expect(await execute()).toEqual({ state: 'complete' });
  expect(runs.keys).toEqual(Array.from({ length: 30 }, (_, page) => `a${page}`));
});

const patient = () => numbered('a', 60, (_, signal) => sleep(5, undefined, { signal }));

test('after its turn a run gives way to those that wait, and goes on where it was', async () => {
  const { engine, runs, execute } = setUp([patient()], { leaseMs: 30, turnMs: 80 });
  runs.isPlaceWanted = true;
  expect(await execute()).toEqual({ state: 'queued' });
  const read = runs.keys.length;
  expect(read).toBeGreaterThan(2);
  expect(read).toBeLessThan(60);
  runs.isPlaceWanted = false;
  expect(await engine.takeTurn(new AbortController().signal)).toBe(true);
  expect(runs.outcomes.at(-1)).toEqual({ state: 'complete' });
  expect(runs.keys).toEqual(Array.from({ length: 60 }, (_, page) => `a${page}`));
});

test('a run whose turn is over keeps its place while nobody wants it', async () => {
  const { execute, runs } = setUp([patient()], { leaseMs: 30, turnMs: 1 });
  expect(await execute()).toEqual({ state: 'complete' });
  expect(runs.keys).toHaveLength(60);
});

test("a turn is a full run's only while there are fewer of them than there may be", async () => {
  const { engine, runs } = setUp([patient()], { fullAtOnce: 1 });
  const { signal } = new AbortController();
  const first = engine.takeTurn(signal);
  expect(await engine.takeTurn(signal)).toBe(false);
  expect(await first).toBe(true);
  expect(await engine.takeTurn(signal)).toBe(false);
  // The third found a place again, and no run.
  expect(runs.turns).toEqual([true, false, true]);
});

test('a connector that hangs is stopped, although it ignores its signal', async () => {
  const { execute } = setUp([numbered('a', 3, () => new Promise(() => undefined))], { stallMs: 50 });
  expect(await execute()).toMatchObject({ state: 'waiting', error: { kind: 'transient' } });
}, 15_000);

test('a connector that was not made by defineConnector and hangs in its iterator is left behind', async () => {
  const hang = {
    async *sync() {
      await new Promise(() => undefined);
    },
  } as Partial<Connector>;
  const { execute } = setUp([numbered('a', 3)], { stallMs: 50 }, hang);
  expect(await execute()).toMatchObject({ state: 'waiting' });
}, 15_000);

test('a record of another kind than its stream is a mistake of the connector and is not stored', async () => {
  const foreign = {
    async *sync() {
      const record = { kind: 'account', key: 'x', data: {} };
      yield { type: 'page', stream: 'a', records: [record], deleted: [], unlisted: [], rejected: [], progress: { done: true } };
    },
  } as unknown as Partial<Connector>; // planted: the type checker would refuse it
  const { execute, runs } = setUp([numbered('a', 1)], {}, foreign);
  expect(await execute()).toMatchObject({ state: 'failed', error: { kind: 'internal' } });
  expect(runs.keys).toEqual([]);
});

test('a page that the database does not take is tried again, a bounded number of times', async () => {
  const { execute, runs } = setUp([numbered('a', 3)]);
  runs.beforeCommit = () => {
    throw new Error('connection terminated');
  };
  expect(await execute()).toMatchObject({ state: 'waiting', resumeAfterMs: 1_000 });
  expect(await execute()).toMatchObject({ state: 'waiting', resumeAfterMs: 2_000 });
  expect(await execute()).toMatchObject({
    state: 'failed',
    error: { message: expect.stringContaining('could not be stored') },
  });
});

test('a database that is away is thrown to the caller, and the lease is left to run out', async () => {
  const { execute, runs } = setUp([numbered('a', 3)]);
  runs.beforeCommit = () => {
    throw new Error('connection terminated');
  };
  runs.finish = () => Promise.reject(new Error('still away'));
  await expect(execute()).rejects.toThrow('still away');
  expect(runs.outcomes).toEqual([]);
});

test('secrets that cannot be opened fail the run with the way out, instead of trying for ever', async () => {
  const open = () => Promise.reject(new SecretsLockedError('wrong key'));
  const { execute } = setUp([numbered('a', 3)], {}, {}, { open, noteActionGrants: () => Promise.resolve() });
  expect(await execute()).toMatchObject({
    state: 'failed',
    error: { kind: 'config', message: expect.stringContaining('Connect the integration again') },
  });
});

test('a stop that falls into a long commit still ends a connector that hangs', async () => {
  const hang = {
    async *sync() {
      yield {
        type: 'page',
        stream: 'a',
        records: [],
        deleted: [],
        unlisted: [],
        rejected: [],
        progress: { done: false, cursor: 1 },
      };
      await new Promise(() => undefined);
    },
  } as unknown as Partial<Connector>; // a connector that breaks the contract
  const { engine, runs } = setUp([numbered('a', 3)], {}, hang);
  const shutdown = new AbortController();
  runs.beforeCommit = async () => {
    shutdown.abort();
    await sleep(5_500);
  };
  expect(await engine.execute('r', shutdown.signal)).toEqual({ state: 'queued' });
}, 15_000);

describe('what is granted for actions', () => {
  const grants: ActionGrants = { granted: ['users:write'], missing: ['groups:write'], where: 'In Sample: Permissions.' };
  // The engine only counts them.
  const actionsOf = () => [{ name: 'suspend-account' } as ActionInfo];

  test('is noted after the pages of a full run', async () => {
    const order: string[] = [];
    const actionGrants = async () => (order.push('grants'), grants);
    const { execute, noted } = setUp([numbered('a', 1, () => order.push('page'))], {}, { actionsOf, actionGrants });
    expect([await execute(), noted, order]).toEqual([{ state: 'complete' }, [grants], ['page', 'grants']]);
  });

  test('is not asked where nothing may be done, nor by a run that has ended its connection', async () => {
    let asked = 0;
    const actionGrants = async () => ((asked += 1), grants);
    await setUp([numbered('a', 1)], {}, { actionGrants }).execute();
    const refused = fail(new AuthError({ message: 'no', field: 'token' }));
    await setUp([numbered('a', 1, refused)], {}, { actionsOf, actionGrants }).execute();
    expect(asked).toBe(0);
  });

  test.each([new PermissionError({ message: 'no', missing: [] }), new Error('a mistake of the connector')])(
    'a connector that cannot say ends no run badly: %s',
    async (error) => {
      const actionGrants = async (): Promise<never> => {
        throw error;
      };
      const { execute, noted } = setUp([numbered('a', 1)], {}, { actionsOf, actionGrants });
      expect([await execute(), noted]).toEqual([{ state: 'complete' }, []]);
    },
  );
});
