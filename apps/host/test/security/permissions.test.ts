import { join } from 'node:path';
import type { Route } from '../../src/routes/routes.js';
import { Api, settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { apiKey, otherWorkspace, person } from './workspace-people.js';

// Everything here is written by hand: what the code says of itself is what is tested.

const ROLES: Readonly<Record<string, readonly string[]>> = {
  viewer: ['integrations:read', 'records:read', 'findings:read'],
  analyst: [
    'integrations:read',
    'records:read',
    'findings:read',
    'access:review',
    'findings:manage',
    'actions:read',
    'actions:request',
    'actions:approve',
    'users:read',
  ],
  administrator: [
    'integrations:read',
    'integrations:manage',
    'records:read',
    'access:review',
    'findings:read',
    'findings:manage',
    'posture:manage',
    'detection:manage',
    'actions:read',
    'actions:request',
    'actions:approve',
    'playbooks:manage',
    'users:read',
    'users:manage',
    'api-keys:manage',
    'webhooks:manage',
    'audit:read',
  ],
};
const OF_OPERATORS = ['workspaces:manage', 'metrics:read'];
const ALL = [...(ROLES['administrator'] ?? []), ...OF_OPERATORS];

/** `person`: whoever is signed in, but no API key. */
const ROUTES: Readonly<Record<string, string>> = {
  'GET /api/health/live': 'public',
  'GET /api/health/ready': 'public',
  'GET /api/sign-in': 'public',
  'POST /api/set-up': 'public',
  'POST /api/session': 'public',
  'POST /api/invitations/accept': 'public',
  'POST /api/oidc': 'public',
  'GET /api/oidc/callback': 'public',
  'GET /api/docs': 'signed-in',
  'GET /api/docs/openapi.json': 'signed-in',
  'GET /api/session': 'signed-in',
  'DELETE /api/session': 'person',
  'DELETE /api/session/identities': 'person',
  'POST /api/session/password': 'person',
  'GET /api/sessions': 'person',
  'DELETE /api/sessions/:id': 'person',
  'GET /api/connectors': 'integrations:read',
  'GET /api/connectors/:id': 'integrations:read',
  'POST /api/connectors/:id/test': 'integrations:manage',
  'POST /api/connectors/:id/keys': 'integrations:manage',
  'GET /api/integrations': 'integrations:read',
  'POST /api/integrations': 'integrations:manage',
  'GET /api/integrations/:id': 'integrations:read',
  'PATCH /api/integrations/:id': 'integrations:manage',
  'DELETE /api/integrations/:id': 'integrations:manage',
  'GET /api/integrations/:id/deletion': 'integrations:manage',
  'POST /api/integrations/:id/reconnect': 'integrations:manage',
  'POST /api/integrations/:id/pause': 'integrations:manage',
  'POST /api/integrations/:id/resume': 'integrations:manage',
  'POST /api/integrations/:id/test': 'integrations:manage',
  'POST /api/integrations/:id/sync': 'integrations:manage',
  'GET /api/integrations/:id/runs': 'integrations:read',
  'GET /api/integrations/:id/runs/:runId': 'integrations:read',
  'POST /api/integrations/:id/runs/:runId/cancel': 'integrations:manage',
  'GET /api/integrations/:id/records/:kind': 'records:read',
  'GET /api/integrations/:id/records/:kind/:key': 'records:read',
  'GET /api/integrations/:id/records/:kind/:key/relations': 'records:read',
  'GET /api/integrations/:id/records/:kind/:key/relations/:relation': 'records:read',
  'GET /api/integrations/:id/records/:kind/:key/history': 'records:read',
  'GET /api/records': 'records:read',
  'GET /api/records/:kind': 'records:read',
  'GET /api/records/:kind/facets': 'records:read',
  'GET /api/records/:kind/export.:format': 'records:read',
  'GET /api/integrations/:id/access/reach': 'records:read',
  'GET /api/integrations/:id/access/reach/export.:format': 'records:read',
  'GET /api/integrations/:id/access/reached-by': 'records:read',
  'GET /api/integrations/:id/access/reached-by/total': 'records:read',
  'GET /api/integrations/:id/access/reached-by/export.:format': 'records:read',
  'GET /api/integrations/:id/access/why': 'records:read',
  'GET /api/integrations/:id/access/loss': 'records:read',
  'GET /api/integrations/:id/access/changes': 'records:read',
  'GET /api/integrations/:id/access/changes/export.:format': 'records:read',
  'GET /api/integrations/:id/access/edge-changes': 'records:read',
  'GET /api/integrations/:id/access/edge-changes/export.:format': 'records:read',
  'GET /api/integrations/:id/access/unused': 'records:read',
  'GET /api/integrations/:id/access/unused/export.:format': 'records:read',
  'GET /api/integrations/:id/access/unused-roles': 'records:read',
  'GET /api/integrations/:id/access/unused-roles/export.:format': 'records:read',
  'GET /api/integrations/:id/access/suggestions': 'records:read',
  'GET /api/integrations/:id/access/suggestions/export.:format': 'records:read',
  'GET /api/integrations/:id/access/usage': 'records:read',
  'GET /api/integrations/:id/access/reviews': 'records:read',
  'POST /api/integrations/:id/access/reviews': 'access:review',
  'GET /api/integrations/:id/access/graph': 'records:read',
  'GET /api/access/search': 'records:read',
  'GET /api/access/overview': 'records:read',
  'GET /api/access/administrators': 'records:read',
  'GET /api/access/administrators/export.:format': 'records:read',
  'GET /api/posture/overview': 'findings:read',
  'GET /api/posture/frameworks': 'findings:read',
  'GET /api/posture/frameworks/export.:format': 'findings:read',
  'GET /api/posture/report/export.:format': 'findings:read',
  'GET /api/posture/checks': 'findings:read',
  'GET /api/posture/checks/:check': 'findings:read',
  'PUT /api/posture/checks/:check/settings': 'posture:manage',
  'POST /api/integrations/:id/posture/look': 'posture:manage',
  'GET /api/integrations/:id/posture/paths': 'findings:read',
  'GET /api/integrations/:id/posture/paths/export.:format': 'findings:read',
  'GET /api/findings': 'findings:read',
  'GET /api/findings/summary': 'findings:read',
  'GET /api/findings/export.:format': 'findings:read',
  'GET /api/findings/:id': 'findings:read',
  'POST /api/findings/changes': 'findings:manage',
  'POST /api/findings/:id/by-hand': 'findings:manage',
  'GET /api/incidents': 'findings:read',
  'GET /api/incidents/summary': 'findings:read',
  'GET /api/incidents/export.:format': 'findings:read',
  'GET /api/incidents/:id': 'findings:read',
  'GET /api/incidents/:id/timeline': 'findings:read',
  'POST /api/incidents/changes': 'findings:manage',
  'GET /api/actions': 'actions:read',
  'GET /api/actions/:id': 'actions:read',
  'POST /api/actions': 'actions:request',
  'POST /api/actions/decisions': 'actions:approve',
  'POST /api/actions/:id/approve': 'actions:approve',
  'POST /api/actions/:id/reject': 'actions:approve',
  'POST /api/actions/:id/withdraw': 'actions:request',
  'GET /api/action-batches': 'actions:read',
  'GET /api/action-batches/:id': 'actions:read',
  'GET /api/action-batches/:id/undo': 'actions:read',
  'POST /api/action-batches': 'actions:request',
  'POST /api/action-batches/:id/approve': 'actions:approve',
  'POST /api/action-batches/:id/reject': 'actions:approve',
  'POST /api/action-batches/:id/withdraw': 'actions:request',
  'POST /api/action-batches/:id/stop': 'actions:request',
  'GET /api/playbooks': 'actions:read',
  'GET /api/playbooks/:id': 'actions:read',
  'POST /api/playbooks/:id/simulate': 'playbooks:manage',
  'POST /api/playbooks/:id/enable': 'playbooks:manage',
  'POST /api/playbooks/:id/disable': 'playbooks:manage',
  'POST /api/playbooks/:id/runs': 'actions:request',
  'GET /api/playbook-runs': 'actions:read',
  'GET /api/playbook-runs/:id': 'actions:read',
  'POST /api/playbook-runs/:id/stop': 'actions:request',
  'POST /api/playbook-runs/:id/steps/:step/approve': 'actions:approve',
  'POST /api/playbook-runs/:id/steps/:step/decline': 'actions:approve',
  'POST /api/playbook-runs/:id/steps/:step/tick': 'actions:request',
  'GET /api/integrations/:id/actions': 'actions:read',
  'POST /api/integrations/:id/actions/plan': 'actions:request',
  'POST /api/integrations/:id/actions/plan-batch': 'actions:request',
  'GET /api/integrations/:id/records/:kind/:key/response': 'actions:read',
  'GET /api/integrations/:id/records/:kind/:key/response/:relation': 'actions:read',
  'GET /api/findings/:id/response': 'findings:read',
  'GET /api/incidents/:id/response': 'findings:read',
  'GET /api/detection/rules': 'findings:read',
  'GET /api/detection/rules/:id': 'findings:read',
  'PUT /api/detection/rules/:id/setting': 'detection:manage',
  'DELETE /api/detection/rules/:id/setting': 'detection:manage',
  'GET /api/detection/rule-files': 'findings:read',
  'POST /api/detection/rule-files': 'detection:manage',
  'GET /api/detection/rule-files/:id': 'findings:read',
  'PUT /api/detection/rule-files/:id': 'detection:manage',
  'DELETE /api/detection/rule-files/:id': 'detection:manage',
  'POST /api/detection/dry-run': 'detection:manage',
  'POST /api/detection/rule-files/check': 'detection:manage',
  'GET /api/detection/lists': 'findings:read',
  'PUT /api/detection/lists/:kind/:name': 'detection:manage',
  'DELETE /api/detection/lists/:kind/:name': 'detection:manage',
  'GET /api/detection/suppressions': 'findings:read',
  'POST /api/detection/suppressions': 'findings:manage',
  'DELETE /api/detection/suppressions/:id': 'findings:manage',
  'GET /api/detection/dead-letters': 'detection:manage',
  'POST /api/detection/dead-letters/retry': 'detection:manage',
  'GET /api/saved-questions': 'records:read',
  'POST /api/saved-questions': 'records:read',
  'DELETE /api/saved-questions/:id': 'records:read',
  'GET /api/integrations/:id/holds': 'integrations:read',
  'GET /api/integrations/:id/holds/:holdId/records': 'records:read',
  'POST /api/integrations/:id/holds/:holdId/accept': 'integrations:manage',
  'POST /api/integrations/:id/holds/:holdId/reject': 'integrations:manage',
  'GET /api/progress': 'integrations:read',
  'GET /api/integrations/:id/progress': 'integrations:read',
  'GET /api/users': 'users:read',
  'GET /api/users/:id': 'users:read',
  'POST /api/users': 'users:manage',
  'PATCH /api/users/:id': 'users:manage',
  'DELETE /api/users/:id': 'users:manage',
  'DELETE /api/users/:id/identities': 'users:manage',
  'POST /api/users/:id/invitation': 'users:manage',
  'GET /api/api-keys': 'api-keys:manage',
  'GET /api/api-keys/:id': 'api-keys:manage',
  'POST /api/api-keys': 'api-keys:manage',
  'DELETE /api/api-keys/:id': 'api-keys:manage',
  'GET /api/webhooks': 'webhooks:manage',
  'GET /api/webhooks/:id': 'webhooks:manage',
  'POST /api/webhooks': 'webhooks:manage',
  'PATCH /api/webhooks/:id': 'webhooks:manage',
  'DELETE /api/webhooks/:id': 'webhooks:manage',
  'POST /api/webhooks/:id/secret': 'webhooks:manage',
  'POST /api/webhooks/:id/test': 'webhooks:manage',
  'GET /api/webhooks/:id/deliveries': 'webhooks:manage',
  'POST /api/webhooks/:id/deliveries/:deliveryId/redeliver': 'webhooks:manage',
  'GET /api/event-types': 'webhooks:manage',
  'GET /api/audit-log': 'audit:read',
  'GET /api/metrics': 'metrics:read',
  'GET /api/workspaces': 'workspaces:manage',
  'GET /api/workspaces/:id': 'workspaces:manage',
  'POST /api/workspaces': 'workspaces:manage',
  'PATCH /api/workspaces/:id': 'workspaces:manage',
  'DELETE /api/workspaces/:id': 'workspaces:manage',
  'POST /api/workspaces/:id/api-keys': 'workspaces:manage',
  'POST /api/workspaces/:id/users': 'workspaces:manage',
};

/** Where the form is judged before the caller. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /api/session/password': { currentPassword: 'not the password', newPassword: 'a phrase that nobody guesses' },
};
const UNKNOWN = '00000000-0000-4000-8000-00000000dead';
interface KindOfCaller {
  readonly api: Api;
  readonly may: readonly string[];
}

const folder = temporaryFolder();
let host: TestHost;
/** Each kind of caller, and what he may do. */
let callers: ReadonlyMap<string, KindOfCaller>;

beforeAll(async () => {
  host = await TestHost.start(settingsFor(join(folder, 'roles')));
  const { api } = host;
  const stranger = await otherWorkspace(host, 'globex');
  const people = await Promise.all(
    Object.entries(ROLES).map(async ([role, may]) => {
      const { api: own } = await person(api, `some.${role}@castellan.test`, role);
      return [role, { api: own, may: [...may, 'person', 'signed-in', 'public'] }] as const;
    }),
  );
  const keys = await Promise.all(
    ALL.map(async (scope) => {
      const key = await apiKey(api, [scope]);
      return [`a key for ${scope}`, { api: key, may: [scope, 'signed-in', 'public'] }] as const;
    }),
  );
  callers = new Map<string, KindOfCaller>([
    ['nobody', { api: api.anonymous(), may: ['public'] }],
    ...people,
    [
      'administrator of another workspace',
      { api: stranger.api, may: [...(ROLES['administrator'] ?? []), 'person', 'signed-in', 'public'] },
    ],
    ['operator', { api, may: [...ALL, 'person', 'signed-in', 'public'] }],
    ...keys,
  ]);
}, 60_000);
afterAll(() => host.close());

function nameOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

/** What the guard says: an empty body and unknown ids change nothing, whatever the handler makes of them. */
async function verdict(api: Api, route: Route): Promise<string> {
  const path = route.path.slice('/api'.length).replace(':kind', 'account').replaceAll(/:\w+/g, UNKNOWN);
  // A stream would stay open.
  const method = route.path.endsWith('/progress') ? 'HEAD' : route.method;
  const response = await api.send(method, path, route.hasBody ? (BODIES[nameOf(route)] ?? {}) : undefined);
  const text = await response.text();
  if (response.status === 403 && text.includes('urn:castellan:problem:needs-user')) return 'not for keys';
  if (response.status === 403 && (method === 'HEAD' || text.includes('urn:castellan:problem:not-allowed')))
    return 'not allowed';
  if (response.status === 401 && (method === 'HEAD' || text.includes('urn:castellan:problem:not-signed-in')))
    return 'not signed in';
  return response.status < 500 ? 'let in' : `${response.status} ${text}`;
}

function expected(name: string, may: readonly string[], access: string | undefined): string {
  if (access !== undefined && may.includes(access)) return 'let in';
  if (name === 'nobody') return 'not signed in';
  return access === 'person' ? 'not for keys' : 'not allowed';
}

test('X11: every route has its row in the table, and every row its route', () => {
  expect(host.host.routes.map(nameOf).toSorted()).toEqual(Object.keys(ROUTES).toSorted());
});

test.each([
  'nobody',
  ...Object.keys(ROLES),
  'administrator of another workspace',
  'operator',
  ...ALL.map((scope) => `a key for ${scope}`),
])('X11: what %s may do on every route', async (name) => {
  const caller = callers.get(name);
  if (caller === undefined) throw new Error(`${name} is none of the callers`);
  // Signing out comes last: it works.
  const routes = host.host.routes.toSorted((one) => (nameOf(one) === 'DELETE /api/session' ? 1 : -1));
  const seen: Record<string, string> = {};
  for (const route of routes) seen[nameOf(route)] = await verdict(caller.api, route);
  const wanted = routes.map((route) => [nameOf(route), expected(name, caller.may, ROUTES[nameOf(route)])]);
  expect(seen).toEqual(Object.fromEntries(wanted));
});
