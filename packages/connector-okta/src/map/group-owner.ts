import { edgeKey, type GroupOwner, type SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { EXPOSURE_FIELDS } from './exposure-fields.js';
import { isObject } from './is-object.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';

const OWNER_KIND: Readonly<Record<string, GroupOwner['ownerKind'] | 'unknown'>> = { USER: 'account', GROUP: 'group' };

/** An owner as `GET /groups/{id}/owners` lists it; `null` when it has no id, or is of a kind that we do not know. */
export function mapGroupOwner(value: unknown, group: string, drift: Drift): SourceRecord<'group_owner'> | null {
  const owner = ObjectReader.of(value, 'group owner', drift, EXPOSURE_FIELDS.groupOwner);
  const id = owner?.id('id') ?? null;
  if (owner === null || id === null) return null;
  const ownerKind = owner.oneOf('type', OWNER_KIND, 'unknown');
  if (ownerKind === 'unknown') return null;
  return {
    kind: 'group_owner',
    key: edgeKey(group, id),
    partition: group,
    data: { group, ownerKind, owner: id, source: owner.string('originType'), updatedAt: owner.instant('lastUpdated') },
    raw: redactObject(value, drift.harmless),
  };
}

/** An owner that came from an application and has not been matched to anybody yet: nobody can act as it. */
export function isUnmatchedOwner(value: unknown): boolean {
  return isObject(value) && 'resolved' in value && value.resolved === false && !('id' in value && typeof value.id === 'string');
}
