import type { AuditEntryView, Page as PageOf, UserView } from '@castellan/api';
import type { Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { barriers } from './accessibility.js';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';
import { Mailbox } from './mailbox.js';
import { Receiver } from './receiver.js';

let house: House;
let api: Caller;
let receiver: Receiver;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await Mailbox.start();
  house = await House.open({ mail: mailbox.settings });
  [api, receiver] = await Promise.all([house.setUp(), Receiver.start()]);
});
afterAll(() => Promise.all([house.close(), receiver.close(), mailbox.close()]));
afterEach(() => expect(house.violations()).toEqual([]));

/** The secret of the dialog that is open, which then closes: nothing of it is left. */
async function takeSecret(page: Page, label: string): Promise<string> {
  await page.getByText('shown only once').waitFor();
  const secret = await page.getByLabel(label, { exact: true }).inputValue();
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(secret);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain(secret);
  const stored = await page.evaluate<string>('JSON.stringify([localStorage, sessionStorage, location.href])');
  expect(stored).not.toContain(secret);
  return secret;
}

async function signedIn(path: string): Promise<Page> {
  const page = await house.visitAs(ADMINISTRATOR, path);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  return page;
}

test('an API key may exactly what was ticked, and nothing once it is revoked', async () => {
  const page = await signedIn('/api-keys');
  await page.getByRole('heading', { name: 'No program has a key yet' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Make an API key' }).click();
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByText('Must name at least one permission').waitFor();
  await page.getByLabel('Name').fill('Report');
  await page.getByRole('checkbox', { name: 'integrations:read' }).check();
  await page.getByRole('checkbox', { name: 'users:read' }).check();
  await page.getByLabel('Days until it ends').fill('30');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByText('shown only once').waitFor();
  expect(await barriers(page)).toEqual([]);
  const key = await takeSecret(page, 'API key');
  const ask = async (method: string, path: string): Promise<number> => {
    const headers = { authorization: `Bearer ${key}` };
    return (await fetch(`${house.url}/api${path}`, { method, headers })).status;
  };
  const [integrations, users, records, invite] = await Promise.all([
    ask('GET', '/integrations'),
    ask('GET', '/users'),
    ask('GET', '/audit-log'),
    ask('POST', '/users'),
  ]);
  expect({ integrations, users, records, invite }).toEqual({ integrations: 200, users: 200, records: 403, invite: 403 });
  const row = page.getByRole('row', { name: 'Report' });
  await row.getByText('Active').waitFor();
  expect(await row.getByRole('code').or(row.locator('code')).allInnerTexts()).toEqual(['integrations:read', 'users:read']);
  await row.getByRole('button', { name: 'Revoke' }).click();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await row.getByText('Revoked').waitFor();
  expect(await ask('GET', '/integrations')).toBe(401);
});

test('a webhook is set up, tested, fails, is told once more, and gets a new secret', async () => {
  const page = await signedIn('/webhooks');
  await page.getByRole('button', { name: 'Set up a webhook' }).click();
  await page.getByRole('textbox', { name: 'Address' }).fill('ftp://nowhere.example');
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  await page.locator('[aria-invalid="true"]').waitFor();
  await page.getByRole('radio', { name: 'Only what is chosen' }).click();
  await page.getByText('What is sent').first().click();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('radio', { name: 'Everything' }).click();
  await page.getByRole('textbox', { name: 'Address' }).fill(`http://${receiver.host}/hook`);
  await page.getByLabel('Description').fill('Tickets');
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  const secret = await takeSecret(page, 'Signing secret');
  await page.getByRole('heading', { name: 'Tickets', level: 1 }).waitFor();

  await page.getByRole('button', { name: 'Send a test' }).click();
  const rows = page.getByRole('table', { name: 'Deliveries' }).getByRole('row', { name: 'webhook.test' });
  await rows.getByText('Delivered').waitFor();
  const [first] = receiver.received;
  expect(new Webhook(secret).verify(first?.body ?? '', first?.headers ?? {})).toMatchObject({ type: 'webhook.test' });

  receiver.status = 503;
  await page.getByRole('button', { name: 'Send a test' }).click();
  await rows.first().getByText('Failed, tries again').waitFor();
  await rows.first().getByText('503').waitFor();
  expect(await barriers(page)).toEqual([]);
  receiver.status = 204;
  await rows.first().getByRole('button', { name: 'Redeliver' }).click();
  await rows.filter({ hasText: 'sent once more' }).getByText('Delivered').waitFor();
  // As the same event: who has had it can tell.
  expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(receiver.received[1]?.headers['webhook-id']);

  await page.getByText('Given up').click();
  await page.waitForURL('**?state=dead');
  await page.getByText('None is “Given up”').waitFor();

  await page.getByRole('button', { name: 'Actions for this webhook' }).click();
  await page.getByRole('menuitem', { name: 'New signing secret' }).click();
  await page.getByRole('button', { name: 'Make a new secret' }).click();
  const second = await takeSecret(page, 'Signing secret');
  expect(second).not.toBe(secret);
  await page.getByText('the one before signs as well').waitFor();
});

test('a webhook is mailed: receivers are entered, one is refused, and all of it is seen', async () => {
  const page = await signedIn('/webhooks');
  await page.getByRole('button', { name: 'Set up a webhook' }).click();
  await page.getByRole('radiogroup', { name: 'How it is told' }).getByText('Mail').click();
  await page.getByRole('textbox', { name: 'Address' }).waitFor({ state: 'detached' });
  // What the examples show is not what people get.
  expect(await page.getByText('What is sent').count()).toBe(0);
  expect(await page.getByText('The host has no mail server').count()).toBe(0);
  // Nobody has told it the address that people use.
  await page.getByText('Mails will have no link to the incident', { exact: false }).waitFor();
  await page.getByLabel('Receivers').fill('Ana <ana@acme.example>');
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  await page.getByText('is no plain address').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('Receivers').fill('ana@acme.example, bo@acme.example');
  await page.getByRole('button', { name: 'Set up', exact: true }).click();
  // There is no secret that would have to be kept: the page of the webhook comes at once.
  await page.getByRole('heading', { name: 'ana@acme.example and 1 more', level: 1 }).waitFor();
  await page.getByText('ana@acme.example, bo@acme.example').waitFor();
  await page.getByText('None: mail is not signed').waitFor();

  mailbox.refused = 'bo@acme.example';
  await page.getByRole('button', { name: 'Send a test' }).click();
  const row = page.getByRole('table', { name: 'Deliveries' }).getByRole('row', { name: 'webhook.test' });
  await row.getByText('Delivered, not to 1').waitFor();
  await row.getByText('bo@acme.example was refused: 550 There is no such mailbox').waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(mailbox.received).toEqual([['ana@acme.example']]);

  await page.getByRole('button', { name: 'Actions for this webhook' }).click();
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Change', 'Switch off', 'Delete']);
  await page.getByRole('menuitem', { name: 'Change' }).click();
  expect(await page.getByLabel('Receivers').inputValue()).toBe('ana@acme.example\nbo@acme.example');
  await page.getByLabel('Receivers').fill('ana@acme.example');
  await page.getByLabel('Description').fill('Those on duty');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Those on duty', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await row.first().getByText('250 in').waitFor();
  await page.goto(`${house.url}/webhooks`);
  await page.getByRole('row', { name: 'Those on duty' }).getByText('ana@acme.example').waitFor();
  expect(await barriers(page)).toEqual([]);
});

test('the audit log tells it in words, by pages, and its filters stand in the address', async () => {
  const bo = await api.post<UserView>('/users', { name: 'Bo', email: 'bo@acme.example', role: 'viewer' });
  await api.ask('PATCH', `/users/${bo.id}`, { role: 'analyst' });
  const page = await signedIn('/audit');
  const log = page.getByRole('list', { name: 'Entries' });
  for (const sentence of [
    'Ada Quint changed the role of Bo from viewer to analyst',
    'Ada Quint made the API key Report',
    'Ada Quint revoked the API key Report',
    'The API key Report tried POST /api/users without the permission users:manage',
    `Ada Quint set up the webhook to ${receiver.host}`,
    `Ada Quint had an event delivered once more to ${receiver.host}`,
    'Ada Quint set up the webhook to ana@acme.example and 1 more',
  ])
    await log.getByText(sentence).first().waitFor();
  await log.getByRole('button', { name: 'without the permission' }).getByText('Refused').waitFor();
  await log.getByRole('button', { name: 'changed the role' }).click();
  await log.getByRole('row', { name: 'role viewer analyst' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await log.getByRole('link', { name: 'Everything done to Bo' }).click();
  await page.waitForURL(`**/audit?target=${bo.id}`);
  await page.getByRole('button', { name: 'Only what was done to Bo' }).waitFor();
  await log.getByRole('listitem').nth(2).waitFor({ state: 'detached' });
  expect(await log.getByRole('listitem').count()).toBe(2);

  for (let turn = 0; turn < 60; turn++) await api.ask('PATCH', `/users/${bo.id}`, { name: `Bo ${turn}` });
  await page.goto(`${house.url}/audit?action=user.update`);
  await page.getByRole('button', { name: 'Show older entries' }).scrollIntoViewIfNeeded();
  const whereBefore = await page.evaluate<number>('window.scrollY');
  expect(await log.getByRole('listitem').count()).toBe(50);
  await page.getByRole('button', { name: 'Show older entries' }).click();
  await log.getByText('changed the role of Bo').waitFor();
  expect(await page.evaluate<number>('window.scrollY')).toBe(whereBefore);
  const { items } = await api.get<PageOf<AuditEntryView>>('/audit-log?action=user.update&limit=200');
  expect(await log.getByRole('listitem').count()).toBe(items.length);
});

test('in the dark and on a telephone nothing is in the way', async () => {
  const page = await house.visitAs(ADMINISTRATOR, '/', { colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [path, sign] of [
    ['/api-keys', 'Report'],
    ['/webhooks', 'Tickets'],
    ['/webhooks', 'Those on duty'],
    ['/audit', 'Bo 59'],
  ] as const) {
    await page.goto(house.url + path);
    await page.getByText(sign).first().waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
  }
  await page.goto(`${house.url}/webhooks`);
  await page.getByRole('link', { name: 'Tickets' }).click();
  await page.getByText('webhook.test').first().waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
});
