import { accountWithOldPassword } from '../../src/checks/accounts/account-with-old-password.js';
import { accountWithWeakFactorsOnly } from '../../src/checks/accounts/account-with-weak-factors-only.js';
import { accountWithoutSecondFactor } from '../../src/checks/accounts/account-without-second-factor.js';
import { fewPhishingResistantAccounts } from '../../src/checks/accounts/few-phishing-resistant-accounts.js';
import { recoveryByQuestion } from '../../src/checks/accounts/recovery-by-question.js';
import { daysAgo, type Organisation } from '../fixtures/organisation.js';
import { scenes } from '../fixtures/scenes.js';

scenes(accountWithoutSecondFactor, ({ names, passes, boundary }) => {
  names(
    'who has a password, a question or a mailbox',
    (org) =>
      org
        .account('ana')
        .account('bo')
        .authenticator('bo', 'question')
        .authenticator('bo', 'webauthn', { status: 'inactive' })
        .account('cy', { status: 'suspended' })
        .account('dee', { credentialProvider: 'FEDERATION' }),
    { ana: 'high', bo: 'high', cy: 'low', dee: 'medium' },
  );
  passes('with one; never set up; of a program; an administrator, who has a check of its own', (org) =>
    org
      .account('ana')
      .authenticator('ana', 'push')
      .account('bo', { status: 'staged' })
      .account('cy', { status: 'provisioned' })
      .account('dee', { status: 'deprovisioned' })
      .account('robot', { isHuman: false })
      .superAdministrator('eve')
      .account('fay')
      .group('staff')
      .members('staff', 'fay')
      .holds('super', 'staff', 'group'),
  );
  boundary(
    'one by telephone is one; one that is still to be confirmed is none',
    (org) => org.account('ana').authenticator('ana', 'sms').account('bo').authenticator('bo', 'push', { status: 'pending' }),
    { bo: 'high' },
  );
  boundary(
    'the factor, the role or the account is gone; others have them',
    (org) =>
      org
        .account('ana')
        .authenticator('ana', 'push')
        .gone('authenticator', 'ana|push')
        .superAdministrator('bo')
        .gone('role_assignment', 'super|bo')
        .account('cy')
        .gone('account', 'cy')
        .superAdministrator('dee')
        .authenticator('dee', 'push'),
    { ana: 'high', bo: 'high' },
  );
});

scenes(accountWithWeakFactorsOnly, ({ names, passes, boundary }) => {
  names(
    'a text message or a call',
    (org) =>
      org
        .account('ana')
        .authenticator('ana', 'sms')
        .authenticator('ana', 'email')
        .account('bo', { status: 'suspended' })
        .authenticator('bo', 'call')
        .account('cy', { credentialProvider: 'FEDERATION' })
        .authenticator('cy', 'sms'),
    { ana: 'medium', bo: 'low', cy: 'low' },
  );
  passes('a better one beside it; no second factor at all; switched off', (org) =>
    org
      .account('ana')
      .authenticator('ana', 'sms')
      .authenticator('ana', 'push')
      .account('bo')
      .authenticator('bo', 'email')
      .account('cy', { status: 'deprovisioned' })
      .authenticator('cy', 'sms')
      .account('dee')
      .authenticator('dee', 'sms', { status: 'inactive' }),
  );
  boundary(
    'the better one is not active',
    (org) => org.account('ana').authenticator('ana', 'sms').authenticator('ana', 'webauthn', { status: 'inactive' }),
    { ana: 'medium' },
  );
  boundary(
    'the better one, the weak one or the account is gone; others have a better one',
    (org) =>
      org
        .account('ana')
        .authenticator('ana', 'sms')
        .authenticator('ana', 'push')
        .gone('authenticator', 'ana|push')
        .account('bo')
        .authenticator('bo', 'sms')
        .gone('authenticator', 'bo|sms')
        .account('cy')
        .authenticator('cy', 'sms')
        .gone('account', 'cy')
        .account('dee')
        .authenticator('dee', 'push'),
    { ana: 'medium' },
  );
});

scenes(fewPhishingResistantAccounts, ({ names, passes, boundary, set }) => {
  const some =
    (resisting: number, others: number) =>
    (org: Organisation): Organisation => {
      for (let n = 0; n < resisting + others; n += 1) org.account(`p${n}`);
      for (let n = 0; n < resisting; n += 1) org.authenticator(`p${n}`, 'webauthn', { phishingResistant: true });
      return org.account('last').authenticator('last', 'webauthn', { phishingResistant: true });
    };
  names('one of five', some(0, 4), { organisation: 'medium' });
  names('nobody', (org) => org.account('ana').authenticator('ana', 'push', { phishingResistant: false }).account('bo'), {
    organisation: 'high',
  });
  passes('who is suspended, not set up, federated, a program or not known does not count', (org) =>
    some(
      0,
      0,
    )(org)
      .account('a', { status: 'suspended' })
      .account('b', { status: 'staged' })
      .account('c', { credentialProvider: 'FEDERATION' })
      .account('d', { isHuman: false })
      .account('e')
      .authenticator('e', 'web'),
  );
  boundary('half of them', some(1, 2), {});
  boundary('less than half', some(1, 3), { organisation: 'medium' });
  boundary(
    'one is not active',
    (org) =>
      some(
        0,
        1,
      )(org)
        .authenticator('last', 'webauthn', { phishingResistant: true, status: 'inactive' })
        .account('x')
        .authenticator('x', 'u2f', { phishingResistant: true }),
    {
      organisation: 'medium',
    },
  );
  set('all of them', { wanted: 100 }, some(3, 1), { organisation: 'medium' });
  for (const [what, said] of Object.entries({
    suspended: { status: 'suspended' },
    'never set up': { status: 'staged' },
    'switched off': { status: 'deprovisioned' },
    federated: { credentialProvider: 'FEDERATION' },
    'of a program': { isHuman: false },
  } as const))
    boundary(`two more that are ${what}`, (org) => some(0, 0)(org).account('x', said).account('y', said), {});
  boundary(
    'two more of whose factor nobody says whether it resists',
    (org) => some(0, 2)(org).authenticator('p0', 'web').authenticator('p1', 'web'),
    {},
  );
  boundary(
    'two more, where that is one that is gone, and a question',
    (org) => some(0, 2)(org).authenticator('p0', 'web').gone('authenticator', 'p0|web').authenticator('p1', 'question'),
    { organisation: 'medium' },
  );
  boundary(
    'two more, where those are not active',
    (org) =>
      some(0, 2)(org).authenticator('p0', 'web', { status: 'pending' }).authenticator('p1', 'web', { status: 'inactive' }),
    { organisation: 'medium' },
  );
  boundary('two more that are gone', (org) => some(0, 2)(org).gone('account', 'p0').gone('account', 'p1'), {});
  boundary('one that resists is gone', (org) => some(1, 1)(org).gone('authenticator', 'p0|webauthn'), {
    organisation: 'medium',
  });
});

scenes(accountWithOldPassword, ({ names, passes, boundary, set }) => {
  const old = { passwordChangedAt: daysAgo(500) };
  names(
    'older than a year',
    (org) =>
      org
        .account('ana', old)
        .account('bo', { ...old, status: 'suspended' })
        .account('robot', { ...old, isHuman: false })
        .account('cy', { ...old, isHuman: true }),
    { ana: 'low', bo: 'informational', robot: 'medium', cy: 'low' },
  );
  passes('switched off; checked elsewhere; nobody knows; an administrator, who has a check of its own', (org) =>
    org
      .account('ana', { ...old, status: 'deprovisioned' })
      .account('bo', { ...old, credentialProvider: 'ACTIVE_DIRECTORY' })
      .account('cy')
      .superAdministrator('dee', old),
  );
  boundary(
    '365 days, with a minute to go and a minute over',
    (org) =>
      org.account('ana', { passwordChangedAt: daysAgo(365, -60_000) }).account('bo', { passwordChangedAt: daysAgo(365) }),
    { bo: 'low' },
  );
  set('60 days', { days: 60 }, (org) => org.account('ana', { passwordChangedAt: daysAgo(61) }), { ana: 'low' });
  boundary(
    'the role is gone, or the account; an administrator is there beside them',
    (org) =>
      org
        .superAdministrator('ana', old)
        .gone('role_assignment', 'super|ana')
        .account('bo', old)
        .gone('account', 'bo')
        .superAdministrator('cy', old),
    { ana: 'low' },
  );
});

scenes(recoveryByQuestion, ({ names, passes, boundary }) => {
  const asked = { recoveryQuestion: true };
  names(
    'whoever has one',
    (org) =>
      org
        .account('ana', asked)
        .account('bo', { ...asked, status: 'suspended' })
        .superAdministrator('cy', asked),
    { ana: 'low', bo: 'informational', cy: 'high' },
  );
  passes('without one; switched off', (org) =>
    org.account('ana', { recoveryQuestion: false }).account('bo', { ...asked, status: 'deprovisioned' }),
  );
  boundary('nobody says', (org) => org.account('ana').account('bo', asked), { bo: 'low' });
  boundary(
    'the role is gone, or the account',
    (org) =>
      org.superAdministrator('ana', asked).gone('role_assignment', 'super|ana').account('bo', asked).gone('account', 'bo'),
    { ana: 'low' },
  );
});
