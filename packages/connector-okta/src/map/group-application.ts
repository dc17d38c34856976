import { edgeKey, type SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { FIELDS } from './field-names.js';
import { ObjectReader } from './object-reader.js';

/**
 * An application as `GET /groups/{id}/apps` lists it, taken as the group's assignment: the same row that the application's own
 * list of groups gives (`mapAppGroup`), without what only that one says. `null` when it has no id.
 */
export function mapGroupApplication(
  value: unknown,
  group: string,
  drift: Drift,
): { readonly record: SourceRecord<'app_assignment'>; readonly label: string | null } | null {
  const app = ObjectReader.of(value, 'application', drift, FIELDS.application);
  const application = app?.id('id') ?? null;
  if (app === null || application === null) return null;
  const record: SourceRecord<'app_assignment'> = {
    kind: 'app_assignment',
    key: edgeKey(application, group),
    partition: application,
    data: {
      application,
      principalKind: 'group',
      principal: group,
      scope: 'direct',
      username: null,
      profile: null,
      providerStatus: null,
      priority: null,
      createdAt: null,
      updatedAt: null,
      statusChangedAt: null,
    },
  };
  return { record, label: app.string('label') };
}
