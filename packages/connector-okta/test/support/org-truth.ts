import type { RecordKind } from '@castellan/connector-sdk';
import type { Org, PrincipalKind } from '@castellan/okta-simulator';
import { accessTruthOf } from './access-truth.js';

const STANDARD_ROLES = 13;

/** What is in the organisation, counted from its own state and not from its answers. */
export function truthOf(org: Org): Readonly<Record<RecordKind, number>> {
  const { directory, applications, administration, identityProviders, factors } = org;
  const groupIds = [...directory.groups.keys()];
  const appIds = [...applications.apps.keys()];
  const present = [...directory.users.values()].filter((user) => user['status'] !== 'DEPROVISIONED');
  return {
    account: directory.users.size,
    group: directory.groups.size,
    membership: sum(groupIds.map((id) => directory.memberCount(id))),
    group_rule: directory.rules.size,
    application: applications.apps.size,
    app_assignment: sum(appIds.map((id) => org.effectiveAssignments(id).length + applications.groups(id).size)),
    role: STANDARD_ROLES + administration.roles.size,
    role_assignment: sum((['user', 'group', 'client'] as const).map((kind) => roleAssignments(org, kind))),
    identity_provider: identityProviders.idps.size,
    idp_link: sum([...identityProviders.idps.keys()].map((id) => identityProviders.users(id).size)),
    authenticator: sum(present.map((user) => factors.of(user).length)),
    ...accessTruthOf(org).rows,
    // Read only when the setting `secretAges` asks for them.
    client_secret: 0,
    // Read only when the setting `eachAccount` asks for them.
    account_device: 0,
    token_grant: 0,
    activity: org.log.length,
    // Read only when the setting `posture` asks for them.
    policy: 0,
    policy_rule: 0,
    network_zone: 0,
    sign_in_method: 0,
    api_token: 0,
    app_grant: 0,
    log_stream: 0,
    org_setting: 0,
  };
}

export function roleAssignments(org: Org, kind: PrincipalKind): number {
  const all = org.administration.holders(kind).flatMap((id) => [...org.administration.assignments({ kind, id }).values()]);
  return sum(all.map(({ groupTargets, appTargets }) => Math.max(1, groupTargets.length + appTargets.length)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
