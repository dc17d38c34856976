import { accountNotUsed } from '../../src/checks/accounts/account-not-used.js';
import { administratorWithoutSecondFactor } from '../../src/checks/administrators/administrator-without-second-factor.js';
import { tooManySuperAdministrators } from '../../src/checks/administrators/too-many-super-administrators.js';
import { applicationReceivesPasswords } from '../../src/checks/applications/application-receives-passwords.js';
import { badAddressesLetIn } from '../../src/checks/organisation/bad-addresses-let-in.js';
import { daysAgo } from '../fixtures/organisation.js';
import { scenes } from '../fixtures/scenes.js';

scenes(administratorWithoutSecondFactor, ({ names, passes, boundary }) => {
  names(
    'who has a role by itself, by a group, by a group in a group',
    (org) =>
      org
        .superAdministrator('ana')
        .account('bo')
        .account('cy', { status: 'suspended' })
        .account('dee', { credentialProvider: 'FEDERATION' })
        .group('staff')
        .group('inner')
        .nested('staff', 'inner')
        .members('staff', 'bo')
        .members('inner', 'cy', 'dee')
        .role('desk', ['reset_passwords'])
        .holds('desk', 'staff', 'group'),
    { ana: 'critical', bo: 'critical', cy: 'high', dee: 'high' },
  );
  names(
    'whose only ways are a question and a mailbox, or one that is not active',
    (org) =>
      org
        .superAdministrator('ana')
        .authenticator('ana', 'question')
        .authenticator('ana', 'email')
        .authenticator('ana', 'webauthn', { status: 'pending' }),
    { ana: 'critical' },
  );
  passes('with a second factor; without a role; switched off', (org) =>
    org
      .superAdministrator('ana')
      .authenticator('ana', 'push')
      .account('bo')
      .superAdministrator('cy', { status: 'deprovisioned' }),
  );
  boundary(
    'a telephone is a second factor, if a weak one',
    (org) => org.superAdministrator('ana').authenticator('ana', 'sms'),
    {},
  );
});

scenes(tooManySuperAdministrators, ({ names, passes, boundary, set }) => {
  const supers = (many: number) => (org: Parameters<Parameters<typeof passes>[1]>[0]) => {
    for (let n = 0; n < many; n++) org.superAdministrator(`s${n}`);
    return org;
  };
  names('six', supers(6), { organisation: 'high' });
  names('five and a program', (org) => supers(5)(org).application('robot').holds('super', 'robot', 'client'), {
    organisation: 'high',
  });
  names('eleven', supers(11), { organisation: 'critical' });
  passes('two, and many others', (org) => supers(2)(org).role('desk', ['reset_passwords']).account('x').holds('desk', 'x'));
  boundary('five', supers(5), {});
  boundary('ten', supers(10), { organisation: 'high' });
  set('two where one is allowed', { most: 1 }, supers(2), { organisation: 'high' });
});

scenes(accountNotUsed, ({ names, passes, boundary, set }) => {
  names(
    'long ago',
    (org) =>
      org.account('ana', { lastLoginAt: daysAgo(100) }).account('bo', { lastLoginAt: daysAgo(400), status: 'suspended' }),
    {
      ana: 'medium',
      bo: 'low',
    },
  );
  passes('lately, switched off, or never', (org) =>
    org
      .account('ana', { lastLoginAt: daysAgo(3) })
      .account('bo', { lastLoginAt: daysAgo(300), status: 'deprovisioned' })
      .account('cy'),
  );
  boundary('ninety days, and a minute to go', (org) => org.account('ana', { lastLoginAt: daysAgo(90, -60_000) }), {});
  boundary('ninety days and a minute', (org) => org.account('ana', { lastLoginAt: daysAgo(90) }), { ana: 'medium' });
  set('35 days', { days: 35 }, (org) => org.account('ana', { lastLoginAt: daysAgo(36) }), { ana: 'medium' });
});

scenes(applicationReceivesPasswords, ({ names, passes, boundary }) => {
  names('the passwords that people have', (org) => org.application('crm').provisioning('crm', { password: 'own' }), {
    crm: 'high',
  });
  names(
    'without encryption',
    (org) => org.application('crm').provisioning('crm', { password: 'own', endpoint: 'http://crm.example.com' }),
    {
      crm: 'critical',
    },
  );
  passes('none; where the application or the provisioning is off', (org) =>
    org
      .application('a')
      .provisioning('a', { password: 'none' })
      .application('b', { status: 'inactive' })
      .provisioning('b', { password: 'own' })
      .application('c')
      .provisioning('c', { password: 'own', status: 'inactive' }),
  );
  boundary('random ones', (org) => org.application('crm').provisioning('crm', { password: 'random' }), {});
});

scenes(badAddressesLetIn, ({ names, passes, boundary }) => {
  names('nothing is done', (org) => org.setting('threat_insight', { action: 'none' }), { organisation: 'high' });
  passes('they are blocked', (org) => org.setting('threat_insight', { action: 'block' }));
  boundary('they are only logged', (org) => org.setting('threat_insight', { action: 'audit' }), { organisation: 'medium' });
});
