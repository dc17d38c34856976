import type { IncidentView, IntegrationDetail, Page as ListPage } from '@castellan/api';
import type { Simulator } from '@castellan/okta-simulator';
import type { Page } from 'playwright-core';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

// Nothing is checked here: the type names the module beside it.
const simulation = (await loadOnce('@castellan/okta-simulator')) as typeof import('@castellan/okta-simulator');

const MANAGE = ['users', 'groups', 'apps', 'roles', 'idps', 'networkZones', 'apiTokens'].map((noun) => `okta.${noun}.manage`);

let house: House;
let caller: Caller;
let simulator: Simulator;
let integration: string;
let page: Page;

beforeAll(async () => {
  house = await House.open({ pollSeconds: 1 });
  caller = await house.setUp();
  simulator = await house.simulate({
    users: 40,
    groups: 6,
    apps: 5,
    events: 40,
    seed: 8,
    epoch: new Date(Date.now() - 2 * 3_600_000),
    grantedScopes: [...simulation.DEFAULT_SCOPES, ...MANAGE],
  });
  simulation.playScenario(simulator.org, 'push-bombing-accepted', { at: new Date(Date.now() - 40 * 60_000) });
  const config = { ...simulator.config, actions: true };
  ({ id: integration } = await caller.post<IntegrationDetail>('/integrations', { connector: 'okta', name: 'Okta', config }));
  page = await house.visitAs(ADMINISTRATOR);
}, 240_000);
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

async function incidentOf(find: (incident: IncidentView) => boolean): Promise<IncidentView> {
  for (let tries = 0; tries < 120; tries += 1) {
    const { items } = await caller.get<ListPage<IncidentView>>(`/incidents?integration=${integration}&limit=200`);
    const found = items.find(find);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('no such incident within a minute');
}

test('an attack is found, responded to, seen to be done, and taken back', async () => {
  const incident = await incidentOf(({ subject }) => subject.kind === 'account');
  await page.goto(`${house.url}/incidents/${incident.id}`);
  const respond = page.getByRole('region', { name: 'Respond' });
  await respond.getByRole('button', { name: 'Preview …: Suspend' }).waitFor();
  await page.screenshot({ path: '/tmp/respond1.png', fullPage: true });
  await respond.getByRole('button', { name: 'Preview …: Suspend' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('What is sent, and nothing else').waitFor();
  await page.screenshot({ path: '/tmp/respond2.png' });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Pushes all night.');
  await dialog.getByRole('button', { name: 'Suspend', exact: true }).click();
  await dialog.getByText('Done and seen').waitFor();
  await page.screenshot({ path: '/tmp/respond3.png' });
  expect(simulator.org.directory.users.get(incident.subject.key)?.['status']).toBe('SUSPENDED');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await respond.getByRole('button', { name: 'Take back: Suspend' }).click();
  await page.screenshot({ path: '/tmp/respond4.png', fullPage: true });
  await dialog.getByRole('button', { name: 'Take the suspension back', exact: true }).click();
  await dialog.getByText('Done and seen').waitFor();
  expect(simulator.org.directory.users.get(incident.subject.key)?.['status']).toBe('ACTIVE');
  await page.goto(`${house.url}/actions`);
  await page.getByRole('table', { name: 'History of actions' }).getByText('Taken back').waitFor();
  await page.screenshot({ path: '/tmp/respond5.png', fullPage: true });
});
