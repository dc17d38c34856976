import { readFile } from 'node:fs/promises';
import type { IntegrationDetail, RecordRows } from '@castellan/api';
import type { Simulator } from '@castellan/okta-simulator';
import type { Page } from 'playwright-core';
import { barriers } from './accessibility.js';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

const FORMULA = '=HYPERLINK("https://evil.example","Anna")';
const VIEWER = { email: 'vic@acme.example', password: 'quite another long phrase' };
const SUSPENDED = 3;

let house: House;
let simulator: Simulator;
let caller: Caller;
let integrationId: string;
/** Somebody of the organisation, with the group that she is in now, and the one that she has left. */
let anna: string;
let page: Page;

beforeAll(async () => {
  house = await House.open();
  const size = { groups: 12, apps: 12, assignmentsPerApp: 10, assignedGroups: 2, memberships: 60, events: 150 };
  simulator = await house.simulate({ users: 2_050, ...size });
  caller = await house.setUp();
  const { org } = simulator;
  anna = org.addUser({ firstName: 'Anna', lastName: 'Quill', login: 'anna.quill@acme.example' }).id;
  org.addUser({ firstName: FORMULA, lastName: '', login: 'formula@acme.example' });
  org.addUser({ firstName: 'Zzyzx', lastName: 'Zz', login: 'last@acme.example' });
  for (let number = 0; number < SUSPENDED; number += 1)
    org.addUser({ firstName: 'Susanne', lastName: `Pend ${number}`, status: 'SUSPENDED' });
  for (const [name, id] of [
    ['Stays', 'stay'],
    ['Leaves', 'leave'],
  ] as const)
    groups[id] = org.addGroup({ name: `Anna ${name}` }).id;
  org.addMember(groups['stay'] ?? '', anna);
  org.addMember(groups['leave'] ?? '', anna);
  const config = { ...simulator.config, skipFactors: true };
  ({ id: integrationId } = await caller.post<IntegrationDetail>('/integrations', { connector: 'okta', name: 'Okta', config }));
  await read();
  org.removeMember(groups['leave'] ?? '', anna);
  await caller.post(`/integrations/${integrationId}/sync`);
  await read();
  page = await house.visitAs(ADMINISTRATOR);
});
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

const groups: Record<string, string> = {};

/** Waits until the run that was asked for last has ended well. */
async function read(): Promise<void> {
  for (;;) {
    const { lastRun } = await caller.get<IntegrationDetail>(`/integrations/${integrationId}`);
    if (lastRun?.state === 'complete') return;
    if (lastRun?.finishedAt !== null) throw new Error(`the run has ended as ${lastRun?.state}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}

const grid = () => page.getByRole('grid');
/** A row of the table, the head not counted. */
const rowOf = (text: string) => grid().getByRole('row').filter({ hasText: text });
const entryOf = (name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true });
const drawer = () => page.getByRole('dialog');
const go = (path: string) => page.goto(house.url + path);
const said = (text: string) => page.getByText(text, { exact: true }).waitFor();

test('each page shows what the organisation has, and any kind is reached from the menu', async () => {
  const { org } = simulator;
  const has = [
    ['Accounts', `${org.directory.users.size.toLocaleString('en')} accounts`],
    ['Groups', `${org.directory.groups.size} groups`],
    ['Applications', `${org.applications.apps.size} applications`],
    ['Identity providers', `${org.identityProviders.idps.size} identity providers`],
  ] as const;
  for (const [entry, count] of has) {
    await entryOf(entry).click();
    await page.getByRole('heading', { level: 1, name: entry }).waitFor();
    await said(count);
  }
  await rowOf(String([...org.identityProviders.idps.values()][0]?.['name'])).waitFor();
  await entryOf('Roles').click();
  await rowOf('Super Administrator').first().waitFor();
  await entryOf('Activity').click();
  // The newest that has happened is the first: somebody was taken out of a group.
  await grid().getByRole('row').nth(1).filter({ hasText: 'Remove user from group' }).waitFor();

  await entryOf('More data').click();
  await page.getByRole('link', { name: 'Memberships' }).click();
  const { total } = await caller.get<RecordRows>('/records/membership?limit=1');
  await said(`${(total ?? 0).toLocaleString('en')} memberships`);
  // What a membership names is shown by name.
  await page.getByLabel('Search memberships').fill(anna);
  await rowOf('Anna Stays').filter({ hasText: 'Anna Quill' }).waitFor();
});

test('searches, filters and sorts, and the address brings all of it back', async () => {
  await go('/records/account');
  await page.getByLabel('Search accounts').fill('susanne pend');
  await said(`${simulator.org.directory.users.size.toLocaleString('en')} accounts, ${SUSPENDED} match`);
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByRole('checkbox', { name: 'Suspended' }).check();
  await page.getByText('Status: Suspended', { exact: true }).waitFor();
  // A day as it is typed, digit by digit: the year is 2, 20 and 202 on its way.
  await page.getByRole('dialog', { name: 'Filter' }).getByRole('button', { name: 'Created' }).click();
  await page.getByLabel('Created: from').focus();
  await page.keyboard.type('01022020');
  await page.getByText(/^Created: from \d+ (Jan|Feb) 2020$/).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await page.getByRole('columnheader', { name: 'Name' }).and(page.locator('[aria-sort=descending]')).waitFor();
  await grid().getByRole('row').nth(1).filter({ hasText: 'Susanne Pend 2' }).waitFor();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Department' }).uncheck();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Department' }).waitFor({ state: 'detached' });

  const shared = page.url();
  const other = await house.visitAs(ADMINISTRATOR, new URL(shared).pathname + new URL(shared).search);
  await other.getByText('Status: Suspended', { exact: true }).waitFor();
  expect(await other.getByLabel('Search accounts').inputValue()).toBe('susanne pend');
  const shown = other.getByRole('grid').getByRole('row');
  await shown.nth(1).filter({ hasText: 'Susanne Pend 2' }).waitFor();
  expect(await shown.count()).toBe(1 + SUSPENDED);
  expect(await other.getByRole('columnheader', { name: 'Department' }).count()).toBe(0);
  await other.context().close();

  await page.goBack();
  await page.getByRole('columnheader', { name: 'Name' }).and(page.locator('[aria-sort=ascending]')).waitFor();
  await page.getByLabel('Search accounts').fill('nobody is called so');
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
  await said(`${simulator.org.directory.users.size.toLocaleString('en')} accounts`);
  expect(new URL(page.url()).search).toBe('');
});

test('a record is opened by keyboard, its relations lead to others and back', async () => {
  await go('/records/account?q=anna.quill');
  await rowOf('Anna Quill').waitFor();
  await rowOf('Anna Quill').focus();
  await page.keyboard.press('Enter');
  await drawer().getByRole('heading', { name: 'Anna Quill' }).waitFor();
  await drawer().getByText('anna.quill@acme.example').first().waitFor();
  // She has no department, and the page says so.
  await drawer().getByText('not said').first().waitFor();
  expect(await barriers(page)).toEqual([]);

  await drawer().getByRole('tab', { name: 'Relations' }).click();
  const groupsNow = simulator.org.directory.groupsOf(anna).size;
  await drawer()
    .getByRole('button', { name: `Groups ${groupsNow} · 1 former` })
    .waitFor();
  await drawer().getByText('Former', { exact: true }).click();
  await drawer().getByRole('button', { name: 'Anna Leaves' }).waitFor();
  await drawer().getByText('There now', { exact: true }).click();
  await drawer().getByRole('button', { name: 'Anna Stays' }).click();
  await drawer().getByRole('heading', { name: 'Anna Stays' }).waitFor();
  await drawer().getByRole('tab', { name: 'Relations' }).click();
  await drawer().getByRole('button', { name: 'Anna Quill' }).waitFor();
  await drawer().getByRole('button', { name: 'Back to the record before' }).click();
  await drawer().getByRole('heading', { name: 'Anna Quill' }).waitFor();
  await drawer().getByRole('tab', { name: 'Relations', selected: true }).waitFor();

  await drawer().getByRole('tab', { name: 'History' }).click();
  await drawer().getByText('Lost Anna Leaves').waitFor();
  await drawer().getByRole('tab', { name: 'Source' }).click();
  await drawer().getByText(`"id": "${anna}"`).waitFor();
  await page.keyboard.press('Escape');
  await drawer().waitFor({ state: 'detached' });
  expect(await page.evaluate('document.activeElement.textContent')).toContain('Anna Quill');
});

test('a long table is walked through to its last row, and only what is in sight is there', async () => {
  await go('/records/account');
  const rows = grid().getByRole('row');
  const all = simulator.org.directory.users.size;
  await rows.nth(1).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await grid().locator('[aria-rowindex="4"]:focus').waitFor();
  await page.keyboard.press('End');
  await grid()
    .locator(`[aria-rowindex="${all + 1}"]:focus`)
    .filter({ hasText: 'Zzyzx Zz' })
    .waitFor();
  expect(await grid().getAttribute('aria-rowcount')).toBe(String(all + 1));
  expect(await rows.count()).toBeLessThan(60);
  await page.keyboard.press('Home');
  await grid().locator('[aria-rowindex="2"]:focus').waitFor();
  // The same by the scroll bar, half of the way: what the API has there.
  const { items } = await caller.get<RecordRows<'account'>>(`/records/account?offset=1000&limit=1`);
  await page.evaluate(`document.querySelector('[role=grid]').parentElement.scrollTop = ${1_000 * 36}`);
  await grid()
    .locator('[aria-rowindex="1002"]')
    .filter({ hasText: items[0]?.data.login ?? 'nobody' })
    .waitFor();
});

test('an export holds what the page shows, and no formula of a stranger', async () => {
  await go('/records/account?q=formula');
  await said(`${simulator.org.directory.users.size.toLocaleString('en')} accounts, 1 matches`);
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByText('1 account, as searched and filtered here, with every field, as CSV.', { exact: false }).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
  const text = await readFile(await download.path(), 'utf8');
  const [head, row, end] = text.replace(/^\uFEFF/, '').split('\r\n');
  expect(head).toContain('displayName');
  expect(row).toContain('formula@acme.example');
  expect(row).toContain(`"'=HYPERLINK(""https://evil.example"",""Anna"")"`);
  expect(end).toBe('');
});

test('a viewer sees the same on a phone in the dark', async () => {
  await caller.admit({ ...VIEWER, name: 'Vic', role: 'viewer' });
  const phone = await house.visitAs(VIEWER, '/', { colorScheme: 'dark' });
  await phone.setViewportSize({ width: 360, height: 720 });
  await phone.goto(`${house.url}/records/account?q=susanne&filter=status:suspended`);
  const shown = phone.getByRole('grid').getByRole('row');
  await shown.filter({ hasText: 'Susanne Pend 0' }).waitFor();
  expect(await barriers(phone)).toEqual([]);
  await shown.filter({ hasText: 'Susanne Pend 0' }).click();
  await phone.getByRole('dialog').getByText('SUSPENDED', { exact: true }).waitFor();
  expect(await barriers(phone)).toEqual([]);
  expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(360);
});
