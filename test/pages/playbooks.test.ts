import type { ActionPlanView, IncidentView, IntegrationDetail, Page as ListPage, PlaybookRunView } from '@castellan/api';
import type { Simulator } from '@castellan/okta-simulator';
import type { Page } from 'playwright-core';
import { barriers, LOOKS } from './accessibility.js';
import type { Caller } from './caller.js';
import { ADMINISTRATOR, House } from './house.js';

// Nothing is checked here: the type names the module beside it.
const simulation = (await loadOnce('@castellan/okta-simulator')) as typeof import('@castellan/okta-simulator');

const HOUR = 3_600_000;
/** Of each account. */
const PUSHES = 3;
const MANAGE = ['users', 'groups', 'apps', 'roles', 'idps', 'apiTokens'].map((noun) => `okta.${noun}.manage`);
const ATTACK = 'push-bombing-accepted';
const ANALYST = { email: 'bo@acme.example', name: 'Bo Lund', password: 'quite another long phrase' };
const VIEWER = { email: 'cy@acme.example', name: 'Cy Noor', password: 'a third and long phrase' };

let house: House;
let caller: Caller;
let simulator: Simulator;
/** Of the administrator. */
let page: Page;
let analyst: Page;

beforeAll(async () => {
  house = await House.open({ pollSeconds: 1 });
  caller = await house.setUp();
  await caller.admit({ ...ANALYST, role: 'analyst' });
  await caller.admit({ ...VIEWER, role: 'viewer' });
  simulator = await connected('Acme', true);
  page = await house.visitAs(ADMINISTRATOR, '/playbooks');
  analyst = await house.visitAs(ANALYST, '/playbooks');
}, 240_000);
afterAll(() => house.close());
afterEach(() => expect(house.violations()).toEqual([]));

/** An organisation in which something has happened, and that is looked at on each second. @returns when rules have found all of it */
async function connected(name: string, actions: boolean): Promise<Simulator> {
  const made = await house.simulate({
    users: 40,
    groups: 6,
    apps: 5,
    events: 40,
    seed: 8,
    epoch: new Date(Date.now() - 12 * HOUR),
    grantedScopes: [...simulation.DEFAULT_SCOPES, ...MANAGE],
  });
  // Whoever is attacked has some: what is taken away is known before.
  made.org.silently(() => {
    for (const user of made.org.directory.users.values())
      for (let n = pushesOf(made, user.id).length; n < PUSHES; n += 1) made.org.enrolFactor(user.id, 'push');
  });
  simulation.playScenario(made.org, ATTACK, { at: new Date(Date.now() - 8 * HOUR) });
  const config = { ...made.config, actions };
  const { id } = await caller.post<IntegrationDetail>('/integrations', { connector: 'okta', name, config });
  let [before, same] = [0, 0];
  await until(async () => {
    const { items } = await caller.get<ListPage<IncidentView>>(`/incidents?integration=${id}`);
    const found = items.reduce((sum, { findings }) => sum + findings, 0);
    same = found === before ? same + 1 : 0;
    before = found;
    // What comes later would begin a playbook that is switched on by then.
    return found > 0 && same > 8;
  });
  return made;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 180; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('it did not come to be within 90 s');
}

/** The newest that runs, or has run, in an organisation. */
async function runIn(name: string): Promise<PlaybookRunView | undefined> {
  const { items } = await caller.get<ListPage<PlaybookRunView>>('/playbook-runs');
  return items.find(({ integration }) => integration.name === name);
}

async function untilRun(id: string, isSo: (run: PlaybookRunView) => boolean): Promise<void> {
  let run: PlaybookRunView | undefined;
  try {
    await until(async () => {
      run = await caller.get<PlaybookRunView>(`/playbook-runs/${id}`);
      return isSo(run);
    });
  } catch (cause) {
    throw new Error(`the run is ${JSON.stringify(run, null, 1)}`, { cause });
  }
}

const pushesOf = ({ org }: Simulator, account: string) =>
  org.factorsOf(account).filter(({ factorType }) => factorType === 'push');
const region = (name: string, of = page) => of.getByRole('region', { name });
const dialog = (of = page) => of.getByRole('dialog');
const logged = ({ org }: Simulator, type: string): number =>
  Array.from({ length: org.log.length }, (_, n) => org.log.eventAt(n)['eventType']).filter((one) => one === type).length;
const statusOf = (account: string): unknown => simulator.org.directory.users.get(account)?.['status'];

test('a playbook cannot be switched on before somebody has seen what it would have done', async () => {
  await page.getByRole('table', { name: 'Playbooks' }).getByRole('link', { name: 'MFA fatigue', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'MFA fatigue' }).waitFor();
  const steps = page.getByRole('list', { name: 'Steps of the playbook' });
  expect(await steps.getByRole('heading').allTextContents()).toEqual([
    'It begins',
    'End its sessions',
    'Tell the people on duty',
    'Were the pushes not theirs?',
    'Revoke its tokens',
    'Have the password changed',
    'Take the push factor away',
    'It ends',
  ]);
  const itself = region('Begins by itself');
  await itself.getByText('Off, not simulated yet').waitFor();
  expect(await itself.getByRole('button', { name: 'Switch on …' }).isDisabled()).toBe(true);

  await page.getByRole('button', { name: 'Simulate' }).click();
  const would = region('What it would have done');
  await would.getByText('1 run would have begun', { exact: false }).waitFor();
  await would.getByRole('button', { expanded: false }).first().click();
  const run = would.getByRole('list', { name: /^Steps for / });
  await run.getByText('Would be done').first().waitFor();
  // Its owner decides, and a factor is taken away by two.
  expect(await run.getByText('Would wait for a person').count()).toBe(2);
  expect(logged(simulator, 'user.session.clear')).toBe(0);
  expect(await barriers(page)).toEqual([]);

  await itself.getByRole('button', { name: 'Switch on …' }).click();
  await dialog().getByText('It does by itself').waitFor();
  expect(await dialog().getByRole('listitem').allTextContents()).toEqual([
    'End its sessions',
    'Tell the people on duty',
    'Revoke its tokens',
    'Have the password changed',
    'Take the push factor away',
  ]);
  await dialog().getByRole('button', { name: 'Switch on' }).click();
  await itself.getByText('On', { exact: true }).waitFor();
  await itself.getByText('Switched on by Ada Quint', { exact: false }).waitFor();
});

test('an attack begins a run: it does what is light, and waits for people with the rest', async () => {
  simulation.playScenario(simulator.org, ATTACK, { at: new Date(Date.now() - HOUR) });
  const waiting = region('Waiting for you', analyst);
  await waiting.getByRole('link', { name: /^MFA fatigue: / }).click({ timeout: 90_000 });
  await analyst.getByRole('heading', { level: 1, name: /^MFA fatigue: / }).waitFor();
  const id = analyst.url().split('/').at(-1) ?? '';
  const { subject } = await caller.get<PlaybookRunView>(`/playbook-runs/${id}`);
  const account = subject.key;
  const steps = analyst.getByRole('list', { name: 'Steps of the run' });
  await analyst.getByText('It waits for a decision.').waitFor();
  expect(await barriers(analyst)).toEqual([]);
  expect(await steps.getByText('Not begun').count()).toBe(3);
  expect(logged(simulator, 'user.session.clear')).toBe(1);
  expect(statusOf(account)).toBe('ACTIVE');

  // Somebody has asked for one of them before the run does.
  const [factor] = pushesOf(simulator, account);
  const wanted = { action: 'remove-factor', input: { authenticator: `${account}|${factor?.id}` } };
  const place = (await caller.get<PlaybookRunView>(`/playbook-runs/${id}`)).integration.id;
  const { plan } = await caller.post<ActionPlanView>(`/integrations/${place}/actions/plan`, wanted);
  const before = { ...wanted, integrationId: place, fingerprint: plan.fingerprint, reason: 'Asked before.' };
  await caller.post('/actions', before);
  await steps.getByRole('button', { name: /^Approve …/ }).click();
  await dialog(analyst).getByRole('textbox', { name: 'Note' }).fill('She was asleep.');
  await dialog(analyst).getByRole('button', { name: 'Approve' }).click();
  await steps.getByText('Bo Lund: “She was asleep.”').waitFor();
  await untilRun(id, ({ waitsFor }) => waitsFor === 'agreement');
  const agree = analyst.getByRole('button', { name: /^Approve …: Remove factor/ });
  await agree.waitFor();
  expect(statusOf(account)).toBe('PASSWORD_EXPIRED');
  // What the step has asked for is one line, what it has found asked for another one.
  await analyst.getByText('“Asked before.”').waitFor();
  expect(await agree.count()).toBe(1);
  await analyst.goto(`${house.url}/actions`);
  await analyst.getByRole('button', { name: `Decide …: Remove factor: ${PUSHES - 1}` }).click();
  const each = dialog(analyst).getByRole('list', { name: 'To be decided' }).getByRole('listitem');
  expect(await each.count()).toBe(PUSHES - 1);
  await dialog(analyst).getByRole('checkbox').first().waitFor();
  expect(await barriers(analyst)).toEqual([]);
  await dialog(analyst).getByRole('checkbox').first().uncheck();
  await dialog(analyst).getByRole('button', { name: 'Approve 1' }).click();
  await dialog(analyst).waitFor({ state: 'detached' });
  const waits = async () => (await caller.get<ListPage<object>>(`/actions?run=${id}&state=proposed`)).items.length;
  // The one that was left out, and the one of before.
  expect(await waits()).toBe(2);
  await analyst.goto(`${house.url}/playbooks/runs/${id}`);
  await agree.nth(1).waitFor();
  while ((await agree.count()) > 0) {
    const left = await agree.count();
    await agree.first().click();
    await dialog(analyst).getByRole('button', { name: 'Remove factor', exact: true }).click();
    await dialog(analyst).waitFor({ state: 'detached' });
    await until(async () => (await agree.count()) < left);
  }
  await region('How it stands', analyst).getByText('Came to its end').waitFor();
  await analyst.getByText('It has ended as “done”', { exact: false }).waitFor();
  expect(simulator.org.factorsOf(account).filter(({ factorType }) => factorType === 'push')).toEqual([]);
  await steps.getByRole('link', { name: /^See the request: Have the password changed/ }).click();
  await analyst.getByText('Done and seen').waitFor();
}, 300_000);

test('a person begins one from an incident, and stops it', async () => {
  const run = await runIn('Acme');
  await page.goto(`${house.url}/incidents/${run?.incidentId ?? ''}`);
  const respond = region('Respond');
  await respond.getByRole('list', { name: 'Runs of playbooks' }).getByText('Came to its end').waitFor();
  await respond.getByRole('button', { name: 'Start a playbook …' }).click();
  // The one that is made for it is chosen.
  await dialog().getByRole('button', { name: 'Start MFA fatigue' }).waitFor();
  await dialog().getByRole('combobox', { name: 'Which' }).click();
  await page.getByRole('option', { name: 'Stolen session' }).click();
  await dialog().getByRole('button', { name: 'Start Stolen session' }).click();
  await respond.getByRole('link', { name: /^Stolen session: / }).click();
  await page.getByRole('button', { name: 'Stop …' }).click();
  await dialog().getByRole('textbox', { name: 'Reason' }).fill('The other one has done it.');
  await dialog().getByRole('button', { name: 'Stop the run' }).click();
  await page.getByText('Ada Quint has stopped it: The other one has done it.').waitFor();
  expect(await page.getByRole('button', { name: 'Stop …' }).count()).toBe(0);

  await page.goto(`${house.url}/playbooks/runs?state=stopped`);
  const runs = page.getByRole('table', { name: 'Runs of playbooks' });
  await runs.getByRole('link', { name: /^Stolen session: / }).waitFor();
  expect(await runs.getByRole('link').count()).toBe(1);
});

test('where nothing can be done from here, people do it by hand and tick it off', async () => {
  const other = await connected('Acme without actions', false);
  await analyst.goto(`${house.url}/playbooks`);
  const waiting = region('Waiting for you', analyst);
  await waiting.getByRole('button', { name: /^Tick off …: End its sessions/ }).click({ timeout: 90_000 });
  const done = dialog(analyst).getByRole('button', { name: 'Tick off' });
  expect(await done.isDisabled()).toBe(true);
  await dialog(analyst).getByRole('textbox', { name: 'What was done' }).fill('Ended in the console.');
  await done.click();
  await waiting.getByRole('button', { name: /^Tick off …/ }).waitFor({ state: 'detached' });
  await waiting.getByRole('button', { name: /^Decline …: Were the pushes not theirs/ }).click();
  await dialog(analyst).getByRole('button', { name: 'Decline' }).click();
  await waiting.getByText('Nothing waits.').waitFor();
  expect(logged(other, 'user.session.clear')).toBe(0);
  const run = await runIn('Acme without actions');
  await analyst.goto(`${house.url}/playbooks/runs/${run?.id ?? ''}`);
  await analyst.getByText('It has ended as “theirs”', { exact: false }).waitFor();
  await analyst.getByText('Bo Lund: “Ended in the console.”').waitFor();
}, 300_000);

test('who may not manage playbooks sees no switch; a viewer sees nothing of them', async () => {
  await analyst.goto(`${house.url}/playbooks/mfa-fatigue`);
  await region('Begins by itself', analyst).getByText('On', { exact: true }).waitFor();
  expect(await analyst.getByRole('button', { name: /Switch|Simulate/ }).count()).toBe(0);
  const viewer = await house.visitAs(VIEWER, '/playbooks');
  await viewer.getByText('Not for your role').waitFor();
  expect(await viewer.getByRole('link', { name: 'Playbooks' }).count()).toBe(0);
  await viewer.context().close();
});

test('pages of playbooks can be read by everybody, by day and by night, on a screen and on a telephone', async () => {
  const run = await runIn('Acme');
  const ways = ['/playbooks', '/playbooks/account-takeover', '/playbooks/runs', `/playbooks/runs/${run?.id ?? ''}`];
  for (const [index, way] of ways.entries()) {
    await page.goto(house.url + way);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    for (const [scheme, width] of LOOKS[index % 2 === 0 ? 0 : 1]) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 800 });
      expect([way, scheme, width, await barriers(page)]).toEqual([way, scheme, width, []]);
      expect(Number(await page.evaluate('document.documentElement.scrollWidth'))).toBeLessThanOrEqual(width);
    }
  }
});
