import type { SignInMethod, SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { LIFECYCLE_STATUS } from './lifecycle-status.js';
import { ObjectReader } from './object-reader.js';
import { POSTURE_FIELDS } from './posture-fields.js';
import { redactObject } from './redact.js';

/**
 * As for what an account has enrolled (see authenticator.ts), by the names that Okta gives to the methods of an organisation. A smart
 * card signs for one site only (`cert`); of another identity provider (`idp`) and of Duo only they know.
 */
export const PHISHING_RESISTANT: ReadonlyMap<string, boolean> = new Map([
  ['webauthn', true],
  ['signed_nonce', true],
  ['cert', true],
  ...['password', 'security_question', 'email', 'sms', 'voice', 'push', 'otp', 'totp', 'tac'].map(
    (type) => [type, false] as const,
  ),
]);

const FIPS: Readonly<Record<string, boolean>> = { REQUIRED: true, OPTIONAL: false };

/** @param methods as `GET /authenticators/{id}/methods` lists them; `null` when that could not be read. */
export function mapSignInMethod(
  value: unknown,
  methods: readonly unknown[] | null,
  drift: Drift,
): SourceRecord<'sign_in_method'> | null {
  const authenticator = ObjectReader.of(value, 'authenticator', drift, POSTURE_FIELDS.authenticator);
  const key = authenticator?.id('id') ?? null;
  if (authenticator === null || key === null) return null;
  // Each authenticator has one at least: a list without any says as little as none.
  const active = methods === null || methods.length === 0 ? null : activeOf(methods, drift);
  return {
    kind: 'sign_in_method',
    key,
    data: {
      name: authenticator.string('name'),
      product: authenticator.string('key'),
      type: authenticator.string('type'),
      provider: authenticator.child('provider').string('type'),
      status: authenticator.oneOf<SignInMethod['status']>('status', LIFECYCLE_STATUS, 'unknown'),
      providerStatus: authenticator.string('status'),
      methods: active,
      phishingResistant: active === null ? null : resistanceOf(active),
      // Said of Okta Verify only.
      fipsOnly: authenticator.child('settings').child('compliance').optionalOneOf<boolean | null>('fips', FIPS, null),
      createdAt: authenticator.instant('created'),
      updatedAt: authenticator.instant('lastUpdated'),
    },
    raw: redactObject(value, drift.harmless),
  };
}

function activeOf(methods: readonly unknown[], drift: Drift): readonly string[] {
  return methods.flatMap((item) => {
    const method = ObjectReader.of(item, 'authenticator method', drift);
    const type = method?.filled('type') ?? null;
    return type !== null && method?.string('status') === 'ACTIVE' ? [type] : [];
  });
}

function resistanceOf(active: readonly string[]): boolean | null {
  const known = active.map((type) => PHISHING_RESISTANT.get(type));
  if (known.includes(false)) return false;
  return active.length === 0 || known.includes(undefined) ? null : true;
}
