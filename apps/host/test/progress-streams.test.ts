import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Caller } from '../src/callers/caller.js';
import type { IntegrationOverview } from '../src/integrations/integration-views.js';
import { Problem } from '../src/problems/problem.js';
import { ProgressPoll } from '../src/progress/progress-poll.js';
import { ProgressStreams } from '../src/progress/progress-streams.js';
import { EventReader } from './event-reader.js';
import { until } from './host-harness.js';

// The streams over real sockets, with a database and callers that the test decides over.

/** Counts who asks. */
class Rows {
  looks: string[] = [];
  overview: readonly IntegrationOverview[] = [];
  isAway = false;

  async overviews(workspaceId: string): Promise<readonly IntegrationOverview[]> {
    this.looks.push(workspaceId);
    if (this.isAway) throw new Error('database away');
    return this.overview;
  }
  atOnce = <T>(work: () => Promise<T>): Promise<T> => work();
  liveRuns = async () => [];
  lastListed = async () => [];
}

const readers: EventReader[] = [];
const warnings: string[] = [];
let rows: Rows;
let isValid: (caller: Caller) => Promise<boolean>;
let streams: ProgressStreams;
let server: Server;
let responses: ServerResponse[];

function callerOf(request: IncomingMessage): Caller {
  const name = String(request.headers['x-caller'] ?? 'ana');
  const workspaceId = String(request.headers['x-workspace'] ?? 'acme');
  const address = '127.0.0.1';
  return { kind: 'user', id: name, name, workspaceId, permissions: new Set(), userId: name, sessionId: `${name}'s`, address };
}

beforeEach(async () => {
  rows = new Rows();
  responses = [];
  isValid = async () => true;
  const poll = new ProgressPoll(rows, { debug: () => undefined, warn: (message) => void warnings.push(message) });
  streams = new ProgressStreams(poll, { isStillValid: (caller) => isValid(caller) }, new AbortController().signal);
  server = createServer((request, response) => {
    responses.push(response);
    try {
      streams.open(callerOf(request), request, response);
    } catch (error) {
      response.writeHead(error instanceof Problem ? error.body.status : 500).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await streams.onModuleDestroy();
  server.closeAllConnections();
  server.close();
});

async function watch(caller = 'ana', workspace = 'acme'): Promise<EventReader> {
  // Of a server that listens.
  const { port } = server.address() as AddressInfo;
  const reader = await EventReader.open(`http://127.0.0.1:${port}/`, { 'x-caller': caller, 'x-workspace': workspace });
  readers.push(reader);
  return reader;
}

function integration(id: string, message: string): IntegrationOverview {
  return { id, name: id, status: { state: 'healthy', message, next: null }, streams: [] };
}

test('any number of clients of a workspace share one look at it, and without clients nobody looks', async () => {
  rows.overview = [integration('a', '')];
  await Promise.all(['ana', 'ben', 'eve'].map((caller) => watch(caller)));
  await Promise.all(readers.map((reader) => reader.untilEvent('integration')));
  const before = rows.looks.length;
  const began = performance.now();
  await until(() => rows.looks.length >= before + 2);
  // Each client of its own would have been six looks in that time.
  expect(performance.now() - began).toBeGreaterThan(1_400);
  // Nothing has changed in the meantime.
  for (const reader of readers) expect(reader.named('integration')).toHaveLength(1);
  for (const reader of readers) reader.close();
  await until(() => responses.every((response) => response.destroyed));
  const last = rows.looks.length;
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  expect(rows.looks.length - last).toBeLessThanOrEqual(1);
});

test('who comes into another workspace sees that one alone', async () => {
  rows.overview = [integration('a', '')];
  const overviews = rows.overviews.bind(rows);
  rows.overviews = async (workspaceId) => (workspaceId === 'acme' ? overviews(workspaceId) : []);
  const [mine, theirs] = [await watch('ana', 'acme'), await watch('eve', 'other')];
  await Promise.all([mine.untilEvent('integration'), theirs.untilEvent('present')]);
  expect(theirs.events.map(({ name, data }) => [name, data])).toEqual([['present', { integrations: [] }]]);
});

test('a workspace that takes long to read delays none of the others', async () => {
  let letGo = (): void => undefined;
  const slow = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const overviews = rows.overviews.bind(rows);
  let atOnce = 0;
  let most = 0;
  rows.overviews = async (workspaceId) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    if (workspaceId === 'slow') await slow;
    const read = await overviews(workspaceId);
    await new Promise((resolve) => setTimeout(resolve, 20));
    atOnce -= 1;
    return read;
  };
  const stuck = await watch('sam', 'slow');
  await until(() => atOnce === 1);
  const began = performance.now();
  const others = await Promise.all(['acme', 'globex', 'initech'].map((workspace) => watch('ana', workspace)));
  await Promise.all(others.map((reader) => reader.untilEvent('present')));
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(stuck.events).toEqual([]);
  // Who comes to it meanwhile begins no second look at it.
  const late = await watch('sue', 'slow');
  await until(() => rows.looks.length >= 6);
  letGo();
  await Promise.all([stuck.untilEvent('present'), late.untilEvent('present')]);
  expect(most).toBe(2);
});

test('a workspace has two hundred streams at most, and another one has room', async () => {
  for (let n = 0; n < 200; n += 1) expect((await watch(`user ${n % 20}`)).status).toBe(200);
  expect((await watch('one more')).status).toBe(429);
  expect((await watch('eve', 'other')).status).toBe(200);
}, 20_000);

test('X38: a stream ends within 5 seconds after its caller is no longer valid, and those of others stay', async () => {
  const [ana, again, ben] = [await watch('ana'), await watch('ana'), await watch('ben')];
  await Promise.all(readers.map((reader) => reader.untilEvent('present')));
  const asked: string[] = [];
  isValid = async ({ id }) => {
    asked.push(id);
    return id !== 'ana';
  };
  const signedOut = performance.now();
  await until(() => ana.isClosed && again.isClosed);
  expect(performance.now() - signedOut).toBeLessThan(5_000);
  for (const reader of [ana, again])
    expect(reader.events.at(-1)).toMatchObject({ name: 'end', data: { reason: 'signed_out' } });
  expect(ben.isClosed).toBe(false);
  // Once for all streams of a caller.
  expect(asked.filter((id) => id === 'ana')).toEqual(['ana']);
});

test.each([
  ['fails', async () => Promise.reject(new Error('database away'))],
  ['does not come', () => new Promise<boolean>(() => undefined)],
])('X38: where the answer about a caller %s, his stream ends as well, but he may try again', async (_, answer) => {
  const reader = await watch();
  await reader.untilEvent('present');
  isValid = answer;
  const began = performance.now();
  await until(() => reader.isClosed);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(reader.named('end')).toEqual([]);
});

test('a database that is away is said once, and the streams go on when it is back', async () => {
  warnings.length = 0;
  rows.isAway = true;
  const reader = await watch();
  await until(() => rows.looks.length >= 2);
  expect(warnings).toEqual(['progress not read']);
  rows.isAway = false;
  await reader.untilEvent('present');
});

describe('a client that does not read', () => {
  let socket: Socket;

  beforeEach(async () => {
    // Of a server that listens.
    const { port } = server.address() as AddressInfo;
    socket = connect({ port, host: '127.0.0.1' });
    await once(socket, 'connect');
    socket.on('error', () => undefined);
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await until(() => responses.length === 1);
  });
  afterEach(() => socket.destroy());

  test('costs no more than what it was sent last, misses states in between, and gets the last one', async () => {
    const other = await watch('ben');
    let number = 0;
    // 200 integrations of 50 kB that change with each look: 10 MB each, more than sockets hold.
    rows.overviews = async () => {
      number += 1;
      return Array.from({ length: 200 }, (_, at) => integration(`i${at}`, `${'x'.repeat(50_000)} ${number}`));
    };
    const [response] = responses;
    await until(() => number >= 4);
    expect(response?.writableNeedDrain).toBe(true);
    expect(response?.writableLength).toBeLessThan(200_000);
    expect(other.isClosed).toBe(false);

    rows.overviews = async () => [integration('i0', 'the last state')];
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text = (text + chunk).slice(-10_000);
    });
    socket.resume();
    await until(() => text.includes('the last state'));
  }, 30_000);

  test('does not hold up its own end', async () => {
    rows.overviews = async () => Array.from({ length: 200 }, (_, at) => integration(`i${at}`, 'x'.repeat(50_000)));
    const [response] = responses;
    await until(() => response?.writableNeedDrain === true);
    isValid = async () => false;
    const began = performance.now();
    await until(() => response?.destroyed === true);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

test('a host that is being stopped takes no new streams', async () => {
  await streams.onModuleDestroy();
  const reader = await watch();
  expect(reader.status).toBe(503);
});
