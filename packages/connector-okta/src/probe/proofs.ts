import type { StreamInfo } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import { listOf, type OktaRequest } from '../client/okta-client.js';
import { noUsers } from '../streams/accounts.js';
import { segment } from '../streams/parts.js';
import type { PostureScope } from '../config/scopes.js';
import type { Probing, Proof } from './probing.js';

const ONE = { limit: '1' };

/** Ten, not one: factors are asked of somebody who is not deactivated. */
const users: Proof = async (probing) => {
  const url = '/api/v1/users';
  const { items } = listOf(await probing.get({ url, query: { search: 'status pr', limit: '10' } }), url);
  if (items.length === 0) throw noUsers();
  const present = items.find((item) => textAt(item, 'status') !== 'DEPROVISIONED');
  keep(probing, 'user', present);
  return undefined;
};

export const groups: Proof = async (probing) => {
  keep(probing, 'group', await firstOf(probing, { url: '/api/v1/groups', query: ONE }));
  return undefined;
};

const apps: Proof = async (probing) => {
  keep(probing, 'app', await firstOf(probing, { url: '/api/v1/apps', query: ONE }));
  return undefined;
};

/** A test reads no secret: it is made again and again, and Okta writes an event for each reading. */
const secrets: Proof = async (probing) => {
  await probing.prove(apps);
  return 'Applications are readable. Not tried on a secret, since Okta logs each reading.';
};

/** Of each stream, or of several: the permission to read them is the same. */
const PROOFS: Readonly<Record<string, Proof>> = (() => {
  const appUsers = inside(apps, 'app', (id) => ({ url: `/api/v1/apps/${id}/users`, query: ONE }));
  const assignees = plain({ url: '/api/v1/iam/assignees/users', query: ONE });
  const idps = plain({ url: '/api/v1/idps', query: ONE });
  return {
    accounts: users,
    groups,
    memberships: inside(groups, 'group', (id) => ({ url: `/api/v1/groups/${id}/users`, query: ONE })),
    'group-rules': plain({ url: '/api/v1/groups/rules', query: ONE }),
    applications: apps,
    'app-user-assignments': appUsers,
    'app-group-assignments': appUsers,
    roles: plain({ url: '/api/v1/iam/roles' }),
    'user-role-assignments': assignees,
    'group-role-assignments': assignees,
    'client-role-assignments': assignees,
    'identity-providers': idps,
    'idp-links': idps,
    'group-owners': groups,
    'app-credentials': apps,
    'client-secrets': secrets,
    'app-provisioning': apps,
    'group-pushes': apps,
    'resource-set-members': assignees,
    'account-devices': inside(users, 'user', (id) => ({ url: `/api/v1/users/${id}/devices` })),
    'token-grants': inside(users, 'user', (id) => ({ url: `/api/v1/users/${id}/clients` })),
    authenticators: inside(users, 'user', (id) => ({ url: `/api/v1/users/${id}/factors` })),
    activity: plain({ url: '/api/v1/logs', query: ONE }),
    // Settings for which the scope is not enough.
    'support-access': plain({ url: '/api/v1/org/privacy/oktaSupport' }),
    'third-party-administrators': plain({ url: '/api/v1/org/orgSettings/thirdPartyAdminSetting' }),
    'new-programs': plain({ url: '/api/v1/org/settings/clientPrivilegesSetting' }),
    'administration-console': plain({ url: '/api/v1/first-party-app-settings/admin-console' }),
  };
})();

/** Of the streams that need one of these scopes. */
const POSTURE_PROOFS: Readonly<Record<PostureScope, Proof>> = {
  // Okta lists policies by type only; this type exists on both engines.
  'okta.policies.read': plain({ url: '/api/v1/policies', query: { type: 'PASSWORD' } }),
  'okta.authenticators.read': plain({ url: '/api/v1/authenticators' }),
  'okta.networkZones.read': plain({ url: '/api/v1/zones', query: ONE }),
  'okta.apiTokens.read': plain({ url: '/api/v1/api-tokens' }),
  'okta.logStreams.read': plain({ url: '/api/v1/logStreams', query: ONE }),
  'okta.threatInsights.read': plain({ url: '/api/v1/threats/configuration' }),
  'okta.orgs.read': plain({ url: '/api/v1/org' }),
  'okta.appGrants.read': inside(apps, 'app', (id) => ({ url: `/api/v1/apps/${id}/grants` })),
};

/** `undefined`: there is no small read for this stream; its scopes have to do. */
export function proofOf(stream: Pick<StreamInfo, 'name' | 'requires'>): Proof | undefined {
  const byScope = new Map<string, Proof>(Object.entries(POSTURE_PROOFS));
  return PROOFS[stream.name] ?? stream.requires.map((scope) => byScope.get(scope)).find((proof) => proof !== undefined);
}

function plain(request: OktaRequest): Proof {
  return async (probing) => {
    await probing.get(request);
    return undefined;
  };
}

/** Looks inside of one object that another proof has come across. */
function inside(outer: Proof, sample: keyof Probing['samples'], request: (id: string) => OktaRequest): Proof {
  return async (probing) => {
    await probing.prove(outer);
    const id = probing.samples[sample];
    if (id === undefined) return 'There is nothing yet to try it on.';
    await probing.find(request(segment(id)));
    return undefined;
  };
}

async function firstOf(probing: Probing, request: OktaRequest): Promise<unknown> {
  return listOf(await probing.get(request), request.url).items[0];
}

function keep(probing: Probing, sample: keyof Probing['samples'], item: unknown): void {
  const id = textAt(item, 'id');
  if (id !== undefined) probing.samples[sample] = id;
}
