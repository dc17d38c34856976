import type { ApiToken, SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { ObjectReader } from './object-reader.js';
import { POSTURE_FIELDS } from './posture-fields.js';
import { redactObject } from './redact.js';

const NETWORK: Readonly<Record<string, ApiToken['network']>> = { ANYWHERE: 'anywhere', ZONE: 'zones' };

/** What Okta tells about a token. The token itself it shows once, to whoever makes it. */
export function mapApiToken(value: unknown, drift: Drift): SourceRecord<'api_token'> | null {
  const token = ObjectReader.of(value, 'API token', drift, POSTURE_FIELDS.apiToken);
  const key = token?.id('id') ?? null;
  if (token === null || key === null) return null;
  const network = token.child('network');
  return {
    kind: 'api_token',
    key,
    data: {
      name: token.string('name'),
      account: token.id('userId'),
      clientName: token.string('clientName'),
      network: network.oneOf<ApiToken['network']>('connection', NETWORK, 'unknown'),
      includedZones: network.strings('include'),
      excludedZones: network.strings('exclude'),
      createdAt: token.instant('created'),
      updatedAt: token.instant('lastUpdated'),
      expiresAt: token.instant('expiresAt'),
    },
    raw: redactObject(value, drift.harmless),
  };
}
