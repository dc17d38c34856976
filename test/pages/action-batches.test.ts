import type {
  ActionBatchView,
  ActionPlanView,
  ActionRequestView,
  FindingView,
  IntegrationDetail,
  Page as ListPage,
} from '@castellan/api';
import type { Simulator } from '@castellan/okta-simulator';
import type { Page } from 'playwright-core';
import { barriers, LOOKS } from './accessibility.js';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

// Nothing is checked here: the type names the module beside it.
const simulation = (await loadOnce('@castellan/okta-simulator')) as typeof import('@castellan/okta-simulator');

/** Names many accounts of the simulated organisation. */
const CHECK = 'account-not-used';
const SECOND = { email: 'bo@acme.example', name: 'Bo Lund', password: 'quite another long phrase' };

let house: House;
let caller: Caller;
let simulator: Simulator;
let integration: string;
let page: Page;
/** Of a second person. */
let other: Page;

beforeAll(async () => {
  house = await House.open({ pollSeconds: 1 });
  caller = await house.setUp();
  await caller.admit({ ...SECOND, role: 'analyst' });
  const grantedScopes = [...simulation.DEFAULT_SCOPES, 'okta.users.manage', 'okta.apps.manage'];
  simulator = await house.simulate({ users: 60, groups: 6, apps: 4, events: 40, seed: 7, grantedScopes });
  const config = { ...simulator.config, actions: true };
  ({ id: integration } = await caller.post<IntegrationDetail>('/integrations', { connector: 'okta', name: 'Okta', config }));
  page = await house.visitAs(ADMINISTRATOR);
  other = await house.visitAs(SECOND, '/actions');
  for (let tries = 0; tries < 120 && (await activeOnes()).length < 8; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 500));
}, 240_000);
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

const findings = async (): Promise<readonly FindingView[]> =>
  (await caller.get<ListPage<FindingView>>(`/findings?rule=${CHECK}&integration=${integration}`)).items;
/** About accounts that can be suspended; each of another name. */
const activeOnes = async (): Promise<readonly FindingView[]> => {
  const active = (await findings()).filter(({ subject }) => statusOf(subject.key) === 'ACTIVE');
  return [...new Map(active.map((finding) => [finding.subject.label, finding])).values()];
};
const statusOf = (account: string): unknown => simulator.org.directory.users.get(account)?.['status'];
const dialog = () => page.getByRole('dialog');

/** @returns keys of the accounts that are selected */
async function select(many: number): Promise<readonly string[]> {
  const chosen = (await activeOnes()).slice(0, many);
  await page.goto(`${house.url}/findings?rule=${CHECK}`);
  for (const { subject } of chosen)
    await page
      .getByRole('checkbox', { name: `Select ${subject.label}` })
      .first()
      .check();
  return chosen.map(({ subject }) => subject.key);
}

test('whom three findings are about are suspended at once, each with its own outcome', async () => {
  const accounts = await select(3);
  // One of them is gone from Okta since it was read.
  const [gone = ''] = accounts;
  simulator.org.setStatus(gone, 'DEPROVISIONED');
  await page.getByRole('button', { name: 'Respond …' }).click();
  await page.getByRole('menuitem', { name: 'Suspend …' }).click();
  const planned = dialog().getByRole('list', { name: 'What would be done to each' });
  await planned.getByText('Left out', { exact: false }).waitFor();
  expect(await planned.getByRole('listitem').count()).toBe(3);
  await dialog().getByRole('textbox', { name: 'Reason' }).fill('No second factor for weeks.');
  await dialog().getByRole('button', { name: 'Suspend: 2' }).click();
  await dialog().getByText('2 of 2 over: 2 done and seen.').waitFor();
  expect(accounts.map(statusOf)).toEqual(['DEPROVISIONED', 'SUSPENDED', 'SUSPENDED']);
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  await page.goto(`${house.url}/actions`);
  const history = page.getByRole('table', { name: 'History of actions' });
  // One line, not one for each.
  await history.getByRole('link', { name: 'Suspend: 2 objects' }).waitFor();
  await history.getByText('2 done and seen').waitFor();
  expect(await history.getByRole('link').count()).toBe(1);
  // In a certain state each stands for itself, and says what it is part of.
  await page.goto(`${house.url}/actions?state=verified`);
  await history.getByRole('link', { name: 'a batch' }).nth(1).waitFor();
  expect(await history.getByRole('link', { name: /^Suspend: / }).count()).toBe(2);
});

test('all of a batch is taken back at once, and what cannot be is named with the reason', async () => {
  const [batch] = (await caller.get<ListPage<ActionBatchView>>('/action-batches')).items;
  const taken = (await caller.get<ListPage<ActionRequestView>>(`/actions?batch=${batch?.id}`)).items;
  // Of one somebody has thought better already, by itself.
  const [alone, ...others] = taken;
  const { plan } = await caller.post<ActionPlanView>(`/integrations/${integration}/actions/plan`, alone?.plan.undo ?? {});
  const more = { integrationId: integration, fingerprint: plan.fingerprint, undoOf: alone?.id };
  await caller.post('/actions', { ...alone?.plan.undo, ...more });
  await page.goto(`${house.url}/actions/batches/${batch?.id}`);
  await page.getByText('2 of 2 over: 1 done and seen, 1 taken back.').waitFor();
  await page.getByRole('button', { name: 'Take all back …: Suspend, 2' }).click();
  const planned = dialog().getByRole('list', { name: 'What would be done to each' });
  await planned.getByText('Left out: It was taken back already.').waitFor();
  await dialog().getByRole('button', { name: 'Take the suspension back: 1' }).click();
  await dialog().getByText('1 of 1 over: 1 done and seen.').waitFor();
  expect(others.map(({ subject }) => statusOf(subject.key))).toEqual(['ACTIVE']);
  await dialog().getByRole('link', { name: 'See all of it' }).click();
  await page.getByRole('heading', { level: 1, name: 'Take the suspension back: 1' }).waitFor();
  await page.getByRole('link', { name: 'a batch' }).click();
  await page.getByText('2 of 2 over: 2 taken back.').waitFor();
  expect(await page.getByRole('button', { name: /^Take all back/ }).count()).toBe(0);
});

test('what was so already is counted apart from what was done', async () => {
  const accounts = await select(2);
  await page.getByRole('button', { name: 'Respond …' }).click();
  await page.getByRole('menuitem', { name: 'Suspend …' }).click();
  await dialog().getByRole('button', { name: 'Suspend: 2' }).waitFor();
  // Somebody else was faster.
  simulator.org.setStatus(accounts[0] ?? '', 'SUSPENDED');
  await dialog().getByRole('button', { name: 'Suspend: 2' }).click();
  await dialog().getByText('2 of 2 over: 1 done and seen, 1 so already.').waitFor();
  await page.goto(`${house.url}/actions`);
  const history = page.getByRole('table', { name: 'History of actions' });
  await history.getByText('1 done and seen, 1 so already').waitFor();
  await history.getByRole('button', { name: 'Take all back …: Suspend, 2' }).first().waitFor();
});

test('what waits by itself names its cause, and what would be lost', async () => {
  const [finding] = await activeOnes();
  const wanted = { action: 'deactivate-account', input: { account: finding?.subject.key } };
  const { plan } = await caller.post<ActionPlanView>(`/integrations/${integration}/actions/plan`, wanted);
  const asked = {
    ...wanted,
    integrationId: integration,
    fingerprint: plan.fingerprint,
    findingId: finding?.id,
    reason: 'Left.',
  };
  const { id } = await caller.post<ActionRequestView>('/actions', asked);
  const cause = `${finding?.rule.title}: ${finding?.subject.label}`;
  await page.goto(`${house.url}/actions`);
  const card = page.getByRole('list', { name: 'To be decided within 24 hours', exact: true }).getByRole('listitem');
  await card.getByText('“Left.”').waitFor();
  await card.getByRole('link', { name: cause }).waitFor();
  await page.goto(`${house.url}/actions/${id}`);
  await page.getByRole('link', { name: cause }).waitFor();
  await page.getByRole('region', { name: 'What is lost' }).waitFor();
  await caller.post(`/actions/${id}/withdraw`);
  await page.getByText('they are not kept', { exact: false }).waitFor();
});

test('what destroys is decided once for all, and stopped in the middle', async () => {
  const accounts = await select(4);
  await page.getByRole('button', { name: 'Respond …' }).click();
  await page.getByRole('menuitem', { name: 'Deactivate …' }).click();
  const ask = dialog().getByRole('button', { name: /^Ask for approval of \d/ });
  await dialog().getByRole('textbox', { name: 'Reason' }).fill('They left in spring.');
  await ask.click();
  await dialog().getByText('Another person has to agree.').waitFor();
  expect(await dialog().getByRole('button', { name: 'Approve …' }).count()).toBe(0);
  // Each takes a while: there is time to stop it.
  simulator.setFaults([{ kind: 'slow', match: /\/api\/v1\/users\//, delayMs: 1_500 }]);
  const card = other.getByRole('list', { name: 'Batches to be decided within 24 hours' }).getByRole('listitem');
  await card.getByText('“They left in spring.”').waitFor();
  await card.getByText('Because of:').getByRole('link').waitFor();
  // Four are asked for; whoever has to agree reads the names of three.
  await card.getByText(/^To .+, .+, .+ and 1 more\.$/).waitFor();
  await other.getByRole('button', { name: /^Approve …: Deactivate/ }).click();
  await other
    .getByRole('dialog')
    .getByRole('button', { name: /^Deactivate: / })
    .click();
  await dialog().getByRole('button', { name: 'Stop' }).click();
  await dialog()
    .getByText(/^Stopped by Ada Quint/)
    .waitFor();
  await dialog().getByText('Withdrawn').first().waitFor();
  // Once for all, not of each again.
  expect(await dialog().getByText('Stopped by Ada Quint', { exact: false }).count()).toBe(1);
  simulator.setFaults([]);
  const done = accounts.filter((account) => statusOf(account) === 'DEPROVISIONED');
  expect(done.length).toBeLessThan(accounts.length);
});

test('every page of actions is for everybody, by day and by night, on a screen and on a telephone', async () => {
  const { items } = await caller.get<ListPage<{ readonly id: string }>>('/actions');
  const batches = (await caller.get<ListPage<{ readonly id: string }>>('/action-batches')).items;
  const [account = ''] = simulator.org.directory.users.keys();
  const paths = [
    '/actions',
    `/actions/${items[0]?.id}`,
    `/actions/batches/${batches[0]?.id}`,
    `/access/${integration}/account/${account}?tab=respond`,
  ];
  const seen: string[] = [];
  for (const [place, path] of paths.entries()) {
    await page.goto(house.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByLabel('Loading').first().waitFor({ state: 'detached' });
    for (const [colorScheme, width] of LOOKS[place % 2] ?? []) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 800 });
      if (Number(await page.evaluate('document.documentElement.scrollWidth')) > width)
        seen.push(`${path} is wider than ${width}`);
      seen.push(...(await barriers(page)).map((one) => `${path} ${colorScheme} ${width} ${one}`));
    }
  }
  expect(seen).toEqual([]);
}, 240_000);
