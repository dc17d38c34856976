import { DEFAULT_SCOPES, playScenario } from '@castellan/okta-simulator';
import { Api } from '../local/api.mjs';
import { ADA } from './stage.mjs';

const HOUR = 3_600_000;
const MANAGE = ['users', 'groups', 'apps', 'roles', 'idps', 'apiTokens'].map((noun) => `okta.${noun}.manage`);
const CY = { email: 'cy.third@acme.example', name: 'Cy Third' };
const ON = ['mfa-fatigue', 'account-takeover'];

/** Playbooks: what there is, what one would have done, and runs that wait for somebody and were stopped. */
export async function playbooks(stage, album) {
  const simulator = await stage.simulate({
    users: 60,
    groups: 8,
    apps: 6,
    events: 60,
    seed: 8,
    epoch: new Date(Date.now() - 12 * HOUR),
    grantedScopes: [...DEFAULT_SCOPES, ...MANAGE],
  });
  attackBefore(simulator);
  const config = { ...simulator.config, actions: true };
  const { id } = await stage.api.call('POST', '/integrations', { connector: 'okta', name: 'Okta with playbooks', config });
  await stage.settled(id);
  await untilSome(stage, `/incidents?integration=${id}`);
  const page = await stage.visitAs(ADA, '/playbooks');
  const show = async (path, name) => {
    await page.goto(stage.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await album.take(page, name);
  };
  await show('/playbooks/account-takeover', 'playbook-not-simulated');
  await page.goto(`${stage.url}/playbooks/mfa-fatigue`);
  await page.getByRole('button', { name: 'Simulate' }).click();
  const simulated = page.getByRole('region', { name: 'What it would have done' });
  await simulated.getByRole('button', { expanded: false }).first().click();
  await simulated.getByRole('list', { name: /^Steps for/ }).waitFor();
  await album.take(page, 'playbook-simulation');
  await page.getByRole('button', { name: 'Switch on …' }).click();
  await page.getByRole('dialog').getByText('It does by itself').waitFor();
  await album.take(page, 'playbook-switch');
  for (const one of ON) {
    await stage.api.call('POST', `/playbooks/${one}/simulate`, { days: 7 });
    await stage.api.call('POST', `/playbooks/${one}/enable`);
  }
  playScenario(simulator.org, 'push-bombing-accepted', { at: new Date(Date.now() - HOUR) });
  const { id: run } = await stage.api.call('POST', `/integrations/${id}/sync`);
  await stage.settled(id, run);
  const [waiting] = await untilSome(stage, '/playbook-runs?state=waiting');
  const other = await stage.api.call('POST', '/playbooks/stolen-session/runs', { incidentId: waiting.incidentId });
  await stage.api.call('POST', `/playbook-runs/${other.id}/stop`, { reason: 'The other playbook does it.' });
  await show('/playbooks', 'playbooks');
  await show(`/playbooks/${waiting.playbook.id}`, 'playbook');
  await show('/playbooks/runs', 'playbook-runs');
  await show(`/playbooks/runs/${waiting.id}`, 'playbook-run');
  await page.getByRole('button', { name: /^Approve …/ }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('She was asleep.');
  await album.take(page, 'playbook-run-approve');
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await page.getByText('To be agreed to within 24 hours').waitFor();
  await album.take(page, 'playbook-run-agreement');
  await decision(stage, album);
  await show(`/playbooks/runs/${other.id}`, 'playbook-run-stopped');
  await show(`/incidents/${waiting.incidentId}`, 'playbook-on-an-incident');
  await page.getByRole('button', { name: 'Start a playbook …' }).click();
  await page.getByRole('dialog').getByRole('list', { name: 'Its steps' }).waitFor();
  await album.take(page, 'playbook-start');
  await page.context().close();
}

/** A simulation finds it; of each there are several factors to be taken away in one step. */
function attackBefore({ org }) {
  org.silently(() => {
    for (const { id } of org.directory.users.values()) for (const _ of [1, 2]) org.enrolFactor(id, 'push');
  });
  playScenario(org, 'push-bombing-accepted', { at: new Date(Date.now() - 8 * HOUR) });
}

/** Somebody who has not switched it on decides on all of a step. */
async function decision(stage, album) {
  const { invitation } = await stage.api.call('POST', '/users', { ...CY, role: 'analyst' });
  await new Api(`${stage.url}/api`).call('POST', '/invitations/accept', { token: invitation.token, password: ADA.password });
  const page = await stage.visitAs({ ...CY, password: ADA.password }, '/actions');
  await page.getByRole('button', { name: /^Decide …/ }).waitFor();
  await album.take(page, 'step-waits');
  await page.getByRole('button', { name: /^Decide …/ }).click();
  await page.getByRole('dialog').getByText('Of each:').waitFor();
  await album.take(page, 'step-decide');
  await page.context().close();
}

/** @returns what a list has, once it has something */
async function untilSome({ api }, path) {
  for (let tries = 0; tries < 240; tries += 1) {
    const { items } = await api.call('GET', path);
    if (items.length > 0) return items;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`nothing came to ${path}`);
}
