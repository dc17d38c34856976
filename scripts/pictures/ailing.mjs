import { ADA } from './stage.mjs';

const DAYS_OLD = 9;
const VIEWER = { email: 'vic@acme.example', name: 'Vic Oduya', password: 'correct horse battery staple' };

/** Integrations that something is wrong with, each with an organisation of its own. */
const AILMENTS = {
  degraded: (simulator) => simulator.setFaults([{ kind: 'forbidden', match: '/api/v1/groups/rules' }]),
  held: ({ org }) =>
    org.silently(() => {
      for (const { id } of [...org.directory.users.values()].slice(5)) org.deleteUser(String(id));
    }),
  'needs-reconnect': (simulator) => simulator.setFaults([{ kind: 'status', status: 401, code: 'E0000011' }]),
  failed: (simulator) => simulator.setFaults([{ kind: 'forbidden' }]),
};

async function connect(stage, name, seed) {
  const simulator = await stage.simulate({ users: 60, groups: 8, apps: 4, events: 30, seed });
  const { id } = await stage.api.call('POST', '/integrations', { connector: 'okta', name, config: simulator.config });
  await stage.settled(id);
  return { simulator, id };
}

async function ail(stage, name, seed) {
  const { simulator, id } = await connect(stage, `Okta ${name}`, seed);
  AILMENTS[name](simulator);
  const run = await stage.api.call('POST', `/integrations/${id}/sync`);
  await stage.settled(id, run.id);
  return id;
}

/** Every state of an integration that somebody has to do something about, and what a viewer sees of it. */
export async function ailing(stage, album) {
  const ids = {};
  let seed = 40;
  for (const name of Object.keys(AILMENTS)) ids[name] = await ail(stage, name, (seed += 1));
  ids.paused = (await connect(stage, 'Okta paused', (seed += 1))).id;
  await stage.api.call('POST', `/integrations/${ids.paused}/pause`);
  const page = await stage.visitAs(ADA, '/integrations');
  await page.waitForLoadState('networkidle');
  await album.take(page, 'integrations-states');
  for (const [name, id] of Object.entries(ids)) {
    await page.goto(`${stage.url}/integrations/${id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await album.take(page, `integration-${name}`);
  }
  await page.goto(`${stage.url}/integrations/${ids.degraded}/streams`);
  await page.waitForLoadState('networkidle');
  await album.take(page, 'integration-degraded-streams');
  await page.goto(`${stage.url}/integrations/${ids.held}/holds`);
  await page.getByRole('button', { name: 'Look at them' }).first().click();
  await page.waitForLoadState('networkidle');
  await album.take(page, 'integration-held-removals');
  await page.getByRole('button', { name: 'Remove them' }).first().click();
  await page.getByRole('dialog').waitFor();
  await album.take(page, 'integration-held-question');
  await page.goto(`${stage.url}/integrations/${ids.held}/settings`);
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').waitFor();
  await page.waitForLoadState('networkidle');
  await album.take(page, 'integration-delete');
  await page.goto(`${stage.url}/integrations/${ids['needs-reconnect']}/settings?dialog=reconnect`);
  await page.getByRole('dialog').waitFor();
  await album.take(page, 'integration-reconnect');
  await stale(stage, album, page);
  await page.context().close();
  await viewer(stage, album, ids.held);
}

/** As if nobody had read anything for days: the answer of the host is made older on its way. */
async function stale(stage, album, page) {
  const asOf = new Date(Date.now() - DAYS_OLD * 86_400_000).toISOString();
  const agedStreams = ({ streams }) =>
    streams === undefined ? {} : { polledAt: null, streams: streams.map((stream) => ({ ...stream, freshAt: asOf })) };
  const aged = (one) =>
    one.freshness === undefined ? one : { ...one, ...agedStreams(one), freshness: { ...one.freshness, asOf } };
  await page.route(/\/api\/integrations(\?|$|\/[0-9a-f-]{36}$)/, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    const json = Array.isArray(body.items) ? { ...body, items: body.items.map(aged) } : aged(body);
    await route.fulfill({ response, json });
  });
  for (const [path, name] of [
    ['integrations', 'integrations-stale'],
    [`integrations/${stage.integration}`, 'integration-stale'],
    ['records/account', 'records-account-stale'],
  ]) {
    await page.goto(`${stage.url}/${path}`);
    await page.waitForLoadState('networkidle');
    await album.take(page, name);
  }
  await page.unrouteAll();
}

async function viewer(stage, album, held) {
  const { email, name, password } = VIEWER;
  const { invitation } = await stage.api.call('POST', '/users', { email, name, role: 'viewer' });
  const invited = await fetch(`${stage.url}/api/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: stage.url },
    body: JSON.stringify({ token: invitation.token, password }),
  });
  if (!invited.ok) throw new Error(`the invitation: ${invited.status} ${await invited.text()}`);
  const page = await stage.visitAs(VIEWER, '/integrations');
  for (const [path, file] of [
    ['integrations', 'viewer-integrations'],
    [`integrations/${held}/holds`, 'viewer-holds'],
    ['records/account', 'viewer-records'],
    ['users', 'no-permission-users'],
    ['integrations/add/okta', 'no-permission-connect'],
  ]) {
    await page.goto(`${stage.url}/${path}`);
    await page.waitForLoadState('networkidle');
    await album.take(page, file);
  }
  await page.context().close();
}
