import { type ClientSecret, edgeKey, type SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { EXPOSURE_FIELDS } from './exposure-fields.js';
import { LIFECYCLE_STATUS } from './lifecycle-status.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';

/** A secret of an OAuth client, as `GET /apps/{id}/credentials/secrets` lists it: Okta shows it in the clear, and it ends here. */
export function mapClientSecret(value: unknown, application: string, drift: Drift): SourceRecord<'client_secret'> | null {
  const secret = ObjectReader.of(value, 'client secret', drift, EXPOSURE_FIELDS.clientSecret);
  const id = secret?.id('id') ?? null;
  if (secret === null || id === null) return null;
  return {
    kind: 'client_secret',
    key: edgeKey(application, id),
    partition: application,
    data: {
      application,
      status: secret.oneOf<ClientSecret['status']>('status', LIFECYCLE_STATUS, 'unknown'),
      providerStatus: secret.string('status'),
      createdAt: secret.instant('created'),
      updatedAt: secret.instant('lastUpdated'),
      // Okta's secrets do not expire.
      expiresAt: null,
    },
    raw: redactObject(value, drift.harmless),
  };
}
