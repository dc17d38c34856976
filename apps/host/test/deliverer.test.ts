import { mkdirSync } from 'node:fs';
import type { LookupAddress } from 'node:dns';
import { join } from 'node:path';
import type { Delivery, Storage, Webhook } from '@castellan/storage';
import { Webhook as Verifier } from 'standardwebhooks';
import type { Deliverer, DelivererOptions } from '../src/webhooks/deliverer.js';
import { newSigningSecret, signedHeaders } from '../src/webhooks/signing-secret.js';
import { temporaryFolder, until } from './host-harness.js';
import { HostProcess } from './host-process.js';
import { loadDeliverer, loadStorage } from './loaded-once.js';
import { KEY, newWebhook, Receiver, SharedDatabase, signedBy } from './webhook-harness.js';

const { DEFAULT_WORKSPACE_ID } = await loadStorage();
// With the storage that it is given: else its errors would be of other classes.
const delivering = await loadDeliverer();

const folder = temporaryFolder();
const secret = newSigningSecret();
const open: { close(): Promise<void> }[] = [];
let database: SharedDatabase;
let storage: Storage;
let receiver: Receiver;

beforeAll(async () => {
  database = await SharedDatabase.start();
  storage = await database.open();
}, 60_000);
afterAll(() => database.close(), 30_000);

beforeEach(async () => {
  receiver = await newReceiver();
});
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
  await database.empty();
});

async function newReceiver(): Promise<Receiver> {
  const made = await Receiver.start();
  open.push(made);
  return made;
}

function newDeliverer(options: Partial<DelivererOptions> = {}): Deliverer {
  const log = { debug: () => undefined, warn: () => undefined };
  const deliverer = new delivering.Deliverer({ storage, log, allowedHosts: ['127.0.0.1'], retryDelay: () => 5, ...options });
  open.push({ close: () => deliverer.stop() });
  return deliverer;
}

function happens(name = 'Okta'): Promise<string> {
  const status = { state: 'healthy', message: 'Everything was read.', next: null };
  const change = { integration: 'i1', name, from: 'syncing', to: 'healthy', status };
  return storage.events.record(DEFAULT_WORKSPACE_ID, 'integration.status_changed', change);
}

/** As the ticks do it, until the condition holds. */
async function deliver(deliverers: readonly Deliverer[], done: () => boolean | Promise<boolean>): Promise<void> {
  await until(async () => {
    for (const deliverer of deliverers) {
      await storage.events.dispatch(50);
      await deliverer.fill();
    }
    return done();
  });
}

async function deliveriesOf({ id }: Webhook): Promise<readonly Delivery[]> {
  return (await storage.deliveryLog.list(DEFAULT_WORKSPACE_ID, { webhookId: id, limit: 100 })).deliveries;
}

const isOver = (webhook: Webhook) => async (): Promise<boolean> => {
  const deliveries = await deliveriesOf(webhook);
  return deliveries.length > 0 && deliveries.every(({ state }) => state !== 'pending');
};
const attempted = (webhook: Webhook) => async (): Promise<boolean> => {
  const [delivery] = await deliveriesOf(webhook);
  return delivery !== undefined && delivery.attempts.length > 0;
};

describe('signatures, judged by the library of Standard Webhooks', () => {
  test('X33: a delivery is accepted; changed, late or signed by somebody else it is refused', async () => {
    const webhook = await newWebhook(storage, receiver.url, secret);
    const event = await happens('Zoë & Søn');
    await deliver([newDeliverer()], isOver(webhook));
    const [got] = receiver.received;
    if (got === undefined) throw new Error('nothing came');
    const verifier = new Verifier(secret);
    expect(verifier.verify(got.body, signedBy(got))).toMatchObject({
      type: 'integration.status_changed',
      data: { integration: 'i1', name: 'Zoë & Søn', from: 'syncing', to: 'healthy' },
    });
    expect(got.headers).toMatchObject({ 'webhook-id': `evt_${event}`, 'content-type': 'application/json' });
    expect(() => verifier.verify(got.body.replace('healthy', 'wealthy'), signedBy(got))).toThrow('No matching signature');
    expect(() => verifier.verify(got.body, { ...signedBy(got), 'webhook-id': 'evt_other' })).toThrow('No matching signature');
    expect(() => new Verifier(newSigningSecret()).verify(got.body, signedBy(got))).toThrow('No matching signature');
    // What was recorded six minutes ago is refused, and so is it under a new date.
    const old = signedHeaders({ id: 'evt_1', at: new Date(Date.now() - 360_000), body: got.body }, [secret]);
    expect(() => verifier.verify(got.body, { ...old })).toThrow('too old');
    const redated = { ...old, 'webhook-timestamp': String(Math.floor(Date.now() / 1000)) };
    expect(() => verifier.verify(got.body, redated)).toThrow('No matching signature');
  });

  test('X33: during a rotation both secrets are good, afterwards the new one alone', async () => {
    const webhook = await newWebhook(storage, receiver.url, secret);
    const renewed = newSigningSecret();
    await storage.webhooks.rotateSecret(DEFAULT_WORKSPACE_ID, webhook.id, renewed);
    const deliverer = newDeliverer();
    await happens();
    await deliver([deliverer], () => receiver.received.length === 1);
    await database.client.query('UPDATE webhook_secrets SET expires_at = now() WHERE expires_at IS NOT NULL');
    await happens();
    await deliver([deliverer], () => receiver.received.length === 2);
    const [during, after] = receiver.received;
    if (during === undefined || after === undefined) throw new Error('nothing came');
    for (const one of [secret, renewed]) new Verifier(one).verify(during.body, signedBy(during));
    new Verifier(renewed).verify(after.body, signedBy(after));
    expect(() => new Verifier(secret).verify(after.body, signedBy(after))).toThrow('No matching signature');
  });
});

test('a failed delivery is tried again under its id, with its body and a signature of its own time', async () => {
  const statuses = [500, 429, 200];
  const asked: (readonly [failures: number, askedMs: number])[] = [];
  receiver.answer = (response) => {
    const status = statuses.shift() ?? 500;
    response.writeHead(status, status === 429 ? { 'retry-after': '30' } : {}).end('not kept');
  };
  const webhook = await newWebhook(storage, receiver.url, secret);
  await happens();
  await deliver([newDeliverer({ retryDelay: (...given) => (asked.push(given), 5) })], isOver(webhook));
  expect(asked.slice(0, 2)).toEqual([
    [1, 0],
    [2, 30_000],
  ]);
  const [delivery] = await deliveriesOf(webhook);
  expect(delivery?.state).toBe('delivered');
  expect(delivery?.attempts.map(({ status, error }) => [status, error])).toEqual([
    [500, 'It answered 500.'],
    [429, 'It answered 429.'],
    [200, null],
  ]);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  for (const got of receiver.received) new Verifier(secret).verify(got.body, signedBy(got));
});

test('after 24 hours the last attempt is made and the delivery is dead', async () => {
  receiver.answer = (response) => void response.writeHead(503).end();
  const webhook = await newWebhook(storage, receiver.url, secret);
  await happens();
  await deliver([newDeliverer({ retryDelay: () => 3_600_000 })], attempted(webhook));
  await database.client.query(`UPDATE deliveries SET give_up_at = now(), next_attempt_at = now()`);
  await deliver([newDeliverer({ retryDelay: () => 3_600_000 })], isOver(webhook));
  const [delivery] = await deliveriesOf(webhook);
  expect(delivery).toMatchObject({ state: 'dead', nextAttemptAt: null });
  expect(receiver.received).toHaveLength(2);
});

test('two hosts on one database deliver 200 events once each', async () => {
  const webhook = await newWebhook(storage, receiver.url, secret);
  const second = await database.open();
  const hosts = [newDeliverer(), newDeliverer({ storage: second })];
  for (let made = 0; made < 200; made += 1) await happens(`Okta ${made}`);
  await deliver(hosts, () => receiver.received.length >= 200);
  await Promise.all(hosts.map((host) => host.stop()));
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(200);
  expect(new Set(ids).size).toBe(200);
  const { rows } = await database.client.query('SELECT state, attempts, count(*)::int FROM deliveries GROUP BY 1, 2');
  expect(rows).toEqual([{ state: 'delivered', attempts: 1, count: 200 }]);
  expect(webhook.isEnabled).toBe(true);
});

test('a host that is killed in the middle of a delivery loses it to another', async () => {
  let held = 0;
  receiver.answer = () => (held += 1);
  const webhook = await newWebhook(storage, receiver.url, secret);
  mkdirSync(join(folder, 'host'));
  const host = new HostProcess({
    DATABASE_URL: database.url,
    CASTELLAN_KEY: KEY,
    CASTELLAN_DATA_DIR: join(folder, 'host'),
  });
  try {
    await happens();
    await until(() => held === 1, 40_000);
  } finally {
    await host.end('SIGKILL');
  }
  receiver.answer = (response) => void response.writeHead(204).end();
  const other = newDeliverer();
  await other.fill();
  const { rows } = await database.client.query(`SELECT lease_until > now() AS leased, attempts FROM deliveries`);
  expect(rows).toEqual([{ leased: true, attempts: 0 }]);
  // Half a minute later.
  await database.client.query('UPDATE deliveries SET lease_until = now()');
  await deliver([other], isOver(webhook));
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
}, 60_000);

test('a stop lets go at once and gives back what was under way', async () => {
  receiver.answer = () => undefined;
  const webhook = await newWebhook(storage, receiver.url, secret);
  await happens();
  const deliverer = newDeliverer();
  await deliver([deliverer], () => receiver.received.length === 1);
  const began = performance.now();
  await deliverer.stop();
  expect(performance.now() - began).toBeLessThan(5_000);
  const { rows } = await database.client.query('SELECT state, lease_until, attempts FROM deliveries');
  expect(rows).toEqual([{ state: 'pending', lease_until: null, attempts: 0 }]);
  receiver.answer = (response) => void response.writeHead(204).end();
  await deliver([newDeliverer()], isOver(webhook));
});

test('a receiver that never answers holds up nobody else', async () => {
  const slow = await newReceiver();
  slow.answer = () => undefined;
  await newWebhook(storage, slow.url, secret);
  for (let made = 0; made < 40; made += 1) await happens();
  const deliverer = newDeliverer();
  await deliver([deliverer], () => slow.received.length === 4);
  const quick = await newWebhook(storage, receiver.url, secret);
  const began = performance.now();
  await happens();
  await deliver([deliverer], isOver(quick));
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(slow.received).toHaveLength(4);
});

test('many slow receivers of one workspace hold up no other', async () => {
  const slow = await newReceiver();
  slow.answer = () => undefined;
  for (let made = 0; made < 10; made += 1) await newWebhook(storage, slow.url, secret);
  for (let made = 0; made < 4; made += 1) await happens();
  const deliverer = newDeliverer();
  await deliver([deliverer], () => slow.received.length === 8);
  const { rows } = await database.client.query<{ readonly id: string }>(
    `INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), 'Other') RETURNING id`,
  );
  const other = rows[0]?.id ?? '';
  await newWebhook(storage, receiver.url, secret, other);
  await storage.events.record(other, 'webhook.test', { webhook: '', message: '' });
  await deliver([deliverer], () => receiver.received.length === 1);
  expect(slow.received).toHaveLength(8);
});

describe('where a delivery must not go', () => {
  test('410 switches the webhook off, and the audit log says who did it', async () => {
    receiver.answer = (response) => void response.writeHead(410).end();
    const webhook = await newWebhook(storage, receiver.url, secret);
    await happens();
    await deliver([newDeliverer()], isOver(webhook));
    expect(await storage.webhooks.get(DEFAULT_WORKSPACE_ID, webhook.id)).toMatchObject({
      isEnabled: false,
      disabledReason: 'gone',
    });
    expect((await deliveriesOf(webhook))[0]).toMatchObject({ state: 'dead', attempts: [{ status: 410 }] });
    const { rows } = await database.client.query(`SELECT actor->>'kind' AS actor, target->>'id' AS id, after FROM audit_log
      WHERE action = 'webhook.disable'`);
    expect(rows).toEqual([{ actor: 'host', id: webhook.id, after: { isEnabled: false, disabledReason: 'gone' } }]);
    await happens();
    await storage.events.dispatch(10);
    expect(await deliveriesOf(webhook)).toHaveLength(1);
  });

  test('X8: a redirect is a failed attempt, and nobody goes where it leads', async () => {
    const target = await newReceiver();
    receiver.answer = (response) => void response.writeHead(307, { location: target.url }).end();
    const webhook = await newWebhook(storage, receiver.url, secret);
    await happens();
    await deliver([newDeliverer({ retryDelay: () => 3_600_000 })], attempted(webhook));
    expect((await deliveriesOf(webhook))[0]?.attempts[0]?.error).toMatch(/^It answered 307: redirects are not followed/);
    expect(target.connections).toBe(0);
  });

  const inward = (port: number): readonly string[] => [
    `https://127.0.0.1:${port}/`,
    `https://169.254.169.254:${port}/`,
    `https://[::ffff:127.0.0.1]:${port}/`,
    `https://localhost:${port}/`,
    `https://hooks.example.com:${port}/`,
    `http://127.0.0.1:${port}/`,
  ];

  test('X5: private addresses get no connection, however they are spelled or found', async () => {
    const found: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];
    const deliverer = newDeliverer({
      allowedHosts: [],
      retryDelay: () => 3_600_000,
      resolve: (_name, _options, callback) => callback(null, found),
    });
    const webhooks: Webhook[] = [];
    for (const url of inward(receiver.port)) webhooks.push(await newWebhook(storage, url, secret));
    await happens();
    await deliver([deliverer], async () => (await Promise.all(webhooks.map((webhook) => attempted(webhook)()))).every(Boolean));
    for (const webhook of webhooks) {
      const error = (await deliveriesOf(webhook))[0]?.attempts[0]?.error;
      expect(error).toMatch(/is not an address on the public Internet|must be reached over https/);
    }
    expect(receiver.connections).toBe(0);
  });
});
