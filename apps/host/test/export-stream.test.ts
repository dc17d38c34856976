import type { Response } from 'express';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExportStream } from '../src/exports/export-stream.js';
import { until } from './until.js';

const notes: [string, unknown][] = [];
const log = {
  debug: () => undefined,
  info: () => undefined,
  error: () => undefined,
  warn: (...said: [string, unknown?]) => void notes.push([said[0], said[1]]),
};
const LIMITS = { lines: 1_000, patienceMs: 60_000 };
/** 64 kB: a few are more than two sockets hold. */
const BATCH = Array.from({ length: 64 }, () => 'x'.repeat(1_024));

let server: Server;
let serve: (response: ServerResponse) => Promise<void>;
beforeEach(async () => {
  notes.length = 0;
  server = createServer((_, response) => void serve(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function ask(): Promise<IncomingMessage> {
  // Of a TCP server that listens.
  const asked = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  asked.end();
  return new Promise((resolve, reject) => asked.on('response', resolve).on('error', reject));
}

/** Batches as they are asked for, `made` of them so far. */
function source(most: number): { made: number; ended: boolean; batches(): AsyncGenerator<readonly string[]> } {
  return {
    made: 0,
    ended: false,
    async *batches() {
      try {
        for (; this.made < most; this.made += 1) yield BATCH;
      } finally {
        this.ended = true;
      }
    },
  };
}

// Express's response is one of Node's, and nothing else of it is used.
const streamOf = (response: ServerResponse, limits = LIMITS) => new ExportStream(response as Response, log, limits);

test('all lines arrive', async () => {
  const from = source(3);
  serve = (response) => streamOf(response).send(from.batches());
  const answer = await ask();
  let length = 0;
  for await (const part of answer) length += Buffer.from(part).length;
  expect(length).toBe(3 * 64 * 1_024);
  expect([from.ended, notes]).toEqual([true, []]);
});

test('no more is asked for than is taken, and nothing once the other side has gone', async () => {
  const from = source(100_000);
  let isOver = false;
  serve = (response) =>
    streamOf(response, { ...LIMITS, lines: 1e9 })
      .send(from.batches())
      .finally(() => (isOver = true));
  const answer = await ask();
  let seen = -1;
  // It stands still when what the sockets hold is full.
  await until(async () => {
    const stands = from.made > 0 && from.made === seen;
    seen = from.made;
    return stands;
  });
  expect(from.made).toBeLessThan(1_000);
  answer.destroy();
  await until(async () => isOver);
  expect([from.ended, from.made < 1_100, notes]).toEqual([true, true, []]);
});

test('whoever takes nothing for long is left', async () => {
  const from = source(100_000);
  serve = (response) => streamOf(response, { lines: 1e9, patienceMs: 50 }).send(from.batches());
  const answer = await ask();
  await until(async () => from.ended);
  expect(notes).toEqual([['an export broke off', expect.objectContaining({ lines: expect.any(Number) })]]);
  answer.destroy();
});

test.each<[string, () => AsyncIterable<readonly string[]>]>([
  ['more rows than there may be', () => source(100).batches()],
  [
    'an error on the way',
    async function* () {
      yield ['header\r\n'];
      yield BATCH;
      throw new Error('the database has gone');
    },
  ],
])('%s: the download fails instead of looking whole', async (_, batches) => {
  serve = (response) => streamOf(response).send(batches());
  const answer = await ask();
  const read = (async () => {
    for await (const part of answer) expect(part).toBeDefined();
  })();
  await expect(read).rejects.toThrow('aborted');
  expect(notes).toHaveLength(1);
});
