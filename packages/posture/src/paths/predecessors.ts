import { isOf } from '@castellan/access';
import type { Queries } from '@castellan/storage';
import { type Edge, keyOfNode, kindOfNode, type NodeId, nodeId, type NodeKind } from './attack-graph.js';
import { type ObjectKind, type Right, scopeId } from './rights.js';
import type { SigningProvider, Surroundings } from './surroundings.js';
import { UsablePlaces } from './usable-places.js';

/** Steps that lead to some places, of all that there are. Each place is asked about once. */
export class Predecessors {
  private readonly rightsBySet = new Map<NodeId, Right[]>();
  /** Groups whose members a right is over, or an identity provider signs in. */
  private readonly scopeGroups: readonly string[];
  private readonly usable: UsablePlaces;

  constructor(
    private readonly queries: Queries,
    private readonly integrationId: string,
    private readonly around: Surroundings,
  ) {
    for (const right of around.rights) {
      const id = scopeId(right.scope);
      this.rightsBySet.set(id, [...(this.rightsBySet.get(id) ?? []), right]);
    }
    const groups = around.rights.flatMap(({ scope: { within } }) => (within.type === 'members_of' ? [within.key] : []));
    const linked = around.identityProviders.flatMap(({ trust }) => trust?.linkOnlyGroups ?? []);
    this.scopeGroups = [...new Set([...groups, ...linked])];
    this.usable = new UsablePlaces(queries, integrationId, around.applications);
  }

  /** From those who can go a way at all. What is asked about is: it is of tier zero, or was itself such an answer. */
  async of(places: readonly NodeId[]): Promise<readonly Edge[]> {
    const edges = await this.allOf(places);
    const isUsable = await this.usable.among(edges.map(({ from }) => from));
    return edges.filter(({ from }) => isUsable(from));
  }

  private async allOf(places: readonly NodeId[]): Promise<readonly Edge[]> {
    const keys = (kind: NodeKind): readonly string[] => places.filter((id) => kindOfNode(id) === kind).map(keyOfNode);
    return [
      ...(await this.toAccounts(keys('account'))),
      ...(await this.toGroups(keys('group'))),
      ...keys('client').flatMap((key) => [
        ...this.bySets('applications', nodeId('client', key), [key]),
        ...(this.around.secretClients.has(key) ? this.bySets('secrets', nodeId('client', key), [key]) : []),
      ]),
      ...keys('application').flatMap((key) => this.bySets('applications', nodeId('application', key), [key])),
      ...keys('identity_provider').flatMap((key) => this.bySets('identity_providers', nodeId('identity_provider', key), [key])),
      ...places.flatMap((id) => this.holdersOf(id)),
    ];
  }

  /** Of a set: who has the right over it. */
  private holdersOf(set: NodeId): readonly Edge[] {
    const rights = this.rightsBySet.get(set) ?? [];
    return rights.map(({ holder, step, because }) => ({ from: holder, to: set, step, because }));
  }

  private async toAccounts(keys: readonly string[]): Promise<readonly Edge[]> {
    if (keys.length === 0) return [];
    const memberOf = await this.scopeGroupsOf(keys);
    const linked = await this.linksOf(keys);
    const passwords = await this.passwordsOf(keys);
    return keys.flatMap((key) => {
      const account = nodeId('account', key);
      const groups = memberOf.get(key) ?? [];
      const providers = this.around.identityProviders.filter(
        (provider) => (linked.get(key) ?? []).includes(provider.key) || this.signsIn(provider, account, groups),
      );
      return [
        ...this.bySets('accounts', account, [key], groups),
        ...providers.map((provider): Edge => signsInAs(provider, account)),
        ...(passwords.get(key) ?? []).map((application): Edge => {
          const because = this.around.passwordApplications.get(application) ?? application;
          return { from: nodeId('application', application), to: account, step: 'receives_password', because };
        }),
      ];
    });
  }

  private async toGroups(keys: readonly string[]): Promise<readonly Edge[]> {
    if (keys.length === 0) return [];
    const rows = await this.queries.query<{
      group: string;
      kind: 'account' | 'group' | 'application';
      key: string;
      step: Edge['step'];
    }>(
      `SELECT g.key AS "group", m.member_kind AS kind, m.member AS key, 'member_of' AS step
       FROM unnest($2::text[]) AS g (key), LATERAL (SELECT e.member_kind, e.member FROM memberships e
         WHERE e.integration_id = $1 AND ${isOf('e', 'group', 'g.key')} AND e.removed_at IS NULL
         OFFSET 0) m
       UNION ALL SELECT o."group", o.owner_kind, o.owner, 'owns_group' FROM group_owners o
       WHERE o.integration_id = $1 AND o."group" = ANY ($2::text[]) AND o.removed_at IS NULL
       UNION ALL SELECT g.key, 'application', g.source_application, 'masters_group' FROM groups g
       WHERE g.integration_id = $1 AND g.key = ANY ($2::text[]) AND g.removed_at IS NULL AND g.source_application IS NOT NULL`,
      [this.integrationId, keys],
    );
    const direct = rows.map(
      ({ group, kind, key, step }): Edge => ({ from: nodeId(kind, key), to: nodeId('group', group), step, because: null }),
    );
    return [
      ...direct,
      ...keys.flatMap((key) => [
        ...this.bySets('groups', nodeId('group', key), [key]),
        ...this.around.identityProviders
          .filter((provider) => assigns(provider, key))
          .map((provider): Edge => {
            const from = nodeId('identity_provider', provider.key);
            return { from, to: nodeId('group', key), step: 'assigns_group', because: provider.label };
          }),
      ]),
    ];
  }

  /** Sets that have the object in them and that somebody has a right over. */
  private bySets(
    objects: ObjectKind,
    object: NodeId,
    keys: readonly string[],
    groups: readonly string[] = [],
  ): readonly Edge[] {
    const name = objects === 'applications' || objects === 'secrets' ? this.around.clientNames.get(keys[0] ?? '') : null;
    const ones = [...keys, ...(name === null || name === undefined ? [] : [name])];
    const withins = [
      { type: 'all' } as const,
      ...ones.map((key) => ({ type: 'one', key }) as const),
      ...groups.map((key) => ({ type: 'members_of', key }) as const),
    ];
    // The barrier: who has a role himself is not in a set of those without.
    const guards = this.around.withRole.has(object) ? [false] : [false, true];
    return guards.flatMap((guarded) =>
      withins
        .map((within) => scopeId({ objects, within, guarded }))
        .filter((set) => this.rightsBySet.has(set))
        .map((set): Edge => ({ from: set, to: object, step: 'in', because: null })),
    );
  }

  /** Of what the provider does not say nothing is concluded. */
  private signsIn({ links, linksAdministrators, trust }: SigningProvider, account: NodeId, groups: readonly string[]): boolean {
    if (!links || trust === null) return false;
    if (linksAdministrators !== true && this.around.withRole.has(account)) return false;
    const only = trust.linkOnlyGroups;
    return only.length === 0 || only.some((group) => groups.includes(group));
  }

  private async scopeGroupsOf(keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    if (this.scopeGroups.length === 0) return new Map();
    return listsBy(
      await this.queries.query<Pair>(
        `SELECT m.member AS "by", m."group" AS one FROM unnest($2::text[]) AS a (key), LATERAL (SELECT e.member, e."group" FROM memberships e
           WHERE e.integration_id = $1 AND e.member = a.key AND e."group" = ANY ($3::text[]) AND e.removed_at IS NULL OFFSET 0) m`,
        [this.integrationId, keys, this.scopeGroups],
      ),
    );
  }

  private async linksOf(keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return listsBy(
      await this.queries.query<Pair>(
        `SELECT account AS "by", identity_provider AS one FROM idp_links WHERE integration_id = $1 AND account = ANY ($2::text[]) AND removed_at IS NULL`,
        [this.integrationId, keys],
      ),
    );
  }

  private async passwordsOf(keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const applications = [...this.around.passwordApplications.keys()];
    if (applications.length === 0) return new Map();
    return listsBy(
      await this.queries.query<Pair>(
        `SELECT principal AS "by", application AS one FROM app_assignments
         WHERE integration_id = $1 AND application = ANY ($3::text[]) AND principal = ANY ($2::text[]) AND principal_kind = 'account' AND removed_at IS NULL`,
        [this.integrationId, keys, applications],
      ),
    );
  }
}

interface Pair {
  readonly by: string;
  readonly one: string;
}

function listsBy(pairs: readonly Pair[]): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const { by, one } of pairs) {
    const list = lists.get(by);
    if (list === undefined) lists.set(by, [one]);
    else list.push(one);
  }
  return lists;
}

function signsInAs({ key, label }: SigningProvider, account: NodeId): Edge {
  return { from: nodeId('identity_provider', key), to: account, step: 'signs_in_as', because: label };
}

function assigns({ trust }: SigningProvider, group: string): boolean {
  if (trust === null) return false;
  const { groupAction, groups } = trust;
  if (groupAction === 'assign') return groups.includes(group);
  // Those that the other system names: any, where nothing narrows it.
  return (groupAction === 'append' || groupAction === 'sync') && (groups.length === 0 || groups.includes(group));
}
