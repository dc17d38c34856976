import { edgeKey, type GroupPush, type SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { EXPOSURE_FIELDS } from './exposure-fields.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';

/** A mapping that failed last time is tried again with the next change of the group: it is as good as active. */
const STATUS: Readonly<Record<string, GroupPush['status']>> = { ACTIVE: 'active', ERROR: 'active', INACTIVE: 'inactive' };

/**
 * A mapping as `GET /apps/{id}/group-push/mappings` lists it; `null` without its id or the group's. Hint: `{ group }`, whose statistics
 * are others once the application is gone; its key says the application alone.
 */
export function mapGroupPush(value: unknown, application: string, drift: Drift): SourceRecord<'group_push'> | null {
  const mapping = ObjectReader.of(value, 'group push mapping', drift, EXPOSURE_FIELDS.groupPush);
  const id = mapping?.id('id') ?? null;
  const group = mapping?.id('sourceGroupId') ?? null;
  if (mapping === null || id === null || group === null) return null;
  return {
    kind: 'group_push',
    key: edgeKey(application, id),
    partition: application,
    data: {
      application,
      group,
      // Okta names it by the id of the group that stands for it here.
      targetGroup: mapping.id('targetGroupId'),
      status: mapping.oneOf<GroupPush['status']>('status', STATUS, 'unknown'),
      providerStatus: mapping.string('status'),
      createdAt: mapping.instant('created'),
      updatedAt: mapping.instant('lastUpdated'),
    },
    hint: { group },
    raw: redactObject(value, drift.harmless),
  };
}
