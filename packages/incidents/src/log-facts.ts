import { type LogEvent, subjectOf } from '@castellan/detection';
import type { Queries } from '@castellan/storage';

/** Keys of accounts and groups that events are of or about. */
export interface Named {
  readonly accounts: readonly string[];
  readonly groups: readonly string[];
}

export function namedIn(events: readonly LogEvent[]): Named {
  const accounts = new Set<string>();
  const groups = new Set<string>();
  for (const { actor, targets } of events) {
    if (actor?.type === 'User') accounts.add(actor.id);
    for (const { id, type } of targets) {
      if (type === 'User') accounts.add(id);
      if (type === 'UserGroup') groups.add(id);
    }
  }
  return { accounts: [...accounts], groups: [...groups] };
}

/** Whose histories events are looked at with. */
export function subjectsIn(events: readonly LogEvent[]): readonly string[] {
  const subjects = new Set<string>();
  for (const { actor, targets } of events) {
    if (actor !== undefined) subjects.add(subjectOf('account', actor.id));
    for (const { id, type } of targets) subjects.add(subjectOf(type === 'AppInstance' ? 'app' : 'account', id));
  }
  return [...subjects];
}

/** The other organisations of a workspace: somebody may have ended there. */
export async function otherOrganisations(
  queries: Queries,
  { workspaceId, integrationId }: { readonly workspaceId: string; readonly integrationId: string },
): Promise<readonly string[]> {
  const rows = await queries.query<{ readonly id: string }>(
    'SELECT id FROM integrations WHERE workspace_id = $1 AND id <> $2 ORDER BY id LIMIT 100',
    [workspaceId, integrationId],
  );
  return rows.map(({ id }) => id);
}
