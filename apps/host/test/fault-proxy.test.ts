import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { type Fault, FaultProxy } from './fault-proxy.js';

/** Answers each line with this, and closes. */
const ANSWER = Buffer.from('0123456789'.repeat(1_000));

let server: Server;
let proxy: FaultProxy;

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(ANSWER));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  proxy = await FaultProxy.before({ host: '127.0.0.1', port: address.port });
});
afterAll(async () => {
  await proxy.close();
  server.close();
});

interface Heard {
  readonly bytes: Buffer;
  readonly how: 'ended' | 'reset' | 'still open';
  readonly ms: number;
}

/** What a client hears within a time. */
async function ask(fault: Fault, patienceMs = 5_000): Promise<Heard> {
  proxy.set(fault);
  const began = performance.now();
  const client = connect({ host: '127.0.0.1', port: proxy.port });
  const chunks: Buffer[] = [];
  client.on('data', (bytes) => chunks.push(bytes));
  const how = new Promise<Heard['how']>((resolve) => {
    client.once('end', () => resolve('ended'));
    client.once('error', () => resolve('reset'));
    setTimeout(() => resolve('still open'), patienceMs).unref();
  });
  client.write('hello\n');
  const heard = { how: await how, bytes: Buffer.concat(chunks), ms: performance.now() - began };
  client.destroy();
  return heard;
}

test('passes on what comes, to its end', async () => {
  expect(await ask({ kind: 'pass' })).toMatchObject({ how: 'ended', bytes: ANSWER });
});

test('refuses', async () => {
  const { how, bytes } = await ask({ kind: 'refuse' });
  expect(how).toBe('reset');
  expect(bytes).toHaveLength(0);
});

test('resets after so many bytes', async () => {
  const { how, bytes } = await ask({ kind: 'reset', afterBytes: 100 });
  expect(how).toBe('reset');
  expect(bytes.length).toBeLessThanOrEqual(100);
});

test('ends an answer too soon, as if that were all', async () => {
  expect(await ask({ kind: 'truncate', afterBytes: 1_234 })).toMatchObject({ how: 'ended', bytes: ANSWER.subarray(0, 1_234) });
});

test('delays, and changes nothing', async () => {
  const { how, bytes, ms } = await ask({ kind: 'delay', ms: 150 });
  expect(how).toBe('ended');
  expect(bytes.equals(ANSWER)).toBe(true);
  // There and back.
  expect(ms).toBeGreaterThanOrEqual(290);
});

test('drips, byte by byte', async () => {
  const { how, bytes } = await ask({ kind: 'slow', afterBytes: 50, everyMs: 20 }, 500);
  expect(how).toBe('still open');
  expect(bytes.length).toBeGreaterThan(50);
  expect(bytes.length).toBeLessThan(90);
  expect(ANSWER.subarray(0, bytes.length).equals(bytes)).toBe(true);
});

test('falls silent, and stays', async () => {
  expect(await ask({ kind: 'silence', afterBytes: 50 }, 300)).toMatchObject({
    how: 'still open',
    bytes: ANSWER.subarray(0, 50),
  });
});

test('changes single bits, wherever the pieces are cut', async () => {
  const { bytes } = await ask({ kind: 'corrupt', eachBytes: 1_000 });
  const other = [...bytes].flatMap((byte, at) => (byte === ANSWER[at] ? [] : [at]));
  expect(bytes).toHaveLength(ANSWER.length);
  expect(other).toEqual([999, 1_999, 2_999, 3_999, 4_999, 5_999, 6_999, 7_999, 8_999, 9_999]);
});

test('cuts all that are open, and leaves those that come', async () => {
  proxy.set({ kind: 'silence', afterBytes: 0 });
  const clients = [0, 1, 2].map(() => connect({ host: '127.0.0.1', port: proxy.port }));
  const ends = clients.map((client) => {
    client.on('error', () => undefined);
    return new Promise((resolve) => client.once('close', resolve));
  });
  await Promise.all(clients.map((client) => once(client, 'connect')));
  while (proxy.open < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(proxy.cut()).toBe(3);
  await Promise.all(ends);
  expect(await ask({ kind: 'pass' })).toMatchObject({ how: 'ended', bytes: ANSWER });
});
