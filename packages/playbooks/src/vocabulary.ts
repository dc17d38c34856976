/** What can be asked of a subject, by its kind: the host answers it from what is stored. `isKnown`: it was read, and is there still. */
export const FACTS: Readonly<Record<string, Readonly<Record<string, 'boolean' | readonly string[]>>>> = {
  account: {
    isKnown: 'boolean',
    status: [
      'staged',
      'provisioned',
      'active',
      'recovery',
      'password_expired',
      'locked',
      'suspended',
      'deprovisioned',
      'unknown',
    ],
    isHuman: 'boolean',
    isAdministrator: 'boolean',
    isSuperAdministrator: 'boolean',
    /** In a list of accounts for emergencies. */
    isForEmergencies: 'boolean',
  },
  application: { isKnown: 'boolean', status: ['active', 'inactive', 'deleted', 'unknown'] },
  identity_provider: { isKnown: 'boolean', status: ['active', 'inactive', 'unknown'] },
};

export const SUBJECTS: readonly string[] = Object.keys(FACTS);

/** Records that a step can be about: of which subjects they hang, which kind they are, and what they are in words. */
export interface Selector {
  readonly of: readonly string[];
  /** `null`: that of the subject. */
  readonly kind: string | null;
  readonly says: string;
}

export const SUBJECT = 'subject';

export const SELECTORS: Readonly<Record<string, Selector>> = {
  [SUBJECT]: { of: SUBJECTS, kind: null, says: 'the subject' },
  'role-assignments': { of: ['account'], kind: 'role_assignment', says: 'each role that it holds by itself' },
  'app-assignments': { of: ['account'], kind: 'app_assignment', says: 'each application that it was given by itself' },
  authenticators: { of: ['account'], kind: 'authenticator', says: 'each of its factors' },
  'api-tokens': { of: ['account'], kind: 'api_token', says: 'each of its API tokens' },
  'named-identity-providers': {
    of: ['account'],
    kind: 'identity_provider',
    says: 'each identity provider that the finding names',
  },
  'accounts-of-named-identity-providers': {
    of: ['account'],
    kind: 'account',
    says: 'the accounts that are linked to an identity provider which the finding names',
  },
  'unused-assignments': {
    of: ['application'],
    kind: 'app_assignment',
    says: 'each account that was given it by itself and has not opened it for 60 days',
  },
};

/** What an account does, as the activity log has it. */
export const USES: readonly string[] = ['sign_in', 'application', 'authenticator', 'administration', 'api'];
