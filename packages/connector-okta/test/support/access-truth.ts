import type { Org } from '@castellan/okta-simulator';

const FEDERATED = ['SAML_2_0', 'SAML_1_1', 'WS_FEDERATION'];

/** Which list of credentials an application has, by what it says of itself as text. */
function credentialList(app: object): string | undefined {
  const text = JSON.stringify(app);
  if (FEDERATED.some((mode) => text.includes(`"signOnMode":"${mode}"`))) return 'app-keys';
  if (text.includes('"token_endpoint_auth_method":"client_secret_')) return 'app-secrets';
  return text.includes('"token_endpoint_auth_method":"private_key_jwt"') ? 'app-jwks' : undefined;
}

/** How many rows there are that say by what a right can be had that nobody was given, and what they are asked with. */
export function accessTruthOf(org: Org) {
  const apps = [...org.applications.apps.values()];
  const listed = apps.map((app) => ({ app, list: credentialList(app) }));
  const withSecrets = listed.filter(({ list }) => list === 'app-secrets');
  const withKeys = listed.filter(({ list }) => list === 'app-keys' || list === 'app-jwks');
  const withFeatures = apps.filter(({ features }) => Array.isArray(features) && features.length > 0);
  const pushing = withFeatures.filter(({ features }) => JSON.stringify(features).includes('GROUP_PUSH'));
  const owned = [...org.directory.groups.values()].filter(({ id, type }) => {
    const isUsed = org.applications.appsOfGroup(id).size + org.applications.pushCount(id) > 0;
    return type !== 'BUILT_IN' && (isUsed || org.administration.holdsRole({ kind: 'group', id }));
  });
  const people = [...org.directory.users.values()].filter(({ status }) => status !== 'DEPROVISIONED');
  const sets = [...org.administration.resourceSets.keys()];
  return {
    rows: {
      group_owner: sum(owned.map(({ id }) => org.directory.owners(id).size)),
      app_credential: sum(withKeys.map(({ app, list }) => org.list(`${list}/${app.id}`).size)),
      // Those that the API shows; a directory has features without.
      app_provisioning: withFeatures.filter(({ id }) => org.list(`app-features/${id}`).size > 0).length,
      group_push: sum(apps.map(({ id }) => org.applications.pushes(id).size)),
      resource_set_member: sum(sets.map((id) => org.administration.resources(id).size)),
    },
    /** With the setting `secretAges`. */
    secretAges: { client_secret: sum(withSecrets.map(({ app }) => org.list(`app-secrets/${app.id}`).size)) },
    /** With the setting `eachAccount`. */
    eachAccount: {
      account_device: sum(people.map((user) => org.devices.of(user).length)),
      token_grant: sum(people.map((user) => org.refreshTokens.of(user).length + org.consents.of(user).length)),
    },
    asked: {
      groupsWorthOwning: owned.length,
      applicationsWithKeys: withKeys.length,
      applicationsWithSecrets: withSecrets.length,
      applicationsWithFeatures: withFeatures.length,
      provisionedApplications: withFeatures.filter(({ id }) => org.list(`app-features/${id}`).size > 0).length,
      pushPages: sum(pushing.map(({ id }) => pages(org.applications.pushes(id).size, 1_000))),
      resourcePages: sum(sets.map((id) => pages(org.administration.resources(id).size, 100))),
      tokenPages: sum(
        people.map((user) => {
          const clients = new Set([...org.refreshTokens.of(user), ...org.consents.of(user)].map(({ clientId }) => clientId));
          return clients.size === 0 ? 0 : 1 + clients.size;
        }),
      ),
      userRoleAssignments: sum(
        org.administration.holders('user').map((id) => org.administration.assignments({ kind: 'user', id }).size),
      ),
    },
  };
}

const pages = (rows: number, size: number): number => Math.max(1, Math.ceil(rows / size));

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
