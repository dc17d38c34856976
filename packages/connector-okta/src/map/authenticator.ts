import { type Authenticator, edgeKey, type SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { FIELDS } from './field-names.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';

/** Source: Okta, Factors API, status values. */
const STATUS: Readonly<Record<string, Authenticator['status']>> = {
  ACTIVE: 'active',
  ENROLLED: 'active',
  PENDING_ACTIVATION: 'pending',
  NOT_SETUP: 'inactive',
  INACTIVE: 'inactive',
  DISABLED: 'inactive',
  EXPIRED: 'inactive',
};

/**
 * Bound to the site's origin, so that a look-alike site gains nothing (NIST SP 800-63B, 5.2.5): WebAuthn, U2F and Okta
 * FastPass (`signed_nonce`). What a person reads or types, or approves on a phone, can be passed on. A factor of another
 * vendor (`web`, `assertion:*`) may be either, which only that vendor knows.
 */
const PHISHING_RESISTANT: Readonly<Record<string, boolean>> = {
  webauthn: true,
  u2f: true,
  signed_nonce: true,
  push: false,
  sms: false,
  call: false,
  email: false,
  question: false,
  password: false,
  token: false,
  'token:hardware': false,
  'token:hotp': false,
  'token:software:totp': false,
};

export function mapFactor(value: unknown, account: string, drift: Drift): SourceRecord<'authenticator'> | null {
  const factor = ObjectReader.of(value, 'factor', drift, FIELDS.factor);
  const id = factor?.id('id') ?? null;
  if (factor === null || id === null) return null;
  const factorType = factor.string('factorType');
  const profile = factor.child('profile');
  const resistant =
    factorType !== null && Object.hasOwn(PHISHING_RESISTANT, factorType) ? PHISHING_RESISTANT[factorType] : undefined;
  return {
    kind: 'authenticator',
    key: edgeKey(account, id),
    partition: account,
    data: {
      account,
      factorType,
      provider: factor.string('provider'),
      // What a person would recognise it by: the key's or the phone's name, never its number or address.
      name: profile.text('authenticatorName') ?? profile.text('name') ?? factor.string('vendorName'),
      status: factor.oneOf<Authenticator['status']>('status', STATUS, 'unknown'),
      providerStatus: factor.string('status'),
      phishingResistant: resistant ?? null,
      createdAt: factor.instant('created'),
      updatedAt: factor.instant('lastUpdated'),
    },
    raw: redactObject(value, drift.harmless),
  };
}
