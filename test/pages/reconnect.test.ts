import type { IntegrationDetail } from '@castellan/api';
import type { Simulator } from '@castellan/okta-simulator';
import type { Locator, Page } from 'playwright-core';
import { barriers } from './accessibility.js';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

let house: House;
let caller: Caller;
let org: Simulator;
let integration: IntegrationDetail;
let page: Page;

beforeAll(async () => {
  house = await House.open();
  caller = await house.setUp();
  org = await house.simulate({ users: 20, seed: 21 });
  integration = await caller.post('/integrations', { connector: 'okta', config: org.config });
  page = await house.visitAs(ADMINISTRATOR);
});
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

const settings = (): Locator => page.getByRole('dialog', { name: 'Settings of Okta' });
const reconnection = (): Locator => page.getByRole('dialog', { name: 'Reconnect Okta' });
const now = (): Promise<IntegrationDetail> => caller.get(`/integrations/${integration.id}`);
const open = (dialog: string): Promise<unknown> =>
  page.goto(`${house.url}/integrations/${integration.id}/settings?dialog=${dialog}`);

test('settings are changed without the stored secret, which nobody sees and which does not go to another address', async () => {
  const other = await house.simulate({ users: 20, seed: 22 });
  await open('settings');
  await settings().getByText('Set just now').waitFor();
  expect(
    await settings()
      .getByLabel(/^Okta domain/)
      .inputValue(),
  ).toBe(org.url);
  expect(await barriers(page)).toEqual([]);
  await settings()
    .getByLabel(/^Okta domain/)
    .fill(other.url);
  await settings().getByRole('button', { name: 'Save' }).click();
  await settings()
    .getByText(/^Enter the secret again: the stored one belongs to another address/)
    .waitFor();
  await settings().getByRole('button', { name: 'Replace Client secret' }).and(page.locator(':focus')).waitFor();
  expect(await barriers(page)).toEqual([]);

  await settings()
    .getByLabel(/^Okta domain/)
    .fill(org.url);
  await settings().getByLabel('Days of activity to read at first').fill('30');
  await settings().getByRole('button', { name: 'Save' }).click();
  await settings().waitFor({ state: 'detached' });
  const { config } = await now();
  expect(config).toMatchObject({ domain: org.url, activityDays: 30, auth: { clientSecret: { isSet: true } } });
});

test('who was slower than somebody else is told, and begins again with the newer settings', async () => {
  await open('settings');
  await settings().getByLabel('Days of activity to read at first').fill('14');
  const { revision } = await now();
  const {
    auth: { clientSecret: _, ...auth },
    ...rest
  } = org.config;
  await caller.ask('PATCH', `/integrations/${integration.id}`, { config: { ...rest, auth, activityDays: 60 }, revision });
  await settings().getByRole('button', { name: 'Save' }).click();
  await settings().getByText('Somebody else has changed the settings meanwhile').waitFor();
  expect(await barriers(page)).toEqual([]);
  await settings().getByRole('button', { name: 'Load the newer settings' }).click();
  await settings().getByText('Somebody else has changed the settings meanwhile').waitFor({ state: 'detached' });
  expect(await settings().getByLabel('Days of activity to read at first').inputValue()).toBe('60');
  await settings().getByLabel('Days of activity to read at first').fill('14');
  await settings().getByRole('button', { name: 'Save' }).click();
  await settings().waitFor({ state: 'detached' });
  expect((await now()).config).toMatchObject({ activityDays: 14 });
});

test('a result is that of the settings that were tried, also when others are typed meanwhile', async () => {
  await open('reconnect');
  const field = (label: RegExp): Locator => reconnection().getByLabel(label);
  await field(/^Client ID/).fill(org.credentials.clientSecret.clientId);
  await field(/^Client secret( \*)?$/).fill(org.credentials.clientSecret.clientSecret);
  org.setFaults([{ kind: 'slow', delayMs: 1_500 }]);
  await reconnection().getByRole('button', { name: 'Test connection' }).click();
  await reconnection().getByRole('button', { name: 'Cancel the test' }).waitFor();
  await field(/^Client secret( \*)?$/).fill('another secret');
  org.setFaults([]);
  await reconnection()
    .getByText(/^The settings are others now/)
    .waitFor();
});

test('it is reconnected to the same organisation only, with all secrets anew; its data stays', async () => {
  const other = await house.simulate({ users: 20, seed: 23 });
  await open('reconnect');
  await reconnection()
    .getByText(new RegExp(`the same organisation, ${org.org.id}`))
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  const fill = async (to: Simulator): Promise<void> => {
    await reconnection()
      .getByLabel(/^Okta domain/)
      .fill(to.url);
    await reconnection()
      .getByLabel(/^Client ID/)
      .fill(to.credentials.clientSecret.clientId);
    await reconnection()
      .getByLabel(/^Client secret( \*)?$/)
      .fill(to.credentials.clientSecret.clientSecret);
    await reconnection().getByRole('button', { name: 'Reconnect' }).click();
  };
  await fill(other);
  await reconnection().getByText('Another organisation answers').waitFor();
  expect((await now()).tenant).toBe(org.org.id);
  await fill(org);
  await reconnection().waitFor({ state: 'detached' });
  const after = await now();
  expect(after.tenant).toBe(org.org.id);
  expect(after.revision).toBeGreaterThan(1);
  expect(after.counts.account).toBeGreaterThan(0);
});
