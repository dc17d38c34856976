import { playScenario } from '@castellan/okta-simulator';
import type { AccessPage, ActionPlanView, IntegrationDetail, ProblemBody, RunView } from '@castellan/api';
import { createHash } from 'node:crypto';
import { RECORD_KINDS } from '@castellan/connector-sdk';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { MediaType, OpenApiDocument, Operation } from '../src/docs/open-api.js';
import { differences, unknownPlaces } from './answer-form.js';
import { type Answer, lastRunOf, settingsFor, temporaryFolder, TestHost, until } from './host-harness.js';
import { DEFAULT_SCOPES, hoursAgo, type Simulator, startSimulator } from './simulator.js';

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let integration: IntegrationDetail;
/** One of each noun that a route names by its id. */
const things: Record<string, string> = {};
/** An open one, as soon as there is one. */
let hold = '';
let document: OpenApiDocument;
let operations: readonly (readonly [string, Operation])[];

beforeAll(async () => {
  const grantedScopes = [...DEFAULT_SCOPES, 'okta.users.manage'];
  simulator = await startSimulator({ users: 12, groups: 4, apps: 3, events: 20, seed: 8, epoch: hoursAgo(2), grantedScopes });
  playScenario(simulator.org, 'push-bombing-accepted', { at: hoursAgo(1) });
  host = await TestHost.start(settingsFor(folder));
  integration = await host.api.synced({ ...simulator.config, actions: true });
  await makeThings();
  document = (await host.api.get<OpenApiDocument>('/docs/openapi.json')).body;
  operations = Object.entries(document.paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  );
}, 120_000);

afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

async function makeThings(): Promise<void> {
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await host.api.post<{ readonly id: string }>(path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer.body.id;
  };
  things['users'] = await made('/users', { email: 'bo@castellan.test', name: 'Bo', role: 'viewer' });
  things['api-keys'] = await made('/api-keys', { name: 'Report', scopes: ['records:read'] });
  things['workspaces'] = await made('/workspaces', { name: 'Globex' });
  things['saved-questions'] = await made('/saved-questions', { name: 'Who?', address: '/access' });
  things['findings'] = await firstOf('findings');
  things['incidents'] = await firstOf('incidents');
  const content = 'title: Anything\nid: anything\nlogsource: {}\ndetection: { s: { eventType: anything }, condition: s }\n';
  things['detection/rule-files'] = await made('/detection/rule-files', { name: 'own.yml', content, enabled: true });
  things['detection/rules'] = 'anything';
  await host.api.ask('PUT', '/detection/lists/own_network/offices', { entries: ['192.0.2.0/24'] });
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  await made('/detection/suppressions', { subject: 'ana', reason: 'A test.', until: tomorrow });
  const wanted = { action: 'deactivate-account', input: { account: simulator.org.addUser().id } };
  const { body } = await host.api.post<ActionPlanView>(`/integrations/${integration.id}/actions/plan`, wanted);
  const { fingerprint } = body.plan;
  things['actions'] = await made('/actions', { ...wanted, integrationId: integration.id, fingerprint });
  const other = { action: 'deactivate-account', input: { account: simulator.org.addUser().id } };
  const batch = await host.api.post<ActionPlanView>(`/integrations/${integration.id}/actions/plan`, other);
  const items = [{ input: other.input, fingerprint: batch.body.plan.fingerprint }];
  things['action-batches'] = await made('/action-batches', { action: other.action, integrationId: integration.id, items });
  things['playbooks'] = 'mfa-fatigue';
  things['playbook-runs'] = await made('/playbooks/mfa-fatigue/runs', { incidentId: things['incidents'] });
  things['webhooks'] = await made('/webhooks', { url: 'https://hooks.example.com/castellan' });
}

/** Looks come by themselves after the first run. */
async function firstOf(list: string): Promise<string> {
  let found: string | undefined;
  await until(async () => {
    const { body } = await host.api.get<{ readonly items: readonly { readonly id: string }[] }>(`/${list}`);
    found = body.items[0]?.id;
    return found !== undefined;
  }, 30_000);
  return found ?? '';
}

interface Hold {
  readonly id: string;
  readonly state: string;
}

function operationOf(route: string): Operation {
  const found = operations.find(([name]) => name === route);
  if (found === undefined) throw new Error(`${route} is not documented`);
  return found[1];
}

/** The good answer of a route that answers with JSON. */
function goodAnswer(operation: Operation): MediaType | undefined {
  const [, good] = Object.entries(operation.responses).find(([status]) => status.startsWith('2')) ?? [];
  return good?.content?.['application/json'];
}

function expectForm(route: string, { status, body }: Answer<unknown>): void {
  const operation = operationOf(route);
  expect(Object.keys(operation.responses)).toContain(String(status));
  expect(differences(goodAnswer(operation)?.schema ?? {}, body)).toEqual([]);
}

/** What each parameter of a path is, in this host: the id of whatever the path names before it. */
function valuesOf(path: string): string {
  const [account] = simulator.org.directory.users.keys();
  const values: Readonly<Record<string, string>> = {
    '/api/connectors/{id}': 'okta',
    ...Object.fromEntries(Object.entries(things).map(([noun, id]) => [`/api/${noun}/{id}`, id])),
    '/api/integrations/{id}': integration.id,
    '/api/playbook-runs/{id}/steps/{step}': 'end-sessions',
    '/api/posture/checks/{check}': 'account-not-used',
    '/api/integrations/{id}/runs/{runId}': lastRunOf(integration).id,
    '/api/integrations/{id}/holds/{holdId}': hold,
    '/api/integrations/{id}/records/{kind}': 'account',
    '/api/integrations/{id}/records/{kind}/{key}': account ?? '',
    '/api/integrations/{id}/records/{kind}/{key}/relations/{relation}': 'groups',
    '/api/integrations/{id}/records/{kind}/{key}/response/{relation}': 'groups',
    '/api/records/{kind}': 'account',
  };
  return path.replaceAll(/\{\w+\}/g, (parameter, offset: number) => {
    const value = values[path.slice(0, offset + parameter.length)];
    if (value === undefined) throw new Error(`say here which ${parameter} to ask for: ${path}`);
    return value;
  });
}

/** What is asked of access, about somebody who is in a group. */
function queryOf(path: string): string {
  const { directory, applications } = simulator.org;
  const [group = ''] = [...directory.groups.keys()].filter((id) => directory.memberCount(id) > 0);
  const [account = ''] = directory.members(group).keys();
  const [application = ''] = applications.apps.keys();
  const since = new Date().toISOString();
  const queries: Readonly<Record<string, string>> = {
    reach: `from=account:${account}&to=group`,
    'reached-by': `to=group:${group}`,
    'reached-by/total': `to=group:${group}`,
    why: `from=account:${account}&to=group:${group}`,
    loss: `from=account:${account}&group=${group}&to=group`,
    changes: `of=account:${account}&other=group&since=${since}`,
    'edge-changes': `since=${since}`,
    unused: 'days=30',
    'unused-roles': 'days=30',
    suggestions: `application=${application}&days=30`,
    usage: `of=account:${account}`,
    graph: `of=group:${group}`,
    search: 'q=a',
  };
  const [, question = ''] = /\/access\/([-\w/]+)$/.exec(path) ?? [];
  return queries[question] === undefined ? '' : `?${queries[question]}`;
}

test('it is OpenAPI 3.1, by a judge from outside', async () => {
  const judge = async (candidate: object) => (await new Validator().validate({ ...candidate })).valid;
  expect(await judge(document)).toBe(true);
  // That the judge judges: a route without any answer, and a parameter that stands nowhere.
  const path = document.paths['/api/health/live'];
  expect(await judge({ ...document, paths: { '/x': { get: { ...path?.['get'], responses: 'none' } } } })).toBe(false);
  expect(await judge({ ...document, paths: { '/x': { get: { ...path?.['get'], parameters: [{ name: 'a' }] } } } })).toBe(false);
});

test('every route that Nest has mapped is in it, and no other', () => {
  const mapped = host.lines.flatMap(
    (line) => /Mapped \{(\S+), (\w+)\} route/.exec(line)?.slice(1, 3).toReversed().join(' ') ?? [],
  );
  expect(mapped.length).toBeGreaterThan(20);
  expect(operations.map(([route]) => route.replaceAll(/\{(\w+)\}/g, ':$1')).toSorted()).toEqual(mapped.toSorted());
  expect(host.host.routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(mapped.toSorted());
});

test('the table of routes says who may ask, by which parameters, and whether with a body', () => {
  const route = (handlerName: string) => host.host.routes.find((candidate) => candidate.handlerName === handlerName);
  expect(route('HoldsController.accept')).toEqual({
    method: 'POST',
    path: '/api/integrations/:id/holds/:holdId/accept',
    access: 'integrations:manage',
    handlerName: 'HoldsController.accept',
    params: ['id', 'holdId'],
    hasBody: false,
  });
  expect(route('IntegrationsController.create')).toMatchObject({ params: [], hasBody: true });
  expect(host.host.routes.filter(({ access }) => access === undefined)).toEqual([]);
});

test('every route has a summary, a rule, described parameters, an example of each body and answer, and its problems', () => {
  const found: object[] = [];
  for (const [route, operation] of operations) {
    const faults = [
      ...(operation.summary === '' ? ['no summary'] : []),
      ...(operation.parameters ?? []).flatMap(({ name, description }) =>
        description === undefined ? [`what is ${name}?`] : [],
      ),
      ...(operation.requestBody?.content['application/json']?.examples === undefined && operation.requestBody
        ? ['no body']
        : []),
      ...faultsOfAnswer(operation),
      ...(Object.keys(operation.responses).includes('500') ? [] : ['no problems']),
    ];
    if (faults.length > 0) found.push({ route, faults });
  }
  expect(found).toEqual([]);
});

function faultsOfAnswer(operation: Operation): readonly string[] {
  const [[status, answer] = ['none', undefined]] = Object.entries(operation.responses);
  if (['204', '303'].includes(status) || (answer?.content !== undefined && !('application/json' in answer.content))) return [];
  const good = goodAnswer(operation);
  if (good?.examples === undefined) return ['no example of the answer'];
  return unknownPlaces(good.schema).map((place) => `no example shows what ${place} can be`);
}

test('every example of a body is one that the rules of the body allow', () => {
  for (const [route, { requestBody }] of operations) {
    const { schema = {}, examples = {} } = requestBody?.content['application/json'] ?? {};
    for (const example of Object.values(examples))
      expect({ route, wrong: 'value' in example ? differences(schema, example.value) : ['no value'] }).toEqual({
        route,
        wrong: [],
      });
  }
});

test('every documented reading really answers, in the form of its example', async () => {
  simulator.setFaults(['/api/v1/idps', '/api/v1/groups/rules'].map((match) => ({ kind: 'empty-list', match })));
  await host.api.syncAgain(integration.id);
  simulator.setFaults([]);
  const { body: holds } = await host.api.get<{ readonly items: readonly Hold[] }>(`/integrations/${integration.id}/holds`);
  expect(holds.items.length).toBeGreaterThan(1);
  hold = holds.items.find(({ state }) => state === 'open')?.id ?? '';
  const reads = operations.filter(([route, operation]) => route.startsWith('GET') && goodAnswer(operation) !== undefined);
  expect(reads.length).toBeGreaterThan(10);
  for (const [route, operation] of reads) {
    const path = valuesOf(route.slice('GET '.length));
    const { status, body } = await host.api.get<unknown>(path.slice('/api'.length) + queryOf(path));
    expect({ route, status, wrong: differences(goodAnswer(operation)?.schema ?? {}, body) }).toEqual({
      route,
      status: 200,
      wrong: [],
    });
  }
  const { body } = await host.api.get<{ readonly items: readonly unknown[] }>(
    `/integrations/${integration.id}/holds/${hold}/records`,
  );
  expect(body.items.length).toBeGreaterThan(0);
}, 40_000);

test.each(RECORD_KINDS)('a list of %s has the documented form', async (kind) => {
  expectForm(
    'GET /api/integrations/{id}/records/{kind}',
    await host.api.get(`/integrations/${integration.id}/records/${kind}`),
  );
});

test.each(RECORD_KINDS)(
  'a table of %s, its facets, and relations and history of a row have the documented form',
  async (kind) => {
    const table = await host.api.get<{ readonly items: readonly { readonly key: string }[] }>(
      `/records/${kind}?limit=1${kind === 'activity' ? '' : '&removed=all'}`,
    );
    expectForm('GET /api/records/{kind}', table);
    expectForm('GET /api/records/{kind}/facets', await host.api.get(`/records/${kind}/facets`));
    const [row] = table.body.items;
    if (row === undefined) return;
    const path = `/integrations/${integration.id}/records/${kind}/${encodeURIComponent(row.key)}`;
    const relations = await host.api.get<{ readonly items: readonly { readonly name: string }[] }>(`${path}/relations`);
    expectForm('GET /api/integrations/{id}/records/{kind}/{key}/relations', relations);
    for (const { name } of relations.body.items)
      expectForm(
        'GET /api/integrations/{id}/records/{kind}/{key}/relations/{relation}',
        await host.api.get(`${path}/relations/${name}`),
      );
    expectForm('GET /api/integrations/{id}/records/{kind}/{key}/history', await host.api.get(`${path}/history`));
  },
);

test.each(['application', 'role', 'group'])('what is asked of access about a %s has the documented form', async (kind) => {
  const base = `/integrations/${integration.id}/access`;
  const of = '/api/integrations/{id}/access';
  const { body } = await host.api.get<{ readonly items: readonly { readonly key: string }[] }>(`/records/${kind}?limit=3`);
  expect(body.items.length).toBeGreaterThan(0);
  for (const { key } of body.items) {
    const to = `${kind}:${encodeURIComponent(key)}`;
    const reached = await host.api.get<AccessPage>(`${base}/reached-by?to=${to}`);
    expectForm(`GET ${of}/reached-by`, reached);
    expectForm(`GET ${of}/reached-by`, await host.api.get(`${base}/reached-by?to=${to}&from=group`));
    expectForm(`GET ${of}/graph`, await host.api.get(`${base}/graph?of=${to}`));
    for (const { node } of reached.body.items.slice(0, 2)) {
      const from = `account:${encodeURIComponent(node.key)}`;
      expectForm(`GET ${of}/reach`, await host.api.get(`${base}/reach?from=${from}&to=${kind}`));
      expectForm(`GET ${of}/why`, await host.api.get(`${base}/why?from=${from}&to=${to}`));
      expectForm(`GET ${of}/usage`, await host.api.get(`${base}/usage?of=${from}`));
    }
  }
});

test('what changes something answers in the form of its example, too', async () => {
  const { config } = simulator;
  expectForm('POST /api/connectors/{id}/test', await host.api.post('/connectors/okta/test', { config }));
  expectForm('POST /api/connectors/{id}/keys', await host.api.post('/connectors/okta/keys'));
  const created = await host.api.post<IntegrationDetail>('/integrations', { connector: 'okta', config, owner: null });
  expectForm('POST /api/integrations', created);
  const path = `/integrations/${created.body.id}`;
  expectForm('POST /api/integrations/{id}/test', await host.api.post(`${path}/test`));
  const run = await host.api.post<RunView>(`${path}/sync`);
  expectForm('POST /api/integrations/{id}/sync', run);
  await host.api.untilRun(created.body.id, run.body.id);
  expectForm('GET /api/integrations/{id}/runs/{runId}', await host.api.get(`${path}/runs/${run.body.id}`));
  expectForm('DELETE /api/integrations/{id}', await host.api.ask('DELETE', path));
  expectForm(
    'PUT /api/posture/checks/{check}/settings',
    await host.api.ask('PUT', '/posture/checks/account-not-used/settings', { enabled: true, parameters: { days: 60 } }),
  );
  expectForm('POST /api/integrations/{id}/posture/look', await host.api.post(`/integrations/${integration.id}/posture/look`));
  for (const change of [{ do: 'acknowledge' }, { do: 'comment', text: 'Ana was told.' }])
    expectForm('POST /api/findings/changes', await host.api.post('/findings/changes', { change, where: {} }));
  expectForm('GET /api/findings/{id}', await host.api.get(`/findings/${things['findings']}`));
  const holds = await host.api.get<{ readonly items: readonly Hold[] }>(`/integrations/${integration.id}/holds`);
  const [one, other] = holds.body.items.filter(({ state }) => state === 'open');
  const decide = (id: string | undefined, word: string) => host.api.post(`/integrations/${integration.id}/holds/${id}/${word}`);
  expectForm('POST /api/integrations/{id}/holds/{holdId}/accept', await decide(one?.id, 'accept'));
  expectForm('POST /api/integrations/{id}/holds/{holdId}/reject', await decide(other?.id, 'reject'));
}, 40_000);

const NOBODY = '00000000-0000-4000-8000-000000000000';
const MUCH = { connector: 'okta', config: 'x'.repeat(1_100_000) };
const AUTH = { method: 'client_secret', clientId: 'x', clientSecret: 'y' };
const NOBODY_THERE = { connector: 'okta', config: { domain: 'http://127.0.0.1:9', auth: AUTH } };

/** The harness compares each problem with the document of its route; here it is said which one it must be. */
test.each<[method: string, path: string, status: number, code: string, body: unknown]>([
  ['GET', '/integrations/ID/runs?limit=0', 400, 'invalid-request', undefined],
  ['POST', '/integrations/ID/sync', 400, 'invalid-request', { at: 'noon' }],
  ['POST', '/integrations', 400, 'invalid-request', undefined],
  ['GET', `/integrations/${NOBODY}`, 404, 'not-found', undefined],
  ['GET', '/integrations/ID/records/person', 404, 'not-found', undefined],
  ['DELETE', `/integrations/${NOBODY}`, 404, 'not-found', undefined],
  ['POST', '/connectors/none/keys', 404, 'not-found', {}],
  ['POST', '/integrations/ID/runs/RUN/cancel', 409, 'run-over', undefined],
  ['POST', '/connectors/okta/test', 422, 'invalid-config', { config: {} }],
  ['POST', '/integrations', 422, 'connection-refused', NOBODY_THERE],
  ['POST', '/integrations', 413, 'payload-too-large', MUCH],
])('%s %s: %i %s', async (method, path, status, code, body) => {
  const filled = path.replace('ID', integration.id).replace('RUN', lastRunOf(integration).id);
  const answer = await host.api.ask<ProblemBody>(method, filled, body);
  expect(answer).toMatchObject({ status, body: { type: `urn:castellan:problem:${code}`, status } });
});

test('a hold that is decided cannot be decided again', async () => {
  const { body } = await host.api.get<{ readonly items: readonly Hold[] }>(`/integrations/${integration.id}/holds`);
  const decided = body.items.find(({ state }) => state !== 'open');
  const again = await host.api.post(`/integrations/${integration.id}/holds/${decided?.id}/reject`);
  expect(again).toMatchObject({ status: 409, body: { type: 'urn:castellan:problem:hold-decided' } });
});

describe('the page', () => {
  const ask = (accept: string) => fetch(`${host.host.url}/api/docs`, { headers: { ...host.api.credentials, accept } });

  test('is HTML for a browser and JSON for a program', async () => {
    const browser = await ask('text/html,application/xhtml+xml,*/*;q=0.8');
    expect(browser.headers.get('content-type')).toContain('text/html');
    expect(browser.headers.get('vary')).toMatch(/accept/i);
    for (const accept of ['*/*', 'application/json']) expect(await (await ask(accept)).json()).toEqual(document);
  });

  test('runs nothing, fetches nothing, and is embedded by nobody', async () => {
    const response = await ask('text/html');
    const page = await response.text();
    const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(response.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(page).not.toMatch(/<script|\son\w+=|\sstyle=|url\(|@import/i);
  });

  test('tells of every route and every problem', async () => {
    const page = await (await ask('text/html')).text();
    for (const [route, { summary }] of operations) {
      const [method = '', path = ''] = route.split(' ');
      expect(page).toContain(`${method}</span><code>${path}</code>`);
      expect(page).toContain(`<p class="summary">${summary}</p>`);
    }
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    expect(links.length).toBeGreaterThan(100);
    for (const target of new Set(links)) expect(page).toContain(`id="${target}"`);
  });
});
