import { apiKey, fakeUpstream, listByLink, made, type RunningUpstream, type Upstream } from '@castellan/connector-testkit';
import { applyRandomChanges, DEFAULT_SCOPES, type Org, type PrincipalKind, startSimulator } from '@castellan/okta-simulator';
import { ACTION_SCOPES } from '../../src/config/scopes.js';
import { trialsIn } from './action-trials.js';
import { kindsOfChange } from './changing-org.js';
import { roleAssignments, truthOf } from './org-truth.js';

const SEEDS: Readonly<Record<string, number>> = { acme: 11, umbrella: 12 };
/** Small pages, so that a small organisation has many. */
const PAGE = 3;

export interface SimulatedOkta extends RunningUpstream {
  readonly auth: object;
}

/** The simulator as the conformance suite starts it. */
export const simulatedOkta: Upstream = {
  async start(options): Promise<SimulatedOkta> {
    if (options.pages !== undefined) return { ...(await endlessOkta.start(options)), auth: ENDLESS_AUTH };
    const { tenant } = options;
    const size = { users: 7, groups: 5, apps: 4, events: 7, assignmentsPerApp: 4 };
    const grantedScopes = [...DEFAULT_SCOPES, ...ACTION_SCOPES];
    const simulator = await startSimulator({ ...size, seed: SEEDS[tenant] ?? 1, grantedScopes });
    const { org } = simulator;
    org.largestPage = PAGE;
    let turn = 0;
    return {
      url: simulator.url,
      tenant,
      auth: simulator.credentials.clientSecret,
      secrets: [],
      holds: () => holdsOf(org),
      change: () => {
        turn += 1;
        applyRandomChanges(org, 10, turn, kindsOfChange);
      },
      actions: trialsIn(org),
      close: () => simulator.close(),
    };
  },
};

const TOKEN = '00abcdefghijklmnopqrstuvwxyz0123456789ABCD';
const ENDLESS_AUTH = { method: 'api_token', token: TOKEN };

/** People without end, made while they are asked for. */
const endlessOkta = fakeUpstream(({ pages = 1 }) => ({
  credential: apiKey('authorization', `SSWS ${TOKEN}`),
  open: ['/.well-known/okta-organization'],
  routes: {
    'GET /.well-known/okta-organization': () => ({ body: { id: '00oEndless', _links: {} } }),
    'GET /api/v1/users': listByLink(made(pages * 2, userOf), { pageSize: 2 }),
  },
  holds: () => ({ accounts: pages * 2 }),
}));

function userOf(index: number): object {
  const profile = { login: `person${index}@acme.example`, firstName: 'Person', lastName: `${index}` };
  return { id: `00u${index}`, status: 'ACTIVE', created: '2026-01-01T00:00:00.000Z', profile };
}

function holdsOf(org: Org): Readonly<Record<string, number>> {
  const truth = truthOf(org);
  const { directory, applications } = org;
  const everyone = [...directory.groups.values()].filter(({ type }) => type === 'BUILT_IN').map(({ id }) => id);
  const ofEveryone = everyone.reduce((sum, id) => sum + directory.memberCount(id), 0);
  const ofGroups = [...applications.apps.keys()].reduce((sum, id) => sum + applications.groups(id).size, 0);
  const roles = (kind: PrincipalKind): number => roleAssignments(org, kind);
  return {
    accounts: truth.account,
    groups: truth.group,
    memberships: truth.membership - ofEveryone,
    'everyone-memberships': ofEveryone,
    'group-rules': truth.group_rule,
    applications: truth.application,
    'app-user-assignments': truth.app_assignment - ofGroups,
    'app-group-assignments': ofGroups,
    roles: truth.role,
    'user-role-assignments': roles('user'),
    'group-role-assignments': roles('group'),
    'client-role-assignments': roles('client'),
    'identity-providers': truth.identity_provider,
    'idp-links': truth.idp_link,
    authenticators: truth.authenticator,
    'group-owners': truth.group_owner,
    'app-credentials': truth.app_credential,
    'app-provisioning': truth.app_provisioning,
    'group-pushes': truth.group_push,
    'resource-set-members': truth.resource_set_member,
    activity: truth.activity,
  };
}
