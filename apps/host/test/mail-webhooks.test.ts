import type { AuditEntryView, DeliveryView, NewWebhookView, ProblemBody, WebhooksView, WebhookView } from '@castellan/api';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Api, ownDatabase, settingsFor, temporaryFolder, TestHost, until } from './host-harness.js';
import { HostProcess } from './host-process.js';
import { MailServer, readMail } from './mail-server.js';
import { KEY, SharedDatabase } from './webhook-harness.js';

const ANA = 'ana@acme.example';
const BO = 'bo@acme.example';
const PASSWORD = 'correct horse mail battery';

const folder = temporaryFolder();
let database: SharedDatabase;
let server: MailServer;
let host: TestHost;
let bare: TestHost;

beforeAll(async () => {
  for (const name of ['host', 'bare', 'process']) mkdirSync(join(folder, name));
  const account = { user: 'castellan', password: PASSWORD };
  [database, server] = await Promise.all([SharedDatabase.start(), MailServer.start({ account })]);
  const settings = { databaseUrl: database.url, key: KEY, logLevel: 'trace' as const };
  const mail = server.settings({ credentials: account });
  host = await TestHost.start(settingsFor(join(folder, 'host'), { ...settings, mail }));
  bare = await TestHost.start(settingsFor(join(folder, 'bare')));
}, 60_000);

afterAll(async () => {
  await host.close();
  await bare.close();
  await server.close();
  await database.close();
}, 30_000);

afterEach(async () => {
  server.received.length = 0;
  server.refuseReceiver = () => undefined;
  await database.empty();
});

async function create(more: object = {}): Promise<NewWebhookView> {
  const { status, body } = await host.api.post<NewWebhookView>('/webhooks', { kind: 'mail', mailTo: [ANA], ...more });
  if (status !== 201) throw new Error(`not created: ${status} ${JSON.stringify(body)}`);
  return body;
}

async function deliveries({ id }: WebhookView): Promise<readonly DeliveryView[]> {
  return (await host.api.get<{ readonly items: readonly DeliveryView[] }>(`/webhooks/${id}/deliveries`)).body.items;
}

test('one that is mailed is set up, tested, changed and deleted, and has no secret', async () => {
  const created = await create({ mailTo: [ANA, 'Bo@ACME.example'], description: 'Those on duty', leastSeverity: 'high' });
  expect(created).toMatchObject({
    kind: 'mail',
    mailTo: [ANA, 'Bo@acme.example'],
    url: null,
    format: null,
    template: null,
    secret: null,
    signingSecret: null,
    leastSeverity: 'high',
    isEnabled: true,
  });
  const { signingSecret: _, ...view } = created;
  const path = `/webhooks/${created.id}`;
  expect((await host.api.get<WebhookView>(path)).body).toEqual(view);
  expect((await host.api.get<WebhooksView>('/webhooks')).body).toEqual({ items: [view], isMailSetUp: true, hasLinks: false });

  const asked = await host.api.post<DeliveryView>(`${path}/test`);
  expect(asked).toMatchObject({ status: 202, body: { state: 'pending', mail: { accepted: [], refused: [] } } });
  await until(async () => (await deliveries(created))[0]?.state === 'delivered');
  const [got] = server.received;
  if (got === undefined) throw new Error('nothing came');
  expect(got).toMatchObject({ user: 'castellan', to: [ANA, 'Bo@acme.example'] });
  expect(readMail(got)).toMatchObject({
    headers: { subject: '[Castellan] This is a test from Castellan.' },
    plain: expect.stringContaining('webhook.test'),
  });
  expect((await deliveries(created))[0]).toMatchObject({
    mail: { accepted: got.to, refused: [] },
    attempts: [{ status: 250 }],
  });

  const changed = await host.api.ask<WebhookView>('PATCH', path, { mailTo: [BO], eventTypes: ['incident.opened'] });
  expect(changed.body).toMatchObject({ kind: 'mail', mailTo: [BO], eventTypes: ['incident.opened'], url: null });
  const secret = await host.api.post<ProblemBody>(`${path}/secret`);
  expect([secret.status, secret.body.type]).toEqual([409, 'urn:castellan:problem:webhook-unsigned']);
  expect((await host.api.ask('DELETE', path)).status).toBe(204);
});

test('a receiver who was refused stands in the list of deliveries', async () => {
  server.refuseReceiver = (address) => (address === BO ? [550, '5.1.1 No such user'] : undefined);
  const webhook = await create({ mailTo: [ANA, BO] });
  await host.api.post(`/webhooks/${webhook.id}/test`);
  await until(async () => (await deliveries(webhook))[0]?.state === 'delivered');
  expect((await deliveries(webhook))[0]).toMatchObject({
    mail: { accepted: [ANA], refused: [BO] },
    attempts: [{ status: 250, error: `${BO} was refused: 550 5.1.1 No such user.` }],
  });
});

test('the audit log says who is told, and the password of the server is nowhere', async () => {
  const webhook = await create({ mailTo: [ANA, BO] });
  await host.api.ask('PATCH', `/webhooks/${webhook.id}`, { mailTo: [BO] });
  await host.api.post(`/webhooks/${webhook.id}/test`);
  await until(async () => (await deliveries(webhook))[0]?.state === 'delivered');
  const { body } = await host.api.get<{ readonly items: readonly AuditEntryView[] }>(`/audit-log?target=${webhook.id}`);
  const rows = body.items.map(({ action, target, before, after }) => ({ action, name: target?.name, before, after }));
  expect(rows.toReversed()).toMatchObject([
    { action: 'webhook.create', name: `${ANA} and 1 more`, after: { mailTo: [ANA, BO], host: null, urlHash: null } },
    { action: 'webhook.update', name: BO, before: { mailTo: [ANA, BO] }, after: { mailTo: [BO] } },
    { action: 'webhook.test', name: BO },
  ]);
  const tables = ['webhooks', 'deliveries', 'delivery_attempts', 'events', 'audit_log'];
  const texts: string[] = [];
  for (const table of tables)
    texts.push(JSON.stringify((await database.client.query(`SELECT to_jsonb(t) FROM ${table} t`)).rows));
  const everywhere = [...texts, ...host.lines, JSON.stringify([body, await deliveries(webhook), webhook])].join('\n');
  expect(everywhere).toContain(BO);
  for (const form of [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(PASSWORD).toString('base64')])
    expect(everywhere).not.toContain(form);
});

test('without a mail server it is refused, and the settings are named', async () => {
  const { status, body } = await bare.api.post<ProblemBody>('/webhooks', { kind: 'mail', mailTo: [ANA] });
  expect([status, body.type]).toEqual([409, 'urn:castellan:problem:mail-not-set-up']);
  expect(body.errors).toEqual([
    { field: 'kind', message: expect.stringMatching(/CASTELLAN_SMTP_URL and CASTELLAN_MAIL_FROM/) },
  ]);
  // Whoever is about to set one up can know it beforehand.
  expect((await bare.api.get<WebhooksView>('/webhooks')).body).toEqual({ items: [], isMailSetUp: false, hasLinks: false });
});

describe('what is no receiver is refused at its field', () => {
  test.each([
    ['a line break', `${ANA}\r\nBcc: eve@evil.example`],
    ['a line feed at the end', `${ANA}\n`],
    ['a command', `${ANA}>\r\nRCPT TO:<eve@evil.example`],
    ['a name', `Ana <${ANA}>`],
    ['two in one', `${ANA},eve@evil.example`],
    ['two, with a space', `${ANA} eve@evil.example`],
    ['a quoted local part', '"ana\r\nBcc"@acme.example'],
    ['an address of a machine', 'ana@[127.0.0.1]'],
    ['a number for a name', 'ana@127.0.0.1'],
    ['no domain', 'ana'],
    ['a domain without a dot', 'ana@localhost'],
    ['two @', 'ana@evil.example@acme.example'],
    ['a NUL', 'ana\0@acme.example'],
    ['an invisible character', 'ana\u200b@acme.example'],
    ['letters that look alike', 'аna@acme.example'],
    ['a domain that begins with a hyphen', 'ana@-acme.example'],
    ['a local part of 65', `${'a'.repeat(65)}@acme.example`],
    ['nothing', ''],
  ])('%s', async (_, address) => {
    const { status, body } = await host.api.post<ProblemBody>('/webhooks', { kind: 'mail', mailTo: [BO, address] });
    expect([status, body.errors?.map(({ field }) => field)]).toEqual([422, ['mailTo']]);
    expect(body.detail).toContain('Number 2 is no plain address');
    const made = await create({ mailTo: [BO] });
    const patched = await host.api.ask<ProblemBody>('PATCH', `/webhooks/${made.id}`, { mailTo: [address] });
    expect([patched.status, patched.body.errors?.map(({ field }) => field)]).toEqual([422, ['mailTo']]);
  });

  test.each([
    ['none', 400, { mailTo: [] }],
    ['no list', 422, { mailTo: null }],
    ['a text', 400, { mailTo: ANA }],
    ['numbers', 400, { mailTo: [1] }],
    ['21', 400, { mailTo: Array.from({ length: 21 }, (_, index) => `a${index}@acme.example`) }],
    ['one that is endless', 400, { mailTo: [`${'a'.repeat(300)}@acme.example`] }],
    ['one twice', 422, { mailTo: [ANA, 'ana@ACME.example'] }],
  ])('%s', async (_, status, more) => {
    const refused = await host.api.post<ProblemBody>('/webhooks', { kind: 'mail', ...more });
    expect([refused.status, refused.body.errors?.map(({ field }) => field)]).toEqual([status, ['mailTo']]);
  });

  test('20 are as many as may be', async () => {
    const mailTo = Array.from({ length: 20 }, (_, index) => `a+${index}@acme.example`);
    expect(await create({ mailTo })).toMatchObject({ mailTo });
  });
});

describe('what belongs to the other kind is refused at its field', () => {
  const url = 'https://hooks.example.com/';

  test.each([
    ['url', { kind: 'mail', mailTo: [ANA], url }],
    ['format', { kind: 'mail', mailTo: [ANA], format: 'slack' }],
    ['template', { kind: 'mail', mailTo: [ANA], template: '{}' }],
    ['mailTo', { kind: 'http', url, mailTo: [ANA] }],
    ['mailTo', { url, mailTo: [ANA] }],
  ])('%s of %j', async (field, body) => {
    const refused = await host.api.post<ProblemBody>('/webhooks', body);
    expect([refused.status, refused.body.errors?.map((error) => error.field)]).toEqual([422, [field]]);
  });

  test('also in a change, and the kind itself is not changed', async () => {
    const mailed = await create();
    const posted = (await host.api.post<NewWebhookView>('/webhooks', { url })).body;
    const asked = async ({ id }: WebhookView, patch: object): Promise<unknown> => {
      const { status, body } = await host.api.ask<ProblemBody>('PATCH', `/webhooks/${id}`, patch);
      return [status, body.errors?.map(({ field }) => field)];
    };
    expect(await asked(mailed, { url })).toEqual([422, ['url']]);
    expect(await asked(mailed, { format: 'slack' })).toEqual([422, ['format']]);
    expect(await asked(mailed, { kind: 'http' })).toEqual([400, ['kind']]);
    expect(await asked(posted, { mailTo: [ANA] })).toEqual([422, ['mailTo']]);
    expect((await host.api.post<ProblemBody>('/webhooks', { kind: 'fax', url })).body.errors).toMatchObject([
      { field: 'kind' },
    ]);
    expect((await host.api.post<ProblemBody>('/webhooks', { kind: 'http' })).body.errors).toMatchObject([{ field: 'url' }]);
  });
});

test('the built program sends mail by its environment, and its log holds no password', async () => {
  const { server: at } = server.settings();
  const program = new HostProcess({
    DATABASE_URL: await ownDatabase(),
    CASTELLAN_KEY: KEY,
    CASTELLAN_DATA_DIR: join(folder, 'process'),
    CASTELLAN_SMTP_URL: `smtp://castellan:${encodeURIComponent(PASSWORD)}@127.0.0.1:${at.port}`,
    CASTELLAN_MAIL_FROM: 'other@castellan.example',
    LOG_LEVEL: 'trace',
  });
  try {
    const api = await Api.open(await program.url());
    const { body } = await api.post<NewWebhookView>('/webhooks', { kind: 'mail', mailTo: [ANA] });
    await api.post(`/webhooks/${body.id}/test`);
    await until(() => server.received.length === 1, 40_000);
  } finally {
    await program.end('SIGTERM');
  }
  expect(server.received).toMatchObject([{ from: 'other@castellan.example', to: [ANA], user: 'castellan' }]);
  const said = program.stdout + program.stderr;
  expect(said).toContain('host is listening');
  for (const form of [PASSWORD, encodeURIComponent(PASSWORD)]) expect(said).not.toContain(form);
}, 90_000);

test('the built program does not start with wrong settings, and names them', async () => {
  const program = new HostProcess({
    DATABASE_URL: database.url,
    CASTELLAN_KEY: KEY,
    CASTELLAN_DATA_DIR: join(folder, 'process'),
    CASTELLAN_SMTP_URL: 'smtp://castellan:hunter2@127.0.0.1:25/path',
    CASTELLAN_MAIL_FROM: 'nobody',
  });
  await until(() => /cannot start/.test(program.stderr), 40_000);
  await program.end('SIGTERM');
  expect(program.stderr).toMatch(/CASTELLAN_SMTP_URL must look like .*CASTELLAN_MAIL_FROM must be a plain address/);
  expect(program.stderr).not.toContain('hunter2');
});
