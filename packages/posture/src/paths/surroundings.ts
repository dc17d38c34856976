import type { IdentityProviderTrust } from '@castellan/connector-sdk';
import type { Queries } from '@castellan/storage';
import { bindNames } from '../check/statement.js';
import { ADMINISTRATORS } from '../sql/administrators.js';
import { isActiveProvider, linksAdministrators, linksByItself } from '../sql/identity-providers.js';
import { roleOf } from '../sql/roles.js';
import { keyOfNode, kindOfNode, type NodeId, nodeId } from './attack-graph.js';
import { readRights, type Right } from './rights.js';

/** An identity provider that signs people in, or fills groups, by itself. */
export interface SigningProvider {
  readonly key: string;
  readonly label: string;
  /** Whether it links accounts without anybody's consent, and whether also of who has a role: `null` where that is not said. */
  readonly links: boolean;
  readonly linksAdministrators: boolean | null;
  readonly trust: IdentityProviderTrust | null;
}

/** What is small in every organisation, and read once. */
export interface Surroundings {
  readonly tierZero: ReadonlySet<NodeId>;
  readonly rights: readonly Right[];
  /** Accounts that are not switched off, groups and clients with any role: what the barrier guards. */
  readonly withRole: ReadonlySet<NodeId>;
  readonly identityProviders: readonly SigningProvider[];
  /** Applications that are on, also as clients: who is not among them is on no way. */
  readonly applications: ReadonlySet<string>;
  /** Those that are sent the passwords of those who have them. */
  readonly passwordApplications: ReadonlyMap<string, string>;
  /** Clients that prove themselves by a secret which can be read. */
  readonly secretClients: ReadonlySet<string>;
  /** Catalogue name by key: a role can be narrowed to all applications of a kind. */
  readonly clientNames: ReadonlyMap<string, string | null>;
}

export async function readSurroundings(queries: Queries, integrationId: string): Promise<Surroundings> {
  const { tierZero, rights } = await readRights(queries, integrationId);
  const holders = await readHolders(queries, integrationId);
  const zero = [...tierZero, ...holders.filter(({ isTierZero }) => isTierZero).map(({ kind, key }) => nodeId(kind, key))];
  const applications = await queries.query<{ key: string; label: string; name: string | null; own: boolean; secret: boolean }>(
    `SELECT t.key, coalesce(t.label, t.key) AS label, t.name, coalesce(p.password = 'own', false) AS own,
       coalesce(t.oauth_client ->> 'authentication' = 'secret', false) AS secret
     FROM applications t LEFT JOIN app_provisionings p ON p.integration_id = t.integration_id AND p.application = t.key AND p.removed_at IS NULL AND p.status = 'active'
     WHERE t.integration_id = $1 AND t.removed_at IS NULL AND t.status = 'active'`,
    [integrationId],
  );
  const on = new Set(applications.map(({ key }) => key));
  const isOn = (id: NodeId): boolean => kindOfNode(id) !== 'client' || on.has(keyOfNode(id));
  return {
    tierZero: new Set(zero.filter(isOn)),
    rights,
    withRole: new Set(holders.map(({ kind, key }) => nodeId(kind, key)).filter(isOn)),
    identityProviders: await readIdentityProviders(queries, integrationId),
    applications: on,
    passwordApplications: new Map(applications.filter(({ own }) => own).map(({ key, label }) => [key, label])),
    secretClients: new Set(applications.filter(({ secret }) => secret).map(({ key }) => key)),
    clientNames: new Map(applications.map(({ key, name }) => [key, name])),
  };
}

function readIdentityProviders(queries: Queries, integrationId: string): Promise<readonly SigningProvider[]> {
  const { sql, values } = bindNames(
    `SELECT t.key, coalesce(t.name, t.key) AS label, ${linksByItself('t')} AS links, ${linksAdministrators('t')} AS "linksAdministrators", t.trust
     FROM identity_providers t WHERE ${isActiveProvider('t')}`,
    integrationId,
    {},
  );
  return queries.query<SigningProvider>(sql, values);
}

interface Holder {
  readonly kind: 'account' | 'group' | 'client';
  readonly key: string;
  readonly isTierZero: boolean;
}

/** Accounts by themselves and through groups, groups by themselves and through those that they are in, clients. */
function readHolders(queries: Queries, integrationId: string): Promise<readonly Holder[]> {
  const { sql, values } = bindNames(
    `WITH RECURSIVE ${ADMINISTRATORS}
     SELECT 'account' AS kind, d.account AS key, d.is_tier_zero AS "isTierZero" FROM administrators d
     UNION ALL SELECT DISTINCT 'group', g."group", false FROM granting g ${roleOf('g.role')} WHERE r.removed_at IS NULL
     UNION ALL SELECT DISTINCT 'client', s.principal, false FROM role_assignments s ${roleOf('s.role')}
       WHERE s.integration_id = $integration AND s.principal_kind = 'client' AND s.removed_at IS NULL AND r.removed_at IS NULL`,
    integrationId,
    {},
  );
  return queries.query<Holder>(sql, values);
}
