import { edgeKey, type Rejected, type SourceRecord } from '@castellan/connector-sdk';
import type { Service } from '../discovery/service.js';
import { idInReference, isUsableId } from './ids.js';
import type { Oddities } from './oddities.js';
import { rawOf } from './redact.js';
import { Resource } from './resource.js';

/** Members are memberships. */
const IN_OTHER_ROWS: ReadonlySet<string> = new Set(['members']);

/** A group; `null` when it has no usable id. */
export function mapGroup(
  value: unknown,
  { secretAttributes }: Pick<Service, 'secretAttributes'>,
  oddities: Oddities,
): SourceRecord<'group'> | null {
  const group = Resource.of(value, 'Group', oddities);
  const key = group?.text('id') ?? null;
  if (group === null || key === null || !isUsableId(key)) return null;
  const meta = group.child('meta');
  return {
    kind: 'group',
    key,
    data: {
      name: group.text('displayName'),
      // Not in the core schema, but many services have it.
      description: group.text('description'),
      // SCIM does not say where a group comes from.
      origin: 'unknown',
      sourceApplication: null,
      createdAt: meta.instant('created'),
      updatedAt: meta.instant('lastModified'),
      membershipUpdatedAt: null,
    },
    raw: rawOf(value, { secret: secretAttributes, without: IN_OTHER_ROWS }),
  };
}

export interface Members {
  readonly records: readonly SourceRecord<'membership'>[];
  readonly rejected: readonly Rejected[];
}

/**
 * The members of a group, as its resource lists them; `undefined` when it names none, which may also mean that it does not show them.
 * @param isGroup whether an id is that of a group, asked where the member itself does not tell.
 */
export async function mapMembers(
  value: unknown,
  group: string,
  endpoints: Pick<Service, 'users' | 'groups'>,
  isGroup: (id: string) => Promise<boolean>,
  oddities: Oddities,
): Promise<Members | undefined> {
  const members = Resource.of(value, 'Group', oddities)?.values('members') ?? [];
  if (members.length === 0) return undefined;
  const records = new Map<string, SourceRecord<'membership'>>();
  const rejected: Rejected[] = [];
  for (const [index, entry] of members.entries()) {
    const reference = entry.text('$ref');
    const member = entry.text('value') ?? (reference === null ? undefined : idInReference(reference));
    if (member === undefined || !isUsableId(member)) {
      rejected.push({ reason: 'has no usable value', at: `members of ${group}, item ${index}` });
      continue;
    }
    const told = kindIn(entry.text('type'), reference, endpoints);
    const memberKind = told ?? ((await isGroup(member)) ? 'group' : 'account');
    const key = edgeKey(group, member);
    records.set(key, { kind: 'membership', key, partition: group, data: { group, memberKind, member } });
  }
  return { records: [...records.values()], rejected };
}

/** What a member says about itself: its type, else the endpoint that it lies below. Some services write `direct` as the type. */
function kindIn(
  type: string | null,
  reference: string | null,
  { users, groups }: Pick<Service, 'users' | 'groups'>,
): 'account' | 'group' | undefined {
  const named = type?.toLowerCase();
  if (named === 'user') return 'account';
  if (named === 'group') return 'group';
  const parent = `/${reference?.toLowerCase() ?? ''}`.replace(/\/[^/]*\/?$/, '');
  if (groups !== null && parent.endsWith(groups.toLowerCase())) return 'group';
  return parent.endsWith(users.toLowerCase()) ? 'account' : undefined;
}
