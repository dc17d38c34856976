import { END_SESSIONS, RESET_PASSWORD, SUSPEND } from './answers.js';
import { actorOf, factorsOf, statusOfAccount, statusOfIdentityProvider, targetOf, withoutFactor } from './at-the-provider.js';
import type { Attack } from './attack.js';

export const takeovers: readonly Attack[] = [
  {
    name: 'help-desk-takeover',
    about: targetOf('user.mfa.factor.reset_all'),
    subject: /identity provider · was acted on/,
    action: 'Deactivate identity provider',
    isHeavy: true,
    seen: statusOfIdentityProvider('Workforce sign-in'),
    after: 'INACTIVE',
    undo: { action: 'Activate identity provider', isHeavy: true },
  },
  // The password is the stranger's.
  { name: 'recovery-channel-changed', about: actorOf('user.account.update_secondary_email'), ...RESET_PASSWORD },
  {
    // The telephone is not theirs, and the key is gone.
    name: 'weak-factor-by-another',
    about: targetOf('user.mfa.factor.activate'),
    action: 'Remove all factors',
    isHeavy: true,
    seen: factorsOf(),
    after: [],
  },
  {
    // Its owner has left.
    name: 'dormant-account',
    about: actorOf('user.session.start'),
    action: 'Deactivate',
    isHeavy: true,
    seen: statusOfAccount,
    after: 'DEPROVISIONED',
  },
  { name: 'device-on-several-accounts', about: actorOf('user.mfa.factor.activate'), ...SUSPEND },
  {
    name: 'phone-on-several-accounts',
    about: 'organisation',
    action: 'Remove all factors',
    isHeavy: true,
    seen: withoutFactor,
    after: 1,
  },
  // Of the administrator who has let them in: what Support may is not in our hands.
  { name: 'support-impersonation', about: actorOf('user.session.impersonation.grant'), ...END_SESSIONS },
  { name: 'mass-password-resets', about: actorOf('user.account.reset_password'), ...SUSPEND },
  {
    // All that were there are gone already: the only one is the stranger's.
    name: 'help-desk-account-misused',
    about: targetOf('user.mfa.factor.reset_all'),
    part: /Authenticators/,
    action: 'Remove factor',
    isHeavy: true,
    seen: factorsOf(),
    after: [],
  },
];
