import type { AccessNodeRef } from '@castellan/api';
import { Bindings, type Queries } from '@castellan/storage';
import { prepared } from './prepared.js';
import { type Edge, type EdgeRow, type EdgeSource, selectEdges, toEdge } from './edge.js';
import { holds } from './holds.js';

/** All that hangs on one principal: its memberships, those of its groups and so on, and what each of them was given. */
export async function edgesUpward(
  queries: Queries,
  integrationId: string,
  from: AccessNodeRef,
  at?: Date,
): Promise<readonly Edge[]> {
  const { bind, values } = new Bindings();
  const [integration, kind, key] = [bind(integrationId), bind(from.kind), bind(from.key)];
  const instant = at === undefined ? undefined : bind(at);
  const isUp = (member: string, memberKind: string): string =>
    `m.integration_id = ${integration}::uuid AND m.member = ${member} AND m.member_kind = ${memberKind} AND ${holds('m', 'membership', instant)}`;
  const of = (relation: EdgeSource['relation'], end: string): EdgeSource => ({
    relation,
    from: 'principals p',
    where: [`t.${end} = p.key`, `t.${end}_kind = p.kind`],
  });
  const rows = await queries.query<EdgeRow>(
    // UNION leaves out what is there already, so that groups in a circle end it. Each group by itself (as in `accountsIn`): joined
    // as a table, all groups that are in groups would be read for the few that this one is in.
    prepared(`WITH RECURSIVE up AS (
       SELECT m."group" AS key FROM memberships m WHERE ${isUp(`${key}::text`, `${kind}::text`)}
       UNION SELECT n."group" FROM up, LATERAL (SELECT m."group" FROM memberships m WHERE ${isUp('up.key', `'group'`)} OFFSET 0) n
     ), principals AS (SELECT 'group' AS kind, key FROM up UNION SELECT ${kind}::text, ${key}::text)
     ${selectEdges([of('membership', 'member'), of('app_assignment', 'principal'), of('role_assignment', 'principal')], integration, instant)}`),
    values,
  );
  return rows.map(toEdge);
}
