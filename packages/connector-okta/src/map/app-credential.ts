import { type AppCredential, edgeKey, type JsonObject, type SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { EXPOSURE_FIELDS } from './exposure-fields.js';
import { isObject } from './is-object.js';
import { LIFECYCLE_STATUS } from './lifecycle-status.js';
import { ObjectReader } from './object-reader.js';
import { REDACTED, redactObject } from './redact.js';

/** Characters of a key's id that a hint keeps: an application has few keys, which these tell apart. */
const KID_BEGINNING = 8;

/** Of public keys, too, only what is known about them is kept: nobody verifies a signature here. */
const KEY_MATERIAL: ReadonlySet<string> = new Set(['n', 'e', 'x', 'y', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth', 'x5c']);

export function beginningOfKid(kid: string): string {
  return kid.slice(0, KID_BEGINNING);
}

/** A public key of an OAuth client, as `GET /apps/{id}/credentials/jwks` lists it. */
export function mapClientKey(value: unknown, application: string, drift: Drift): SourceRecord<'app_credential'> | null {
  const key = ObjectReader.of(value, 'client key', drift, EXPOSURE_FIELDS.clientKey);
  const id = key?.id('id') ?? key?.id('kid') ?? null;
  return key === null || id === null ? null : record(key, { application, id, type: 'public_key' }, value, drift);
}

/** A key that things are encrypted to proves nothing. */
export function isEncryptionKey(value: unknown): boolean {
  return isObject(value) && 'use' in value && value.use === 'enc';
}

/**
 * A key that Okta signs with for an application, as `GET /apps/{id}/credentials/keys` lists it. Okta does not say there which is
 * in use, but with the application.
 * @param inUse the beginning of that one's id; `undefined` where nobody knows.
 */
export function mapSigningKey(
  value: unknown,
  application: string,
  inUse: string | undefined,
  drift: Drift,
): SourceRecord<'app_credential'> | null {
  const key = ObjectReader.of(value, 'signing key', drift, EXPOSURE_FIELDS.signingKey);
  const id = key?.id('kid') ?? null;
  if (key === null || id === null) return null;
  const { data, ...rest } = record(key, { application, id, type: 'signing_certificate' }, value, drift);
  const status = inUse === undefined ? 'unknown' : beginningOfKid(id) === inUse ? 'active' : 'inactive';
  return { ...rest, data: { ...data, status, expiresAt: key.instant('expiresAt') } };
}

function record(
  reader: ObjectReader,
  { application, id, type }: { readonly application: string; readonly id: string; readonly type: AppCredential['type'] },
  value: unknown,
  drift: Drift,
): SourceRecord<'app_credential'> {
  return {
    kind: 'app_credential',
    key: edgeKey(application, id),
    partition: application,
    data: {
      application,
      type,
      status: reader.oneOf<AppCredential['status']>('status', LIFECYCLE_STATUS, 'unknown'),
      providerStatus: reader.string('status'),
      createdAt: reader.instant('created'),
      updatedAt: reader.instant('lastUpdated'),
      expiresAt: null,
    },
    raw: withoutKeyMaterial(redactObject(value, drift.harmless)),
  };
}

function withoutKeyMaterial(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, KEY_MATERIAL.has(name) ? REDACTED : value]));
}
