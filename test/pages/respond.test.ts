import type { IncidentView, IntegrationDetail, Page as ListPage } from '@castellan/api';
import type { Simulator } from '@castellan/okta-simulator';
import type { Page } from 'playwright-core';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

// Nothing is checked here: the type names the module beside it.
const simulation = (await loadOnce('@castellan/okta-simulator')) as typeof import('@castellan/okta-simulator');

const HOUR = 3_600_000;
const READ = ['policies', 'authenticators', 'networkZones', 'apiTokens', 'logStreams', 'threatInsights', 'orgs', 'appGrants'];
const MANAGE = ['users', 'groups', 'apps', 'roles', 'idps', 'networkZones', 'apiTokens'];
const SCOPES = [...READ.map((noun) => `okta.${noun}.read`), ...MANAGE.map((noun) => `okta.${noun}.manage`)];
const SECOND = { email: 'bo@acme.example', name: 'Bo Lund', password: 'quite another long phrase' };

let house: House;
let caller: Caller;
let page: Page;
/** Of a second person. */
let other: Page;

beforeAll(async () => {
  house = await House.open({ pollSeconds: 1 });
  caller = await house.setUp();
  await caller.admit({ ...SECOND, role: 'analyst' });
  page = await house.visitAs(ADMINISTRATOR);
  other = await house.visitAs(SECOND, '/actions');
}, 240_000);
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

interface Attack {
  readonly name: string;
  /** What its worst incident is about. */
  readonly about: 'account' | 'address' | 'organisation';
  /** Of the subjects that the panel names; left out: the first. */
  readonly subject?: RegExp;
  /** What of it is opened, where the action is done to what it has. */
  readonly part?: RegExp;
  readonly action: string;
  readonly isHeavy?: true;
  /** Whether it is so at the provider. */
  readonly isSo: (simulator: Simulator, incident: IncidentView) => boolean;
  readonly undo?: { readonly action: string; readonly isHeavy?: true };
}

const statusIs =
  (status: string) =>
  (simulator: Simulator, { subject }: IncidentView) =>
    simulator.org.directory.users.get(subject.key)?.['status'] === status;
/** The log of the provider has it. */
const isLogged =
  (eventType: string) =>
  ({ org }: Simulator) =>
    Array.from({ length: org.log.length }, (_, n) => org.log.eventAt(n)['eventType']).includes(eventType);
/** One that the blocklist did not have before. */
const isBlocked = ({ org }: Simulator) => {
  const zone = [...org.list('zones').values()].find(({ usage }) => usage === 'BLOCKLIST');
  return Array.isArray(zone?.['gateways']) && zone['gateways'].length > 1;
};

/** The application that the attack has made. */
const pushesPasswords = ({ org }: Simulator): boolean => {
  const mirror = [...org.applications.apps.values()].find(({ label }) => label === 'Directory mirror');
  const features = JSON.stringify(org.list(`app-features/${String(mirror?.['id'])}`).get('USER_PROVISIONING'));
  return /"password":\{[^}]*"status":"ENABLED"/.test(features);
};

/** Attacks by their story, and what stops each. */
const ATTACKS: readonly Attack[] = [
  {
    name: 'help-desk-takeover',
    about: 'account',
    subject: /identity provider · was acted on/,
    action: 'Deactivate identity provider',
    isHeavy: true,
    isSo: ({ org }) =>
      [...org.identityProviders.idps.values()].some(
        ({ name, status }) => name === 'Workforce sign-in' && status === 'INACTIVE',
      ),
    undo: { action: 'Activate identity provider', isHeavy: true },
  },
  {
    name: 'stolen-admin-cookie',
    about: 'account',
    subject: /API token · was acted on/,
    action: 'Revoke API token',
    isHeavy: true,
    isSo: isLogged('system.api_token.revoke'),
  },
  {
    name: 'push-bombing-accepted',
    about: 'account',
    action: 'Suspend',
    isSo: statusIs('SUSPENDED'),
    undo: { action: 'Take the suspension back' },
  },
  {
    name: 'spray-many-sources',
    about: 'organisation',
    subject: /address · where it came from/,
    action: 'Block the address',
    isSo: isBlocked,
    undo: { action: 'Unblock the address' },
  },
  {
    name: 'credential-stuffing',
    about: 'address',
    action: 'Block the address',
    isSo: isBlocked,
    undo: { action: 'Unblock the address' },
  },
  {
    name: 'rogue-password-push',
    about: 'account',
    subject: /Directory mirror/,
    part: /Provisioning/,
    action: 'Stop writing passwords',
    isSo: (simulator) => !pushesPasswords(simulator),
    undo: { action: 'Write passwords again', isHeavy: true },
  },
  {
    name: 'log-tampering',
    about: 'account',
    action: 'End all sessions',
    isSo: isLogged('user.session.clear'),
  },
];

const SIZE = { users: 60, groups: 6, apps: 5, events: 40, seed: 8 };

/** The worst that was found in an organisation of its own. */
async function attacked({ name, about }: Attack): Promise<{ readonly simulator: Simulator; readonly incident: IncidentView }> {
  const simulator = await house.simulate({
    ...SIZE,
    epoch: new Date(Date.now() - 3 * HOUR),
    grantedScopes: [...simulation.DEFAULT_SCOPES, ...SCOPES],
  });
  simulation.playScenario(simulator.org, name, { at: new Date(Date.now() - 2 * HOUR) });
  const config = { ...simulator.config, actions: true, posture: true };
  const { id } = await caller.post<IntegrationDetail>('/integrations', { connector: 'okta', name, config });
  for (let tries = 0; tries < 120; tries += 1) {
    const { items } = await caller.get<ListPage<IncidentView>>(`/incidents?integration=${id}&limit=200`);
    const incident = items.find(({ subject }) => subject.kind === about);
    if (incident !== undefined) return { simulator, incident };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('no such incident within a minute');
}

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
  await other.getByRole('button', { name: `Approve …: ${action}` }).click();
  await other.getByRole('dialog').getByText('It was not them.', { exact: false }).waitFor();
  await other.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
  await other.getByRole('dialog').waitFor({ state: 'detached' });
}

test.each(ATTACKS)('$name is found, stopped, seen to be stopped, and taken back', async (attack) => {
  const { action, isHeavy = false, isSo, undo } = attack;
  const { simulator, incident } = await attacked(attack);
  await page.goto(`${house.url}/incidents/${incident.id}`);
  if (attack.subject !== undefined) await panel().getByRole('button', { name: attack.subject }).first().click();
  if (attack.part === undefined)
    await panel()
      .getByRole('button', { name: `Preview …: ${action}`, exact: true })
      .click();
  else {
    await panel().getByRole('button', { name: attack.part }).click();
    await panel()
      .getByRole('button', { name: `${action} …` })
      .first()
      .click();
  }
  expect(isSo(simulator, incident)).toBe(false);
  await carryOut(action, isHeavy);
  expect(isSo(simulator, incident)).toBe(true);
  const asked = panel().getByRole('list', { name: 'What was asked for' });
  await asked.getByText('Done and seen').waitFor();
  if (undo === undefined) return expect(await asked.getByRole('button', { name: 'Take back' }).count()).toBe(0);
  await asked.getByRole('button', { name: `Take back …: ${action}` }).click();
  await carryOut(undo.action, undo.isHeavy ?? false);
  expect(isSo(simulator, incident)).toBe(false);
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
