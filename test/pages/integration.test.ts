import type { HoldView, IntegrationDetail, Page as PageOf, RunView } from '@castellan/api';
import type { Simulator } from '@castellan/okta-simulator';
import type { Page } from 'playwright-core';
import { barriers } from './accessibility.js';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

const VIEWER = { email: 'vic@acme.example', password: 'correct horse battery staple' };
const USERS = 60;

interface Wide {
  readonly document: { readonly documentElement: { readonly scrollWidth: number } };
}

let house: House;
let caller: Caller;
let simulator: Simulator;
let id: string;
let page: Page;

beforeAll(async () => {
  house = await House.open();
  simulator = await house.simulate({ users: USERS, groups: 8, apps: 4, events: 30, seed: 12 });
  caller = await house.setUp();
  await caller.admit({ ...VIEWER, name: 'Vic', role: 'viewer' });
});
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

const detail = (): Promise<IntegrationDetail> => caller.get(`/integrations/${id}`);
const holds = async (): Promise<readonly HoldView[]> => (await caller.get<PageOf<HoldView>>(`/integrations/${id}/holds`)).items;
const badge = (word: string) => page.getByText(word, { exact: true }).first();
const tab = (name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Of this integration' }).getByRole('link', { name });

/** As it is on a desk by day, and on a telephone at night. */
async function looksGood(): Promise<void> {
  expect(await barriers(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 360, height: 740 });
  // The frame takes a moment to follow. In the page there is a document; the types of these tests are Node's.
  await page.waitForFunction(() => (globalThis as unknown as Wide).document.documentElement.scrollWidth <= 360);
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
}

/** A full listing begun by the page, to its end. */
async function syncNow(): Promise<RunView> {
  const before = (await detail()).lastRun?.id;
  await page.getByRole('button', { name: 'Sync now' }).click();
  // That it is at work is seen in the first test, which holds it up: a small organisation may be read between two looks.
  for (;;) {
    const { lastRun } = await detail();
    if (lastRun !== null && lastRun.id !== before && lastRun.finishedAt !== null) return lastRun;
  }
}

test('a first sync is watched, outlives its host, and ends well', async () => {
  // Members keep it waiting for as long as somebody looks; the rest is quick, and so is the test of the connection before it.
  simulator.setFaults([{ kind: 'slow', match: '/api/v1/groups/{groupId}/users', delayMs: 25_000, after: 1 }]);
  page = await house.visitAs(ADMINISTRATOR);
  ({ id } = await caller.post<IntegrationDetail>('/integrations', {
    connector: 'okta',
    name: 'Okta of Acme',
    config: simulator.config,
  }));
  const tile = page.getByRole('article', { name: 'Okta of Acme' });
  await tile.getByText(/^First sync: \d+ of \d+ streams read$/).waitFor();
  await tile.getByText(`${USERS} accounts`).waitFor();
  await looksGood();
  await page.reload();
  await tile.getByRole('progressbar').waitFor();
  await tile.getByRole('link', { name: 'Okta of Acme' }).click();
  await page.getByRole('heading', { name: 'First sync' }).waitFor();
  await page.getByText(/^\d+ of \d+ requests to the provider/).waitFor();

  const run = (await detail()).lastRun?.id;
  await house.restart(async () => {
    await page.getByText('The host does not answer').waitFor();
    expect(await barriers(page)).toEqual([]);
    simulator.setFaults([]);
  });
  await badge('Healthy').waitFor();
  await page.getByText('The host does not answer').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'First sync' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: `${USERS} Accounts` }).waitFor();
  await page.getByRole('link', { name: `${simulator.org.applications.apps.size} Applications` }).waitFor();
  expect((await detail()).lastRun).toMatchObject({ id: run, state: 'complete' });
  await looksGood();
});

test('what could not be read is said in words, by stream, and among the failed runs', async () => {
  simulator.setFaults([{ kind: 'forbidden', match: '/api/v1/groups/rules' }]);
  const { id: failed } = await syncNow();
  simulator.setFaults([]);
  await badge('Degraded').waitFor();
  await page.getByText(/ more are fresh\.$/).waitFor();
  await page.getByText(/^Group rules were not read: .* Last read in full at \d\d:\d\d\.$/).waitFor();
  await page.getByRole('link', { name: 'See what is missing' }).click();
  await page.waitForURL('**/streams');
  const row = page.getByRole('row', { name: /^Group rules/ });
  await row.getByText('Not readable').waitFor();
  await row.getByText('missing', { exact: true }).waitFor();
  await looksGood();

  await tab('Runs').click();
  await page.getByRole('switch', { name: 'Failed only' }).click({ force: true });
  await page.waitForURL('**/runs?failed=true');
  await expectRows('Runs', 1);
  await page.getByRole('button', { name: /^Details of the run/ }).click();
  await page.getByRole('table', { name: 'Streams of this run' }).getByText('Not readable').waitFor();
  expect((await caller.get<PageOf<RunView>>(`/integrations/${id}/runs?failed=true`)).items.map((one) => one.id)).toEqual([
    failed,
  ]);
  await looksGood();
  await page.goBack();
  await page.waitForURL('**/streams');
});

test('a removal of most accounts waits, is looked at, and decided', async () => {
  const lost = [...simulator.org.directory.users.values()].slice(0, USERS - 5);
  simulator.org.silently(() => {
    for (const { id: user } of lost) simulator.org.deleteUser(String(user));
  });
  await syncNow();
  await page.getByRole('link', { name: 'Decide on removals' }).click();
  await page.waitForURL('**/holds');
  const accounts = page.getByRole('region', { name: /^Accounts: / });
  await accounts.getByText(`${lost.length} accounts would be removed`).waitFor();
  await accounts.getByRole('button', { name: 'Look at them' }).click();
  const names = lost.map(({ profile }) => nameOf(profile)).toSorted();
  const table = accounts.getByRole('table');
  await table.getByRole('row').nth(1).waitFor();
  await accounts.getByRole('button', { name: 'Show more' }).click();
  await expectRows('What would be removed', lost.length);
  expect((await table.locator('tbody td:first-child').allTextContents()).toSorted()).toEqual(names);
  await looksGood();

  const open = (await holds()).filter(({ state }) => state === 'open');
  const other = open.find(({ stream }) => stream !== 'accounts');
  await accounts.getByRole('button', { name: 'Remove them' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Nothing changes at the provider.').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove them' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page
    .getByRole('row', { name: new RegExp(`^Accounts ${lost.length} accounts .* Removed ${ADMINISTRATOR.name}`) })
    .waitFor();
  expect((await detail()).counts.account).toBe(USERS - lost.length);

  const kept = page.getByRole('region', { name: new RegExp(`^${wordsOf(other?.stream ?? '')}: `, 'i') });
  await kept.getByRole('button', { name: 'Keep them' }).click();
  await dialog.getByText('you are asked again').waitFor();
  await dialog.getByRole('button', { name: 'Keep them' }).click();
  await kept.waitFor({ state: 'detached' });
  expect((await holds()).find((hold) => hold.id === other?.id)).toMatchObject({ state: 'rejected' });
});

test('who may only look is offered nothing to do', async () => {
  page = await house.visitAs(VIEWER, `/integrations/${id}/holds`);
  await tab('Overview').waitFor();
  await page.getByRole('heading', { name: 'Decided' }).waitFor();
  for (const name of ['Sync now', 'Keep them', 'Remove them']) expect(await page.getByRole('button', { name }).count()).toBe(0);
  expect(await tab('Settings').count()).toBe(0);
  await page.goto(`${house.url}/integrations/${id}/settings`);
  await page.getByRole('heading', { name: 'Not for your role' }).waitFor();
  expect(await barriers(page)).toEqual([]);
});

test('it is tested, changed, paused and resumed, and deleted by its name', async () => {
  page = await house.visitAs(ADMINISTRATOR, `/integrations/${id}/settings`);
  await page.getByLabel('List everything every').fill('12');
  await page.getByRole('region', { name: 'Schedule' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  expect((await detail()).schedule).toEqual({ everySeconds: 43_200, pollSeconds: null });
  await page.getByRole('button', { name: 'Test connection' }).click();
  await page.getByRole('region', { name: 'Result of the test' }).getByText('Everything can be read.').waitFor();
  await looksGood();

  await page.getByRole('button', { name: 'Pause' }).click();
  await badge('Paused').waitFor();
  expect((await detail()).paused).toBe(true);
  await page.getByRole('button', { name: 'Resume' }).first().click();
  await badge('Paused').waitFor({ state: 'detached' });
  expect((await detail()).paused).toBe(false);

  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(`1 stored secret`).waitFor();
  await dialog.getByText('The audit log: who connected, changed and deleted it.').waitFor();
  await dialog.getByLabel('Name of the integration').fill('Okta');
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog.getByText('Must be the name of the integration').waitFor();
  await dialog.getByLabel('Name of the integration').fill('Okta of Acme');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor();
  await page.goto(`${house.url}/integrations/${id}`);
  await page.getByRole('heading', { name: 'There is no such integration' }).waitFor();
  expect(await barriers(page)).toEqual([]);
});

/** Waits for so many rows of a table, without its head and what is folded away. */
async function expectRows(table: string, count: number): Promise<void> {
  const rows = page.getByRole('region', { name: table }).locator('tbody > tr:not([hidden])');
  await rows.nth(count - 1).waitFor();
  expect(await rows.count()).toBe(count);
}

/** As the provider has it. */
function nameOf(profile: unknown): string {
  const { displayName, firstName, lastName } = profile as Readonly<Record<string, string | undefined>>;
  return displayName ?? `${firstName} ${lastName}`;
}

/** As the page writes it, but for its capital letters. */
function wordsOf(stream: string): string {
  return stream.replaceAll('-', ' ');
}
