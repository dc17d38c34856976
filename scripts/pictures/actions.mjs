import { DEFAULT_SCOPES, playScenario } from '@castellan/okta-simulator';
import { Api } from '../local/api.mjs';
import { ADA } from './stage.mjs';

const HOUR = 3_600_000;
const MANAGE = ['users', 'apps', 'networkZones'].map((noun) => `okta.${noun}.manage`);
const BO = { email: 'bo.second@acme.example', name: 'Bo Second' };
/** Names many accounts of the simulated organisation. */
const CHECK = 'account-not-used';
/** Some for each of what is asked for. */
const LEAST = 13;
const REASON = 'Nobody has used them for months, and their owners do not answer.';

/** Remediation: what waits, what was done, one action, a batch, and what can be done about something. */
export async function actions(stage, album) {
  const simulator = await stage.simulate({
    users: 160,
    groups: 8,
    apps: 6,
    events: 60,
    seed: 8,
    epoch: new Date(Date.now() - 4 * HOUR),
    grantedScopes: [...DEFAULT_SCOPES, 'okta.networkZones.read', ...MANAGE],
  });
  playScenario(simulator.org, 'credential-stuffing', { at: new Date(Date.now() - 2 * HOUR) });
  const config = { ...simulator.config, actions: true };
  const { id } = await stage.api.call('POST', '/integrations', { connector: 'okta', name: 'Okta with actions', config });
  await stage.settled(id);
  const incident = await addressIncident(stage, id);
  const asked = new Asked(await second(stage), id);
  const made = await everything(stage, asked, { simulator, id, incident });
  const page = await stage.visitAs(ADA, '/actions');
  const show = async (path, name) => {
    await page.goto(stage.url + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await album.take(page, name);
  };
  await show('/actions', 'actions');
  await show('/actions?state=verified', 'actions-in-a-state');
  await show(`/actions/${made.waiting.id}`, 'action-waits');
  await show(`/actions/${made.blocked.id}`, 'action-done');
  await show(`/actions/batches/${made.batch.id}`, 'action-batch-waits');
  await show(`/actions/batches/${made.over.id}`, 'action-batch');
  await page.getByRole('button', { name: /^Take all back/ }).click();
  await page.getByRole('dialog').getByRole('list', { name: 'What would be done to each' }).waitFor();
  await album.take(page, 'action-batch-take-back');
  await show(`/actions/batches/${made.stopped.id}`, 'action-batch-stopped');
  await show(`/incidents/${incident.id}`, 'actions-of-an-incident');
  await show(`/findings/${made.finding.id}`, 'actions-of-a-finding');
  await show(`/access/${id}/account/${made.finding.subject.key}?tab=respond`, 'actions-of-a-record');
  await batchDialog(stage, album, page);
  await page.context().close();
}

/** Asks for actions as somebody. */
class Asked {
  #api;
  #integration;

  constructor(api, integration) {
    this.#api = api;
    this.#integration = integration;
  }

  async one(action, input, more) {
    const { plan } = await this.#api.call('POST', `/integrations/${this.#integration}/actions/plan`, { action, input });
    const wanted = { integrationId: this.#integration, action, input, fingerprint: plan.fingerprint, ...more };
    return this.#api.call('POST', '/actions', wanted);
  }

  async batch(action, found, reason) {
    const inputs = found.map(({ subject }) => ({ account: subject.key }));
    const { items } = await this.#api.call('POST', `/integrations/${this.#integration}/actions/plan-batch`, { action, inputs });
    const taken = items.flatMap(({ input, planned }, index) =>
      planned === null || planned.plan.state === 'done'
        ? []
        : [{ input, fingerprint: planned.plan.fingerprint, findingId: found[index].id }],
    );
    return this.#api.call('POST', '/action-batches', { integrationId: this.#integration, action, items: taken, reason });
  }
}

async function everything(stage, asked, { simulator, id, incident }) {
  const isActive = ({ subject }) => simulator.org.directory.users.get(subject.key)?.status === 'ACTIVE';
  const isEnough = ({ items }) => items.filter(isActive).length >= LEAST;
  const { items } = await until(stage, `/findings?rule=${CHECK}&integration=${id}&limit=200`, isEnough);
  const found = items.filter(isActive);
  const blocked = await asked.one(
    'block-address',
    { address: incident.subject.key },
    { incidentId: incident.id, reason: 'The guesses come from there.' },
  );
  const over = await asked.batch('suspend-account', found.slice(0, 4), 'Not used any more.');
  await until(stage, `/action-batches/${over.id}`, ({ state }) => state === 'ended');
  simulator.setFaults([{ kind: 'slow', match: /\/api\/v1\/users\//, delayMs: 1_500 }]);
  const stopped = await asked.batch('suspend-account', found.slice(4, 7), 'Not used any more.');
  await stage.api.call('POST', `/action-batches/${stopped.id}/stop`);
  simulator.setFaults([]);
  await until(stage, `/action-batches/${stopped.id}`, ({ endedAt }) => endedAt !== null);
  const [finding, ...others] = found.slice(7);
  const waiting = await asked.one(
    'deactivate-account',
    { account: finding.subject.key },
    { findingId: finding.id, reason: REASON },
  );
  const batch = await asked.batch('deactivate-account', others, REASON);
  return { blocked, over, stopped, finding, waiting, batch };
}

async function batchDialog(stage, album, page) {
  await page.goto(`${stage.url}/findings?rule=${CHECK}`);
  // The first selects all.
  for (const index of [1, 2, 3, 4, 5, 6])
    await page
      .getByRole('checkbox', { name: /^Select / })
      .nth(index)
      .check();
  await page.getByRole('button', { name: 'Respond …' }).click();
  await page.getByRole('menuitem', { name: 'Deactivate …' }).click();
  await page.getByRole('dialog').getByRole('list', { name: 'What would be done to each' }).waitFor();
  await album.take(page, 'action-batch-dialog');
}

/** Somebody else who asks: then the one who looks may agree. */
async function second(stage) {
  const { invitation } = await stage.api.call('POST', '/users', { ...BO, role: 'analyst' });
  const api = new Api(`${stage.url}/api`);
  await api.call('POST', '/invitations/accept', { token: invitation.token, password: ADA.password });
  return api;
}

async function addressIncident(stage, id) {
  const { items } = await until(stage, `/incidents?integration=${id}`, (list) => list.items.some(isOfAddress));
  return items.find(isOfAddress);
}

const isOfAddress = ({ subject }) => subject.kind === 'address';

/** @returns what is there, once it is so */
async function until({ api }, path, isSo) {
  for (let tries = 0; tries < 240; tries += 1) {
    const answer = await api.call('GET', path);
    if (isSo(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`it did not come to be so: ${path}`);
}
