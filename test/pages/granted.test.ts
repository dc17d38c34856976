import type { FindingView, IntegrationDetail, Page as ListPage } from '@castellan/api';
import type { Simulator } from '@castellan/okta-simulator';
import type { Page } from 'playwright-core';
import { barriers, LOOKS } from './accessibility.js';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

// Nothing is checked here: the type names the module beside it.
const simulation = (await loadOnce('@castellan/okta-simulator')) as typeof import('@castellan/okta-simulator');

/** Names many accounts of the simulated organisation. */
const CHECK = 'account-not-used';

let house: House;
let caller: Caller;
let simulator: Simulator;
let integration: string;
let account: string;
let application: string;
let page: Page;

const grant = (...scopes: readonly string[]): void => simulator.setGrantedScopes([...simulation.DEFAULT_SCOPES, ...scopes]);

/** What the host knows from then on. */
const known = async (...scopes: readonly string[]): Promise<void> => {
  grant(...scopes);
  await caller.post(`/integrations/${integration}/test`);
};

beforeAll(async () => {
  house = await House.open();
  caller = await house.setUp();
  const grantedScopes = [...simulation.DEFAULT_SCOPES, 'okta.groups.manage'];
  simulator = await house.simulate({ users: 60, groups: 6, apps: 4, events: 40, seed: 7, grantedScopes });
  const config = { ...simulator.config, actions: true };
  ({ id: integration } = await caller.post<IntegrationDetail>('/integrations', { connector: 'okta', name: 'Okta', config }));
  for (let tries = 0; tries < 120 && (await findings()).length < 3; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 500));
  account = simulator.org.addUser({ firstName: 'Mia', lastName: 'Holt' }).id;
  const [group = ''] = simulator.org.directory.groups.keys();
  simulator.org.addMember(group, account);
  [application = ''] = simulator.org.applications.apps.keys();
  simulator.org.assignUser(application, account);
  await caller.post(`/integrations/${integration}/sync`);
  for (let tries = 0; tries < 120 && !(await isRead()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 500));
  page = await house.visitAs(ADMINISTRATOR);
}, 240_000);
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

const findings = async (): Promise<readonly FindingView[]> =>
  (await caller.get<ListPage<FindingView>>(`/findings?rule=${CHECK}&integration=${integration}`)).items;
const isRead = async (): Promise<boolean> =>
  (await caller.send('GET', `/integrations/${integration}/records/account/${account}`)).status === 200;
const respond = () => page.goto(`${house.url}/access/${integration}/account/${account}?tab=respond`);
const dialog = () => page.getByRole('dialog');
const note = () => page.getByRole('region', { name: 'Not granted yet' });
const rows = (list: string) => page.getByRole('list', { name: list, exact: true }).getByRole('listitem');

test('what is not granted is said before anybody clicks, with where it is granted; what can be done comes first', async () => {
  await known('okta.groups.manage');
  await respond();
  await note()
    .getByText(/^Not granted yet: .*okta\.users\.manage/)
    .waitFor();
  await note().getByText('Okta API Scopes', { exact: false }).waitFor();
  // Named once, however many actions need it.
  expect((await note().innerText()).match(/okta\.users\.manage/g)).toHaveLength(1);
  const suspend = rows('Stop it').filter({ has: page.getByText('Suspend', { exact: true }) });
  await suspend.getByText('Not granted yet: okta.users.manage').waitFor();
  // Of three lists the one that has something to be done from here.
  expect(await page.getByRole('region', { name: 'Respond' }).getByRole('list').first().getAttribute('aria-label')).toBe(
    'Keep it from happening again',
  );
  const all = await rows('Keep it from happening again').or(rows('Put it right')).or(rows('Stop it')).allInnerTexts();
  expect(all.filter((one) => one.includes('Not granted yet')).length).toBeGreaterThan(2);
  await page.getByRole('button', { name: /^Groups · / }).click();
  const ofGroup = page.getByRole('button', { name: /^Remove from group …: / }).first();
  await ofGroup.waitFor();
  expect(await ofGroup.getAttribute('aria-label')).not.toContain('Not granted');
});

test('the preview decides: of what was granted meanwhile it shows the plan, and nothing is said to be missing any more', async () => {
  await known('okta.groups.manage');
  await respond();
  await note().waitFor();
  await page.getByRole('button', { name: 'Preview …: Suspend', exact: true }).click();
  await dialog().getByText('It cannot be done from here').waitFor();
  await dialog().getByRole('region', { name: 'By hand' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  grant('okta.users.manage', 'okta.groups.manage', 'okta.apps.manage', 'okta.roles.manage', 'okta.idps.manage');
  await page.getByRole('button', { name: 'Preview …: Suspend', exact: true }).click();
  await dialog().getByRole('button', { name: 'Suspend', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await note().waitFor({ state: 'detached' });
  expect(await page.getByText('Not granted yet', { exact: false }).count()).toBe(0);
});

test('many at once: the menu has what can be done first, and the dialog says what is missing and the way by hand', async () => {
  await known('okta.roles.manage');
  const chosen = (await findings()).filter(
    ({ subject }) => simulator.org.directory.users.get(subject.key)?.['status'] === 'ACTIVE',
  );
  const three = [...new Map(chosen.map((one) => [one.subject.label, one])).values()].slice(0, 3);
  await page.goto(`${house.url}/findings?rule=${CHECK}`);
  for (const { subject } of three)
    await page
      .getByRole('checkbox', { name: `Select ${subject.label}` })
      .first()
      .check();
  await page.getByRole('button', { name: 'Respond …' }).click();
  const suspend = page.getByRole('menuitem', { name: /^Suspend …/ });
  await suspend.getByText('Not granted yet: okta.users.manage').waitFor();
  await suspend.click();
  await dialog().getByText('is not granted', { exact: false }).first().waitFor();
  await dialog().getByRole('region', { name: 'Not granted yet' }).getByRole('listitem').first().waitFor();
  expect(await dialog().getByRole('button', { name: 'Suspend: 0' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
});

test('suggestions of an application say it, too', async () => {
  await known('okta.users.manage');
  await page.goto(`${house.url}/access/${integration}/application/${application}?tab=suggestions`);
  await note().getByText('Not granted yet: okta.apps.manage', { exact: true }).waitFor();
  const take = page.getByRole('button', { name: /^Take away …: .*Not granted yet: okta\.apps\.manage/ }).first();
  await take.click();
  await dialog().getByText('It cannot be done from here').waitFor();
  await page.keyboard.press('Escape');
  await known('okta.users.manage', 'okta.apps.manage');
  await page.reload();
  const granted = page.getByRole('button', { name: 'Take away …: Mia Holt', exact: true });
  await granted.waitFor();
  expect(await note().count()).toBe(0);
  await granted.click();
  await dialog().getByRole('textbox', { name: 'Reason' }).fill('Not used.');
  await dialog().getByRole('button', { name: 'Ask for approval' }).click();
  await dialog().getByText('Waits for approval').waitFor();
});

test('for everybody, by day and by night, on a screen and on a telephone', async () => {
  await known('okta.groups.manage');
  const seen: string[] = [];
  const paths = [
    `/access/${integration}/account/${account}?tab=respond`,
    `/access/${integration}/application/${application}?tab=suggestions`,
  ];
  for (const [place, path] of paths.entries()) {
    await page.goto(house.url + path);
    await note().waitFor();
    for (const [colorScheme, width] of LOOKS[place % 2] ?? []) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 800 });
      if (Number(await page.evaluate('document.documentElement.scrollWidth')) > width)
        seen.push(`${path} is wider than ${width}`);
      seen.push(...(await barriers(page)).map((one) => `${path} ${colorScheme} ${width} ${one}`));
    }
  }
  expect(seen).toEqual([]);
}, 120_000);
