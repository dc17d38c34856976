import type { LimitOfControl } from './limit-of-control.js';

/**
 * DISA STIG "Okta Identity as a Service", version 1 release 2: all of its 29 requirements, in our words, so that one that no check
 * speaks to is seen. Source: public.cyber.mil, STIG OKTA-APP.
 */
export const DISA_STIG = {
  'OKTA-APP-000020': 'The session of the organisation ends after 15 minutes without use',
  'OKTA-APP-000025': 'The session of the administration console ends after 15 minutes without use',
  'OKTA-APP-000090': 'Accounts are disabled after 35 days without use',
  'OKTA-APP-000170': 'Three failed sign-ins lock an account',
  'OKTA-APP-000180': 'The dashboard wants authenticators that resist phishing',
  'OKTA-APP-000190': 'The administration console wants authenticators that resist phishing',
  'OKTA-APP-000200': 'A banner is shown before sign-in',
  'OKTA-APP-000560': 'The administration console wants a second factor',
  'OKTA-APP-000570': 'The dashboard wants a second factor',
  'OKTA-APP-000650': 'Passwords have at least 15 characters',
  'OKTA-APP-000670': 'Passwords have a capital letter',
  'OKTA-APP-000680': 'Passwords have a small letter',
  'OKTA-APP-000690': 'Passwords have a digit',
  'OKTA-APP-000700': 'Passwords have a special character',
  'OKTA-APP-000740': 'A password is kept for 24 hours at least',
  'OKTA-APP-000745': 'A password is kept for 60 days at most',
  'OKTA-APP-001430': 'The log is sent elsewhere while it is written',
  'OKTA-APP-001665': 'A session lasts 18 hours at most',
  'OKTA-APP-001670': 'Smart cards are accepted',
  'OKTA-APP-001700': 'The authenticator app uses validated cryptography',
  'OKTA-APP-001710': 'Sessions do not outlive the browser',
  'OKTA-APP-001920': 'Smart cards are accepted from approved authorities only',
  'OKTA-APP-002980': 'Common passwords are refused',
  'OKTA-APP-003010': 'The last five passwords are refused',
  'OKTA-APP-003240': 'API tokens work from known networks only',
  'OKTA-APP-003241': 'API tokens do not have the rights of a super administrator',
  'OKTA-APP-003242': 'The session policy uses network zones',
  'OKTA-APP-003243': 'Anonymisers are blocked',
  'OKTA-APP-003244': 'Application policies use network zones',
} as const;

/**
 * Figures that its requirements name, and what of each check is held against them. The same source; of `at_least` less is laxer, of
 * `at_most` more.
 */
export const DISA_STIG_LIMITS = {
  'OKTA-APP-000020': { asks: 'at_most', value: 15, of: { 'session-idle-too-long': 'minutes' } },
  'OKTA-APP-000025': { asks: 'at_most', value: 15, of: { 'console-session-too-long': 'idle' } },
  'OKTA-APP-000090': {
    asks: 'at_most',
    value: 35,
    of: { 'account-not-used': 'days', 'administrator-not-used': 'days', 'unused-accounts-stay-on': 'days' },
  },
  'OKTA-APP-000170': { asks: 'at_most', value: 3, of: { 'passwords-tried-without-lock': 'attempts' } },
  'OKTA-APP-000650': { asks: 'at_least', value: 15, of: { 'password-too-short': 'length' } },
  // 24 hours.
  'OKTA-APP-000740': { asks: 'at_least', value: 1_440, of: { 'password-changed-back-at-once': 'minutes' } },
  'OKTA-APP-000745': {
    asks: 'at_most',
    value: 60,
    of: { 'password-kept-too-long': 'days', 'account-with-old-password': 'days', 'administrator-with-old-password': 'days' },
  },
  // 18 hours.
  'OKTA-APP-001665': { asks: 'at_most', value: 1_080, of: { 'session-lasts-too-long': 'minutes' } },
  'OKTA-APP-003010': { asks: 'at_least', value: 5, of: { 'password-used-again': 'history' } },
} as const satisfies Readonly<Partial<Record<keyof typeof DISA_STIG, LimitOfControl>>>;
