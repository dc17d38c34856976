import type { RefreshPage, Rejected, SourceRecord } from '@castellan/connector-sdk';
import { PageTrail } from '@castellan/connector-sdk';
import { endless } from '../streams/endless.js';
import { findSet, membersOf } from '../streams/resource-sets.js';
import { byField, nothing, type OktaRefreshArgs, type Part, readParts, type Step, unreadable } from './read-parts.js';

type Row = 'resource_set_member';

/** All of each set that is named: Okta allows 1,000 resources in one. */
export function refreshResourceSetMembers(args: OktaRefreshArgs): AsyncIterable<RefreshPage<Row>> {
  const { resourceSet: sets, others } = byField(args.scopes, 'resourceSet');
  const parts = sets.map(
    (key): Part<Row> => ({ scopes: [{ field: 'resourceSet', value: key }], read: () => readSet(args, key) }),
  );
  return readParts([...parts, ...unreadable<Row>(others)]);
}

async function readSet({ client }: OktaRefreshArgs, key: string): Promise<Step<Row>> {
  const complete = [{ field: 'resourceSet', value: key }];
  const set = await findSet(client, key);
  if (set === undefined) return nothing(complete);
  const records: SourceRecord<Row>[] = [];
  const rejected: Rejected[] = [];
  const trail = new PageTrail();
  let next: string | undefined;
  do {
    const page = await membersOf(client, set, next);
    if (page === 'gone') return nothing(complete);
    records.push(...page.records);
    rejected.push(...page.rejected);
    next = page.next;
    const problem = next === undefined ? undefined : trail.follow(next);
    if (problem !== undefined) throw endless('a resource set', problem);
  } while (next !== undefined);
  return { records, rejected, complete };
}
