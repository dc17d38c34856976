import { administratorAccountUsedForDailyWork } from '../../src/checks/administrators/administrator-account-used-for-daily-work.js';
import { administratorFromOtherDirectory } from '../../src/checks/administrators/administrator-from-other-directory.js';
import { administratorLinkedToIdentityProvider } from '../../src/checks/administrators/administrator-linked-to-identity-provider.js';
import { administratorNotUsed } from '../../src/checks/administrators/administrator-not-used.js';
import { daysAgo, Organisation } from '../fixtures/organisation.js';
import { look, openFindings, scenes, written } from '../fixtures/scenes.js';

scenes(administratorNotUsed, ({ names, passes, boundary, set }) => {
  names(
    'who came last long ago, or never since the account was switched on',
    (org) =>
      org
        .superAdministrator('ana', { lastLoginAt: daysAgo(200) })
        .superAdministrator('bo', { lastLoginAt: daysAgo(200), status: 'suspended' })
        .role('desk', ['reset_passwords'])
        .account('cy', { lastLoginAt: daysAgo(200) })
        .account('dee', { activatedAt: daysAgo(150) })
        .group('staff')
        .members('staff', 'cy', 'dee')
        .holds('desk', 'staff', 'group')
        .used('administration', 'cy', daysAgo(120)),
    { ana: 'critical', bo: 'medium', cy: 'high', dee: 'high' },
  );
  passes('who came lately, or has administered since; whose account is new; without a role; of whom nothing is known', (org) =>
    org
      .superAdministrator('ana', { lastLoginAt: daysAgo(2) })
      .superAdministrator('bo', { lastLoginAt: daysAgo(200) })
      .used('administration', 'bo', daysAgo(5))
      .superAdministrator('cy', { activatedAt: daysAgo(10) })
      .account('dee', { lastLoginAt: daysAgo(200) })
      .superAdministrator('eve'),
  );
  boundary(
    '90 days, with a minute to go and a minute over; another use is no administration',
    (org) =>
      org
        .superAdministrator('ana', { lastLoginAt: daysAgo(90, -60_000) })
        .superAdministrator('bo', { lastLoginAt: daysAgo(90) })
        .used('application', 'bo', daysAgo(1), 'crm'),
    { bo: 'critical' },
  );
  set('35 days', { days: 35 }, (org) => org.superAdministrator('ana', { lastLoginAt: daysAgo(36) }), { ana: 'critical' });
  boundary(
    'what others administer, and other uses, are none of its own',
    (org) =>
      org
        .superAdministrator('ana', { lastLoginAt: daysAgo(200) })
        .used('sign_in', 'ana', daysAgo(1))
        .superAdministrator('bo', { lastLoginAt: daysAgo(1) })
        .used('administration', 'bo', daysAgo(1)),
    { ana: 'critical' },
  );
  passes('of whom only old administration is known', (org) =>
    org
      .superAdministrator('ana')
      .used('administration', 'ana', daysAgo(200))
      .superAdministrator('bo', { lastLoginAt: daysAgo(1) }),
  );
});

scenes(administratorAccountUsedForDailyWork, ({ names, passes, boundary, set }) => {
  const opens = (org: Organisation, who: string, many: number, day = 1): Organisation => {
    for (let n = 0; n < many; n += 1) org.application(`app${n}`).used('application', who, daysAgo(day), `app${n}`);
    return org.observed('application', daysAgo(90));
  };
  names(
    'who opens many applications by the account that has the role',
    (org) => {
      org.superAdministrator('ana').role('desk', ['reset_passwords']).account('bo').holds('desk', 'bo');
      return opens(opens(org, 'ana', 7), 'bo', 7);
    },
    { ana: 'medium', bo: 'low' },
  );
  passes('somebody without a role; long ago; uses that name no application; applications that are gone', (org) => {
    org.account('ana').superAdministrator('bo').superAdministrator('cy').superAdministrator('dee');
    opens(opens(org, 'ana', 9), 'bo', 9, 40);
    return org.used('application', 'cy', daysAgo(1)).used('sign_in', 'dee', daysAgo(1));
  });
  boundary('five, and six', (org) => opens(opens(org.superAdministrator('ana').superAdministrator('bo'), 'ana', 5), 'bo', 6), {
    bo: 'medium',
  });
  set(
    'two in ten days',
    { most: 2, days: 10 },
    (org) => opens(opens(org.superAdministrator('ana').superAdministrator('bo'), 'ana', 3, 9), 'bo', 3, 11),
    {
      ana: 'medium',
    },
  );
  test('while the log has not been watched for as long, those that are found are named, and nobody passes', async () => {
    const many = opens(new Organisation().superAdministrator('ana').superAdministrator('bo'), 'ana', 7);
    const org = await written(() => many.without('activity', 'e8').observed('application', daysAgo(29)));
    const looked = await look(administratorAccountUsedForDailyWork, org);
    expect([looked.status, looked.reasons.map(({ code }) => code)]).toEqual(['failed', ['not_observed']]);
    expect(await openFindings(org, administratorAccountUsedForDailyWork)).toEqual({ ana: 'medium' });
    const nobody = await written((one) => one.superAdministrator('bo').observed('application', daysAgo(29)));
    expect((await look(administratorAccountUsedForDailyWork, nobody)).status).toBe('unknown');
    const long = await written((one) => one.superAdministrator('bo').observed('application', daysAgo(31)));
    expect((await look(administratorAccountUsedForDailyWork, long)).status).toBe('passed');
  });
  passes('applications that are gone, and uses that name none', (org) => {
    opens(org.superAdministrator('ana'), 'ana', 6).gone('application', 'app0');
    return org.used('application', 'ana', daysAgo(1)).used('authenticator', 'ana', daysAgo(1), 'key');
  });
});

scenes(administratorFromOtherDirectory, ({ names, passes, boundary }) => {
  names(
    'of a directory, or of a federation',
    (org) =>
      org
        .superAdministrator('ana', { credentialProvider: 'ACTIVE_DIRECTORY' })
        .superAdministrator('bo', { credentialProvider: 'FEDERATION', status: 'suspended' }),
    { ana: 'high', bo: 'medium' },
  );
  passes('of the provider itself; without a role; switched off', (org) =>
    org
      .superAdministrator('ana', { credentialProvider: 'ACME' })
      .account('bo', { credentialProvider: 'LDAP' })
      .superAdministrator('cy', { credentialProvider: 'LDAP', status: 'deprovisioned' }),
  );
  boundary(
    'of whom nobody says',
    (org) => org.superAdministrator('ana').superAdministrator('bo', { credentialProvider: 'ldap' }),
    { bo: 'high' },
  );
  passes('the role is gone, or the account', (org) =>
    org
      .superAdministrator('ana', { credentialProvider: 'LDAP' })
      .gone('role_assignment', 'super|ana')
      .superAdministrator('bo', { credentialProvider: 'LDAP' })
      .gone('account', 'bo'),
  );
});

const TRUST = {
  match: null,
  subjectFilter: null,
  subjectTemplate: null,
  linkOnlyGroups: [],
  linkNotAdministrators: null,
  restoresDeprovisioned: null,
  restoresSuspended: null,
  groupAction: null,
  groups: [],
  profileSource: null,
  trustsAuthentication: null,
  signatureAlgorithm: null,
  responseSigned: null,
  clockSkewSeconds: null,
  revocationChecked: null,
} as const;

scenes(administratorLinkedToIdentityProvider, ({ names, passes, boundary }) => {
  names(
    'by a partner, by one for everybody, by cards',
    (org) =>
      org
        .identityProvider('partner')
        .identityProvider('club', { trust: { ...TRUST, category: 'social' } })
        .identityProvider('cards', { trust: { ...TRUST, category: 'smart_card' } })
        .superAdministrator('ana')
        .linked('partner', 'ana')
        .linked('cards', 'ana')
        .superAdministrator('bo', { status: 'suspended' })
        .linked('partner', 'bo')
        .superAdministrator('cy')
        .linked('club', 'cy')
        .superAdministrator('dee')
        .linked('cards', 'dee'),
    { ana: 'high', bo: 'medium', cy: 'critical', dee: 'medium' },
  );
  passes('without a role; one that is off; one that is gone', (org) =>
    org
      .identityProvider('partner')
      .identityProvider('old', { status: 'inactive' })
      .account('ana')
      .linked('partner', 'ana')
      .superAdministrator('bo')
      .linked('old', 'bo')
      .linked('gone', 'bo'),
  );
  boundary(
    'one of which nobody says whether it is on',
    (org) => org.identityProvider('partner', { status: 'unknown' }).superAdministrator('ana').linked('partner', 'ana'),
    { ana: 'high' },
  );
  passes('the link is gone, or the identity provider', (org) =>
    org
      .identityProvider('partner')
      .identityProvider('old')
      .superAdministrator('ana')
      .linked('partner', 'ana')
      .gone('idp_link', 'partner|ana')
      .superAdministrator('bo')
      .linked('old', 'bo')
      .gone('identity_provider', 'old'),
  );
});
