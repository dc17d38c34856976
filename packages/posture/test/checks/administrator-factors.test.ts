import { administratorOpenToPhishing } from '../../src/checks/administrators/administrator-open-to-phishing.js';
import { administratorWithOldPassword } from '../../src/checks/administrators/administrator-with-old-password.js';
import { administratorWithWeakFactor } from '../../src/checks/administrators/administrator-with-weak-factor.js';
import { administratorWithoutSpareFactor } from '../../src/checks/administrators/administrator-without-spare-factor.js';
import { daysAgo } from '../fixtures/organisation.js';
import { scenes } from '../fixtures/scenes.js';

const RESISTS = { phishingResistant: true };
const YIELDS = { phishingResistant: false };

scenes(administratorOpenToPhishing, ({ names, passes, boundary }) => {
  names(
    'who has a code or a tap and nothing else, by roles of their own and of a group',
    (org) =>
      org
        .superAdministrator('ana')
        .authenticator('ana', 'push', YIELDS)
        .authenticator('ana', 'sms', YIELDS)
        .superAdministrator('bo', { status: 'suspended' })
        .authenticator('bo', 'push', YIELDS)
        .superAdministrator('cy', { credentialProvider: 'FEDERATION' })
        .authenticator('cy', 'push', YIELDS)
        .role('desk', ['reset_passwords'])
        .account('dee')
        .group('staff')
        .members('staff', 'dee')
        .holds('desk', 'staff', 'group')
        .authenticator('dee', 'sms', YIELDS),
    { ana: 'critical', bo: 'medium', cy: 'medium', dee: 'high' },
  );
  names(
    'whose only one that resists is not active',
    (org) =>
      org
        .superAdministrator('ana')
        .authenticator('ana', 'push', YIELDS)
        .authenticator('ana', 'webauthn', { ...RESISTS, status: 'pending' }),
    { ana: 'critical' },
  );
  passes('who has one that resists; who has no second factor at all; who is no administrator', (org) =>
    org
      .superAdministrator('ana')
      .authenticator('ana', 'push', YIELDS)
      .authenticator('ana', 'webauthn', RESISTS)
      .superAdministrator('bo')
      .authenticator('bo', 'email', YIELDS)
      .account('cy')
      .authenticator('cy', 'push', YIELDS),
  );
  boundary(
    'one of which nobody says whether it resists',
    (org) =>
      org
        .superAdministrator('ana')
        .authenticator('ana', 'push', YIELDS)
        .authenticator('ana', 'web')
        .superAdministrator('bo')
        .authenticator('bo', 'question')
        .authenticator('bo', 'push', YIELDS),
    { bo: 'critical' },
  );
  passes('one that resists is gone, and so is the other; one that is not active', (org) =>
    org
      .superAdministrator('ana')
      .authenticator('ana', 'push', YIELDS)
      .gone('authenticator', 'ana|push')
      .superAdministrator('bo')
      .authenticator('bo', 'push', { ...YIELDS, status: 'inactive' })
      .superAdministrator('cy')
      .authenticator('cy', 'webauthn', RESISTS)
      .authenticator('cy', 'push', YIELDS),
  );
  boundary(
    'the one that resists is gone',
    (org) =>
      org
        .superAdministrator('ana')
        .authenticator('ana', 'push', YIELDS)
        .authenticator('ana', 'webauthn', RESISTS)
        .gone('authenticator', 'ana|webauthn'),
    { ana: 'critical' },
  );
});

scenes(administratorWithWeakFactor, ({ names, passes, boundary }) => {
  names(
    'who has one that is strong, and one that is not',
    (org) =>
      org
        .superAdministrator('ana')
        .authenticator('ana', 'webauthn')
        .authenticator('ana', 'sms')
        .superAdministrator('bo', { status: 'suspended' })
        .authenticator('bo', 'push')
        .authenticator('bo', 'question')
        .role('desk', ['reset_passwords'])
        .account('cy')
        .holds('desk', 'cy')
        .authenticator('cy', 'push')
        .authenticator('cy', 'email'),
    { ana: 'high', bo: 'low', cy: 'medium' },
  );
  passes('strong ones only; weak ones that are not active; a password; somebody without a role', (org) =>
    org
      .superAdministrator('ana')
      .authenticator('ana', 'webauthn')
      .authenticator('ana', 'password')
      .authenticator('ana', 'sms', { status: 'inactive' })
      .account('bo')
      .authenticator('bo', 'push')
      .authenticator('bo', 'sms'),
  );
  boundary(
    'none that is strong: that is worse, and another check',
    (org) => org.superAdministrator('ana').authenticator('ana', 'sms'),
    {},
  );
  boundary(
    'one of the two is gone or not active',
    (org) =>
      org
        .superAdministrator('ana')
        .authenticator('ana', 'webauthn')
        .authenticator('ana', 'sms')
        .gone('authenticator', 'ana|sms')
        .superAdministrator('bo')
        .authenticator('bo', 'sms')
        .authenticator('bo', 'webauthn')
        .gone('authenticator', 'bo|webauthn')
        .superAdministrator('cy')
        .authenticator('cy', 'sms')
        .authenticator('cy', 'webauthn', { status: 'inactive' }),
    {},
  );
});

scenes(administratorWithoutSpareFactor, ({ names, passes, boundary, set }) => {
  names(
    'who has one, whatever weak ones stand beside it',
    (org) =>
      org
        .superAdministrator('ana')
        .authenticator('ana', 'webauthn')
        .authenticator('ana', 'sms')
        .superAdministrator('bo', { status: 'suspended' })
        .authenticator('bo', 'push')
        .superAdministrator('cy', { credentialProvider: 'FEDERATION' })
        .authenticator('cy', 'push')
        .role('desk', ['reset_passwords'])
        .account('dee')
        .holds('desk', 'dee')
        .authenticator('dee', 'sms'),
    { ana: 'medium', bo: 'informational', cy: 'informational', dee: 'low' },
  );
  passes('no second factor at all, and somebody without a role', (org) =>
    org.superAdministrator('ana').authenticator('ana', 'question').account('bo').authenticator('bo', 'push'),
  );
  boundary(
    'two, of which one may be inactive',
    (org) =>
      org
        .superAdministrator('ana')
        .authenticator('ana', 'webauthn')
        .authenticator('ana', 'push')
        .superAdministrator('bo')
        .authenticator('bo', 'webauthn')
        .authenticator('bo', 'push', { status: 'inactive' }),
    { bo: 'medium' },
  );
  set(
    'three',
    { least: 3 },
    (org) => org.superAdministrator('ana').authenticator('ana', 'webauthn').authenticator('ana', 'push'),
    {
      ana: 'medium',
    },
  );
  boundary(
    'one of them is gone, or all of them are, or not active',
    (org) =>
      org
        .superAdministrator('ana')
        .authenticator('ana', 'webauthn')
        .authenticator('ana', 'push')
        .gone('authenticator', 'ana|push')
        .superAdministrator('bo')
        .authenticator('bo', 'push')
        .gone('authenticator', 'bo|push')
        .superAdministrator('cy')
        .authenticator('cy', 'push', { status: 'inactive' }),
    { ana: 'medium' },
  );
});

scenes(administratorWithOldPassword, ({ names, passes, boundary, set }) => {
  const old = { passwordChangedAt: daysAgo(300) };
  names(
    'a year old',
    (org) =>
      org
        .superAdministrator('ana', old)
        .superAdministrator('bo', { ...old, status: 'suspended' })
        .role('desk', ['reset_passwords'])
        .account('cy', { ...old, credentialProvider: 'ACME' })
        .holds('desk', 'cy'),
    { ana: 'high', bo: 'low', cy: 'medium' },
  );
  passes('one that another system checks; one of nobody knows when; of somebody without a role', (org) =>
    org
      .superAdministrator('ana', { ...old, credentialProvider: 'FEDERATION' })
      .superAdministrator('bo', { ...old, credentialProvider: 'active_directory' })
      .superAdministrator('cy')
      .account('dee', old),
  );
  boundary(
    '180 days, with a minute to go and a minute over',
    (org) =>
      org
        .superAdministrator('ana', { passwordChangedAt: daysAgo(180, -60_000) })
        .superAdministrator('bo', { passwordChangedAt: daysAgo(180) }),
    { bo: 'high' },
  );
  set('60 days', { days: 60 }, (org) => org.superAdministrator('ana', { passwordChangedAt: daysAgo(61) }), { ana: 'high' });
  passes('the role is gone, or the account', (org) =>
    org.superAdministrator('ana', old).gone('role_assignment', 'super|ana').superAdministrator('bo', old).gone('account', 'bo'),
  );
});
