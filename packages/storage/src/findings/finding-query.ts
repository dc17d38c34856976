import { Bindings } from '../records/row-query.js';
import type { FindingSource, FindingStatus, SeverityNumber } from './finding.js';

/** Which findings of a workspace; what is left out does not matter. */
export interface FindingConditions {
  readonly integrationId?: string | undefined;
  readonly source?: FindingSource | undefined;
  readonly rules?: readonly string[] | undefined;
  readonly statuses?: readonly FindingStatus[] | undefined;
  readonly severities?: readonly SeverityNumber[] | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectKey?: string | undefined;
  /** Id of a user; `null`: nobody's. */
  readonly ownerId?: string | null | undefined;
  readonly ids?: readonly string[] | undefined;
}

/** `worst`: the most severe first, the youngest of them first. `newest`: the youngest first. */
export type FindingSort = 'worst' | 'newest';

/** All conditions, of the table `f`. */
export function findingConditions(workspaceId: string, query: FindingConditions, { bind }: Bindings): readonly string[] {
  const conditions = [`f.workspace_id = ${bind(workspaceId)}::uuid`];
  const equal = (column: string, value: string | undefined, type: string): void => {
    if (value !== undefined) conditions.push(`f.${column} = ${bind(value)}::${type}`);
  };
  const among = (column: string, values: readonly (string | number)[] | undefined, type: string): void => {
    if (values === undefined) return;
    const [only, ...others] = values;
    // Of one value an index keeps the order of its other columns.
    if (only !== undefined && others.length === 0) conditions.push(`f.${column} = ${bind(only)}::${type}`);
    else conditions.push(`f.${column} = ANY (${bind(values)}::${type}[])`);
  };
  equal('integration_id', query.integrationId, 'uuid');
  equal('source', query.source, 'text');
  equal('subject_kind', query.subjectKind, 'text');
  equal('subject_key', query.subjectKey, 'text');
  among('rule', query.rules, 'text');
  among('status', query.statuses, 'text');
  among('severity', query.severities, 'smallint');
  among('id', query.ids, 'uuid');
  if (query.ownerId === null) conditions.push('f.owner_id IS NULL');
  else equal('owner_id', query.ownerId, 'uuid');
  return conditions;
}
