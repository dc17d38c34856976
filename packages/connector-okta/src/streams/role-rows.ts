import { PageTrail, PermissionError } from '@castellan/connector-sdk';
import type { RecordKind, Rejected, SourceRecord } from '@castellan/connector-sdk';
import { isScopeError } from '../client/api-errors.js';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { mapRoleGovernance, NOT_SAID, type RoleGovernance } from '../map/role-governance.js';
import { mapRoleRow, mapRoleTarget, type Principal, type RoleRow, type RoleTarget } from '../map/role.js';
import { PAGE_SIZE } from '../plan/formula.js';
import type { PartPage } from './fan-out.js';
import { endless } from './endless.js';
import { isNotOffered } from './offer.js';
import { segment } from './parts.js';

/** What a standard role can be narrowed to. Source: Okta, "Role targets". All others hold for the whole organisation. */
const TARGETS: Readonly<Record<string, { readonly kind: 'group' | 'application'; readonly path: string }>> = {
  USER_ADMIN: { kind: 'group', path: 'groups' },
  HELP_DESK_ADMIN: { kind: 'group', path: 'groups' },
  GROUP_MEMBERSHIP_ADMIN: { kind: 'group', path: 'groups' },
  APP_ADMIN: { kind: 'application', path: 'catalog/apps' },
};

/**
 * All that one principal is assigned, one record for each target. The list is not paged; the targets are, which is why
 * they are fetched by themselves and not with `expand`, whose answer does not say when it is cut off.
 * @param url of the roles, e.g. `/api/v1/users/{id}/roles`
 * @param keep rows that count here
 */
export async function roleRecords(
  client: OktaClient,
  url: string,
  principal: Principal,
  keep: (row: RoleRow) => boolean = () => true,
): Promise<PartPage<Extract<RecordKind, 'role_assignment'>>> {
  const response = await client.find({ url });
  if (response === undefined) return 'gone';
  const records: SourceRecord<'role_assignment'>[] = [];
  const rejected: Rejected[] = [];
  for (const [index, item] of listOf(response, url).items.entries()) {
    const row = mapRoleRow(item, client.drift);
    if (row === null) {
      rejected.push({ reason: 'names no role, or has no usable id', at: `${url}, item ${index}` });
      continue;
    }
    if (!keep(row)) continue;
    const found = await targetsOf(client, url, row);
    // Taken back meanwhile. Without its targets it must not be written: it would read as holding for the whole organisation.
    if (found === 'gone') continue;
    const { targets, unreadable } = found;
    rejected.push(...unreadable);
    // Nor when none of its targets can be read.
    if (targets.length === 0 && unreadable.length > 0) continue;
    const governance = principal.kind === 'account' ? await governanceOf(client, url, row) : undefined;
    records.push(
      ...(targets.length === 0
        ? [row.record(principal, null, governance)]
        : targets.map((target) => row.record(principal, target, governance))),
    );
  }
  return { records, rejected, next: undefined };
}

const GOVERNANCE = 'what roles were given by';

/**
 * What a role was given by. Okta says so of roles of users only, a call for each; an organisation without the product, or a connection
 * that may not look, is asked once a run. That somebody has the role matters more, so that a refusal costs no row.
 */
async function governanceOf(client: OktaClient, url: string, { assignment }: RoleRow): Promise<RoleGovernance> {
  if (client.closedRoutes.has(GOVERNANCE)) return NOT_SAID;
  try {
    const response = await client.find({ url: `${url}/${segment(assignment)}/governance` });
    return response === undefined ? NOT_SAID : mapRoleGovernance(response.body, client.drift);
  } catch (error) {
    const isRefused = isNotOffered(error) || (error instanceof PermissionError && !isScopeError(error));
    if (!isRefused) throw error;
    client.closedRoutes.add(GOVERNANCE);
    client.logger.info('not offered', { what: GOVERNANCE, detail: error.detail });
    return NOT_SAID;
  }
}

interface Targets {
  /** Empty: the role holds for the whole organisation, unless some are unreadable. */
  readonly targets: readonly RoleTarget[];
  readonly unreadable: readonly Rejected[];
}

async function targetsOf(client: OktaClient, url: string, row: RoleRow): Promise<Targets | 'gone'> {
  if (row.resourceSet !== null) return { targets: [{ kind: 'resource_set', key: row.resourceSet }], unreadable: [] };
  const narrowed = row.type !== null && Object.hasOwn(TARGETS, row.type) ? TARGETS[row.type] : undefined;
  if (narrowed === undefined) return { targets: [], unreadable: [] };
  const targets: RoleTarget[] = [];
  const unreadable: Rejected[] = [];
  const trail = new PageTrail();
  let next: string | undefined = `${url}/${segment(row.assignment)}/targets/${narrowed.path}`;
  let query: Record<string, string> | undefined = { limit: String(PAGE_SIZE.roleTargets) };
  while (next !== undefined) {
    const page: string = next;
    const response = await client.find({ url: page, ...(query !== undefined && { query }) });
    if (response === undefined) return 'gone';
    const list = listOf(response, page);
    for (const item of list.items) {
      const target = mapRoleTarget(item, narrowed.kind, client.drift);
      if (target !== null) targets.push(target);
      else unreadable.push({ reason: 'a target of the role has no usable id', at: `${url}, assignment ${row.assignment}` });
    }
    const problem = list.next === undefined ? undefined : trail.follow(list.next);
    if (problem !== undefined) throw endless('role targets', problem);
    next = list.next;
    query = undefined;
  }
  return { targets, unreadable };
}
