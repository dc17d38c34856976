import type { AccountStatus, SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { FIELDS } from './field-names.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';

/** Source: Okta, "User lifecycle", status values. */
const STATUS: Readonly<Record<string, AccountStatus>> = {
  STAGED: 'staged',
  PROVISIONED: 'provisioned',
  ACTIVE: 'active',
  RECOVERY: 'recovery',
  PASSWORD_EXPIRED: 'password_expired',
  LOCKED_OUT: 'locked',
  SUSPENDED: 'suspended',
  DEPROVISIONED: 'deprovisioned',
};

/** A user; `null` when it has no id. The hint tells the streams behind it who is worth asking about. */
export function mapAccount(value: unknown, drift: Drift): SourceRecord<'account'> | null {
  const user = ObjectReader.of(value, 'user', drift, FIELDS.user);
  const key = user?.id('id') ?? null;
  if (user === null || key === null) return null;
  const profile = user.child('profile');
  const status = user.oneOf<AccountStatus>('status', STATUS, 'unknown');
  const credentials = user.child('credentials', FIELDS.userCredentials);
  return {
    kind: 'account',
    key,
    data: {
      login: profile.text('login'),
      email: profile.text('email'),
      displayName: displayName(profile),
      status,
      providerStatus: user.string('status'),
      // Okta tells people and service accounts apart only where a customer has made user types for it.
      isHuman: null,
      createdAt: user.instant('created'),
      activatedAt: user.instant('activated'),
      lastLoginAt: user.instant('lastLogin'),
      passwordChangedAt: user.instant('passwordChanged'),
      statusChangedAt: user.instant('statusChanged'),
      updatedAt: user.instant('lastUpdated'),
      manager: profile.text('managerId') ?? profile.text('manager'),
      department: profile.text('department'),
      credentialProvider: credentials.child('provider', FIELDS.userProvider).string('type'),
      userType: profile.text('userType'),
      secondEmail: profile.text('secondEmail'),
      mobilePhone: profile.text('mobilePhone'),
      employeeNumber: profile.text('employeeNumber'),
      // Where credentials are not listed at all, nobody knows.
      recoveryQuestion: user.map('credentials') === null ? null : credentials.has('recovery_question'),
    },
    hint: { status },
    raw: redactObject(value, drift.harmless),
  };
}

function displayName(profile: ObjectReader): string | null {
  const given = profile.text('displayName');
  if (given !== null && given !== '') return given;
  const name = [profile.text('firstName'), profile.text('lastName')].filter((part) => part !== null && part !== '').join(' ');
  return name === '' ? null : name;
}
