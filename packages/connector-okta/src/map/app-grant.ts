import type { AppGrant, SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { ObjectReader } from './object-reader.js';
import { POSTURE_FIELDS } from './posture-fields.js';
import { redactObject } from './redact.js';

const STATUS: Readonly<Record<string, AppGrant['status']>> = { ACTIVE: 'active', REVOKED: 'revoked' };

/** A grant as `GET /apps/{id}/grants` lists it. */
export function mapAppGrant(value: unknown, application: string, drift: Drift): SourceRecord<'app_grant'> | null {
  const grant = ObjectReader.of(value, 'app grant', drift, POSTURE_FIELDS.appGrant);
  const key = grant?.id('id') ?? null;
  if (grant === null || key === null) return null;
  return {
    kind: 'app_grant',
    key,
    partition: application,
    data: {
      application,
      clientId: grant.string('clientId'),
      scope: grant.string('scopeId'),
      issuer: grant.string('issuer'),
      status: grant.oneOf<AppGrant['status']>('status', STATUS, 'unknown'),
      providerStatus: grant.string('status'),
      source: grant.string('source'),
      createdAt: grant.instant('created'),
      updatedAt: grant.instant('lastUpdated'),
    },
    raw: redactObject(value, drift.harmless),
  };
}
