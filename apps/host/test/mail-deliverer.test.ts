import type { Delivery, Storage, Webhook } from '@castellan/storage';
import type { Deliverer, DelivererOptions } from '../src/webhooks/deliverer.js';
import { until } from './host-harness.js';
import { loadDeliverer, loadStorage } from './loaded-once.js';
import { MailServer, readMail, type Refusal, SilentServer } from './mail-server.js';
import { SharedDatabase } from './webhook-harness.js';

const { DEFAULT_WORKSPACE_ID, EVENT_TYPES } = await loadStorage();
const delivering = await loadDeliverer();
// Good for 127.0.0.1; and one that is too old.
const { SELF_SIGNED, EXPIRED }: Readonly<Record<'SELF_SIGNED' | 'EXPIRED', { readonly key: string; readonly cert: string }>> =
  await import('../../../packages/http-client/test/support/certificate.js' as string);

const ANA = 'ana@acme.example';
const BO = 'bo@acme.example';
const PASSWORD = 'hunter2 & more';
const open: { close(): Promise<void> }[] = [];
const said: string[] = [];
let database: SharedDatabase;
let storage: Storage;

beforeAll(async () => {
  database = await SharedDatabase.start();
  storage = await database.open();
}, 60_000);
afterAll(() => database.close(), 30_000);

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
  await database.empty();
});

async function mailServer(options: Parameters<typeof MailServer.start>[0] = {}): Promise<MailServer> {
  const server = await MailServer.start(options);
  open.push(server);
  return server;
}

function newDeliverer(options: Partial<DelivererOptions>): Deliverer {
  const log = {
    debug: (...words: readonly unknown[]) => void said.push(JSON.stringify(words)),
    warn: (...words: readonly unknown[]) => void said.push(JSON.stringify(words)),
  };
  const deliverer = new delivering.Deliverer({ storage, log, allowedHosts: [], retryDelay: () => 5, ...options });
  open.push({ close: () => deliverer.stop() });
  return deliverer;
}

function mailWebhook(mailTo: readonly string[] = [ANA, BO]): Promise<Webhook> {
  const settings = { description: null, eventTypes: [], leastSeverity: null, isEnabled: true };
  const receiver = { kind: 'mail', mailTo, url: null, format: null, template: null } as const;
  return storage.webhooks.create(DEFAULT_WORKSPACE_ID, { ...settings, ...receiver }, null);
}

const INCIDENT = '0c6f7a52-9f0a-4b7e-8f4f-0d9f6f0f6a11';

function happens(label = 'Ana Diaz'): Promise<string> {
  const { example } = EVENT_TYPES['incident.opened'];
  const subject = { ...example.subject, label };
  const rules = [...example.rules, { id: 'own', title: 'A sign-in <from> afar' }];
  const others = {
    first: [
      { key: '00u2', label: 'Bo Berg' },
      { key: '00u3', label: 'Cy\r\nLee' },
    ],
    count: 5,
  };
  return storage.events.record(DEFAULT_WORKSPACE_ID, 'incident.opened', {
    ...example,
    incident: INCIDENT,
    subject,
    rules,
    others,
  });
}

async function deliver(deliverer: Deliverer, done: () => boolean | Promise<boolean>): Promise<void> {
  await until(async () => {
    await storage.events.dispatch(50);
    await deliverer.fill();
    return done();
  });
}

async function deliveryOf({ id }: Webhook): Promise<Delivery> {
  const { deliveries } = await storage.deliveryLog.list(DEFAULT_WORKSPACE_ID, { webhookId: id, limit: 10 });
  const [one, ...more] = deliveries;
  if (one === undefined || more.length > 0) throw new Error('there is not exactly one delivery');
  return one;
}

const isOver = (webhook: Webhook) => async (): Promise<boolean> => (await deliveryOf(webhook)).state !== 'pending';
const attempted = (webhook: Webhook) => async (): Promise<boolean> => (await deliveryOf(webhook)).attempts.length > 0;
const answers = ({ attempts }: Delivery) => attempts.map(({ status, error }) => [status, error]);

test('a mail says what happened, in words and with a link, and is recognised when it comes again', async () => {
  const server = await mailServer();
  const webhook = await mailWebhook();
  const event = await happens('Zoë Diaz');
  const deliverer = newDeliverer({ mail: server.settings(), publicUrl: 'https://castellan.example.com' });
  await deliver(deliverer, isOver(webhook));
  const [got] = server.received;
  if (got === undefined) throw new Error('nothing came');
  expect(got).toMatchObject({ from: 'castellan@castellan.example', to: [ANA, BO], isEncrypted: false, user: null });
  const { headers, plain, html } = readMail(got);
  const title = 'New incident: Push notifications were rejected again and again: Zoë Diaz';
  expect(headers).toMatchObject({
    from: 'Castellan <castellan@castellan.example>',
    to: `${ANA}, ${BO}`,
    subject: `[Castellan] ${title} (high)`,
    'message-id': `<evt_${event}@castellan.example>`,
    'auto-submitted': 'auto-generated',
    'x-castellan-event': `evt_${event}`,
    'x-castellan-event-type': 'incident.opened',
  });
  expect(Math.abs(Date.parse(headers['date'] ?? '') - Date.now())).toBeLessThan(120_000);
  const link = `https://castellan.example.com/incidents/${INCIDENT}`;
  const why = 'Rules: Push notifications were rejected again and again; A sign-in <from> afar';
  for (const line of ['Done to: Bo Berg, Cy Lee and 3 more', why]) expect(plain.split(/\r?\n/)).toContain(line);
  expect(html).toContain('A sign-in &lt;from&gt; afar');
  expect(`${plain}${html}`).not.toContain('CASTELLAN_URL');
  for (const line of [title, 'Severity: high', 'Subject: Zoë Diaz', `Open in Castellan: ${link}`, event])
    expect(plain).toContain(line);
  for (const part of [title, `href="${link}"`, '<td>high</td>']) expect(html).toContain(part);
  const delivered = await deliveryOf(webhook);
  expect(delivered).toMatchObject({ state: 'delivered', receipts: { mailAccepted: [ANA, BO], mailRefused: [] } });
  expect(answers(delivered)).toEqual([[250, null]]);

  await storage.deliveryLog.redeliver(delivered);
  await deliver(deliverer, () => server.received.length === 2);
  const ids = server.received.map((one) => readMail(one).headers['message-id']);
  expect(new Set(ids).size).toBe(1);
});

test('nothing in a name is a header, a receiver, a command or a mark-up', async () => {
  const server = await mailServer();
  const webhook = await mailWebhook([ANA]);
  const name = 'x\r\nBcc: eve@evil.example\r\n\r\n.\r\nMAIL FROM:<eve@evil.example> <script>alert(1)</script> "&\' <img src=x>';
  await happens(name);
  await deliver(newDeliverer({ mail: server.settings() }), isOver(webhook));
  expect(server.received).toHaveLength(1);
  const [got] = server.received;
  if (got === undefined) throw new Error('nothing came');
  expect(got.to).toEqual([ANA]);
  const { headers, plain, html } = readMail(got);
  // This host has no address that others know: whoever wonders where the link is can have it mended.
  for (const text of [plain, html]) expect(text).toContain('Without a link: whoever runs the host sets CASTELLAN_URL');
  expect(Object.keys(headers)).not.toContain('bcc');
  expect(headers['subject']).toContain('x Bcc: eve@evil.example . MAIL FROM:<eve@evil.example>');
  expect(plain.split(/\r?\n/).filter((line) => /^(Bcc|MAIL FROM|\.$)/.test(line))).toEqual([]);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;&#39; &lt;img src=x&gt;');
  expect(html).not.toMatch(/<script|<img/);
});

test('what a server does not take now is tried again, and comes once', async () => {
  const server = await mailServer();
  const refusals: (Refusal | undefined)[] = [
    [451, '4.3.0 Come back later'],
    [421, '4.7.0 Too much'],
  ];
  server.refuseMail = () => refusals.shift();
  const webhook = await mailWebhook();
  await happens();
  await deliver(newDeliverer({ mail: server.settings() }), isOver(webhook));
  expect(server.received.map(({ to }) => to)).toEqual([[ANA, BO]]);
  const { state, ...delivery } = await deliveryOf(webhook);
  expect(state).toBe('delivered');
  expect(answers({ state, ...delivery })).toEqual([
    [451, 'The mail server does not take the mail: 451 4.3.0 Come back later.'],
    [421, 'The mail server does not take the mail: 421 4.7.0 Too much.'],
    [250, null],
  ]);
});

test('what a server refuses for good is over at once, and says why', async () => {
  const server = await mailServer();
  server.refuseMail = () => [554, '5.7.1 We think that this is spam'];
  const webhook = await mailWebhook();
  await happens();
  await deliver(newDeliverer({ mail: server.settings() }), isOver(webhook));
  const delivery = await deliveryOf(webhook);
  expect(delivery).toMatchObject({
    state: 'dead',
    nextAttemptAt: null,
    receipts: { mailAccepted: [], mailRefused: [ANA, BO] },
  });
  expect(answers(delivery)).toEqual([[554, 'The mail server refused the mail: 554 5.7.1 We think that this is spam.']]);
  expect(server.connections).toBe(1);
});

test('a receiver who is refused is named, and the others have the mail', async () => {
  const server = await mailServer();
  server.refuseReceiver = (address) => (address === BO ? [550, '5.1.1 No such user'] : undefined);
  const webhook = await mailWebhook();
  await happens();
  await deliver(newDeliverer({ mail: server.settings() }), isOver(webhook));
  expect(server.received.map(({ to }) => to)).toEqual([[ANA]]);
  const delivery = await deliveryOf(webhook);
  expect(delivery).toMatchObject({ state: 'delivered', receipts: { mailAccepted: [ANA], mailRefused: [BO] } });
  expect(answers(delivery)).toEqual([[250, `${BO} was refused: 550 5.1.1 No such user.`]]);
});

test('a receiver who is put off gets the mail later, and nobody gets it twice', async () => {
  const server = await mailServer();
  const puttingOff = [true, true, false];
  server.refuseReceiver = (address) => (address === BO && puttingOff.shift() === true ? [450, '4.2.0 Greylisted'] : undefined);
  const webhook = await mailWebhook();
  await happens();
  await deliver(newDeliverer({ mail: server.settings() }), isOver(webhook));
  expect(server.received.map(({ to }) => to)).toEqual([[ANA], [BO]]);
  // The second of them is the same mail, and says to whom it went besides.
  const mails = server.received.map(readMail);
  expect(new Set(mails.map(({ headers }) => `${headers['message-id']} ${headers['to']}`)).size).toBe(1);
  const delivery = await deliveryOf(webhook);
  expect(delivery).toMatchObject({ state: 'delivered', receipts: { mailAccepted: [ANA, BO], mailRefused: [] } });
  expect(answers(delivery)).toEqual([
    [250, `${BO} was not taken yet: 450 4.2.0 Greylisted.`],
    [450, `${BO} was not taken yet: 450 4.2.0 Greylisted.`],
    [250, null],
  ]);
});

test('a sender who is refused is a matter of settings: it is tried again', async () => {
  const server = await mailServer();
  server.refuseSender = () => [553, '5.7.1 Not yours'];
  const webhook = await mailWebhook();
  await happens();
  const deliverer = newDeliverer({ mail: server.settings() });
  await deliver(deliverer, attempted(webhook));
  server.refuseSender = () => undefined;
  await deliver(deliverer, isOver(webhook));
  const delivery = await deliveryOf(webhook);
  expect(delivery.state).toBe('delivered');
  expect(answers(delivery)[0]).toEqual([553, 'The mail server does not take mail from CASTELLAN_MAIL_FROM (553).']);
});

describe('a server that wants to know who is there', () => {
  const account = { user: 'castellan', password: PASSWORD };

  test('is told, and takes the mail', async () => {
    const server = await mailServer({ account });
    const webhook = await mailWebhook();
    await happens();
    await deliver(newDeliverer({ mail: server.settings({ credentials: account }) }), isOver(webhook));
    expect(server.received).toMatchObject([{ user: 'castellan', to: [ANA, BO] }]);
  });

  test('and does not like the answer: it is tried again, and the password stands nowhere', async () => {
    const server = await mailServer({ account: { ...account, password: 'another' } });
    const webhook = await mailWebhook();
    await happens();
    await deliver(newDeliverer({ mail: server.settings({ credentials: account }) }), attempted(webhook));
    const delivery = await deliveryOf(webhook);
    expect(delivery.state).toBe('pending');
    expect(answers(delivery)[0]).toEqual([535, 'The mail server does not take user and password of CASTELLAN_SMTP_URL (535).']);
    await expectNoPassword();
  });

  test('and repeats the password when it refuses: it is taken out', async () => {
    const server = await mailServer({ account });
    const plain = Buffer.from(`\0castellan\0${PASSWORD}`).toString('base64');
    server.refuseReceiver = () => [550, `5.7.1 not with ${PASSWORD} or ${plain}`];
    const webhook = await mailWebhook([ANA]);
    await happens();
    await deliver(newDeliverer({ mail: server.settings({ credentials: account }) }), isOver(webhook));
    const [answer] = answers(await deliveryOf(webhook));
    expect(answer).toEqual([550, `${ANA} was refused: 550 5.7.1 not with [redacted] or [redacted].`]);
    await expectNoPassword();
  });

  test('and does not ask: the mail is not handed over by a stranger', async () => {
    const server = await mailServer();
    const webhook = await mailWebhook();
    await happens();
    await deliver(newDeliverer({ mail: server.settings({ credentials: account }) }), attempted(webhook));
    const [answer] = answers(await deliveryOf(webhook));
    expect(answer).toEqual([null, expect.stringContaining('offers no sign-in')]);
    expect(server.received).toEqual([]);
  });
});

async function expectNoPassword(): Promise<void> {
  const { rows } = await database.client.query(
    `SELECT (SELECT jsonb_agg(to_jsonb(a)) FROM delivery_attempts a)::text || (SELECT jsonb_agg(to_jsonb(w)) FROM webhooks w)::text
       || (SELECT jsonb_agg(to_jsonb(d)) FROM deliveries d)::text || (SELECT jsonb_agg(to_jsonb(e)) FROM events e)::text AS text`,
  );
  const all = [JSON.stringify(rows), ...said].join('\n');
  expect(all).toContain('delivery_id');
  for (const form of [PASSWORD, 'hunter2', Buffer.from(PASSWORD).toString('base64').slice(0, 12), encodeURIComponent(PASSWORD)])
    expect(all).not.toContain(form);
}

describe('encryption', () => {
  test('is used when the server offers it, and its certificate is one that is believed', async () => {
    const server = await mailServer({ certificate: SELF_SIGNED });
    const webhook = await mailWebhook();
    await happens();
    await deliver(newDeliverer({ mail: server.settings(), mailCertificates: SELF_SIGNED.cert }), isOver(webhook));
    expect(server.received).toMatchObject([{ isEncrypted: true }]);
  });

  test.each([
    ['nobody vouches for', SELF_SIGNED, undefined],
    ['is too old', EXPIRED, EXPIRED.cert],
  ])('a certificate that %s: nothing is sent', async (_, certificate, believed) => {
    const server = await mailServer({ certificate });
    const webhook = await mailWebhook();
    await happens();
    const certificates = believed === undefined ? {} : { mailCertificates: believed };
    await deliver(newDeliverer({ mail: server.settings(), ...certificates }), attempted(webhook));
    const [answer] = answers(await deliveryOf(webhook));
    expect(answer).toEqual([null, expect.stringContaining('The certificate of the mail server is not valid')]);
    expect(server.received).toEqual([]);
  });

  test('where it is needed and not offered, nothing is sent and nobody says who he is', async () => {
    const account = { user: 'castellan', password: PASSWORD };
    const server = await mailServer({ account });
    const webhook = await mailWebhook();
    await happens();
    const mail = server.settings({ credentials: account, requireTls: true });
    await deliver(newDeliverer({ mail }), attempted(webhook));
    const [answer] = answers(await deliveryOf(webhook));
    expect(answer?.[1]).toBe('The connection to the mail server cannot be encrypted: it offers no STARTTLS, or breaks it off.');
    expect(server.received).toEqual([]);
  });
});

describe('a server that does not answer', () => {
  test.each([
    ['says nothing', ''],
    ['greets, and says nothing more', '220 mail.acme.example\r\n'],
    ['begins to greet and does not end', '220-wait\r\n'],
  ])('%s: it is given up in time', async (_, greeting) => {
    const server = await SilentServer.start(greeting);
    open.push(server);
    const webhook = await mailWebhook();
    await happens();
    await deliver(newDeliverer({ mail: server.settings(), requestMs: 300, retryDelay: () => 3_600_000 }), attempted(webhook));
    expect(answers(await deliveryOf(webhook))).toEqual([[null, 'The mail server did not answer in time.']]);
    await until(() => server.open === 0);
  });

  test('is not there at all: it is tried again', async () => {
    const server = await mailServer();
    const mail = server.settings();
    await server.close();
    const webhook = await mailWebhook();
    await happens();
    await deliver(newDeliverer({ mail, retryDelay: () => 3_600_000 }), attempted(webhook));
    const delivery = await deliveryOf(webhook);
    expect(delivery.state).toBe('pending');
    expect(answers(delivery)).toEqual([[null, 'The mail server cannot be reached, or broke off (ECONNREFUSED).']]);
  });

  test('a stop lets go of it at once and gives the mail back', async () => {
    const server = await SilentServer.start('220 mail.acme.example\r\n');
    open.push(server);
    await mailWebhook();
    await happens();
    const deliverer = newDeliverer({ mail: server.settings() });
    await deliver(deliverer, () => server.open === 1);
    const began = performance.now();
    await deliverer.stop();
    expect(performance.now() - began).toBeLessThan(5_000);
    await until(() => server.open === 0);
    const { rows } = await database.client.query('SELECT state, lease_until, attempts FROM deliveries');
    expect(rows).toEqual([{ state: 'pending', lease_until: null, attempts: 0 }]);
  });
});

test('a host without a mail server says which settings it needs', async () => {
  const webhook = await mailWebhook();
  await happens();
  await deliver(newDeliverer({}), attempted(webhook));
  const [answer] = answers(await deliveryOf(webhook));
  expect(answer).toEqual([
    null,
    'This host has no mail server. Whoever runs it sets CASTELLAN_SMTP_URL and CASTELLAN_MAIL_FROM.',
  ]);
});
