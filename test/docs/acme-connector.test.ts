import { connectionMemory, type Json, type SyncedReader, type SyncMessage } from '@castellan/connector-sdk';
import { createHttpFactory } from '@castellan/http-client';
import { connector } from '../../docs/examples/acme/acme-connector.js';
import { AcmeServer } from './acme-server.js';

let acme: AcmeServer;
beforeEach(async () => {
  acme = await AcmeServer.start();
});
afterEach(() => acme.close());

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const STREAMS = connector.streams.map(({ name }) => name);

/** Keeps what a sync brings, as a host does: a page's records and its position together. */
class Kept {
  readonly rows = new Map<string, Map<string, unknown>>();
  readonly checkpoints: Record<string, Json> = {};
  readonly completed: string[] = [];
  readonly resumeFrom: Record<string, Json> = {};
  readonly unlisted: string[] = [];
  readonly stopped: Record<string, string> = {};

  readonly synced: SyncedReader = {
    entries: (kind, after = '') => entriesOf([...(this.rows.get(kind)?.keys() ?? [])].filter((key) => key > after).toSorted()),
    get: async () => undefined,
    where: () => entriesOf([]),
  };

  take(message: SyncMessage): void {
    if (message.type === 'stopped') this.stopped[message.stream] = message.error.message;
    if (message.type !== 'page') return;
    const { stream, records, unlisted, progress } = message;
    for (const { kind, key, data } of records) {
      const rows = this.rows.get(kind) ?? new Map<string, unknown>();
      this.rows.set(kind, rows.set(key, data));
    }
    this.unlisted.push(...unlisted.map(({ partition }) => partition));
    if (!progress.done) this.checkpoints[stream] = progress.cursor;
    else {
      this.completed.push(stream);
      if (progress.resumeFrom !== undefined) this.resumeFrom[stream] = progress.resumeFrom;
    }
  }

  keys(kind: string): readonly string[] {
    return [...(this.rows.get(kind)?.keys() ?? [])].toSorted();
  }
}

/** Takes at most so many messages, then leaves. */
async function sync(kept: Kept, { most = Infinity, streams = STREAMS, checkpoints = kept.checkpoints } = {}): Promise<boolean> {
  const run = new AbortController();
  const http = createHttpFactory({ allowedHosts: ['127.0.0.1'], signal: run.signal, logger: SILENT });
  try {
    let taken = 0;
    const messages = connector.sync({ ...context(), http: http.factory, streams, ...kept, checkpoints });
    for await (const message of messages) {
      kept.take(message);
      taken += 1;
      if (taken === most) return false;
    }
    return true;
  } finally {
    await http.close();
  }
}

function context() {
  const config = { domain: acme.url, token: 'good' };
  const signal = new AbortController().signal;
  return { config, signal, logger: SILENT, now: () => new Date(), memory: connectionMemory() };
}

const EVERYTHING = {
  account: ['p0', 'p1', 'p2', 'p3', 'p4'],
  group: ['g1', 'g2', 'g3', 'g4'],
  membership: ['g1|p0', 'g1|p1', 'g1|p2', 'g2|p1', 'g4|p3', 'g4|p4'],
  activity: ['e1', 'e2', 'e3'],
};
const found = (kept: Kept): object => Object.fromEntries(Object.keys(EVERYTHING).map((kind) => [kind, kept.keys(kind)]));

test('every stream is read to its end', async () => {
  const kept = new Kept();
  expect(await sync(kept)).toBe(true);
  expect(found(kept)).toEqual(EVERYTHING);
  expect(kept.completed.toSorted()).toEqual(STREAMS.toSorted());
  expect(kept.rows.get('account')?.get('p4')).toMatchObject({ status: 'deprovisioned', providerStatus: 'off' });
});

test('cut after every message and taken up again, it brings the same', async () => {
  const kept = new Kept();
  let cuts = 0;
  // One message is always `started`: the second is the first that moves.
  while (!(await sync(kept, { most: 6 }))) cuts += 1;
  expect(cuts).toBeGreaterThan(3);
  expect(found(kept)).toEqual(EVERYTHING);
});

test('a group that went away meanwhile has no members, one that may not be read is named, and the others are read', async () => {
  acme.members.delete('g2');
  acme.refuse = (path) => (path === '/groups/g1/members' ? { status: 403, body: { missing_permission: 'g1' } } : undefined);
  const kept = new Kept();
  await sync(kept);
  expect(kept.keys('membership')).toEqual(['g4|p3', 'g4|p4']);
  expect(kept.unlisted).toEqual(['g1']);
  expect(kept.completed).toContain('memberships');
});

test('the log goes on where it was', async () => {
  const kept = new Kept();
  await sync(kept, { streams: ['activity'] });
  expect(kept.resumeFrom).toEqual({ activity: 'e3' });
  acme.events.push({ id: 'e4', time: '2026-11-04T00:00:00Z', type: 'sign_out' });
  const later = new Kept();
  await sync(later, { streams: ['activity'], checkpoints: kept.resumeFrom });
  expect(later.keys('activity')).toEqual(['e4']);
  expect(later.resumeFrom).toEqual({ activity: 'e4' });
});

test('a permission that is missing stops its streams, says which, and leaves the others', async () => {
  acme.refuse = (path) =>
    path.startsWith('/groups') ? { status: 403, body: { missing_permission: 'groups:read' } } : undefined;
  const kept = new Kept();
  await sync(kept);
  const message = 'The token lacks the permission groups:read. Add it in Acme: Settings > Tokens.';
  expect(kept.stopped).toEqual({ groups: message, memberships: `Not read, because groups could not be read: ${message}` });
  expect(kept.completed.toSorted()).toEqual(['activity', 'people']);
});

test('the test of the connection has a row for each permission', async () => {
  acme.refuse = (path) => (path === '/events' ? { status: 403, body: { missing_permission: 'events:read' } } : undefined);
  const http = createHttpFactory({ allowedHosts: ['127.0.0.1'], signal: new AbortController().signal, logger: SILENT });
  const report = await connector.testConnection({ ...context(), http: http.factory });
  await http.close();
  expect(report.checks.map(({ name, status, blocks }) => [name, status, blocks])).toEqual([
    ['permission people:read', 'ok', undefined],
    ['permission groups:read', 'ok', undefined],
    ['permission events:read', 'failed', 'stream'],
  ]);
});

async function* entriesOf(keys: readonly string[]) {
  for (const key of keys) yield { key, hint: undefined };
}
