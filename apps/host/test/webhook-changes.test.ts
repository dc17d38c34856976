import type { DeliveryView, ProblemBody, WebhookView, WebhookWithSecret } from '@castellan/api';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { settingsFor, temporaryFolder, TestHost } from './host-harness.js';
import { KEY, Receiver, SharedDatabase } from './webhook-harness.js';

const folder = temporaryFolder();
let database: SharedDatabase;
let host: TestHost;
let receiver: Receiver;

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  database = await SharedDatabase.start();
  const settings = { databaseUrl: database.url, key: KEY, allowedHosts: ['127.0.0.1', 'directory.test'] };
  host = await TestHost.start(settingsFor(join(folder, 'host'), settings));
  receiver = await Receiver.start();
}, 60_000);

afterAll(async () => {
  await receiver.close();
  await host.close();
  await database.close();
}, 30_000);

afterEach(() => database.empty());

async function create(more: object = {}): Promise<WebhookWithSecret> {
  const { status, body } = await host.api.post<WebhookWithSecret>('/webhooks', { url: receiver.url, ...more });
  if (status !== 201) throw new Error(`not created: ${status} ${JSON.stringify(body)}`);
  return body;
}

interface AuditRow {
  readonly action: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly text: string;
}

async function audited({ id }: WebhookView): Promise<readonly AuditRow[]> {
  const { rows } = await database.client.query<AuditRow>(
    `SELECT action, before, after, to_jsonb(audit_log)::text AS text FROM audit_log WHERE target->>'id' = $1 ORDER BY seq`,
    [id],
  );
  return rows;
}

test('the audit log shows the host of an address and that it was changed, the API all of it', async () => {
  const url = `${receiver.url}/T0KEN-in-the-path?key=QUERY-key`;
  const made = await create({ url });
  expect(made.url).toBe(url);
  const changed = await host.api.ask<WebhookView>('PATCH', `/webhooks/${made.id}`, { url: `${url}2` });
  expect(changed.body.url).toBe(`${url}2`);
  await host.api.ask('DELETE', `/webhooks/${made.id}`);
  const rows = await audited(made);
  expect(rows.map(({ action }) => action)).toEqual(['webhook.create', 'webhook.update', 'webhook.delete']);
  for (const { text } of rows) {
    expect(text).not.toMatch(/T0KEN|QUERY/);
    expect(text).toContain(`"host": "127.0.0.1:${receiver.port}"`);
  }
  const hash = (of: string): string => createHash('sha256').update(of).digest('hex').slice(0, 12);
  expect([rows[1]?.before?.['urlHash'], rows[1]?.after?.['urlHash']]).toEqual([hash(url), hash(`${url}2`)]);
});

test.each([[{}], [{ isEnabled: true }], [{ description: null, eventTypes: [], leastSeverity: null }]])(
  'a change to what is so already writes nothing: %j',
  async (patch) => {
    const { signingSecret: _, ...made } = await create();
    const answer = await host.api.ask<WebhookView>('PATCH', `/webhooks/${made.id}`, patch);
    expect(answer).toMatchObject({ status: 200, body: made });
    expect((await audited(made)).map(({ action }) => action)).toEqual(['webhook.create']);
  },
);

test('of changes at the same time each row begins where the one before it has ended', async () => {
  const made = await create();
  const descriptions = ['a', 'b', 'c', 'd', 'e', 'f'];
  await Promise.all(descriptions.map((description) => host.api.ask('PATCH', `/webhooks/${made.id}`, { description })));
  const changes = (await audited(made)).slice(1);
  expect(changes.map(({ after }) => after?.['description']).toSorted()).toEqual(descriptions);
  let last: unknown = null;
  for (const { before, after } of changes) {
    expect(before?.['description']).toBe(last);
    last = after?.['description'];
  }
});

test('a deletion takes no body', async () => {
  const made = await create();
  const refused = await host.api.ask<ProblemBody>('DELETE', `/webhooks/${made.id}`, { id: 'another' });
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'id' }] } });
  expect((await host.api.get(`/webhooks/${made.id}`)).status).toBe(200);
});

test('a private host that connectors may reach is none that webhooks may post to', async () => {
  const refused = await host.api.post<ProblemBody>('/webhooks', { url: 'http://directory.test/' });
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'url' }] } });
  const inward = await host.api.post<ProblemBody>('/webhooks', { url: 'https://10.0.0.1/' });
  expect(inward.body.detail).toContain('CASTELLAN_ALLOW_WEBHOOK_HOSTS');
});

test('the twenty-first test on its way is refused, and so is a redelivery', async () => {
  receiver.answer = () => undefined;
  const { id } = await create();
  let last = '';
  for (let count = 0; count < 20; count += 1) {
    const { status, body } = await host.api.post<DeliveryView>(`/webhooks/${id}/test`);
    expect(status).toBe(202);
    last = body.id;
  }
  for (const path of ['test', `deliveries/${last}/redeliver`]) {
    const refused = await host.api.post<ProblemBody>(`/webhooks/${id}/${path}`);
    expect(refused).toMatchObject({ status: 429, body: { type: 'urn:castellan:problem:too-many-deliveries' } });
  }
});

describe('a cursor', () => {
  const at = (list: string, position: unknown): string => Buffer.from(JSON.stringify([list, position])).toString('base64url');
  const ID = '00000000-0000-4000-8000-0000000000cc';

  test('goes on where it stood although its row was purged', async () => {
    receiver.answer = (response) => void response.writeHead(204).end();
    const { id } = await create();
    const made: string[] = [];
    for (let count = 0; count < 4; count += 1) made.push((await host.api.post<DeliveryView>(`/webhooks/${id}/test`)).body.id);
    interface Page {
      readonly items: readonly DeliveryView[];
      readonly next: string;
    }
    const { body } = await host.api.get<Page>(`/webhooks/${id}/deliveries?limit=2`);
    await database.client.query('DELETE FROM deliveries WHERE id = ANY ($1)', [body.items.map((one) => one.id)]);
    const rest = await host.api.get<Page>(`/webhooks/${id}/deliveries?cursor=${body.next}`);
    expect(rest.body.items.map((one) => one.id)).toEqual(made.slice(0, 2).toReversed());
  });

  test.each([
    ['2026-11-23T09:30:00.123456+23:59'],
    ['2026-11-23T09:30:00.123456'],
    ['0000-01-01T00:00:00.000000Z'],
    ['9999-12-31T00:00:00.000000Z'],
    ['2026-02-31T00:00:00.000000Z'],
    ['2026-11-23T25:00:00.000000Z'],
    ['infinity'],
    [''],
  ])('that is made up is refused: %s', async (instant) => {
    const { id } = await create();
    const integration = await database.client.query<{ readonly id: string }>(
      `INSERT INTO integrations (workspace_id, connector_id, name, config, paused, next_run_at)
       VALUES ('00000000-0000-4000-8000-000000000001', 'okta', $1, '{}', true, now()) RETURNING id`,
      [`Okta ${instant}`],
    );
    const runs = `/integrations/${integration.rows[0]?.id}/runs`;
    for (const [list, path] of [
      ['deliveries', `/webhooks/${id}/deliveries`],
      ['runs', runs],
    ] as const) {
      for (const position of [`${instant}|${ID}`, ID, `${instant}|`, `2026-11-23T09:30:00.123456Z|${ID}|`])
        expect((await host.api.get(`${path}?cursor=${at(list, position)}`)).status).toBe(400);
      expect((await host.api.get(`${path}?cursor=${at(list, `2026-11-23T09:30:00.123456Z|${ID}`)}`)).status).toBe(200);
    }
  });
});
