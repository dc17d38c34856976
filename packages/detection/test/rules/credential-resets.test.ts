import { DAY, HOUR, type Line, line, MINUTE, target, user } from './log-line.js';
import { orRefused } from './refused.js';
import { testStories } from './stories.js';
import { BY_PROXY } from './suspicious.js';

const bob = user('bob');
const SUPER = { roles: ['SUPER_ADMIN'], isSuperAdmin: true };
const HELP_DESK = { roles: ['HELP_DESK_ADMIN'], isSuperAdmin: false };
const isSuper = { [bob.id]: SUPER };
const isAdmin = { [bob.id]: HELP_DESK };

const of = (type: string, who: Line = bob, after = 0, more: Line = {}): Line => line(type, { target: [who], ...more }, after);
const password = (who?: Line, after?: number, more?: Line): Line => of('user.account.reset_password', who, after, more);
const factor = (who?: Line, after?: number, more?: Line): Line => of('user.mfa.factor.deactivate', who, after, more);
const all = (who?: Line, after?: number, more?: Line): Line => of('user.mfa.factor.reset_all', who, after, more);
const enrolled = (who?: Line, after?: number, more?: Line): Line => of('user.mfa.factor.activate', who, after, more);
/** Whoever is at the end of the story. */
const byOwner = (who: Line): Line => ({ actor: who });
const many = (count: number, step: number, make: (who: Line, after: number) => Line): readonly Line[] =>
  Array.from({ length: count }, (_, n) => make(user(`user${n}.x`), n * step));

const bySystem: Line = {
  actor: { type: 'SystemPrincipal', alternateId: 'system@okta.com' },
  transaction: { id: 'unknown' },
  client: { userAgent: null, geographicalContext: null },
};
const removedKey: Line = { outcome: { result: 'SUCCESS', reason: 'User reset FIDO_WEBAUTHN factor' } };
const PHONE = { result: 'SUCCESS', reason: 'User set up SMS_FACTOR factor' };
const addedPhone: Line = { ...byOwner(bob), outcome: PHONE };
const phone = target('AuthenticatorEnrollment', 'Phone', { detailEntry: { methodTypeUsed: 'SMS' } });
const key = target('AuthenticatorEnrollment', 'Security Key or Biometric Authenticator');

testStories(
  'okta/credential-resets.yml',
  orRefused({
    okta_factors_removed_by_other: {
      hits: {
        'the help desk, of one user': { events: [all()], level: 'low' },
        'one of an administrator': { events: [factor()], accounts: isAdmin, level: 'medium' },
        'all of an administrator': { events: [all()], accounts: isAdmin, level: 'high' },
        'of a super administrator, by a proxy': { events: [factor(bob, 0, BY_PROXY)], accounts: isSuper, level: 'critical' },
        'of an account for emergencies': {
          events: [factor()],
          accounts: { [bob.id]: { isBreakGlass: true } },
          level: 'high',
        },
      },
      misses: {
        'their own': { events: [factor(user('ann'))] },
        'by Okta': { events: [factor(bob, 0, { actor: { type: 'SystemPrincipal' } })] },
      },
    },
    okta_password_reset_by_other: {
      hits: {
        'the help desk, of one user': { events: [password()], level: 'informational' },
        'of an administrator': { events: [password()], accounts: isAdmin, level: 'medium' },
        'of an administrator, by a proxy': { events: [password(bob, 0, BY_PROXY)], accounts: isAdmin, level: 'high' },
        'it was set': { events: [of('user.account.update_password')] },
      },
      misses: {
        'their own': { events: [password(user('ann'))] },
        'by Okta': { events: [password(bob, 0, { actor: { type: 'SystemPrincipal' } })] },
      },
    },
    okta_password_and_factors_reset: {
      hits: {
        'of one user': { events: [password(), all(bob, 20 * MINUTE)], level: 'low' },
        'the other way round, of a help desk administrator': {
          events: [factor(), password(bob, 20 * MINUTE)],
          accounts: isAdmin,
          level: 'high',
        },
        'of a super administrator': { events: [password(), all(bob, 1)], accounts: isSuper, level: 'critical' },
      },
      misses: {
        'of two users': { events: [password(), all(user('eve'), 20 * MINUTE)] },
        'half an hour and a minute apart': { events: [password(), all(bob, 31 * MINUTE)] },
      },
    },
    okta_factors_not_enrolled_again: {
      hits: {
        'nothing comes': { events: [all()], level: 'low' },
        'one was refused': { events: [all(), enrolled(bob, HOUR, { ...byOwner(bob), outcome: { result: 'FAILURE' } })] },
        'it comes a day later, of a super administrator': {
          events: [all(), enrolled(bob, DAY, byOwner(bob))],
          accounts: isSuper,
          level: 'high',
        },
      },
      misses: { 'one is enrolled an hour later': { events: [all(), enrolled(bob, HOUR, byOwner(bob))] } },
    },
    okta_reset_by_the_provider: {
      hits: {
        'of one user': { events: [all(bob, 0, bySystem)], level: 'medium' },
        'of an administrator': { events: [password(bob, 0, bySystem)], accounts: isAdmin, level: 'high' },
      },
      misses: {
        'in a browser': {
          events: [all(bob, 0, { actor: { type: 'SystemPrincipal', alternateId: 'system@okta.com' } })],
        },
      },
    },
    okta_factor_suspended: {
      hits: {
        'of one user': { events: [of('user.mfa.factor.suspend')], level: 'low' },
        'of an administrator': { events: [of('user.mfa.factor.suspend')], accounts: isAdmin, level: 'medium' },
      },
      misses: { 'it is taken back': { events: [of('user.mfa.factor.unsuspend')] } },
    },
    okta_factor_downgraded: {
      hits: {
        'a key, and then a phone': { events: [factor(bob, 0, removedKey), enrolled(bob, HOUR, addedPhone)], level: 'low' },
        'in Identity Engine, of a super administrator': {
          events: [
            line('user.mfa.factor.deactivate', { target: [bob, key] }),
            line('user.mfa.factor.activate', { target: [bob, phone], ...byOwner(bob) }, HOUR),
          ],
          accounts: isSuper,
          level: 'critical',
        },
      },
      misses: {
        'a key, and then another': {
          events: [factor(bob, 0, removedKey), line('user.mfa.factor.activate', { target: [bob, key], ...byOwner(bob) }, HOUR)],
        },
        'their own key': {
          events: [factor(bob, 0, { ...removedKey, ...byOwner(bob) }), enrolled(bob, HOUR, addedPhone)],
        },
        'the phone was refused': {
          events: [
            factor(bob, 0, removedKey),
            enrolled(bob, HOUR, { ...addedPhone, outcome: { ...PHONE, result: 'FAILURE' } }),
          ],
        },
        'first the phone': { events: [enrolled(bob, 0, addedPhone), factor(bob, HOUR, removedKey)] },
        'two days later': { events: [factor(bob, 0, removedKey), enrolled(bob, 2 * DAY, addedPhone)] },
      },
    },
    okta_factor_enrolled_for_other: {
      hits: {
        'for one user': { events: [enrolled()], level: 'low' },
        'for an administrator': { events: [enrolled()], accounts: isAdmin, level: 'high' },
      },
      misses: {
        'their own': { events: [enrolled(bob, 0, byOwner(bob))] },
        'by a program': { events: [enrolled(bob, 0, { actor: { type: 'PublicClientApp' } })] },
      },
    },
    okta_factors_enrolled_for_many: {
      hits: { 'for ten within a day': { events: many(10, HOUR, enrolled), level: 'medium' } },
      misses: {
        'for nine': { events: many(9, HOUR, enrolled) },
        'for ten within two days': { events: many(10, 5 * HOUR, enrolled) },
      },
    },
    okta_many_credentials_reset: {
      hits: { 'of 15 within twenty minutes': { events: many(15, 80_000, password), level: 'medium' } },
      misses: {
        'of 14': { events: many(14, 80_000, password) },
        'of 15 within half an hour': { events: many(15, 2 * MINUTE, password) },
        'of one 15 times': { events: many(15, MINUTE, (_, after) => password(bob, after)) },
      },
    },
    okta_administrators_reset: {
      hits: {
        'two within a day': {
          events: [factor(), password(user('eve'), 5 * HOUR)],
          accounts: { ...isAdmin, [user('eve').id]: HELP_DESK },
          level: 'high',
        },
        'one of them may do everything': {
          events: [factor(), password(user('eve'), 5 * HOUR)],
          accounts: { ...isSuper, [user('eve').id]: HELP_DESK },
          level: 'critical',
        },
      },
      misses: {
        'one of them is none': { events: [factor(), password(user('eve'), 5 * HOUR)], accounts: isAdmin },
        'one of them twice': { events: [factor(), password(bob, HOUR)], accounts: isAdmin },
      },
    },
  }),
);
