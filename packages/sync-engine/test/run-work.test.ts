import { setTimeout as sleep } from 'node:timers/promises';
import {
  AuthError,
  PermissionError,
  defineConnector,
  defineStream,
  type Json,
  type Scope,
  type Stale,
  TransientError,
} from '@castellan/connector-sdk';
import { TextField } from '@castellan/form-schema';
import { ConnectorCatalogue, SyncEngine } from '../src/index.js';
import { MemoryRunStore } from './memory-run-store.js';

class Settings {
  @TextField({ label: 'Name' }) readonly name!: string;
}

const NOW = new Date('2026-11-25T12:00:00.000Z');
const AT = NOW.toISOString();
const link = (key: string) => ({
  kind: 'idp_link' as const,
  key,
  data: { identityProvider: 'p', account: key, externalId: null, createdAt: null, updatedAt: null },
});
const stale = (stream: string, value?: string, low = false): Stale => ({
  stream,
  ...(value !== undefined && { scope: { field: 'key', value } }),
  at: AT,
  low,
});

interface Behaviour {
  /** What the log says in this run. */
  readonly log?: readonly Stale[];
  readonly logFails?: Error;
  /** What the refresh of a scope finds to be stale. */
  readonly cascade?: (scope: Scope) => readonly Stale[];
  readonly refreshFails?: (scope: Scope) => Error | undefined;
  readonly forgets?: string;
  /** Milliseconds that the listing of `b` takes. */
  readonly slowMs?: number;
}

function setUp({ log = [], logFails, cascade = () => [], refreshFails = () => undefined, forgets, slowMs = 0 }: Behaviour) {
  let logReads = 0;
  const told = new Map<string, Json>();
  const stream = defineStream<null>();
  const common = { requires: [], parseCursor: (value: Json) => value } as const;
  const snapshot = (name: string, listedEveryDays?: number) =>
    stream({
      ...common,
      name,
      kind: 'idp_link',
      semantics: 'snapshot',
      ...(listedEveryDays !== undefined && { listedEveryDays }),
      async *read({ last }) {
        if (last !== undefined) told.set(name, last);
        if (name === 'b') await sleep(slowMs);
        yield { records: [link(`${name}1`)], next: null, resumeFrom: { from: AT } };
      },
      async *refresh({ scopes }) {
        for (const scope of scopes) {
          if (scope.value === 'later') {
            yield { records: [], complete: [], unread: [{ scope, reason: 'down', retry: true }] };
            continue;
          }
          const error = refreshFails(scope);
          if (error !== undefined) throw error;
          if (scope.value !== forgets) yield { records: [], complete: [scope], stale: cascade(scope) };
        }
      },
      async *delta({ since }) {
        yield { records: [link('d')], resumeFrom: { after: since } };
      },
    });
  const changes = stream({
    ...common,
    name: 'log',
    kind: 'activity',
    semantics: 'changes',
    async *read() {
      if (logFails !== undefined) throw logFails;
      logReads += 1;
      yield { records: [], stale: log, next: null, resumeFrom: 'next' };
    },
  });
  const connector = defineConnector({
    id: 'sample',
    displayName: 'Sample',
    config: Settings,
    connect: () => null,
    probe: async () => ({ tenant: null, checks: [] }),
    streams: [snapshot('a'), snapshot('b'), snapshot('rare', 7), changes],
  });
  const runs = new MemoryRunStore();
  const engine = new SyncEngine(
    {
      runs,
      integrations: {
        open: async () => ({ id: 'i', connectorId: 'sample', name: 'S', config: { name: 'x' } }),
        noteActionGrants: () => Promise.resolve(),
      },
      connectors: new ConnectorCatalogue([{ status: 'available', id: 'sample', packageName: 'sample', connector }]),
      http: {
        open: () => ({
          factory: () => ({ send: () => Promise.reject(new Error('no network')) }),
          waits: () => [],
          close: async () => undefined,
        }),
      },
      loggers: () => ({ debug() {}, info() {}, warn() {}, error() {} }),
    },
    { owner: 'h', leaseMs: 60_000, now: () => NOW, followMs: 60 },
  );
  return { runs, told, logReads: () => logReads, execute: () => engine.execute('r', new AbortController().signal) };
}

const listed = (stream: string, daysAgo: number, deltaMinutesAgo = 0) => ({
  stream,
  listedAt: new Date(NOW.getTime() - daysAgo * 86_400_000),
  deltaAt: new Date(NOW.getTime() - deltaMinutesAgo * 60_000),
  resumeFrom: { from: stream },
  status: 'complete' as const,
});

describe('a poll', () => {
  test('reads the log and what it names, in the order of the streams, and what that brings to light', async () => {
    const cascade = (scope: Scope): readonly Stale[] => (scope.value === '1' ? [stale('b', 'x'), stale('a', '2')] : []);
    const { runs, execute } = setUp({ log: [stale('b', 'y'), stale('a', '1')], cascade });
    runs.mode = 'poll';
    runs.histories.push(listed('a', 1), listed('b', 1));
    expect(await execute()).toEqual({ state: 'complete' });
    expect(runs.opened).toEqual([['log']]);
    expect(runs.refreshes).toEqual(['a: 1', 'a: 2', 'b: y', 'b: x']);
    expect(runs.stale).toEqual([]);
  });

  test('lists a stream again when all of it is stale', async () => {
    const { runs, execute } = setUp({ log: [stale('b')] });
    runs.mode = 'poll';
    expect(await execute()).toEqual({ state: 'complete' });
    expect(runs.opened).toEqual([['log'], ['b']]);
    expect(runs.keys).toEqual(['b1']);
    expect(runs.stale).toEqual([]);
  });

  test('reads parts of low priority last, and no more than 200 of them', async () => {
    const many = Array.from({ length: 300 }, (_, index) => stale('a', `low${index}`, true));
    const { runs, execute } = setUp({ log: [...many, stale('b', 'urgent')] });
    runs.mode = 'poll';
    await execute();
    expect(runs.refreshes).toHaveLength(201);
    expect(runs.stale).toHaveLength(100);
  });

  test('asks for a delta once an hour, and every five minutes where the log cannot be read', async () => {
    const { runs, execute } = setUp({});
    runs.mode = 'poll';
    runs.histories.push(listed('a', 1, 61), listed('b', 1, 59));
    await execute();
    expect(runs.deltas).toEqual(['a: 1 {"after":{"from":"a"}}']);
    const blind = setUp({ logFails: new TransientError({ message: 'down' }) });
    blind.runs.mode = 'poll';
    blind.runs.histories.push(listed('a', 1, 6), listed('b', 1, 4));
    expect(await blind.execute()).toMatchObject({ state: 'incomplete' });
    expect(blind.runs.deltas).toHaveLength(1);
  });

  test('asks for a delta at once when the log says that something has changed without saying what', async () => {
    const { runs, execute } = setUp({ log: [{ stream: 'b', delta: true, at: AT }] });
    runs.mode = 'poll';
    runs.histories.push(listed('a', 1, 1), listed('b', 1, 1));
    expect(await execute()).toEqual({ state: 'complete' });
    expect(runs.deltas).toEqual(['b: 1 {"after":{"from":"b"}}']);
    expect([runs.opened, runs.stale]).toEqual([[['log']], []]);
  });

  test('goes on after a stream that fails, whose parts wait', async () => {
    const refreshFails = ({ value }: Scope) => (value === '1' ? new TransientError({ message: 'down' }) : undefined);
    const { runs, execute } = setUp({ log: [stale('a', '1'), stale('a', '2'), stale('b', 'x')], refreshFails });
    runs.mode = 'poll';
    expect(await execute()).toMatchObject({ state: 'incomplete', error: { message: 'down' } });
    expect(runs.refreshes).toEqual(['b: x']);
    expect(runs.stale).toMatchObject([
      { stream: 'a', attempts: 0 },
      { stream: 'a', attempts: 0 },
    ]);
  });

  test('ends with a credential that is refused, and nothing counts as tried', async () => {
    const refreshFails = () => new AuthError({ message: 'revoked' });
    const { runs, execute } = setUp({ log: [stale('a', '1'), stale('b', 'x')], refreshFails });
    runs.mode = 'poll';
    expect(await execute()).toMatchObject({ state: 'failed', error: { kind: 'auth' } });
    expect(runs.stale).toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
  });

  test('tries a part again that a passing fault has kept from being read, in the next poll', async () => {
    const { runs, execute } = setUp({ log: [stale('a', 'later'), stale('a', '1'), stale('b', 'x')] });
    runs.mode = 'poll';
    expect(await execute()).toEqual({ state: 'complete' });
    expect(runs.refreshes).toEqual(['a: ', 'a: 1', 'b: x']);
    expect(runs.stale).toMatchObject([{ scope: { value: 'later' }, attempts: 1 }]);
  });

  test('finds the one part that a connector stumbles over, and reads the others', async () => {
    const refreshFails = ({ value }: Scope) => (value === 'bad' ? new TypeError('a slip') : undefined);
    const { runs, execute } = setUp({
      log: [stale('a', '1'), stale('a', 'bad'), stale('a', '2'), stale('b', 'x')],
      refreshFails,
    });
    runs.mode = 'poll';
    expect(await execute()).toMatchObject({ state: 'incomplete', error: { kind: 'internal' } });
    expect(runs.refreshes).toEqual(['a: 1', 'a: 2', 'b: x']);
    expect(runs.stale).toMatchObject([{ scope: { value: 'bad' }, attempts: 1 }]);
  });

  test('of a log that may not be read is no failure: deltas stand in for it', async () => {
    const { runs, execute } = setUp({ logFails: new PermissionError({ message: 'no scope', missing: ['logs'] }) });
    runs.mode = 'poll';
    runs.histories.push(listed('a', 1, 6));
    expect(await execute()).toEqual({ state: 'complete' });
    expect(runs.deltas).toHaveLength(1);
  });

  test('does not believe a connector that leaves a part unanswered', async () => {
    const { runs, execute } = setUp({ log: [stale('a', '1'), stale('a', '2')], forgets: '2' });
    runs.mode = 'poll';
    await execute();
    expect(runs.stale).toMatchObject([{ scope: { value: '2' }, attempts: 1 }]);
  });
});

describe('a full run', () => {
  test('lists everything at once the first time, and then reads what has changed meanwhile', async () => {
    const { runs, execute } = setUp({ log: [stale('a', '1')] });
    expect(await execute()).toEqual({ state: 'complete' });
    expect(runs.opened).toEqual([['a', 'b', 'rare', 'log']]);
    expect(runs.refreshes).toEqual(['a: 1']);
    expect(runs.reconciled).toBe(false);
  });

  test('later reads the log first, so that what the listings change is drift', async () => {
    const { runs, told, execute } = setUp({ log: [stale('a', '1')] });
    runs.cause = 'scheduled';
    runs.histories.push(listed('a', 1), listed('b', 1), listed('rare', 1));
    expect(await execute()).toEqual({ state: 'complete' });
    expect(runs.opened).toEqual([['log'], ['a', 'b']]);
    expect(runs.reconciled).toBe(true);
    expect(told.get('a')).toEqual({ from: 'a' });
  });

  test('that takes long follows the log, and reads again what its listing is through with', async () => {
    const { runs, execute, logReads } = setUp({ log: [stale('a', '1'), stale('b', 'x')], slowMs: 250 });
    expect(await execute()).toEqual({ state: 'complete' });
    expect(logReads()).toBeGreaterThan(2);
    // `b` was being listed: its part waited for the end, and was read once.
    expect(runs.refreshes.filter((line) => line === 'a: 1').length).toBeGreaterThan(1);
    expect(runs.refreshes.indexOf('b: x')).toBeGreaterThan(runs.refreshes.indexOf('a: 1'));
    expect(runs.keys.indexOf('b1')).toBeGreaterThan(-1);
    expect(runs.stale).toEqual([]);
  });

  test('cannot tell drift without the log', async () => {
    const { runs, execute } = setUp({ logFails: new TransientError({ message: 'down' }) });
    runs.histories.push(listed('a', 1));
    await execute();
    expect(runs.reconciled).toBe(false);
    expect(runs.keys.toSorted()).toEqual(['a1', 'b1', 'rare1']);
  });

  test.each([
    ['scheduled', 6, 'complete', false],
    ['scheduled', 7, 'complete', true],
    ['scheduled', 1, 'incomplete', true],
    ['manual', 1, 'complete', true],
  ] as const)('%s, %i days after the last time (%s), lists a rare stream: %s', async (cause, days, status, isListed) => {
    const { runs, execute } = setUp({});
    runs.cause = cause;
    runs.histories.push(listed('a', 1), { ...listed('rare', days), status });
    await execute();
    expect(runs.keys.includes('rare1')).toBe(isListed);
  });
});
