import type { HintedReport, IntegrationView, Page as ListPage, UserView } from '@castellan/api';
import type { Connector } from '@castellan/connector-sdk';
import type { Simulator } from '@castellan/okta-simulator';
import type { Locator, Page } from 'playwright-core';
import { barriers } from './accessibility.js';
import { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

/** What the source's guide lists for the dialog, "Integrate Okta with Authomize", and what must be sent for each. */
const GUIDE_FIELDS = ['Okta domain', 'Client ID', 'Client secret', 'Name', 'Owner'];
const SCOPES = ['okta.apps.read', 'okta.groups.read', 'okta.idps.read', 'okta.logs.read', 'okta.roles.read', 'okta.users.read'];
const NARROW = { width: 360, height: 740 };

let house: House;
let caller: Caller;
let page: Page;

beforeAll(async () => {
  house = await House.open();
  caller = await house.setUp();
  await caller.post('/users', { email: 'bo@acme.example', name: 'Bo Lindqvist', role: 'analyst' });
  page = await house.visitAs(ADMINISTRATOR, '/integrations');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
});
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

const dialog = (): Locator => page.getByRole('dialog', { name: 'Connect Okta' });
const button = (name: string): Locator => dialog().getByRole('button', { name, exact: true });
const guide = (): Locator => dialog().getByRole('complementary', { name: 'What to do' });
const report = (): Locator => dialog().getByRole('region', { name: 'Result of the test' });
const tile = (name: string): Locator =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name, exact: true }) });
/** Of a field that is typed into; one that is needed bears an asterisk. */
const field = (label: string): Locator => dialog().getByLabel(new RegExp(`^${label}( \\*)?$`));
const reads = (text: string | RegExp): Promise<void> => dialog().getByText(text).first().waitFor();
const clipboard = (): Promise<string> => page.evaluate('navigator.clipboard.readText()');

const focused = (wanted: Locator): Promise<void> => wanted.and(page.locator(':focus')).waitFor();

/** The tests know no DOM. */
const overhang = (one: { readonly scrollWidth?: number; readonly clientWidth?: number }): number =>
  (one.scrollWidth ?? 0) - (one.clientWidth ?? 0);

async function open(): Promise<void> {
  await page.goto(`${house.url}/integrations/add/okta`);
  await dialog().waitFor();
}

async function enterSecret({ url, credentials }: Simulator, secret = credentials.clientSecret.clientSecret): Promise<void> {
  await field('Okta domain').fill(url);
  await field('Client ID').fill(credentials.clientSecret.clientId);
  await field('Client secret').fill(secret);
}

async function stored(name: string): Promise<IntegrationView | undefined> {
  const { items } = await caller.get<ListPage<IntegrationView>>('/integrations');
  return items.find((one) => one.name === name);
}

/** Nobody may be led in a circle: what is looked for comes within some presses. */
async function tabTo(wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if ((await wanted.and(page.locator(':focus')).count()) === 1) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The keyboard does not reach ${String(wanted)}.`);
}

test('by the keyboard alone: from the list to an app that is connected, synced and healthy', async () => {
  const org = await house.simulate({ users: 30, seed: 11, latencyMs: 10 });
  await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor();
  await tabTo(page.getByRole('link', { name: 'Add new app' }));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/integrations/add');
  await page.getByRole('link', { name: /^Okta/ }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await tabTo(page.getByRole('link', { name: /^Okta/ }));
  await page.keyboard.press('Enter');
  await dialog().waitFor();
  expect(new URL(page.url()).pathname).toBe('/integrations/add/okta');

  // What the guide asks for is there, and can be left alone where it says so.
  for (const label of GUIDE_FIELDS) expect(await field(label).count()).toBe(1);
  expect(await field('Name').getAttribute('placeholder')).toBe('Okta');
  expect(await field('Owner').inputValue()).toContain(ADMINISTRATOR.name);
  expect((await guide().locator('pre').textContent())?.split('\n')).toEqual(SCOPES);
  expect(await barriers(page)).toEqual([]);

  await tabTo(field('Okta domain'));
  await page.keyboard.type(org.url);
  await guide().getByRole('heading', { name: 'Okta domain' }).waitFor();
  await tabTo(field('Client ID'));
  await page.keyboard.type(org.credentials.clientSecret.clientId);
  await tabTo(field('Client secret'));
  await page.keyboard.type(org.credentials.clientSecret.clientSecret);
  // To the steps of the way and back, past no other field.
  await tabTo(button('Go to the steps: Client secret (API service integration)'));
  await page.keyboard.press('Enter');
  await tabTo(guide().getByRole('button', { name: /^Copy: Scopes/ }));
  await page.keyboard.press('Enter');
  await guide()
    .getByText(/^Copied: Scopes/)
    .waitFor({ state: 'attached' });
  expect((await clipboard()).split('\n').toSorted()).toEqual(SCOPES);
  await tabTo(guide().getByRole('button', { name: 'Back to the form' }));
  await page.keyboard.press('Enter');
  await tabTo(button('Create'));
  await page.keyboard.press('Enter');

  await page.waitForURL('**/integrations');
  await tile('Okta').getByText('Syncing', { exact: true }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await tile('Okta').getByText('Healthy', { exact: true }).waitFor();
  const integration = await stored('Okta');
  expect(integration?.owner?.name).toBe(ADMINISTRATOR.name);
  expect(integration?.config).toMatchObject({ domain: org.url, auth: { method: 'client_secret' } });
});

test('a wrong secret is said at its field, whose turn it is, and what to do; name and owner are kept', async () => {
  const org = await house.simulate({ users: 20, seed: 12 });
  const { name: taken } = await caller.post<IntegrationView>('/integrations', { connector: 'okta', config: org.config });
  const before = (await caller.get<ListPage<IntegrationView>>('/integrations')).items.length;
  await open();
  await field('Name')
    .and(page.getByPlaceholder(/^Okta \d+$/))
    .waitFor();
  await field('Name').fill(taken);
  await field('Owner').click();
  await page.getByRole('option', { name: /Bo Lindqvist/ }).click();
  await enterSecret(org, 'not-the-secret');
  await button('Test connection').click();
  await report().getByRole('heading', { name: 'Cannot be connected yet.' }).waitFor();
  // What the API says is what the page shows.
  const said = await caller.post<HintedReport>('/connectors/okta/test', {
    config: { domain: org.url, auth: { ...org.credentials.clientSecret, clientSecret: 'not-the-secret' } },
  });
  const credential = said.checks.find(({ name }) => name === 'credential');
  await reads(credential?.error?.message ?? 'no message');
  expect(await report().textContent()).toContain('Your turn: Correct the setting "Client secret"');
  expect(await field('Client secret').getAttribute('aria-invalid')).toBe('true');
  expect(await barriers(page)).toEqual([]);

  // Never stored with a credential that fails, whatever is pressed.
  await button('Create').click();
  await focused(field('Client secret'));
  expect((await caller.get<ListPage<IntegrationView>>('/integrations')).items.length).toBe(before);
  await field('Client secret').fill(org.credentials.clientSecret.clientSecret);
  await report()
    .getByText(/^The settings are others now/)
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  await button('Create').click();
  await reads(/is taken|exists already|Choose another name/);
  await focused(field('Name'));

  let sent = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/integrations')) sent += 1;
  });
  await field('Name').fill('People of Acme');
  // Twice before anything is rendered: quicker than any finger.
  await page.evaluate(
    `{ const form = document.querySelector('[role=dialog] form'); form.requestSubmit(); form.requestSubmit(); }`,
  );
  await page.waitForURL('**/integrations');
  await tile('People of Acme').waitFor();
  expect(sent).toBe(1);
  expect((await stored('People of Acme'))?.owner?.name).toBe('Bo Lindqvist');
});

/** As if the name led to the simulated organisation: a test asks nobody else. What the host adds to its answer is the connector's own. */
async function answerFor(domain: string, { url, credentials: { clientSecret: auth } }: Simulator): Promise<void> {
  const { connector } = (await loadOnce('@castellan/connector-okta')) as { readonly connector: Connector };
  const validated = await connector.validateConfig({ domain, auth });
  const hints = validated.ok ? validated.hints.map(({ field: path, message }) => ({ field: `config.${path}`, message })) : [];
  await page.route(/api\/(connectors\/okta\/test|integrations)$/, async (route) => {
    const body = JSON.parse(route.request().postData() ?? 'null') as { readonly config: { readonly domain: string } } | null;
    if (body?.config.domain !== domain) return route.fallback();
    const response = await route.fetch({ postData: { ...body, config: { ...body.config, domain: url } } });
    const answer = (await response.json()) as object;
    return route.fulfill({ response, json: { ...answer, hints } });
  });
}

test('the address of the admin console is understood, and what was understood is shown', async () => {
  const org = await house.simulate({ users: 20, seed: 13 });
  await answerFor('https://acme-admin.okta.com', org);
  await open();
  await field('Name').fill('By its console');
  await enterSecret(org);
  await field('Okta domain').fill('https://acme-admin.okta.com/admin/users?from=menu');
  await field('Client ID').focus();
  await reads('Only the address counts: what followed it was left out.');
  expect(await field('Okta domain').inputValue()).toBe('https://acme-admin.okta.com');
  await button('Test connection').click();
  await report().getByRole('heading', { name: 'Everything can be read.' }).waitFor();
  const understood = 'acme-admin.okta.com is the address of the admin console. Castellan uses https://acme.okta.com instead.';
  await reads(understood);
  expect(await barriers(page)).toEqual([]);
  await button('Create').click();
  await page.waitForURL('**/integrations');
  await page.getByRole('status').filter({ hasText: understood }).waitFor();
  await tile('By its console').getByText('Healthy', { exact: true }).waitFor();
  await page.unrouteAll({ behavior: 'wait' });
});

test('with a scope missing it is said what will be missing, and connected all the same', async () => {
  const org = await house.simulate({
    users: 20,
    seed: 14,
    grantedScopes: SCOPES.filter((scope) => scope !== 'okta.roles.read'),
  });
  await open();
  await field('Name').fill('Without roles');
  await enterSecret(org);
  await button('Create').click();
  await report().getByRole('heading', { name: 'Can be connected; 5 streams will be missing.' }).waitFor();
  await button('Test connection').click();
  await report().getByRole('heading', { name: 'Can be connected; 5 of 21 streams will be missing.' }).waitFor();
  for (const scope of SCOPES) {
    const row = report()
      .getByText(new RegExp(`^${scope}: `))
      .first();
    expect(await row.textContent()).toBe(`${scope}: ${scope === 'okta.roles.read' ? 'failed' : 'Granted.'}`);
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await barriers(page)).toEqual([]);
  }
  await button('Create all the same').click();
  await page.waitForURL('**/integrations');
  await tile('Without roles').getByText('Degraded', { exact: true }).waitFor();
  await page.emulateMedia({ colorScheme: 'light' });
});

test('a legacy token', async () => {
  const org = await house.simulate({ users: 20, seed: 15 });
  await open();
  await field('Name').fill('By token');
  await field('Okta domain').fill(org.url);
  await dialog().getByRole('radio', { name: 'Token (for legacy integrations)' }).click();
  await guide()
    .getByText(/Read-Only Administrator/)
    .first()
    .waitFor();
  await field('Token \\(for legacy integrations\\)').last().fill(org.credentials.apiToken.token);
  await button('Test connection').click();
  await report().getByRole('heading', { name: 'Everything can be read.' }).waitFor();
  await button('Create').click();
  await page.waitForURL('**/integrations');
  await tile('By token').getByText('Healthy', { exact: true }).waitFor();
});

test('a key pair is made here: its public half is copied to the provider, the private one is seen by nobody', async () => {
  const org = await house.simulate({ users: 20, seed: 16 });
  await open();
  await field('Name').fill('By key');
  await field('Okta domain').fill(org.url);
  await dialog().getByRole('radio', { name: 'Private key (API Services app)' }).click();
  await field('Client ID').fill(org.credentials.customAppSecret.clientId);
  await button('Make a key pair').click();
  await dialog().getByRole('button', { name: 'Copy: Public key, for Okta' }).click();
  await reads('Copied: Public key, for Okta');
  const key = JSON.parse(await clipboard()) as Parameters<Simulator['addClientKey']>[0];
  expect(Object.keys(key)).toEqual(expect.arrayContaining(['kty', 'n', 'e', 'kid']));
  const values: readonly string[] = await page.evaluate(
    `[...document.querySelectorAll('input, textarea')].map(({ value }) => value)`,
  );
  expect([...values, await page.content()].filter((text) => /"d"|&quot;d&quot;/.test(text))).toEqual([]);
  expect(await barriers(page)).toEqual([]);
  org.addClientKey(key);
  await button('Create').click();
  await page.waitForURL('**/integrations');
  expect((await stored('By key'))?.config).toMatchObject({ auth: { method: 'private_key', privateKey: { isSet: true } } });
});

test('what was typed is lost only by somebody who says so, and what is wrong at the first look is said at once', async () => {
  await page.goto(`${house.url}/integrations/add`);
  await page.getByRole('link', { name: /^Okta/ }).click();
  await dialog().waitFor();
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await focused(page.getByRole('link', { name: /^Okta/ }));

  await page.keyboard.press('Enter');
  await field('Okta domain').click();
  await field('Days of activity to read at first').fill('91');
  await field('Client ID').click();
  await reads('Is required.');
  await reads('Must be at most 90.');
  await button('Create').click();
  await focused(field('Okta domain'));
  const question = page.getByRole('dialog', { name: 'Discard what you typed?' });
  await page.keyboard.press('Escape');
  await question.waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await focused(field('Okta domain'));
  await page.goBack();
  await question.getByRole('button', { name: 'Keep editing', exact: true }).last().click();
  expect(await field('Days of activity to read at first').inputValue()).toBe('91');
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Discard' }).click();
  await page.waitForURL('**/integrations/add');
  await dialog().waitFor({ state: 'detached' });
});

test('on a narrow screen the steps are folded below their field, and nothing is wider than the screen', async () => {
  await page.setViewportSize(NARROW);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await open();
    await dialog().getByText('What to do: Okta domain').click();
    await reads(/upper right corner/);
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(NARROW.width);
    expect(await dialog().evaluate(overhang)).toBe(0);
  }
});

test('who may not manage integrations is offered nothing, and told so at the address', async () => {
  const invited = await caller.post<UserView & { readonly invitation: { readonly token: string } }>('/users', {
    email: 'vi@acme.example',
    name: 'Vi Oduya',
    role: 'viewer',
  });
  const password = 'a password that is long enough';
  await new Caller(house.url).post('/invitations/accept', { token: invited.invitation.token, password });
  const viewer = await house.visitAs({ email: invited.email, password }, '/integrations/add/okta');
  await viewer.getByText(/Only who may manage integrations/).waitFor();
  expect(await viewer.getByRole('dialog').count()).toBe(0);
  await viewer.goto(`${house.url}/integrations`);
  await viewer.getByRole('article').first().waitFor();
  expect(await viewer.getByRole('link', { name: 'Add new app' }).count()).toBe(0);
});
