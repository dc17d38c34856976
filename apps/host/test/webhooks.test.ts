import type { DeliveryView, EventTypeView, ProblemBody, WebhookView, WebhookWithSecret } from '@castellan/api';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Storage } from '@castellan/storage';
import { Webhook as Verifier } from 'standardwebhooks';
import { newSigningSecret } from '../src/webhooks/signing-secret.js';
import { lastRunOf, settingsFor, temporaryFolder, TestHost, until } from './host-harness.js';
import { loadStorage } from './loaded-once.js';
import { KEY, newWebhook, Receiver, type Received, SharedDatabase, signedBy } from './webhook-harness.js';
import { type Simulator, startSimulator } from './simulator.js';

const { EVENT_TYPES } = await loadStorage();

const OTHER_WORKSPACE = '00000000-0000-4000-8000-0000000000bb';
const NOBODY = '00000000-0000-4000-8000-0000000000cc';

const folder = temporaryFolder();
let database: SharedDatabase;
let storage: Storage;
let host: TestHost;
let receiver: Receiver;

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  database = await SharedDatabase.start();
  storage = await database.open();
  await database.client.query(`INSERT INTO workspaces (id, name) VALUES ($1, 'Other')`, [OTHER_WORKSPACE]);
  host = await TestHost.start(settingsFor(join(folder, 'host'), { databaseUrl: database.url, key: KEY }));
}, 60_000);

afterAll(async () => {
  await host.close();
  await database.close();
}, 30_000);

beforeEach(async () => {
  receiver = await Receiver.start();
});
afterEach(async () => {
  await receiver.close();
  await database.empty();
});

async function create(more: object = {}): Promise<WebhookWithSecret> {
  const { status, body } = await host.api.post<WebhookWithSecret>('/webhooks', { url: receiver.url, ...more });
  if (status !== 201) throw new Error(`not created: ${status} ${JSON.stringify(body)}`);
  return body;
}

async function deliveries(id: string, query = ''): Promise<readonly DeliveryView[]> {
  const { body } = await host.api.get<{ readonly items: readonly DeliveryView[] }>(`/webhooks/${id}/deliveries${query}`);
  return body.items;
}

async function audited(): Promise<readonly { readonly action: string; readonly text: string }[]> {
  const { rows } = await database.client.query<{ readonly action: string; readonly text: string }>(
    `SELECT action, to_jsonb(audit_log)::text AS text FROM audit_log WHERE action LIKE 'webhook.%' ORDER BY seq`,
  );
  return rows;
}

describe('the life of a webhook', () => {
  test('X1: its secret is shown by the answers that make it, and nowhere else', async () => {
    const created = await create({ description: 'Tickets', eventTypes: ['run.finished'], leastSeverity: 'medium' });
    expect(created.signingSecret).toMatch(/^whsec_/);
    expect(Buffer.from(created.signingSecret.slice(6), 'base64')).toHaveLength(32);
    const { signingSecret, ...view } = created;
    expect(view).toMatchObject({
      url: receiver.url,
      description: 'Tickets',
      eventTypes: ['run.finished'],
      leastSeverity: 'medium',
      isEnabled: true,
      disabledReason: null,
      secret: { isSet: true, previousUntil: null },
    });
    const path = `/webhooks/${created.id}`;
    expect((await host.api.get<WebhookView>(path)).body).toEqual(view);
    const patch = { description: null, eventTypes: [], leastSeverity: null, isEnabled: false };
    const changed = await host.api.ask<WebhookView>('PATCH', path, patch);
    expect(changed.body).toEqual({ ...view, ...patch, updatedAt: changed.body.updatedAt });
    await host.api.ask('PATCH', path, { isEnabled: true });
    const rotated = await host.api.post<WebhookWithSecret>(`${path}/secret`);
    expect(rotated.status).toBe(200);
    expect(rotated.body.signingSecret).not.toBe(signingSecret);
    expect(rotated.body.secret?.previousUntil).toEqual(expect.any(String));
    await host.api.post(`${path}/test`);
    await until(async () => (await deliveries(created.id))[0]?.state === 'delivered');
    const [delivery] = await deliveries(created.id);
    await host.api.post(`${path}/deliveries/${delivery?.id}/redeliver`);
    const list = await host.api.get<{ readonly items: readonly WebhookView[] }>('/webhooks');
    expect(list.body.items.map(({ id }) => id)).toEqual([created.id]);
    expect((await host.api.ask('DELETE', path)).status).toBe(204);
    expect((await host.api.get(path)).status).toBe(404);
    const rows = await audited();
    expect(rows.map(({ action }) => action)).toEqual([
      'webhook.create',
      'webhook.update',
      'webhook.update',
      'webhook.rotate-secret',
      'webhook.test',
      'webhook.redeliver',
      'webhook.delete',
    ]);
    const everywhere = [...rows.map(({ text }) => text), ...host.lines, JSON.stringify([list.body, delivery, changed.body])];
    for (const secret of [signingSecret, rotated.body.signingSecret])
      for (const text of everywhere) expect(text).not.toContain(secret.slice(6));
  });

  test('a test goes to this webhook alone, whatever it subscribes to, and can be sent once more under its id', async () => {
    const asked = await create({ eventTypes: ['run.finished'] });
    const other = await create();
    const { status, body } = await host.api.post<DeliveryView>(`/webhooks/${asked.id}/test`);
    expect(status).toBe(202);
    expect(body).toMatchObject({ cause: 'test', state: 'pending', attempts: [], event: { type: 'webhook.test' } });
    await until(() => receiver.received.length === 1);
    const again = await host.api.post<DeliveryView>(`/webhooks/${asked.id}/deliveries/${body.id}/redeliver`);
    expect(again.body).toMatchObject({ cause: 'redelivery', state: 'pending', event: { id: body.event.id } });
    expect(again.body.id).not.toBe(body.id);
    await until(() => receiver.received.length === 2);
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([body.event.id, body.event.id]);
    for (const got of receiver.received)
      expect(new Verifier(asked.signingSecret).verify(got.body, signedBy(got))).toMatchObject({
        type: 'webhook.test',
        data: { webhook: asked.id },
      });
    await until(async () => (await deliveries(asked.id, '?state=delivered')).length === 2);
    expect((await deliveries(asked.id)).map(({ cause }) => cause)).toEqual(['redelivery', 'test']);
    expect(await deliveries(other.id)).toEqual([]);
  });

  test('the list of deliveries is paged, newest first, and filtered by state', async () => {
    const { id } = await create();
    const made: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const { body } = await host.api.post<DeliveryView>(`/webhooks/${id}/test`);
      made.push(body.id);
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const path = `/webhooks/${id}/deliveries?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = await host.api.get<{ readonly items: readonly DeliveryView[]; readonly next: string | null }>(path);
      seen.push(...page.body.items.map((delivery) => delivery.id));
      cursor = page.body.next ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(made.toReversed());
    expect(await deliveries(id, '?state=dead')).toEqual([]);
    expect((await host.api.get(`/webhooks/${id}/deliveries?state=lost`)).status).toBe(400);
    expect((await host.api.get(`/webhooks/${id}/deliveries?limit=1000`)).status).toBe(400);
  });

  test('one that is off is asked for nothing', async () => {
    const { id } = await create({ isEnabled: false });
    const refused = await host.api.post<ProblemBody>(`/webhooks/${id}/test`);
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:castellan:problem:webhook-disabled' } });
  });

  test('the twenty-first is refused', async () => {
    for (let count = 0; count < 20; count += 1) await create();
    const refused = await host.api.post<ProblemBody>('/webhooks', { url: receiver.url });
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:castellan:problem:too-many-webhooks' } });
  });
});

describe('what is refused', () => {
  test.each([
    ['hooks.example.com', 422, /https:\/\/hooks/],
    ['http://hooks.example.com/', 422, /https/],
    ['ftp://127.0.0.1/', 422, /https/],
    ['https://user:password@hooks.example.com/', 422, /user or a password/],
    ['https://hooks.example.com/a#b', 422, /fragment/],
    ['https://hooks.example.com/a#', 422, /fragment/],
    ['https://hooks.example.com/a\nb', 422, /address/],
    ['https://10.0.0.1/', 422, /public Internet/],
    ['https://169.254.169.254/', 422, /public Internet/],
    ['https://[::ffff:127.0.0.1]/', 422, /public Internet/],
    ['https://2130706434/', 422, /public Internet/],
    [null, 400, /address/],
    [['https://hooks.example.com/'], 400, /address/],
  ])('the address %j', refusesUrl);

  test('an address that is too long, also one that is only so when it is written out', async () => {
    await refusesUrl(`https://hooks.example.com/${'a'.repeat(2_000)}`, 400, /2000 characters/);
    await refusesUrl(`https://hooks.example.com/${'ü'.repeat(1_000)}`, 422, /2000 characters/);
  });

  async function refusesUrl(url: unknown, status: number, message: RegExp): Promise<void> {
    const refused = await host.api.post<ProblemBody>('/webhooks', { url });
    expect(refused.status).toBe(status);
    expect(refused.body.errors?.map(({ field }) => field)).toContain('url');
    expect(refused.body.detail).toMatch(message);
    expect(refused.body.detail).not.toContain('user:password');
  }

  test.each([
    [{ eventTypes: ['run.started'] }, 'eventTypes'],
    [{ eventTypes: ['webhook.test'] }, 'eventTypes'],
    [{ eventTypes: ['run.finished', 'run.finished'] }, 'eventTypes'],
    [{ eventTypes: null }, 'eventTypes'],
    [{ leastSeverity: 'awful' }, 'leastSeverity'],
    [{ leastSeverity: 4 }, 'leastSeverity'],
    [{ isEnabled: 'yes' }, 'isEnabled'],
    [{ description: 'a\u0000b' }, 'description'],
    [{ workspaceId: OTHER_WORKSPACE }, 'workspaceId'],
    [{ signingSecret: 'whsec_chosen' }, 'signingSecret'],
  ])('%j', async (more, field) => {
    const { id } = await create();
    for (const answer of [
      await host.api.post<ProblemBody>('/webhooks', { url: receiver.url, ...more }),
      await host.api.ask<ProblemBody>('PATCH', `/webhooks/${id}`, more),
    ]) {
      expect(answer.status).toBe(400);
      // A field may break more than one rule.
      expect(new Set(answer.body.errors?.map((error) => error.field))).toEqual(new Set([field]));
    }
  });

  test('X10: a webhook of another workspace is as absent as an unknown one', async () => {
    const theirs = await newWebhook(storage, 'https://hooks.example.com/', newSigningSecret(), OTHER_WORKSPACE);
    const delivery = await storage.deliveryLog.test(OTHER_WORKSPACE, theirs.id, { webhook: theirs.id, message: '' });
    const ours = await create();
    const routes = (id: string): readonly (readonly [method: string, path: string, body?: object])[] => [
      ['GET', `/webhooks/${id}`],
      ['PATCH', `/webhooks/${id}`, { isEnabled: false }],
      ['DELETE', `/webhooks/${id}`],
      ['POST', `/webhooks/${id}/secret`],
      ['POST', `/webhooks/${id}/test`],
      ['GET', `/webhooks/${id}/deliveries`],
      ['POST', `/webhooks/${id}/deliveries/${delivery}/redeliver`],
    ];
    for (const [index, [method, path, body]] of routes(theirs.id).entries()) {
      const unknown = routes(NOBODY)[index];
      const answer = await host.api.ask(method, path, body);
      expect(answer.status).toBe(404);
      expect(answer).toEqual(await host.api.ask(method, unknown?.[1] ?? '', body));
    }
    expect((await host.api.post(`/webhooks/${ours.id}/deliveries/${delivery}/redeliver`)).status).toBe(404);
    const list = await host.api.get<{ readonly items: readonly WebhookView[] }>('/webhooks');
    expect(list.body.items.map(({ id }) => id)).toEqual([ours.id]);
    expect(await storage.webhooks.get(OTHER_WORKSPACE, theirs.id)).toMatchObject({ isEnabled: true });
  });
});

test('the catalogue shows an example of every type, as it would arrive', async () => {
  const { body } = await host.api.get<{ readonly items: readonly EventTypeView[] }>('/event-types');
  expect(body.items.map(({ type }) => type)).toEqual([
    'finding.opened',
    'incident.changed',
    'incident.opened',
    'integration.status_changed',
    'playbook.notified',
    'run.finished',
    'webhook.test',
  ]);
  for (const { type, example } of body.items) {
    expect(Object.keys(example)).toEqual(['type', 'timestamp', 'data']);
    expect(example.type).toBe(type);
  }
});

describe('what an integration goes through', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ users: 5, groups: 2, apps: 1, events: 5, seed: 2 });
  }, 30_000);
  afterAll(() => simulator.close());

  interface Payload {
    readonly type: string;
    readonly timestamp: string;
    readonly data: Readonly<Record<string, unknown>>;
  }

  test('is told within seconds, signed, in the words of the API', async () => {
    const { signingSecret } = await create();
    const integration = await host.api.synced(simulator.config);
    const payloads = (): readonly Payload[] => receiver.received.map(({ body }) => JSON.parse(body) as Payload); // as the catalogue says
    const of = (type: string): readonly Payload[] => payloads().filter((payload) => payload.type === type);
    await until(
      () => of('run.finished').length === 1 && of('integration.status_changed').at(-1)?.data['to'] === integration.status.state,
    );
    for (const got of receiver.received) {
      new Verifier(signingSecret).verify(got.body, signedBy(got));
      expect(latency(got)).toBeLessThan(3_000);
    }
    const run = lastRunOf(integration);
    expect(of('run.finished')[0]?.data).toEqual({
      integration: integration.id,
      name: integration.name,
      run: run.id,
      mode: 'full',
      cause: 'created',
      state: run.state,
      counts: run.counts,
      error: run.error,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
    });
    // Told in the catalogue's shape: nothing more, nothing less.
    expect(Object.keys(of('run.finished')[0]?.data ?? {}).toSorted()).toEqual(
      Object.keys(EVENT_TYPES['run.finished'].example).toSorted(),
    );
    const changes = of('integration.status_changed').map(({ data }) => data);
    expect(changes[0]).toMatchObject({ integration: integration.id, from: null });
    expect(changes.at(-1)).toEqual({
      integration: integration.id,
      name: integration.name,
      // `null`: the sync was over before anybody looked.
      from: changes.at(-2)?.['to'] ?? null,
      to: integration.status.state,
      status: integration.status,
    });
    // Each goes on from the one before: none was left out, none was told twice.
    for (const [index, change] of changes.slice(1).entries()) expect(change['from']).toBe(changes[index]?.['to']);
  });

  function latency({ at, body }: Received): number {
    return at - Date.parse((JSON.parse(body) as Payload).timestamp); // the host's own payload
  }
});
