import type { Endpoint } from '../src/http/endpoint.js';
import { endpoints } from '../src/http/endpoints/all.js';
import { methodOf } from '../src/http/router.js';
import type { Json, JsonObject, Org, PrincipalKind, Simulator } from '../src/index.js';
import { hashOf } from '../src/generator/random.js';
import { startSimulator } from '../src/index.js';
import { askToken, basic, get, json, send } from './client.js';
import { Description, descriptionIsPresent } from './description.js';

const read = endpoints.filter((endpoint) => methodOf(endpoint) === 'GET');

if (!descriptionIsPresent) process.stdout.write("skipped: Okta's OpenAPI description is not beside the project\n");

const ASKED = new Set([...endpoints.map(({ template }) => template), '/.well-known/okta-organization', '/oauth2/v1/token']);
const MOST = 60;
const keysOf = (values: Iterable<JsonObject>): string[] => [...values].map((value) => String(value['id'])).slice(0, MOST);

/** Real paths for a template: every object of the org that fits, up to a bound. */
function pathsFor(template: string, org: Org): readonly string[] {
  const principal = /^(\/api\/v1\/users|\/api\/v1\/groups|\/oauth2\/v1\/clients)\/\{\w+\}\/roles/.exec(template)?.[1];
  if (principal !== undefined) return rolePaths(template, principal, org);
  if (template.startsWith('/api/v1/iam/resource-sets')) return resourceSetPaths(template, org);
  const ofUser = /^\/api\/v1\/users\/\{userId\}\/(factors|grants|clients)\/./.test(template);
  if (ofUser) return userThingPaths(template, org);
  if (template === '/api/v1/idps/{idpId}/users/{userId}') return idpUserPaths(org);
  const appUser = /^\/api\/v1\/apps\/\{appId\}\/(users|groups)\/\{/.exec(template)?.[1];
  if (appUser !== undefined) return assignmentPaths(appUser, org);
  const ids: Readonly<Record<string, Iterable<string>>> = {
    '{id}': keysOf(org.directory.users.values()),
    '{userId}': keysOf(org.directory.users.values()),
    '{groupRuleId}': keysOf(org.directory.rules.values()),
    '{groupId}': keysOf(org.directory.groups.values()),
    '{appId}': keysOf(org.applications.apps.values()),
    '{roleIdOrLabel}': keysOf(org.administration.roles.values()),
    '{idpId}': keysOf(org.identityProviders.idps.values()),
    '{policyId}': keysOf([...org.list('policies').values()].filter(isDescribed)),
    '{appName}': ['admin-console'],
    '{authenticatorId}': org.list('authenticators').keys(),
    '{zoneId}': org.list('zones').keys(),
    '{apiTokenId}': org.list('api-tokens').keys(),
  };
  const name = /\{\w+\}/.exec(template)?.[0];
  const some = appsWith(template, org);
  if (some !== undefined) return some.flatMap((id) => appThingPaths(template, id, org));
  if (template === '/api/v1/policies') {
    const types = new Set([...org.list('policies').values()].filter(isDescribed).map((policy) => String(policy['type'])));
    return [...types].map((type) => `${template}?type=${type}`);
  }
  if (name === undefined) return [template];
  return [...(ids[name] ?? [])].map((id) => template.replace(name, id));
}

/** Automations are listed among the policies, but Okta's description does not know their type. */
const isDescribed = (policy: JsonObject): boolean => policy['type'] !== 'USER_LIFECYCLE';

const KINDS: Readonly<Record<string, PrincipalKind>> = { users: 'user', groups: 'group', clients: 'client' };

function rolePaths(template: string, principalPath: string, org: Org): readonly string[] {
  const kind = KINDS[principalPath.split('/').at(-1) ?? ''] ?? 'user';
  return org.administration.holders(kind).flatMap((id) => {
    const path = template.replace(/\{\w+\}/, id);
    if (!path.includes('{')) return [path, `${path}?expand=targets/groups`, `${path}?expand=targets/catalog/apps`];
    const assignments = org.administration.assignments({ kind, id });
    return [...assignments.values()].map(({ object }) => path.replace(/\{\w+\}/, object.id));
  });
}

function resourceSetPaths(template: string, org: Org): readonly string[] {
  return keysOf(org.administration.resourceSets.values()).flatMap((id) => {
    const path = template.replace('{resourceSetIdOrLabel}', id);
    if (!path.includes('{')) return [path];
    return [...org.administration.bindings(id)].flatMap(([role, members]) => {
      const bound = path.replace('{roleIdOrLabel}', role);
      return members.map((member) => bound.replace('{memberId}', bindingMemberId(id, role, member.id)));
    });
  });
}

/** As the lists of members give it: the id of a membership is made of its parts. */
function bindingMemberId(setId: string, roleId: string, holderId: string): string {
  return `irb${hashOf(setId, roleId, holderId).toString(36).padStart(17, '0')}`;
}

/** Apps that have what the path shows: to the others Okta answers with an error. */
function appsWith(template: string, org: Org): readonly string[] | undefined {
  const rest = /^\/api\/v1\/apps\/\{appId\}\/(.+)$/.exec(template)?.[1];
  const idsOf = (fits: (app: JsonObject) => boolean): readonly string[] =>
    keysOf([...org.applications.apps.values()].filter(fits));
  switch (rest) {
    case 'credentials/secrets':
    case 'credentials/secrets/{secretId}':
    case 'credentials/jwks':
      return idsOf((app) => app['signOnMode'] === 'OPENID_CONNECT');
    case 'features':
    case 'features/{featureName}':
    case 'connections/default':
      return idsOf(({ id }) => org.list(`app-features/${String(id)}`).size > 0);
    default:
      return undefined;
  }
}

function appThingPaths(template: string, appId: string, org: Org): readonly string[] {
  const path = template.replace('{appId}', appId);
  const [name] = /\{\w+\}/.exec(path) ?? [];
  if (name === undefined) return [path];
  const list = name === '{secretId}' ? `app-secrets/${appId}` : `app-features/${appId}`;
  return [...org.list(list).keys()].map((key) => path.replace(name, key));
}

/** What people have enrolled and let in: each path with the ids of what is there. */
function userThingPaths(template: string, org: Org): readonly string[] {
  const lists = template.includes('/factors/') ? org.factors : template.includes('/grants') ? org.consents : org.refreshTokens;
  return [...org.directory.users.values()]
    .flatMap((user) =>
      lists.of(user).map((one) =>
        template
          .replace('{userId}', user.id)
          .replace('{clientId}', String(one['clientId']))
          .replace(/\{(factorId|grantId|tokenId)\}/, one.id),
      ),
    )
    .slice(0, MOST);
}

function idpUserPaths(org: Org): readonly string[] {
  return keysOf(org.identityProviders.idps.values()).flatMap((idpId) =>
    keysOf(org.identityProviders.users(idpId).values()).map((userId) => `/api/v1/idps/${idpId}/users/${userId}`),
  );
}

function assignmentPaths(kind: string, org: Org): readonly string[] {
  return keysOf(org.applications.apps.values()).flatMap((appId) => {
    const ids =
      kind === 'users'
        ? org
            .effectiveAssignments(appId)
            .slice(0, 2)
            .map(({ userId }) => userId)
        : [...org.applications.groups(appId).keys()];
    return ids.map((id) => `/api/v1/apps/${appId}/${kind}/${id}`);
  });
}

(descriptionIsPresent ? describe : describe.skip)("Okta's OpenAPI description", () => {
  let simulator: Simulator;
  let description: Description;
  beforeAll(async () => {
    description = new Description('management-minimal.yaml', ASKED);
    simulator = await startSimulator({ users: 150, groups: 60, apps: 25, events: 800 });
  });
  afterAll(() => simulator?.close());

  const oauth = () => new Description('oauth-minimal.yaml', ASKED);

  const described = (template: string, other: Description): Description =>
    Object.keys(description.paths).includes(template) ? description : other;

  it('knows every path that is served, with the same scopes', () => {
    const other = oauth();
    for (const endpoint of endpoints) {
      const { template, scopes } = endpoint;
      const method = methodOf(endpoint).toLowerCase();
      const name = `${method} ${template}`;
      const source = described(template, other);
      expect([name, source.operation(template, method) !== undefined]).toEqual([name, true]);
      expect([name, [...scopes].toSorted()]).toEqual([name, [...source.scopes(template, method)].toSorted()]);
    }
    expect(other.operation('/oauth2/v1/token', 'post')).toBeDefined();
  });

  it.each(read.map((endpoint): [string, Endpoint] => [endpoint.template, endpoint]))(
    'agrees with the answers of %s',
    async (template) => {
      const paths = pathsFor(template, simulator.org);
      expect(paths.length).toBeGreaterThan(0);
      const complaints = new Set<string>();
      for (const path of paths) {
        const answer = await get(simulator, path);
        expect([path, answer.status]).toEqual([path, 200]);
        for (const complaint of description.complaints(template, json<Json>(answer))) complaints.add(complaint);
      }
      expect([...complaints].slice(0, 10)).toEqual([]);
    },
  );

  it('agrees with the groups with stats, the org document and the errors', async () => {
    const groups = await get(simulator, '/api/v1/groups?expand=stats');
    expect(description.complaints('/api/v1/groups', json<Json>(groups))).toEqual([]);
    const wellKnown = await send(`${simulator.url}/.well-known/okta-organization`);
    expect(description.complaints('/.well-known/okta-organization', json<Json>(wellKnown))).toEqual([]);
    for (const path of ['/api/v1/users/nobody', '/api/v1/nothing', '/api/v1/users?search=x', '/api/v1/apps?after=x']) {
      const answer = await get(simulator, path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(description.complaintsBySchema('Error', json<Json>(answer))).toEqual([]);
    }
  });

  it('agrees with the token answers', async () => {
    const other = oauth();
    const { clientId, clientSecret } = simulator.config.auth;
    const good = await askToken(simulator, { scope: 'okta.users.read' }, basic(clientId, clientSecret));
    expect(other.complaintsBySchema('TokenResponse', json<Json>(good))).toEqual([]);
    const bad = await askToken(simulator, { scope: 'okta.users.read' }, basic(clientId, 'wrong'));
    expect(other.complaintsBySchema('OAuthError', json<Json>(bad))).toEqual([]);
  });

  it.each<[string, string, (object: JsonObject) => JsonObject]>([
    ['a status that does not exist', '/api/v1/users', (user) => ({ ...user, status: 'SLEEPING' })],
    ['a date that is none', '/api/v1/users', (user) => ({ ...user, created: 'yesterday' })],
    ['an app without a label', '/api/v1/apps', ({ label: _label, ...app }) => app],
    [
      'a sign-on setting of the wrong type',
      '/api/v1/apps',
      (app) => ({ ...app, signOnMode: 'BOOKMARK', name: 'bookmark', settings: { app: { url: 7 } } }),
    ],
    ['a role type that does not exist', '/api/v1/users/{userId}/roles', (role) => ({ ...role, type: 7 })],
    ['an event whose outcome does not exist', '/api/v1/logs', (event) => ({ ...event, outcome: { result: 'PERHAPS' } })],
  ])('objects to %s', async (_name, template, spoil) => {
    const path = pathsFor(template, simulator.org)[0] ?? template;
    const rows = json<JsonObject[]>(await get(simulator, path));
    expect(rows.length).toBeGreaterThan(0);
    expect(description.complaints(template, rows)).toEqual([]);
    expect(description.complaints(template, rows.map(spoil))).not.toEqual([]);
  });
});
