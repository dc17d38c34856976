import { edgeKey, type IdentityProvider, type Instant, type SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { FIELDS } from './field-names.js';
import { identityProviderTrust } from './identity-provider-trust.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';

const STATUS: Readonly<Record<string, IdentityProvider['status']>> = { ACTIVE: 'active', INACTIVE: 'inactive' };

/** @param expiryByKey when each trusted key expires, by `kid`. */
export function mapIdentityProvider(
  value: unknown,
  expiryByKey: ReadonlyMap<string, Instant>,
  drift: Drift,
): SourceRecord<'identity_provider'> | null {
  const idp = ObjectReader.of(value, 'identity provider', drift, FIELDS.identityProvider);
  const key = idp?.id('id') ?? null;
  if (idp === null || key === null) return null;
  const protocol = idp.child('protocol', FIELDS.idpProtocol);
  const policy = idp.child('policy', FIELDS.idpPolicy);
  const trust = protocol.child('credentials').child('trust');
  return {
    kind: 'identity_provider',
    key,
    data: {
      name: idp.string('name'),
      type: idp.string('type'),
      protocol: protocol.string('type'),
      status: idp.oneOf<IdentityProvider['status']>('status', STATUS, 'unknown'),
      providerStatus: idp.string('status'),
      issuer: protocol.child('issuer').string('url') ?? trust.string('issuer'),
      accountLinkAction: policy.child('accountLink').string('action'),
      provisioningAction: policy.child('provisioning').string('action'),
      keysExpireAt: firstExpiry([trust.filled('kid'), ...trust.strings('additionalKids')], expiryByKey),
      trust: identityProviderTrust(idp, protocol, policy),
      createdAt: idp.instant('created'),
      updatedAt: idp.instant('lastUpdated'),
    },
    raw: redactObject(value, drift.harmless),
  };
}

/** `[kid, expiresAt]` of a key that an identity provider signs with. */
export function mapIdpKey(value: unknown, drift: Drift): readonly [string, Instant] | null {
  const key = ObjectReader.of(value, 'identity provider key', drift, FIELDS.idpKey);
  const kid = key?.filled('kid') ?? null;
  const expiresAt = key?.instant('expiresAt') ?? null;
  return kid === null || expiresAt === null ? null : [kid, expiresAt];
}

function firstExpiry(kids: readonly (string | null)[], expiryByKey: ReadonlyMap<string, Instant>): Instant | null {
  // Instants of one form sort as text.
  const dates = kids.map((kid) => (kid === null ? undefined : expiryByKey.get(kid))).filter((date) => date !== undefined);
  return dates.toSorted()[0] ?? null;
}

export function mapIdpUser(value: unknown, identityProvider: string, drift: Drift): SourceRecord<'idp_link'> | null {
  const link = ObjectReader.of(value, 'identity provider user', drift, FIELDS.idpUser);
  const account = link?.id('id') ?? null;
  if (link === null || account === null) return null;
  return {
    kind: 'idp_link',
    key: edgeKey(identityProvider, account),
    partition: identityProvider,
    data: {
      identityProvider,
      account,
      externalId: link.text('externalId'),
      createdAt: link.instant('created'),
      updatedAt: link.instant('lastUpdated'),
    },
    raw: redactObject(value, drift.harmless),
  };
}
