import type { DeliveryView, ProblemBody, WebhookView, WebhookWithSecret } from '@castellan/api';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Storage } from '@castellan/storage';
import { Webhook as Verifier } from 'standardwebhooks';
import { settingsFor, temporaryFolder, TestHost, until } from './host-harness.js';
import { loadStorage } from './loaded-once.js';
import { KEY, Receiver, SharedDatabase, signedBy } from './webhook-harness.js';

const { DEFAULT_WORKSPACE_ID, EVENT_TYPES } = await loadStorage();

const folder = temporaryFolder();
const PUBLIC = 'https://castellan.example.com';
let database: SharedDatabase;
let storage: Storage;
let host: TestHost;
let receiver: Receiver;

beforeAll(async () => {
  mkdirSync(join(folder, 'host'));
  database = await SharedDatabase.start();
  storage = await database.open();
  const settings = settingsFor(join(folder, 'host'), { databaseUrl: database.url, key: KEY });
  host = await TestHost.start(settings);
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
  await database.client.query('DELETE FROM webhooks; DELETE FROM events');
});

const INCIDENT = '0c6f7a52-9f0a-4b7e-8f4f-0d9f6f0f6a11';
/** What somebody could call himself who does not want to be seen, or wants others to look elsewhere. */
const NASTY = '"}, {"a": <!channel> <https://evil.example|Click> & {{data.severity}} *x* \\ \n\u0007end';

async function happens(label = 'Ana Diaz'): Promise<void> {
  const { example } = EVENT_TYPES['incident.opened'];
  const subject = { ...example.subject, label };
  await storage.events.record(DEFAULT_WORKSPACE_ID, 'incident.opened', { ...example, incident: INCIDENT, subject });
}

async function create(more: object): Promise<WebhookWithSecret> {
  const { status, body } = await host.api.post<WebhookWithSecret>('/webhooks', { url: receiver.url, ...more });
  if (status !== 201) throw new Error(`not created: ${status} ${JSON.stringify(body)}`);
  return body;
}

async function got(): Promise<string> {
  await until(() => receiver.received.length > 0);
  return receiver.received.at(-1)?.body ?? '';
}

test('a message for Slack says what happened, and nothing in a name is a mention, a link or a mark', async () => {
  await create({ format: 'slack' });
  await happens(NASTY);
  const body = await got();
  const message: { readonly text: string; readonly blocks: readonly { readonly text: { readonly text: string } }[] } =
    JSON.parse(body);
  expect(message.text).toBe(
    'New incident: Push notifications were rejected again and again: "}, {"a": &lt;!channel&gt; &lt;https://evil.example|Click&gt; &amp; {{data.severity}} *x* \\ end',
  );
  expect(message.blocks).toHaveLength(1);
  expect(message.blocks[0]).toMatchObject({ type: 'section', text: { type: 'mrkdwn', verbatim: true } });
  const [block] = message.blocks;
  expect(block?.text.text).toContain('Severity: high\nIntegration: Acme\nSubject: ');
  expect(block?.text.text).toContain('\nDone to: Bo Berg\nRules: Push notifications were rejected again and again\n');
  expect(block?.text.text).not.toMatch(/<(?!http)|[^;]>$/);
  // This host has no address that others know.
  expect(body).not.toContain('Open in Castellan');
  expect(body).not.toMatch(/whsec_|signingSecret/);
});

test('JSON of its own has what happened in its texts, is still JSON whatever a name is, and is signed', async () => {
  const template =
    '{"routing": "key", "n": 3, "list": [true, null, "{{type}} {{ data.rule.title }}"], "who": "{{data.subject.label}}", ' +
    '"none": "[{{data.verdict}}]", "whole": "{{data.subject}}", "id": "{{id}}", "__proto__": "{{title}}"}';
  const made = await create({ format: 'json', template });
  expect(made).toMatchObject({ format: 'json', template });
  await happens(NASTY);
  const body = await got();
  const filled: Record<string, unknown> = JSON.parse(body);
  expect(Object.keys(filled)).toEqual(['routing', 'n', 'list', 'who', 'none', 'whole', 'id', '__proto__']);
  const title = 'Push notifications were rejected again and again';
  expect(filled).toMatchObject({
    routing: 'key',
    n: 3,
    list: [true, null, `incident.opened ${title}`],
    who: NASTY,
    none: '[]',
  });
  expect(JSON.parse(String(filled['whole']))).toEqual({ kind: 'account', key: '00u0FlPUeNfpAAAAtsm7', label: NASTY });
  const [received] = receiver.received;
  if (received === undefined) throw new Error('nothing was received');
  expect(filled['id']).toBe(received.headers['webhook-id']);
  expect(() => new Verifier(made.signingSecret).verify(received.body, signedBy(received))).not.toThrow();
});

test('a test of a webhook with JSON of its own is delivered', async () => {
  const { id } = await create({ format: 'json', template: '["{{data.message}}", "{{data.rule.title}}"]' });
  await host.api.post<DeliveryView>(`/webhooks/${id}/test`);
  expect(JSON.parse(await got())).toEqual(['This is a test from Castellan.', '']);
});

test.each<[string, object, string]>([
  [
    'a path that no event has',
    { format: 'json', template: '{"a": "{{data.rule.titel}} {{data.rule.title}}"}' },
    '{{data.rule.titel}}',
  ],
  [
    'a path of what every object has',
    { format: 'json', template: '["{{data.constructor.name}}"]' },
    '{{data.constructor.name}}',
  ],
  ['nothing named', { format: 'json', template: '["{{}}"]' }, '{{}}'],
  ['what is no JSON', { format: 'json', template: '{"a": {{data.severity}}}' }, 'Must be JSON.'],
  ['a bare text', { format: 'json', template: '"{{title}}"' }, 'Must be an object or a list.'],
  ['a key with a placeholder', { format: 'json', template: '{"{{title}}": 1}' }, 'Placeholders can stand in values only'],
  ['too many levels', { format: 'json', template: `${'['.repeat(3_000)}${']'.repeat(3_000)}` }, 'deeper than 20'],
  ['too many placeholders', { format: 'json', template: JSON.stringify(['{{id}}'.repeat(101)]) }, 'at most 100'],
  ['no template', { format: 'json' }, 'Is required'],
  ['a template of another format', { format: 'slack', template: '[]' }, 'Belongs to the format json'],
])('%s is refused, and said', async (_, more, said) => {
  const { status, body } = await host.api.post<ProblemBody>('/webhooks', { url: receiver.url, ...more });
  expect([status, body.type]).toEqual([422, expect.stringContaining('invalid-webhook')]);
  expect(body.errors?.[0]?.field).toBe('template');
  expect(body.errors?.[0]?.message).toContain(said);
  expect(body.errors?.[0]?.message).not.toContain('{{data.rule.title}}');
});

test('a webhook changes its format, and a template goes with the format that it belongs to', async () => {
  const { id } = await create({ format: 'json', template: '{"key": "s3cr3t-of-the-receiver"}' });
  const change = async (patch: object) => host.api.ask<WebhookView & ProblemBody>('PATCH', `/webhooks/${id}`, patch);
  expect((await change({ template: '["{{nothing}}"]' })).status).toBe(422);
  expect((await change({ template: null })).status).toBe(422);
  expect((await change({ description: 'Tickets' })).body.template).toContain('s3cr3t');
  expect((await change({ format: 'slack' })).body).toMatchObject({ format: 'slack', template: null });
  expect((await change({ format: 'json' })).status).toBe(422);
  expect((await change({ format: 'castellan' })).body).toMatchObject({ format: 'castellan', template: null });
  const { rows } = await database.client.query<{ text: string }>(`SELECT to_jsonb(audit_log)::text AS text FROM audit_log`);
  expect(rows.some(({ text }) => text.includes('templateHash'))).toBe(true);
  expect(rows.filter(({ text }) => text.includes('s3cr3t'))).toEqual([]);
});

test('a host with an address links to its page', async () => {
  const { slackMessage } = await import('../src/webhooks/formats/slack-message.js');
  const { example } = EVENT_TYPES['incident.opened'];
  const event = { id: 'evt_1', type: 'incident.opened', occurredAt: new Date(), data: { ...example, incident: INCIDENT } };
  const text = JSON.stringify(slackMessage(event, PUBLIC));
  expect(text).toContain(`<${PUBLIC}/incidents/${INCIDENT}|Open in Castellan>`);
});
