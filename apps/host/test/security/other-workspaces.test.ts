import { playScenario } from '@castellan/okta-simulator';
import { join } from 'node:path';
import type { PlaybookRunView, PostureOverview } from '@castellan/api';
import type { OpenApiDocument } from '../../src/docs/open-api.js';
import type { Route } from '../../src/routes/routes.js';
import { type Answer, Api, lastRunOf, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { Receiver } from '../webhook-harness.js';
import { otherWorkspace, person } from './workspace-people.js';
import { DEFAULT_SCOPES, hoursAgo, type Simulator, startSimulator } from '../simulator.js';

const UNKNOWN = '00000000-0000-4000-8000-00000000dead';

/** Routes whose id belongs to no workspace. */
const NO_WORKSPACE: Readonly<Record<string, string>> = {
  '/api/connectors/:id': 'the catalogue is that of the host',
  '/api/workspaces/:id': 'for operators, who stand above all workspaces',
  '/api/access/administrators/export.:format': 'a format of files; what is in them of whom is tested with the lists of access',
  '/api/findings/export.:format': 'a format of files; what is in them of whom is tested with the lists of findings',
  '/api/incidents/export.:format': 'a format of files; what is in them of whom is tested with the incidents',
  '/api/posture/frameworks/export.:format': 'a format of files; what is in it of whom is tested with the looks',
  '/api/posture/report/export.:format': 'a format of files; what is in it of whom is tested with the looks',
  '/api/posture/checks/:check': 'the checks are those of the host; what they say of whom is tested with the looks',
  '/api/playbooks/:id': 'the playbooks are those of the host; what is set of them, and by whom, is tested with the playbooks',
  '/api/detection/lists/:kind': 'a word of the vocabulary; a list is made by its name, which is tested with the lists',
  '/api/records/:kind': 'a word of the vocabulary; what it shows of whom is tested with the tables of records',
};

/** Lists that there are files of, in one format or another. */
const FILES = [
  ...['reach', 'reached-by', 'changes', 'edge-changes', 'unused', 'unused-roles', 'suggestions'].map(
    (list) => `/api/integrations/:id/access/${list}`,
  ),
  '/api/integrations/:id/posture/paths',
];

/** What a parameter names, by the path up to it. */
interface Place {
  /** A thing of the other workspace. */
  readonly foreign: string;
  readonly unknown: string;
  /** One of the own workspace, where something may stand below it. */
  readonly own?: string;
}

const folder = temporaryFolder();
let simulators: readonly Simulator[];
let receiver: Receiver;
let host: TestHost;
/** An administrator of the workspace of the operators, and no operator. */
let asking: Api;
let places: Readonly<Record<string, Place>>;
let document: OpenApiDocument;
/** Of the own workspace: an account, a group that it is in, and an application. */
let nodes: { readonly account: string; readonly group: string; readonly application: string };

interface Made {
  readonly id: string;
}
async function made(api: Api, path: string, body?: object): Promise<string> {
  const answer = await api.post<Made>(path, body);
  if (answer.status > 202) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer.body.id;
}
async function firstOf(api: Api, path: string): Promise<string> {
  const { body } = await api.get<{ readonly items: readonly (Made & { readonly key: string })[] }>(path);
  const [item] = body.items;
  if (item === undefined) throw new Error(`nothing at ${path}`);
  return item.id ?? item.key;
}

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

/** One that no other workspace has. */
function ruleOf(integration: string): string {
  return `title: Anything\nid: of ${integration}\nlogsource: {}\ndetection: { s: { eventType: never }, condition: s }\n`;
}

/** A list is empty at the second look, which is held until a person has said so. */
async function withHold(api: Api, simulator: Simulator): Promise<{ readonly id: string; readonly runId: string }> {
  const integration = await api.synced({ ...simulator.config, actions: true });
  simulator.setFaults([{ kind: 'empty-list', match: '/api/v1/idps' }]);
  await api.syncAgain(integration.id);
  simulator.setFaults([]);
  return { id: integration.id, runId: lastRunOf(integration).id };
}

/** Looks come by themselves after each run: what they write is not to be mistaken for what a stranger has changed. */
async function findingOf(api: Api, integration: string): Promise<string> {
  await until(async () => {
    const { body } = await api.get<PostureOverview>(`/posture/overview?integration=${integration}`);
    return body.evaluatedAt !== null && body.pending === 0;
  }, 60_000);
  return firstOf(api, `/findings?integration=${integration}`);
}

/** Of the attack that has been played before the log was read. */
async function incidentOf(api: Api, integration: string): Promise<string> {
  let found: string | undefined;
  await until(async () => {
    const { body } = await api.get<{ readonly items: readonly { readonly id: string }[] }>(
      `/incidents?integration=${integration}`,
    );
    found = body.items[0]?.id;
    return found !== undefined;
  }, 60_000);
  return found ?? '';
}

/** It waits for a second person, who never comes. */
async function proposedOf(api: Api, integrationId: string, { org }: Simulator): Promise<string> {
  const wanted = { action: 'deactivate-account', input: { account: org.addUser().id } };
  const { body } = await api.post<{ readonly plan: { readonly fingerprint: string } }>(
    `/integrations/${integrationId}/actions/plan`,
    wanted,
  );
  return made(api, '/actions', { ...wanted, integrationId, fingerprint: body.plan.fingerprint });
}

/** The same for a batch of one. */
async function batchOf(api: Api, integrationId: string, { org }: Simulator): Promise<string> {
  const [action, input] = ['deactivate-account', { account: org.addUser().id }];
  const { body } = await api.post<{ readonly plan: { readonly fingerprint: string } }>(
    `/integrations/${integrationId}/actions/plan`,
    { action, input },
  );
  return made(api, '/action-batches', { integrationId, action, items: [{ input, fingerprint: body.plan.fingerprint }] });
}

/** It waits for a person, who never comes; what it does before is over. */
async function playbookRunOf(api: Api, incidentId: string): Promise<string> {
  const id = await made(api, '/playbooks/mfa-fatigue/runs', { incidentId });
  await until(async () => {
    const { body } = await api.get<PlaybookRunView>(`/playbook-runs/${id}`);
    return body.waitsFor === 'approval' && body.log[0]?.state === 'done';
  }, 60_000);
  return id;
}

async function thingsOf(api: Api, simulator: Simulator) {
  playScenario(simulator.org, 'push-bombing-accepted', { at: hoursAgo(1) });
  const { id: integration, runId } = await withHold(api, simulator);
  const webhook = await made(api, '/webhooks', { url: receiver.url, eventTypes: ['run.finished'] });
  return {
    integration,
    runId,
    holdId: await firstOf(api, `/integrations/${integration}/holds`),
    key: await firstOf(api, `/integrations/${integration}/records/group`),
    apiKey: await made(api, '/api-keys', { name: 'own', scopes: ['records:read'] }),
    question: await made(api, '/saved-questions', { name: 'Who?', address: '/access' }),
    finding: await findingOf(api, integration),
    incident: await incidentOf(api, integration),
    ruleFile: await made(api, '/detection/rule-files', { name: 'own.yml', content: ruleOf(integration), enabled: true }),
    rule: `of ${integration}`,
    action: await proposedOf(api, integration, simulator),
    batch: await batchOf(api, integration, simulator),
    playbookRun: await playbookRunOf(api, await incidentOf(api, integration)),
    suppression: await made(api, '/detection/suppressions', { subject: 'ana', reason: 'A test.', until: TOMORROW }),
    webhook,
    deliveryId: await made(api, `/webhooks/${webhook}/test`),
    session: await firstOf(api, '/sessions'),
  };
}

beforeAll(async () => {
  const grantedScopes = [...DEFAULT_SCOPES, 'okta.users.manage'];
  const size = { users: 15, groups: 4, apps: 2, events: 10, epoch: hoursAgo(2), grantedScopes };
  simulators = await Promise.all([21, 22].map((seed) => startSimulator({ ...size, seed })));
  receiver = await Receiver.start();
  host = await TestHost.start(settingsFor(join(folder, 'workspaces')));
  const stranger = await otherWorkspace(host, 'globex');
  const { api } = await person(host.api, 'asking@castellan.test', 'administrator');
  asking = api;
  const [mine, theirs] = await Promise.all(
    [asking, stranger.api].map((each, index) => {
      const simulator = simulators[index];
      if (simulator === undefined) throw new Error('a simulator for each');
      return thingsOf(each, simulator);
    }),
  );
  if (mine === undefined || theirs === undefined) throw new Error('both have been made');
  const { id: me } = await firstUser(asking);
  const [group = '', account = ''] = (await firstOf(asking, `/integrations/${mine.integration}/records/membership`)).split('|');
  nodes = { account, group, application: await firstOf(asking, `/integrations/${mine.integration}/records/application`) };
  const place = (name: keyof typeof mine): Place => ({ foreign: theirs[name], own: mine[name], unknown: UNKNOWN });
  places = {
    '/api/integrations/:id': place('integration'),
    '/api/integrations/:id/runs/:runId': place('runId'),
    '/api/integrations/:id/holds/:holdId': place('holdId'),
    '/api/integrations/:id/records/:kind': { foreign: 'group', own: 'group', unknown: 'group' },
    '/api/integrations/:id/records/:kind/:key': { ...place('key'), unknown: '00gUnknown' },
    '/api/integrations/:id/records/:kind/:key/relations/:relation': { foreign: 'members', own: 'members', unknown: 'members' },
    '/api/integrations/:id/records/:kind/:key/response/:relation': { foreign: 'members', own: 'members', unknown: 'members' },
    ...Object.fromEntries(FILES.map((path) => [`${path}/export.:format`, { foreign: 'csv', own: 'csv', unknown: 'csv' }])),
    '/api/findings/:id': place('finding'),
    '/api/incidents/:id': place('incident'),
    '/api/actions/:id': place('action'),
    '/api/action-batches/:id': place('batch'),
    '/api/playbook-runs/:id': place('playbookRun'),
    '/api/playbook-runs/:id/steps/:step': { foreign: 'not-theirs', own: 'not-theirs', unknown: 'not-theirs' },
    '/api/detection/rules/:id': place('rule'),
    '/api/detection/rule-files/:id': place('ruleFile'),
    '/api/detection/suppressions/:id': place('suppression'),
    '/api/saved-questions/:id': place('question'),
    '/api/users/:id': { foreign: stranger.id, own: me, unknown: UNKNOWN },
    '/api/sessions/:id': place('session'),
    '/api/api-keys/:id': place('apiKey'),
    '/api/webhooks/:id': place('webhook'),
    '/api/webhooks/:id/deliveries/:deliveryId': place('deliveryId'),
  };
  document = (await host.api.get<OpenApiDocument>('/docs/openapi.json')).body;
  await until(async () => {
    const [row] = await host.query(
      `SELECT (SELECT count(*) FROM deliveries WHERE state = 'pending') + (SELECT count(*) FROM events WHERE dispatched_at IS NULL) AS open`,
    );
    return String(row?.['open']) === '0';
  });
}, 180_000);

afterAll(async () => {
  await host.close();
  await receiver.close();
  await Promise.all(simulators.map((simulator) => simulator.close()));
}, 30_000);

async function firstUser(api: Api): Promise<Made> {
  const { body } = await api.get<{ readonly user: Made }>('/session');
  return body.user;
}

/** The path up to each of its parameters. */
function prefixesOf(path: string): readonly string[] {
  return [...path.matchAll(/:\w+/g)].map(({ 0: parameter, index }) => path.slice(0, index + parameter.length));
}

function withIds(path: string, ids: readonly string[]): string {
  const left = [...ids];
  return path.slice('/api'.length).replaceAll(/:\w+/g, () => left.shift() ?? '');
}

/** What a route below an integration must be asked, past the rules of form. */
function queryOf({ path }: Route): string {
  const { account, application, group } = nodes;
  const [, question] = /\/access\/([-\w]+)/.exec(path) ?? [];
  const since = new Date().toISOString();
  const queries: Readonly<Record<string, string>> = {
    reach: `from=account:${account}&to=group`,
    'reached-by': `to=group:${group}`,
    why: `from=account:${account}&to=group:${group}`,
    loss: `from=account:${account}&group=${group}&to=group`,
    changes: `of=account:${account}&other=group&since=${since}`,
    'edge-changes': `since=${since}`,
    unused: 'days=30',
    'unused-roles': 'days=30',
    suggestions: `application=${application}&days=30`,
    usage: `of=account:${account}`,
    graph: `of=group:${group}`,
  };
  return question === undefined || queries[question] === undefined ? '' : `?${queries[question]}`;
}

/** What the document shows as a body: past the rules of form, where the id is looked up. */
function bodyOf({ method, path, hasBody }: Route): unknown {
  if (!hasBody) return undefined;
  const content = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.requestBody?.content;
  const [example] = Object.values(content?.['application/json']?.examples ?? {});
  return example !== undefined && 'value' in example ? example.value : {};
}

interface Pair {
  readonly name: string;
  readonly foreign: string;
  readonly unknown: string;
}

/** Each id alone, below things of one's own, and the whole path of the other workspace. */
function pairsOf({ method, path }: Route): readonly Pair[] {
  const known = prefixesOf(path).map((prefix): Place => {
    const place = places[prefix];
    if (place === undefined) throw new Error(`say in this test what ${prefix} is`);
    return place;
  });
  return known.flatMap((place, index) => {
    if (place.foreign === place.unknown) return [];
    const above = known.slice(0, index).map(({ own = '' }) => own);
    const ids = (which: 'foreign' | 'unknown') => [
      ...above,
      place[which],
      // Below it everything is of the other workspace.
      ...known.slice(index + 1).map((below) => below[which]),
    ];
    return [
      {
        name: `${method} ${path}, ${index + 1}`,
        foreign: withIds(path, ids('foreign')),
        unknown: withIds(path, ids('unknown')),
      },
    ];
  });
}

async function ask(route: Route, path: string): Promise<Answer<unknown> & { readonly ms: number }> {
  const began = performance.now();
  const response = await asking.send(route.method, path + queryOf(route), bodyOf(route));
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    body: text,
    ms: performance.now() - began,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** All rows of a workspace, but for the time of the last use of its sessions and keys. */
async function rowsOf(workspaceId: string): Promise<string> {
  const tables = await host.query(
    `SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'workspace_id' AND table_schema = 'public' ORDER BY 1`,
  );
  const texts = tables.map(async ({ name }) => {
    const [row] = await host.query(
      `SELECT coalesce(string_agg((to_jsonb(t) - 'last_used_at')::text, E'\\n' ORDER BY to_jsonb(t)::text), '') AS rows
       FROM "${String(name)}" t WHERE workspace_id = '${workspaceId}'`,
    );
    return `${String(name)}: ${String(row?.['rows'])}`;
  });
  return (await Promise.all(texts)).join('\n');
}

function routesWithIds(): readonly Route[] {
  return host.host.routes.filter(({ path, params }) => {
    const [first = ''] = prefixesOf(path);
    return params.length > 0 && NO_WORKSPACE[first] === undefined;
  });
}

test('X10: on every route that takes an id, one of another workspace is answered like an unknown one', async () => {
  const routes = routesWithIds();
  expect(routes.length).toBeGreaterThan(30);
  const [globex] = await host.query(`SELECT id FROM workspaces WHERE name = 'globex'`);
  const before = await rowsOf(String(globex?.['id']));
  expect(before).toContain(String(places['/api/webhooks/:id']?.foreign));
  for (const route of routes) {
    for (const pair of pairsOf(route)) {
      const foreign = await ask(route, pair.foreign);
      const unknown = await ask(route, pair.unknown);
      expect([pair.name, foreign.status, foreign.type, foreign.body]).toEqual([pair.name, 404, unknown.type, unknown.body]);
      expect(unknown.status).toBe(404);
    }
  }
  expect(await rowsOf(String(globex?.['id']))).toBe(before);
}, 60_000);

test('X10: nor does the time tell them apart', async () => {
  const slow: string[] = [];
  for (const route of routesWithIds()) {
    for (const pair of pairsOf(route)) {
      const times: { readonly foreign: number; readonly unknown: number }[] = [];
      for (let round = 0; round < 5; round += 1)
        times.push({ foreign: (await ask(route, pair.foreign)).ms, unknown: (await ask(route, pair.unknown)).ms });
      const difference = median(times.map(({ foreign, unknown }) => foreign - unknown));
      // A look at rows that are there takes a statement more: on an idle machine half a millisecond.
      if (Math.abs(difference) > 25) slow.push(`${pair.name}: ${difference.toFixed(1)} ms`);
    }
  }
  expect(slow).toEqual([]);
}, 60_000);

test('X10: the things that were asked for are there, for those whose they are', async () => {
  for (const route of routesWithIds().filter(({ method, path }) => method === 'GET' && !path.endsWith('/progress'))) {
    const own = prefixesOf(route.path).map((prefix) => places[prefix]?.own ?? '');
    expect([route.path, (await ask(route, withIds(route.path, own))).status]).toEqual([route.path, 200]);
  }
});
