import { administratorRecoversPasswordEasily } from '../../src/checks/organisation/administrator-recovers-password-easily.js';
import { unusedAccountsStayOn } from '../../src/checks/organisation/unused-accounts-stay-on.js';
import { edgeKey, type InactivityRule } from '@castellan/connector-sdk';
import { type Build, evidenceOf, look, scenes, written } from '../fixtures/scenes.js';
import { password } from '../fixtures/settings.js';

const EASY = password({ recovery: ['email', 'push'] });
const HARD = password({ recovery: ['push'] });

/** `ana` can do everything, `bo` resets passwords and is in `desk`, `cy` has no role. */
const people: Build = (org) =>
  org
    .superAdministrator('ana')
    .account('bo')
    .role('reset', ['reset_passwords'])
    .holds('reset', 'bo')
    .group('desk')
    .members('desk', 'bo')
    .account('cy')
    .group('staff')
    .members('staff', 'cy');

scenes(administratorRecoversPasswordEasily, ({ names, passes, boundary, set }) => {
  names(
    'by the policy that fits first: of a group, of a person, of the rest',
    (org) =>
      people(org)
        .policy('desk', { password: EASY, priority: 1, includedGroups: ['desk'] })
        .policy('rest', { password: EASY, builtIn: true, priority: 1 }),
    { desk: 'medium', rest: 'high' },
  );
  names(
    'a careful one before it leaves somebody out, or is for others, or is off',
    (org) =>
      people(org)
        .policy('a', { password: HARD, priority: 1, excludedGroups: ['desk'], excludedAccounts: ['ana'] })
        .policy('b', { password: HARD, priority: 2, includedGroups: ['staff'] })
        .policy('c', { password: HARD, priority: 3, includedAccounts: ['cy'] })
        .policy('d', { password: HARD, priority: 4, status: 'inactive' })
        .policy('e', { priority: 5 })
        .policy('f', { password: HARD, priority: 5 })
        .gone('policy', 'f')
        .policy('rest', { password: EASY, priority: 6 }),
    { rest: 'high' },
  );
  names(
    'a careful one before it leaves out a group',
    (org) =>
      people(org)
        .policy('a', { password: HARD, priority: 1, excludedGroups: ['desk'] })
        .policy('b', { password: HARD, priority: 2, includedGroups: ['staff'] })
        .members('staff', 'bo')
        .gone('membership', edgeKey('staff', 'bo'))
        .policy('rest', { password: EASY, priority: 6 }),
    { rest: 'medium' },
  );
  names(
    'a careful one before it leaves out a person',
    (org) =>
      people(org)
        .policy('a', { password: HARD, priority: 1, excludedAccounts: ['ana'] })
        .policy('rest', { password: EASY, priority: 6 }),
    { rest: 'high' },
  );
  passes('a careful one before it; nobody with a role whom it is for; no password of their own; switched off', (org) =>
    people(org)
      .superAdministrator('fay', { credentialProvider: 'FEDERATION' })
      .superAdministrator('hal', { credentialProvider: 'federation' })
      .superAdministrator('gus', { status: 'deprovisioned' })
      .group('away')
      .members('away', 'fay', 'gus', 'hal')
      .policy('a', { password: EASY, priority: 1, includedGroups: ['staff', 'away'] })
      .policy('b', { password: HARD, priority: 2, includedAccounts: ['ana'] })
      .policy('c', { password: HARD, priority: 3, includedGroups: ['desk'] })
      .policy('rest', { password: EASY, builtIn: true }),
  );
  boundary('a way that is not easy', (org) => people(org).policy('rest', { password: HARD }), {});
  set('mail is allowed', { ways: ['sms'] }, (org) => people(org).policy('rest', { password: EASY }), {});
  test('says who and by what', async () => {
    const org = await written((it) => people(it).policy('rest', { password: EASY }));
    await look(administratorRecoversPasswordEasily, org);
    expect(await evidenceOf(org, administratorRecoversPasswordEasily, 'rest')).toMatchObject({
      ways: ['email'],
      count: 2,
      administrators: ['ana@example.com', 'bo@example.com'],
    });
  });
});

const rule = (
  days: number | null,
  outcome: InactivityRule['outcome'] = 'suspend',
): { readonly inactivity: InactivityRule } => ({
  inactivity: { days, outcome },
});

const after = (days: number | null, outcome?: InactivityRule['outcome']): Build => {
  return (org) => org.policy('p').policyRule('p', 'r', rule(days, outcome));
};

scenes(unusedAccountsStayOn, ({ names, passes, boundary, set, untold }) => {
  names('late', after(90), { organisation: 'medium' });
  names('nothing of the sort', (org) => org.policy('p').policyRule('p', 'r'), { organisation: 'low' });
  names('something else becomes of them', after(30, 'unknown'), { organisation: 'medium' });
  names(
    'of a rule or a policy that is off or gone',
    (org) =>
      org
        .policy('p')
        .policyRule('p', 'r', { status: 'inactive', ...rule(30) })
        .policy('q', { status: 'inactive' })
        .policyRule('q', 's', rule(30))
        .policyRule('p', 't', rule(30))
        .gone('policy_rule', 't')
        .policy('u')
        .policyRule('u', 'u1', rule(30))
        .gone('policy', 'u'),
    { organisation: 'low' },
  );
  passes('soon, whatever becomes of them', (org) => after(90)(org).policyRule('p', 's', rule(30, 'deprovision')));
  passes('deleted', after(30, 'delete'));
  untold('nobody says after how long', after(null), ['policy_rule.inactivity.days']);
  boundary('of one nobody says it, and another is soon', (org) => after(35)(org).policyRule('p', 's', rule(null)), {});
  boundary('35 days', after(35), {});
  boundary('36 days', after(36), { organisation: 'medium' });
  set('90 days', { days: 90 }, after(90), {});
});
