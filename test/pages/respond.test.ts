import type { IntegrationDetail } from '@castellan/api';
import type { Page } from 'playwright-core';
import { ATTACKS, PLAYED } from './attacks/all.js';
import type { Attack } from './attacks/attack.js';
import { Organisations, SIZE } from './attacks/organisations.js';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

// Nothing is checked here: the type names the module beside it.
const simulation = (await loadOnce('@castellan/okta-simulator')) as typeof import('@castellan/okta-simulator');

const SECOND = { email: 'bo@acme.example', name: 'Bo Lund', password: 'quite another long phrase' };

let house: House;
let caller: Caller;
let organisations: Organisations;
let page: Page;
/** Of a second person. */
let other: Page;

beforeAll(async () => {
  house = await House.open({ pollSeconds: 1 });
  caller = await house.setUp();
  await caller.admit({ ...SECOND, role: 'analyst' });
  organisations = new Organisations(house, caller, PLAYED);
  page = await house.visitAs(ADMINISTRATOR);
  other = await house.visitAs(SECOND, '/actions');
}, 240_000);
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

const dialog = () => page.getByRole('dialog');
const panel = () => page.getByRole('region', { name: 'Respond' });

/** In the dialog that is open. */
async function carryOut(action: string, isHeavy: boolean): Promise<void> {
  await dialog().getByText('What is sent, and nothing else').waitFor();
  await dialog().getByRole('textbox', { name: 'Reason' }).fill('It was not them.');
  if (!isHeavy) await dialog().getByRole('button', { name: action, exact: true }).click();
  else {
    await dialog().getByRole('button', { name: 'Ask for approval' }).click();
    await dialog().getByText('Waits for approval').waitFor();
    await approve(action);
  }
  await dialog().getByText('Done and seen').waitFor();
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  await dialog().waitFor({ state: 'detached' });
}

async function approve(action: string): Promise<void> {
  // The page asks by itself, too: every ten seconds.
  await other.reload();
  await other.getByRole('button', { name: `Approve …: ${action}` }).click();
  await other.getByRole('dialog').getByText('It was not them.', { exact: false }).waitFor();
  await other.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
  await other.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Opens what is to be done, of whom. */
async function choose({ subject, part, action }: Attack): Promise<void> {
  if (subject !== undefined) await panel().getByRole('button', { name: subject }).first().click();
  if (part === undefined)
    return panel()
      .getByRole('button', { name: `Preview …: ${action}`, exact: true })
      .click();
  await panel().getByRole('button', { name: part }).click();
  await panel()
    .getByRole('button', { name: `${action} …` })
    .first()
    .click();
}

test('each attack that the simulator plays has its answer', () => {
  const attacks = simulation.attackScenarios.filter(({ kind }) => kind === 'attack');
  expect(ATTACKS.map(({ name }) => name).toSorted()).toEqual(attacks.map(({ name }) => name).toSorted());
});

test.each(PLAYED)('$name is found, stopped, seen to be stopped, and taken back', async (attack) => {
  const { action, isHeavy = false, seen, after, undo } = attack;
  const attacked = await organisations.found(attack);
  await page.goto(`${house.url}/incidents/${attacked.incident.id}`);
  await choose(attack);
  const before = seen(attacked);
  expect(before).not.toEqual(after);
  await carryOut(action, isHeavy);
  expect(seen(attacked)).toEqual(after);
  const asked = panel().getByRole('list', { name: 'What was asked for' });
  await asked.getByText('Done and seen').waitFor();
  if (undo === undefined) return expect(await asked.getByRole('button', { name: 'Take back' }).count()).toBe(0);
  await asked.getByRole('button', { name: `Take back …: ${action}` }).click();
  await carryOut(undo.action, undo.isHeavy ?? false);
  expect(seen(attacked)).toEqual(before);
  await asked.getByText('Taken back', { exact: true }).waitFor();
});

test('where nothing may be changed the way by hand is shown, and what was done there is seen', async () => {
  const simulator = await house.simulate(SIZE);
  const { id: account } = simulator.org.addUser({ firstName: 'Mia', lastName: 'Holt' });
  const { config } = simulator;
  const { id } = await caller.post<IntegrationDetail>('/integrations', { connector: 'okta', name: 'Reads only', config });
  const isRead = async (): Promise<boolean> =>
    (await caller.send('GET', `/integrations/${id}/records/account/${account}`)).status === 200;
  for (let tries = 0; tries < 120 && !(await isRead()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 500));
  await page.goto(`${house.url}/access/${id}/account/${account}?tab=respond`);
  await panel().getByText('This integration only reads', { exact: false }).waitFor();
  await panel().getByRole('button', { name: 'Preview …: Suspend', exact: true }).click();
  await dialog().getByText('It cannot be done from here').waitFor();
  await dialog().getByText('What is sent, and nothing else').waitFor();
  const steps = dialog().getByRole('region', { name: 'By hand' }).getByRole('checkbox');
  expect(await steps.count()).toBeGreaterThan(0);
  await steps.first().check();
  const say = dialog().getByRole('button', { name: 'I have done it' });
  expect(await say.isDisabled()).toBe(true);
  await dialog().getByRole('textbox', { name: 'What was done' }).fill('Suspended in the console.');
  // As a person does it there.
  simulator.org.setStatus(account, 'SUSPENDED');
  await say.click();
  await dialog().getByText('Done and seen').waitFor();
  await dialog().getByText('Done by hand, in the provider', { exact: false }).waitFor();
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  // What is refused as the account is now can be done by hand all the same.
  await panel().getByRole('button', { name: 'Preview …: Expire password', exact: true }).click();
  await dialog().getByRole('button', { name: 'By hand instead …' }).click();
  await dialog().getByRole('region', { name: 'By hand' }).getByRole('checkbox').first().waitFor();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  // The way to the settings ends at what switches actions on.
  await panel().getByRole('link', { name: 'its settings' }).click();
  await dialog().getByRole('switch', { name: 'Actions in Okta' }).and(page.locator(':focus')).waitFor();
});
