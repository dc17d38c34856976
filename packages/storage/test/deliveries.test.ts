import type pg from 'pg';
import {
  type Attempt,
  DEFAULT_WORKSPACE_ID,
  DeliveryLimitError,
  type DueDelivery,
  type NewWebhook,
  type Storage,
  type Webhook,
  WebhookLimitError,
} from '../src/index.js';
import { TestDatabases } from './fixtures/test-database.js';

const OTHER_WORKSPACE = '00000000-0000-4000-8000-0000000000bb';
const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const LIMITS = { most: 100, mostPerWebhook: 100, mostPerWorkspace: 100, leaseMs: 60_000 };
const FAILED: Attempt = {
  outcome: 'failed',
  retryAfterMs: 60_000,
  at: new Date(),
  ms: 12,
  status: 503,
  error: 'It answered 503.',
};

const databases = new TestDatabases();
let url: string;
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
  await client.query(`INSERT INTO workspaces (id, name) VALUES ($1, 'Other')`, [OTHER_WORKSPACE]);
}, 60_000);
afterAll(() => databases.close());

afterEach(() => client.query('TRUNCATE events, webhooks CASCADE'));

type PostedWebhook = Extract<NewWebhook, { readonly kind: 'http' }>;

function webhook(more: Partial<PostedWebhook> = {}, workspaceId = DEFAULT_WORKSPACE_ID): Promise<Webhook> {
  const input: PostedWebhook = {
    kind: 'http',
    url: 'https://hooks.example.com/a',
    mailTo: null,
    description: null,
    eventTypes: [],
    leastSeverity: null,
    format: 'castellan',
    template: null,
    isEnabled: true,
    ...more,
  };
  return storage.webhooks.create(workspaceId, input, SECRET);
}

function happens(workspaceId = DEFAULT_WORKSPACE_ID): Promise<string> {
  const status = { state: 'healthy', message: 'Everything was read.', next: null };
  const change = { integration: 'i', name: 'Acme', from: null, to: 'healthy', status };
  return storage.events.record(workspaceId, 'integration.status_changed', change);
}

async function due(limits = LIMITS): Promise<readonly DueDelivery[]> {
  await storage.events.dispatch(100);
  return storage.deliveries.claim(limits);
}

async function theOne(): Promise<DueDelivery> {
  const [one, ...more] = await due();
  if (one === undefined || more.length > 0) throw new Error('there is not exactly one delivery');
  return one;
}

describe('dispatch', () => {
  test('an event goes to the webhooks of its workspace that are on and want it', async () => {
    const all = await webhook();
    const wants = await webhook({ eventTypes: ['integration.status_changed'] });
    await webhook({ eventTypes: ['run.finished'] });
    await webhook({ isEnabled: false });
    const theirs = await webhook({}, OTHER_WORKSPACE);
    const event = await happens();
    const theirEvent = await happens(OTHER_WORKSPACE);
    const both = await due();
    const made = both.filter(({ workspaceId }) => workspaceId === DEFAULT_WORKSPACE_ID);
    const other = both.filter(({ workspaceId }) => workspaceId !== DEFAULT_WORKSPACE_ID);
    expect(other.map((delivery) => [delivery.webhookId, delivery.event.id])).toEqual([[theirs.id, theirEvent]]);
    expect(made.map(({ webhookId }) => webhookId).toSorted()).toEqual([all.id, wants.id].toSorted());
    expect(made.map((delivery) => delivery.event.id)).toEqual([event, event]);
    expect(made[0]?.event).toMatchObject({ type: 'integration.status_changed', data: { name: 'Acme', to: 'healthy' } });
    expect(await storage.events.dispatch(100)).toBe(0);
  });

  test('of events that have a severity a webhook gets those that are bad enough for it, and all others', async () => {
    const all = await webhook();
    const bad = await webhook({ leastSeverity: 4 });
    const worst = await webhook({ leastSeverity: 5 });
    await happens();
    const about = { incident: 'n', integration: 'i', name: 'Acme', rule: { id: 'r', title: 'R' }, confidence: 'low' } as const;
    const named = { rules: [], others: { first: [], count: 0 } };
    const when = { firstAt: '2026-11-27T06:00:00Z', lastAt: '2026-11-27T06:00:00Z', findings: 1 };
    for (const severity of ['low', 'high', 'critical'] as const)
      await storage.events.record(DEFAULT_WORKSPACE_ID, 'incident.opened', {
        ...about,
        ...when,
        ...named,
        severity,
        subject: { kind: 'account', key: 'ana', label: 'Ana' },
      });
    const made = await due();
    const severities = ({ id }: Webhook): readonly unknown[] =>
      made
        .filter(({ webhookId }) => webhookId === id)
        .map(({ event }) => ('severity' in event.data ? event.data.severity : event.type))
        .toSorted();
    const status = 'integration.status_changed';
    expect(severities(all)).toEqual(['critical', 'high', status, 'low']);
    expect(severities(bad)).toEqual(['critical', 'high', status]);
    expect(severities(worst)).toEqual(['critical', status]);
    expect((await storage.webhooks.update(DEFAULT_WORKSPACE_ID, worst.id, { leastSeverity: null }))?.leastSeverity).toBeNull();
  });

  test('four hosts at once make each delivery once, and claim it once', async () => {
    await webhook();
    const second = await webhook();
    for (let made = 0; made < 60; made += 1) await happens();
    const hosts = [storage, await databases.open(url), storage, await databases.open(url)];
    const dispatched = await Promise.all(hosts.map((host) => host.events.dispatch(25)));
    expect(dispatched.reduce((sum, count) => sum + count, 0)).toBe(60);
    const claims = await Promise.all(hosts.map((host) => host.deliveries.claim({ ...LIMITS, most: 60 })));
    const claimed = claims.flat().map(({ deliveryId }) => deliveryId);
    expect(new Set(claimed).size).toBe(claimed.length);
    const rest = await storage.deliveries.claim({ ...LIMITS, most: 200, mostPerWebhook: 200, mostPerWorkspace: 200 });
    expect(claimed.length + rest.length).toBe(120);
    expect([...claims.flat(), ...rest].filter(({ webhookId }) => webhookId === second.id)).toHaveLength(60);
  });

  test('a webhook has no more at work than it may, so that others have their turn', async () => {
    const slow = await webhook();
    for (let made = 0; made < 5; made += 1) await happens();
    await storage.events.dispatch(100);
    expect(await storage.deliveries.claim({ ...LIMITS, mostPerWebhook: 2 })).toHaveLength(2);
    const quick = await webhook();
    await happens();
    const next = await due({ ...LIMITS, mostPerWebhook: 2 });
    expect(next.map(({ webhookId }) => webhookId)).toEqual([quick.id]);
    expect(slow.id).not.toBe(quick.id);
  });

  test('a workspace has no more at work than it may, however many webhooks it has', async () => {
    for (let made = 0; made < 5; made += 1) await webhook();
    await happens();
    await happens();
    const limits = { ...LIMITS, mostPerWebhook: 4, mostPerWorkspace: 3 };
    const first = await due(limits);
    expect(first).toHaveLength(3);
    expect(await storage.deliveries.claim(limits)).toEqual([]);
    const theirs = await webhook({}, OTHER_WORKSPACE);
    await happens(OTHER_WORKSPACE);
    expect((await due(limits)).map(({ webhookId }) => webhookId)).toEqual([theirs.id]);
    for (const lease of first) await storage.deliveries.giveBack(lease);
    expect(await storage.deliveries.claim(limits)).toHaveLength(3);
  });

  test('where places are few, each workspace has its first before any has its second', async () => {
    const hook = await webhook();
    for (let made = 0; made < 6; made += 1) await happens();
    await storage.events.dispatch(100);
    const theirs = await webhook({}, OTHER_WORKSPACE);
    for (let made = 0; made < 2; made += 1) await happens(OTHER_WORKSPACE);
    const taken = await due({ ...LIMITS, most: 4 });
    const of = ({ id }: Webhook) => taken.filter(({ webhookId }) => webhookId === id).length;
    expect([of(hook), of(theirs)]).toEqual([2, 2]);
  });

  test('where more webhooks have something due than one claim looks at, those that are busy are not all it sees', async () => {
    await client.query(
      `INSERT INTO workspaces (id, name) SELECT gen_random_uuid(), 'One of many' FROM generate_series(1, 300)`,
    );
    const many = `FROM workspaces WHERE name = 'One of many'`;
    await client.query(`INSERT INTO webhooks (workspace_id, url) SELECT id, 'https://hooks.example.com/' ${many}`);
    for (let made = 0; made < 2; made += 1)
      await client.query(`INSERT INTO events (workspace_id, type, data) SELECT id, 'webhook.test', '{}' ${many}`);
    while ((await storage.events.dispatch(100)) > 0);
    const told = new Set<string>();
    for (let claims = 0; claims < 60 && told.size < 300; claims += 1)
      for (const { webhookId } of await storage.deliveries.claim({ ...LIMITS, mostPerWebhook: 1 })) told.add(webhookId);
    await client.query(`DELETE ${many}`);
    expect(told.size).toBe(300);
  });
});

describe('attempts', () => {
  test('one that fails is made again when its time has come, one that succeeds is not', async () => {
    const { id } = await webhook();
    await happens();
    const first = await theOne();
    expect(await storage.deliveries.record(first, FAILED)).toBe('pending');
    expect(await due()).toEqual([]);
    await client.query(`UPDATE deliveries SET next_attempt_at = next_attempt_at - interval '59 seconds'`);
    expect(await due()).toEqual([]);
    await client.query(`UPDATE deliveries SET next_attempt_at = next_attempt_at - interval '2 seconds'`);
    const again = await theOne();
    expect(again).toMatchObject({ deliveryId: first.deliveryId, attempts: 1 });
    const good: Attempt = { outcome: 'delivered', retryAfterMs: 0, at: new Date(), ms: 3, status: 204, error: null };
    expect(await storage.deliveries.record(again, good)).toBe('delivered');
    const { deliveries } = await storage.deliveryLog.list(DEFAULT_WORKSPACE_ID, { webhookId: id, limit: 10 });
    expect(deliveries).toHaveLength(1);
    expect(deliveries[0]).toMatchObject({
      state: 'delivered',
      nextAttemptAt: null,
      attempts: [
        { ms: 12, status: 503, error: 'It answered 503.' },
        { ms: 3, status: 204, error: null },
      ],
    });
  });

  test('the last one is made after 24 hours, then the delivery is dead', async () => {
    await webhook();
    await happens();
    const first = await theOne();
    await client.query(`UPDATE deliveries SET give_up_at = give_up_at - interval '23 hours 59 minutes 50 seconds'`);
    expect(await storage.deliveries.record(first, { ...FAILED, retryAfterMs: 3_600_000 })).toBe('pending');
    const { rows } = await client.query('SELECT next_attempt_at = give_up_at AS last FROM deliveries');
    expect(rows).toEqual([{ last: true }]);
    await client.query(`UPDATE deliveries SET give_up_at = now(), next_attempt_at = now()`);
    expect(await storage.deliveries.record(await theOne(), FAILED)).toBe('dead');
    await client.query(`UPDATE deliveries SET give_up_at = now() - interval '1 day'`);
    expect(await due()).toEqual([]);
  });

  test('a host that dies loses its delivery to another one, and cannot write any more', async () => {
    await webhook();
    await happens();
    await storage.events.dispatch(10);
    const [dead] = await storage.deliveries.claim({ ...LIMITS, leaseMs: 50 });
    if (dead === undefined) throw new Error('nothing was claimed');
    let taken: readonly DueDelivery[] = [];
    const end = Date.now() + 5_000;
    while (taken.length === 0 && Date.now() < end) taken = await storage.deliveries.claim(LIMITS);
    expect(taken.map(({ deliveryId }) => deliveryId)).toEqual([dead.deliveryId]);
    expect(await storage.deliveries.record(dead, { ...FAILED, outcome: 'delivered' })).toBe('lost');
    await storage.deliveries.giveBack(dead);
    expect(await storage.deliveries.claim(LIMITS)).toEqual([]);
    const { rows } = await client.query('SELECT state, attempts FROM deliveries');
    expect(rows).toEqual([{ state: 'pending', attempts: 0 }]);
  });

  test('one that is given back is made by another host at once', async () => {
    await webhook();
    await happens();
    await storage.deliveries.giveBack(await theOne());
    expect(await theOne()).toMatchObject({ attempts: 0 });
  });

  test('what waits for a webhook that is off waits a day for it', async () => {
    const { id } = await webhook();
    await happens();
    await storage.events.dispatch(10);
    await storage.webhooks.update(DEFAULT_WORKSPACE_ID, id, { isEnabled: false });
    expect(await storage.deliveries.claim(LIMITS)).toEqual([]);
    await storage.deliveries.giveUpDisabled();
    await storage.webhooks.update(DEFAULT_WORKSPACE_ID, id, { isEnabled: true });
    await storage.deliveries.giveBack(await theOne());
    await storage.webhooks.update(DEFAULT_WORKSPACE_ID, id, { isEnabled: false });
    await client.query(`UPDATE deliveries SET give_up_at = now()`);
    await storage.deliveries.giveUpDisabled();
    expect((await client.query('SELECT state FROM deliveries')).rows).toEqual([{ state: 'dead' }]);
  });

  test('a receiver that is gone switches its webhook off, unless the address was changed meanwhile', async () => {
    const { id } = await webhook();
    await happens();
    const delivery = await theOne();
    if (delivery.kind !== 'http') throw new Error('it is not posted');
    await storage.webhooks.update(DEFAULT_WORKSPACE_ID, id, { url: 'https://hooks.example.com/b' });
    expect(await storage.deliveries.disableGone(delivery)).toBe(false);
    await storage.webhooks.update(DEFAULT_WORKSPACE_ID, id, { url: delivery.url });
    expect(await storage.deliveries.disableGone(delivery)).toBe(true);
    expect(await storage.deliveries.disableGone(delivery)).toBe(false);
    expect(await storage.webhooks.get(DEFAULT_WORKSPACE_ID, id)).toMatchObject({ isEnabled: false, disabledReason: 'gone' });
    await storage.webhooks.update(DEFAULT_WORKSPACE_ID, id, { isEnabled: true });
    expect(await storage.webhooks.get(DEFAULT_WORKSPACE_ID, id)).toMatchObject({ isEnabled: true, disabledReason: null });
  });

  test('events and their deliveries are kept for 30 days', async () => {
    await webhook();
    const old = await happens();
    const young = await happens();
    await storage.events.dispatch(10);
    await client.query(`UPDATE events SET occurred_at = now() - interval '30 days 1 minute' WHERE id = $1`, [old]);
    await client.query(`UPDATE events SET occurred_at = now() - interval '29 days' WHERE id = $1`, [young]);
    expect(await storage.events.purge(10)).toBe(1);
    expect((await client.query('SELECT event_id FROM deliveries')).rows).toEqual([{ event_id: young }]);
  });
});

describe('secrets', () => {
  const second = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
  const third = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
  const opened = (id: string): Promise<readonly string[]> => storage.webhooks.openSecrets(DEFAULT_WORKSPACE_ID, id);

  test('after a rotation both sign for a day; another rotation ends the first at once', async () => {
    const { id } = await webhook();
    expect(await opened(id)).toEqual([SECRET]);
    const rotated = await storage.webhooks.rotateSecret(DEFAULT_WORKSPACE_ID, id, second);
    expect(await opened(id)).toEqual([second, SECRET]);
    const left = (rotated?.previousSecretUntil?.getTime() ?? 0) - Date.now();
    expect(Math.abs(left - 86_400_000)).toBeLessThan(60_000);
    await storage.webhooks.rotateSecret(DEFAULT_WORKSPACE_ID, id, third);
    expect(await opened(id)).toEqual([third, second]);
    await client.query(`UPDATE webhook_secrets SET expires_at = now() WHERE expires_at IS NOT NULL`);
    expect(await opened(id)).toEqual([third]);
    expect(await storage.webhooks.get(DEFAULT_WORKSPACE_ID, id)).toMatchObject({ previousSecretUntil: null });
    await storage.webhooks.forgetExpiredSecrets();
    expect((await client.query('SELECT version FROM webhook_secrets')).rows).toEqual([{ version: 3 }]);
    expect(await storage.webhooks.rotateSecret(OTHER_WORKSPACE, id, second)).toBeUndefined();
  });

  test('they lie sealed, and open for no other webhook, workspace or version', async () => {
    const one = await webhook();
    const other = await webhook({}, OTHER_WORKSPACE);
    const { rows } = await client.query<{ readonly all: string }>(
      `SELECT encode(ciphertext || wrapped_key, 'hex') AS all FROM webhook_secrets`,
    );
    for (const { all } of rows) expect(all).not.toContain(Buffer.from(SECRET.slice(0, 20)).toString('hex'));
    await expect(storage.webhooks.openSecrets(OTHER_WORKSPACE, one.id)).rejects.toThrow(/cannot be opened/);
    await client.query(
      `UPDATE webhook_secrets t SET wrapped_key = s.wrapped_key, iv = s.iv, ciphertext = s.ciphertext, tag = s.tag
       FROM webhook_secrets s WHERE s.webhook_id = $1 AND t.webhook_id = $2`,
      [one.id, other.id],
    );
    await expect(storage.webhooks.openSecrets(OTHER_WORKSPACE, other.id)).rejects.toThrow(/cannot be opened/);
    await client.query(`UPDATE webhook_secrets SET version = 2 WHERE webhook_id = $1`, [one.id]);
    await expect(opened(one.id)).rejects.toThrow(/cannot be opened/);
  });
});

test('a workspace has at most 20 webhooks, also when many are made at once', async () => {
  const made = await Promise.allSettled(Array.from({ length: 23 }, () => webhook()));
  const refused = made.filter((one) => one.status === 'rejected');
  expect(refused.map(({ reason }) => reason instanceof WebhookLimitError)).toEqual([true, true, true]);
  expect(await storage.webhooks.list(DEFAULT_WORKSPACE_ID)).toHaveLength(20);
  await webhook({}, OTHER_WORKSPACE);
});

test('a webhook has at most 20 tests and redeliveries on their way, also when many are asked for at once', async () => {
  const { id } = await webhook();
  const ask = () => storage.deliveryLog.test(DEFAULT_WORKSPACE_ID, id, { webhook: id, message: '' });
  const made = await Promise.allSettled(Array.from({ length: 22 }, ask));
  const refused = made.filter((one) => one.status === 'rejected');
  expect(refused.map(({ reason }) => reason instanceof DeliveryLimitError)).toEqual([true, true]);
  const { deliveries } = await storage.deliveryLog.list(DEFAULT_WORKSPACE_ID, { webhookId: id, limit: 100 });
  expect(deliveries).toHaveLength(20);
  const [one] = deliveries;
  if (one === undefined) throw new Error('there is no delivery');
  await expect(storage.deliveryLog.redeliver(one)).rejects.toThrow(DeliveryLimitError);
  // What happens by itself is not counted, and what is over makes room.
  await happens();
  expect(await storage.events.dispatch(10)).toBe(1);
  await client.query(`UPDATE deliveries SET state = 'delivered', next_attempt_at = NULL WHERE id = $1`, [one.id]);
  await storage.deliveryLog.redeliver(one);
});

test('what belongs to another workspace is not there', async () => {
  const { id } = await webhook();
  await storage.deliveryLog.test(DEFAULT_WORKSPACE_ID, id, { webhook: id, message: '' });
  const { deliveries } = await storage.deliveryLog.list(DEFAULT_WORKSPACE_ID, { webhookId: id, limit: 10 });
  expect(deliveries.map(({ event, cause }) => [event.type, cause])).toEqual([['webhook.test', 'test']]);
  expect(await storage.webhooks.get(OTHER_WORKSPACE, id)).toBeUndefined();
  expect(await storage.webhooks.update(OTHER_WORKSPACE, id, { isEnabled: false })).toBeUndefined();
  expect(await storage.webhooks.delete(OTHER_WORKSPACE, id)).toBe(false);
  expect((await storage.deliveryLog.list(OTHER_WORKSPACE, { webhookId: id, limit: 10 })).deliveries).toEqual([]);
  expect(await storage.deliveryLog.get(OTHER_WORKSPACE, id, deliveries[0]?.id ?? '')).toBeUndefined();
  expect(await storage.webhooks.get(DEFAULT_WORKSPACE_ID, id)).toMatchObject({ isEnabled: true });
});
