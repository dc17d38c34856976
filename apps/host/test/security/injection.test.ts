import type { IntegrationDetail, ProblemBody } from '@castellan/api';
import { join } from 'node:path';
import type { OpenApiDocument } from '../../src/docs/open-api.js';
import type { Route } from '../../src/routes/routes.js';
import { lastRunOf, settingsFor, temporaryFolder, TestHost, until } from '../host-harness.js';
import { type Simulator, startSimulator } from '../simulator.js';

const UNKNOWN = '00000000-0000-4000-8000-00000000dead';
const SQL = [
  `x' OR '1'='1`,
  `'; DROP TABLE users; --`,
  `1) UNION SELECT password_hash FROM users --`,
  `' || pg_sleep(5) || '`,
  `$1`,
  `%`,
  `\\'; SELECT 1; --`,
  `{"a":1}' ::jsonb`,
  `account"; DROP TABLE users; --`,
];

const folder = temporaryFolder();
let simulator: Simulator;
let host: TestHost;
let document: OpenApiDocument;
let integration: IntegrationDetail;
beforeAll(async () => {
  simulator = await startSimulator({ users: 12, groups: 3, apps: 2, events: 10, seed: 31 });
  const [user = ''] = simulator.org.directory.users.keys();
  // As Okta would send them: keys of their own, which only a parser makes.
  simulator.org.updateUser(user, JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'));
  host = await TestHost.start(settingsFor(join(folder, 'injection'), { logLevel: 'trace' }));
  integration = await host.api.synced(simulator.config);
  // The look after the first run writes what it finds.
  await until(async () => (await host.query('SELECT 1 FROM posture_evaluations')).length > 0);
  document = (await host.api.get<OpenApiDocument>('/docs/openapi.json')).body;
}, 60_000);
afterAll(async () => {
  await host.close();
  await simulator.close();
}, 30_000);

function operationOf({ method, path }: Route) {
  return document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
}

/** With ids of this host where there are some, so that a query is really asked. */
function pathOf(path: string): string {
  const known: Readonly<Record<string, string>> = { ':kind': 'account', ':runId': lastRunOf(integration).id };
  return path
    .slice('/api'.length)
    .replace('/integrations/:id', `/integrations/${integration.id}`)
    .replace('/connectors/:id', '/connectors/okta')
    .replaceAll(/:\w+/g, (parameter) => known[parameter] ?? UNKNOWN);
}

/** Streams stay open. */
function reads(): readonly Route[] {
  return host.host.routes.filter(({ method, path }) => method === 'GET' && !path.endsWith('/progress'));
}
function routesWithBody(): readonly Route[] {
  return host.host.routes.filter(({ hasBody }) => hasBody);
}

async function countRows(): Promise<unknown> {
  const tables = await host.query(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`);
  const counts = tables
    .map(({ name }) => String(name))
    // Refusals are written there, and what the host tells and counts of its first sync meanwhile.
    .filter((name) => !['audit_log', 'sign_in_tries', 'events', 'access_counts', 'access_counted'].includes(name))
    .map(async (name) => [name, (await host.query(`SELECT count(*) AS rows FROM "${name}"`))[0]?.['rows']]);
  return Object.fromEntries(await Promise.all(counts));
}

interface Page {
  readonly items: readonly { readonly key: string }[];
  readonly next: string | null;
}

describe('X22: SQL', () => {
  let before: unknown;
  beforeAll(async () => {
    before = await countRows();
  });
  afterEach(async () => expect(await countRows()).toEqual(before));

  test('in every parameter of every query', async () => {
    let asked = 0;
    for (const route of reads()) {
      const names = (operationOf(route)?.parameters ?? []).filter((parameter) => parameter.in === 'query');
      for (const { name } of names) {
        for (const text of SQL) {
          const query = new URLSearchParams({ [name]: text }).toString();
          const { status, body } = await host.api.get<Partial<Page>>(`${pathOf(route.path)}?${query}`);
          expect([route.path, name, text, [200, 400, 404].includes(status), status]).toEqual([
            route.path,
            name,
            text,
            true,
            status,
          ]);
          // A filter that means nothing finds nothing. Rules are searched in their text, and one looks for such characters itself.
          const isRuleText = route.path === '/api/detection/rules' && name === 'q';
          if (status === 200 && body.items !== undefined && !isRuleText)
            expect([route.path, name, body.items]).toEqual([route.path, name, []]);
          asked += 1;
        }
      }
    }
    expect(asked).toBeGreaterThan(100);
  }, 120_000);

  test('in every parameter of every path', async () => {
    for (const route of host.host.routes.filter(({ params, path }) => params.length > 0 && !path.endsWith('/progress'))) {
      for (const parameter of route.params) {
        for (const text of SQL) {
          const path = pathOf(route.path.replace(`:${parameter}`, `~${parameter}~`)).replace(
            `~${parameter}~`,
            encodeURIComponent(text),
          );
          const { status } = await host.api.ask(route.method, path);
          expect([route.method, path, [400, 404].includes(status), status]).toEqual([route.method, path, true, status]);
        }
      }
    }
  }, 120_000);

  test('in the place of a cursor: at most the rows that come after such a text', async () => {
    const list = `/integrations/${integration.id}/records/account`;
    const all = (await host.api.get<Page>(`${list}?limit=200`)).body.items.map(({ key }) => key);
    const { next } = (await host.api.get<Page>(`${list}?limit=1`)).body;
    const [name] = JSON.parse(Buffer.from(next ?? '', 'base64url').toString()) as readonly string[];
    expect(all).toHaveLength(12);
    for (const text of SQL) {
      const cursor = Buffer.from(JSON.stringify([name, text])).toString('base64url');
      const { status, body } = await host.api.get<Page>(`${list}?limit=200&cursor=${cursor}`);
      const after = all.filter((key) => Buffer.compare(Buffer.from(key), Buffer.from(text)) > 0);
      expect([text, status, body.items.map(({ key }) => key)]).toEqual([text, 200, after]);
    }
    for (const [path, listName] of [
      ['/audit-log', 'audit-log'],
      [`/integrations/${integration.id}/runs`, 'runs'],
      ['/integrations', 'integrations'],
    ]) {
      for (const text of SQL) {
        const cursor = Buffer.from(JSON.stringify([listName, text])).toString('base64url');
        expect((await host.api.get(`${path}?cursor=${cursor}`)).status).toBe(400);
      }
    }
  });

  test('in a body is a text like any other', async () => {
    const path = `/integrations/${integration.id}`;
    for (const name of SQL) {
      expect((await host.api.ask('PATCH', path, { name })).status).toBe(200);
      expect((await host.api.detail(integration.id)).name).toBe(name);
      const signIn = await host.api.anonymous().send('POST', '/session', { email: `${name}@castellan.test`, password: name });
      expect([400, 401, 429]).toContain(signIn.status);
      const key = await host.api.post('/api-keys', { name, scopes: [name] });
      expect(key.status).toBe(400);
    }
  });
});

describe('X20: what would reach every object', () => {
  const polluted = (): unknown => Reflect.get({}, 'polluted');
  const BODY = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';

  test('in the body of every route', async () => {
    expect(routesWithBody().length).toBeGreaterThan(15);
    for (const { method, path } of routesWithBody()) {
      const response = await fetch(`${host.host.url}/api${pathOf(path)}`, {
        method,
        headers: { ...host.api.credentials, 'content-type': 'application/json' },
        body: BODY,
      });
      const body = (await response.json()) as ProblemBody;
      expect([path, response.status, polluted()]).toEqual([path, 400, undefined]);
      expect(body.errors?.map(({ field }) => field)).toEqual(expect.arrayContaining(['__proto__', 'constructor']));
    }
  });

  test('in the query of every route', async () => {
    for (const { path } of reads()) {
      for (const query of ['__proto__[polluted]=1', 'constructor[prototype][polluted]=1', '__proto__.polluted=1'])
        await host.api.get(`${pathOf(path)}?${query}`);
      expect([path, polluted()]).toEqual([path, undefined]);
    }
  });

  test('in what a provider says of a person', async () => {
    const [user] = simulator.org.directory.users.keys();
    const { body } = await host.api.get<{ readonly raw: object }>(`/integrations/${integration.id}/records/account/${user}`);
    // It was really there.
    expect(JSON.stringify(body.raw)).toContain('"polluted":1');
    expect(polluted()).toBeUndefined();
  });
});

test('X21: fields that are nobody’s to set are refused by name, on every route with a body', async () => {
  const foreign = ['id', 'workspaceId', 'tenantId', 'isOperator', 'createdAt', 'permissions'];
  for (const route of routesWithBody()) {
    const [example] = Object.values(operationOf(route)?.requestBody?.content['application/json']?.examples ?? {});
    const value = example !== undefined && 'value' in example ? Object(example.value) : {};
    const body = { ...value, ...Object.fromEntries(foreign.map((key) => [key, UNKNOWN])) };
    const answer = await host.api.ask<ProblemBody>(route.method, pathOf(route.path), body);
    expect([route.path, answer.status]).toEqual([route.path, 400]);
    // Whether a user is an operator can be set, by operators.
    const refused = foreign.filter((key) => route.path !== '/api/users/:id' || key !== 'isOperator');
    expect([route.path, answer.body.errors?.map(({ field }) => field)]).toEqual([route.path, refused]);
  }
});

test('X26: names that would be lines of a log are refused, or stay inside their line', async () => {
  const forged = ['a\n{"level":"fatal","msg":"forged"}', 'a\r\nforged', '\u001b[31mforged', 'a\u0000b', 'a\u2028forged'];
  const from = host.lines.length;
  for (const name of forged) {
    await host.api.ask('PATCH', `/integrations/${integration.id}`, { name });
    await host.api.post('/users', { email: `${name}@castellan.test`, name, role: 'viewer' });
    await host.api.post('/connectors/okta/test', { config: { ...simulator.config, domain: name } });
    await host.api.anonymous().send('POST', '/session', { email: name, password: name });
    await fetch(`${host.host.url}/api/users/${encodeURIComponent(name)}`, { headers: { 'user-agent': 'a{"level":"fatal"}' } });
  }
  const lines = host.lines.slice(from);
  expect(lines.length).toBeGreaterThanOrEqual(forged.length);
  for (const line of lines) {
    expect(line.trimEnd()).not.toMatch(/[\p{Cc}\u2028]/u);
    expect(JSON.parse(line)).toMatchObject({ level: expect.stringMatching(/^(trace|debug|info|warn|error)$/) });
  }
});
