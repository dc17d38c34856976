import type pg from 'pg';
import { type Attempt, DEFAULT_WORKSPACE_ID, type DueMail, type NewWebhook, type Storage, type Webhook } from '../src/index.js';
import { TestDatabases } from './fixtures/test-database.js';

const LIMITS = { most: 100, mostPerWebhook: 100, mostPerWorkspace: 100, leaseMs: 60_000 };
const ANA = 'ana@acme.example';
const BO = 'bo@acme.example';

const databases = new TestDatabases();
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  const url = await databases.newDatabase();
  storage = await databases.open(url);
  client = await databases.client(url);
}, 60_000);
afterAll(() => databases.close());

afterEach(() => client.query('TRUNCATE events, webhooks CASCADE'));

const MAIL: NewWebhook = {
  kind: 'mail',
  mailTo: [ANA, BO],
  url: null,
  format: null,
  template: null,
  description: null,
  eventTypes: [],
  leastSeverity: null,
  isEnabled: true,
};

function webhook(): Promise<Webhook> {
  return storage.webhooks.create(DEFAULT_WORKSPACE_ID, MAIL, null);
}

async function due(): Promise<DueMail> {
  await client.query('UPDATE deliveries SET next_attempt_at = now() WHERE next_attempt_at IS NOT NULL');
  const [one, ...more] = await storage.deliveries.claim(LIMITS);
  if (one?.kind !== 'mail' || more.length > 0) throw new Error('there is not exactly one mail');
  return one;
}

const attempt = (more: Partial<Attempt>): Attempt => ({
  outcome: 'failed',
  retryAfterMs: 60_000,
  at: new Date(),
  ms: 1,
  status: 450,
  error: 'Not now.',
  ...more,
});

test('one that is mailed has receivers and no secret, and is found like any other', async () => {
  const made = await webhook();
  expect(made).toMatchObject({ kind: 'mail', mailTo: [ANA, BO], url: null, format: null, secretChangedAt: null });
  expect(await storage.webhooks.list(DEFAULT_WORKSPACE_ID)).toEqual([made]);
  const changed = await storage.webhooks.update(DEFAULT_WORKSPACE_ID, made.id, { mailTo: [BO] });
  expect(changed).toMatchObject({ kind: 'mail', mailTo: [BO], url: null });
  expect((await client.query('SELECT count(*)::int AS secrets FROM webhook_secrets')).rows).toEqual([{ secrets: 0 }]);
});

test('who has accepted or refused a mail is kept from attempt to attempt, until all have said something', async () => {
  const { id } = await webhook();
  await storage.deliveryLog.test(DEFAULT_WORKSPACE_ID, id, { webhook: id, message: '' });
  const first = await due();
  expect(first).toMatchObject({ mailTo: [ANA, BO], mailAccepted: [], mailRefused: [] });
  const receipts = { mailAccepted: [ANA], mailRefused: [] };
  expect(await storage.deliveries.record(first, attempt({ receipts }))).toBe('pending');
  const second = await due();
  expect(second).toMatchObject({ mailAccepted: [ANA], mailRefused: [], attempts: 1 });
  // A host that lost its lease adds nothing.
  expect(await storage.deliveries.record(first, attempt({ receipts }))).toBe('lost');
  const refused = { mailAccepted: [], mailRefused: [BO] };
  expect(await storage.deliveries.record(second, attempt({ outcome: 'delivered', receipts: refused }))).toBe('delivered');
  const { deliveries } = await storage.deliveryLog.list(DEFAULT_WORKSPACE_ID, { webhookId: id, limit: 10 });
  expect(deliveries[0]).toMatchObject({ state: 'delivered', receipts: { mailAccepted: [ANA], mailRefused: [BO] } });
});

test('what every receiver refuses is over at once', async () => {
  const { id } = await webhook();
  await storage.deliveryLog.test(DEFAULT_WORKSPACE_ID, id, { webhook: id, message: '' });
  const receipts = { mailAccepted: [], mailRefused: [ANA, BO] };
  expect(await storage.deliveries.record(await due(), attempt({ outcome: 'refused', status: 550, receipts }))).toBe('dead');
  const { rows } = await client.query('SELECT state, next_attempt_at, finished_at IS NOT NULL AS over FROM deliveries');
  expect(rows).toEqual([{ state: 'dead', next_attempt_at: null, over: true }]);
});

test.each([
  ['mail without receivers', `kind = 'mail', url = NULL, format = NULL`],
  ['mail with an empty list', `kind = 'mail', url = NULL, format = NULL, mail_to = '{}'`],
  ['mail to more than 20', `kind = 'mail', url = NULL, format = NULL, mail_to = array_fill('a@b.example'::text, ARRAY[21])`],
  ['mail with an address to post to', `kind = 'mail', format = NULL, mail_to = '{a@b.example}'`],
  ['mail with a format', `kind = 'mail', url = NULL, mail_to = '{a@b.example}'`],
  ['a post with receivers', `mail_to = '{a@b.example}'`],
  ['a post without an address', 'url = NULL'],
  ['a post without a format', 'format = NULL'],
  ['another kind', `kind = 'fax'`],
])('the table refuses %s', async (_, change) => {
  const posted: NewWebhook = { ...MAIL, kind: 'http', url: 'https://hooks.example.com/', mailTo: null, format: 'castellan' };
  await storage.webhooks.create(DEFAULT_WORKSPACE_ID, posted, `whsec_${Buffer.alloc(32, 1).toString('base64')}`);
  await expect(client.query(`UPDATE webhooks SET ${change}`)).rejects.toThrow('violates check constraint');
});
