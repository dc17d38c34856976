import type { ReasonCode } from '@castellan/posture';

/** Checks that this provider gives nothing to, and what must be said of each: unknown, and why. */
export const UNDECIDABLE: Readonly<
  Record<string, { readonly code: ReasonCode; readonly about: string; readonly because: string }>
> = {
  'api-token-of-person': {
    code: 'not_said',
    about: 'account.isHuman',
    because: 'Okta does not say of an account whether a person stands behind it.',
  },
  'service-account-without-second-factor': {
    code: 'not_said',
    about: 'account.isHuman',
    because: 'Okta does not say of an account whether a person stands behind it.',
  },
  'security-notices-off': {
    code: 'not_offered',
    about: 'setting:end_user_notices',
    because: 'The notices are set for each brand, which no scope of ours reads.',
  },
  'sign-in-banner-missing': {
    code: 'not_offered',
    about: 'setting:sign_in_banner',
    because: 'The banner is a part of a brand, which no scope of ours reads.',
  },
};
