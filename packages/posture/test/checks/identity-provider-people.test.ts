import { identityProviderFillsPrivilegedGroup } from '../../src/checks/identity-providers/identity-provider-fills-privileged-group.js';
import { identityProviderMakesAccounts } from '../../src/checks/identity-providers/identity-provider-makes-accounts.js';
import { identityProviderMatchesWeakly } from '../../src/checks/identity-providers/identity-provider-matches-weakly.js';
import { identityProviderRestoresAccounts } from '../../src/checks/identity-providers/identity-provider-restores-accounts.js';
import { identityProviderSignsInAdministrators } from '../../src/checks/identity-providers/identity-provider-signs-in-administrators.js';
import { socialIdentityProvider } from '../../src/checks/identity-providers/social-identity-provider.js';
import { type Build, evidenceOf, look, openFindings, scenes, written } from '../fixtures/scenes.js';
import { trusting } from '../fixtures/trust.js';

const OFF = { status: 'inactive' } as const;
const AUTO = { accountLinkAction: 'AUTO' } as const;
const MAKES = { provisioningAction: 'AUTO' } as const;
const LINKED_BY_HAND = { accountLinkAction: 'DISABLED' } as const;

scenes(identityProviderSignsInAdministrators, ({ names, passes, boundary, gone }) => {
  const all = { ...AUTO, ...trusting({ linkNotAdministrators: false }) };
  names(
    'who are linked, whether or not others can be; by a card; or who can be linked',
    (org) =>
      org
        .superAdministrator('ana')
        .identityProvider('a', { ...LINKED_BY_HAND, ...trusting() })
        .linked('a', 'ana')
        .identityProvider('b', all)
        .linked('b', 'bo')
        .identityProvider('c', { ...LINKED_BY_HAND, ...trusting({ category: 'smart_card' }) })
        .linked('c', 'ana')
        .identityProvider('d', all)
        .linked('d', 'ana'),
    { a: 'critical', b: 'high', c: 'medium', d: 'critical' },
  );
  passes('who are left out; by hand; one that is off; others than administrators', (org) =>
    org
      .superAdministrator('ana')
      .superAdministrator('dee', { status: 'deprovisioned' })
      .account('bo')
      .identityProvider('a', { ...AUTO, ...trusting({ linkNotAdministrators: true }) })
      .linked('a', 'bo')
      .linked('a', 'dee')
      .identityProvider('b', { ...LINKED_BY_HAND, ...trusting({ linkNotAdministrators: false }) })
      .identityProvider('c', { ...LINKED_BY_HAND, ...trusting() })
      .identityProvider('d', { ...all, ...OFF })
      .linked('d', 'ana'),
  );
  passes('where there is no administrator', (org) => org.account('bo').identityProvider('a', all).linked('a', 'bo'));
  const only = { ...AUTO, ...trusting({ linkNotAdministrators: false, linkOnlyGroups: ['staff', 'more'] }) };
  boundary(
    'only members of groups in which one is',
    (org) => org.superAdministrator('ana').members('more', 'ana').identityProvider('a', only),
    { a: 'high' },
  );
  boundary(
    'only members of groups in which none is',
    (org) => org.superAdministrator('ana').account('bo').members('more', 'bo').members('x', 'ana').identityProvider('a', only),
    {},
  );
  gone('identity_provider', {});
  gone('idp_link', { b: 'high', d: 'high' });
  gone('account', {});
  gone('role_assignment', {});
  gone('membership', {}, (org) => org.superAdministrator('ana').members('more', 'ana').identityProvider('a', only));
  test('one that does not say whether they are left out is not named, and nobody passes', async () => {
    const silent = { ...AUTO, ...trusting() };
    const org = await written((one) =>
      one
        .superAdministrator('ana')
        .identityProvider('a', silent)
        .identityProvider('b', { ...AUTO, trust: null }),
    );
    expect(await look(identityProviderSignsInAdministrators, org)).toMatchObject({
      status: 'unknown',
      findings: 0,
      reasons: [{ code: 'not_said', about: 'said:links_administrators' }],
    });
    // Who signs in by it already can do so, whatever it says.
    const other = await written((one) => one.superAdministrator('ana').identityProvider('a', silent).linked('a', 'ana'));
    expect((await look(identityProviderSignsInAdministrators, other)).status).toBe('failed');
    expect(await openFindings(other, identityProviderSignsInAdministrators)).toEqual({ a: 'critical' });
  });
  test('evidence says who', async () => {
    const org = await written((one) =>
      one
        .superAdministrator('ana')
        .superAdministrator('bo')
        .identityProvider('a', { ...all, type: 'SAML2' })
        .linked('a', 'ana'),
    );
    await look(identityProviderSignsInAdministrators, org);
    expect(await evidenceOf(org, identityProviderSignsInAdministrators, 'a')).toEqual({
      name: 'a',
      type: 'SAML2',
      linkedAdministrators: ['ana@example.com'],
      linkedAdministratorCount: 1,
      canLinkOthers: true,
      isSmartCard: false,
      isOnlyPossible: false,
    });
  });
});

scenes(identityProviderFillsPrivilegedGroup, ({ names, passes, boundary, gone, untold }) => {
  const roles: Build = (org) =>
    org
      .group('staff')
      .role('desk', ['reset_passwords'])
      .holds('desk', 'staff', 'group')
      .group('boss')
      .role('super', ['everything'])
      .holds('super', 'boss', 'group')
      .group('lunch');
  names(
    'always, if it is named, or if anything may be named; and one that lies in it',
    (org) =>
      roles(org)
        .group('inner')
        .nested('staff', 'inner')
        .identityProvider('a', trusting({ groupAction: 'assign', groups: ['lunch', 'staff'] }))
        .identityProvider('b', trusting({ groupAction: 'sync', groups: ['boss'] }))
        .identityProvider('c', trusting({ groupAction: 'append', groups: [] }))
        .identityProvider('d', trusting({ groupAction: 'append', groups: ['inner'] })),
    { a: 'high', b: 'critical', c: 'critical', d: 'high' },
  );
  passes('another group; nothing is done; switched off; a group that is not there', (org) =>
    roles(org)
      .identityProvider('a', trusting({ groupAction: 'sync', groups: ['lunch'] }))
      .identityProvider('b', trusting({ groupAction: 'none', groups: ['staff'] }))
      .identityProvider('c', { ...trusting({ groupAction: 'assign', groups: ['staff'] }), ...OFF })
      .holds('desk', 'gone', 'group')
      .identityProvider('d', trusting({ groupAction: 'assign', groups: ['gone'] })),
  );
  untold(
    'nobody says of one, or has a word for it',
    (org) =>
      roles(org)
        .identityProvider('a', trusting())
        .identityProvider('b', trusting({ groupAction: 'unknown', groups: ['staff'] }))
        .identityProvider('c', trusting({ category: 'verification' })),
    ['identity_provider.trust.groupAction'],
  );
  boundary('none are assigned', (org) => roles(org).identityProvider('a', trusting({ groupAction: 'assign', groups: [] })), {});
  boundary(
    'any may be named, but the only one with a role is kept by an application',
    (org) =>
      org
        .group('app', { origin: 'app' })
        .role('desk', ['reset_passwords'])
        .holds('desk', 'app', 'group')
        .identityProvider('a', trusting({ groupAction: 'sync' })),
    {},
  );
  gone('identity_provider', {});
  gone('group', {});
  gone('role_assignment', {});
  gone('membership', { a: 'high', b: 'critical', c: 'critical' });
});

scenes(identityProviderRestoresAccounts, ({ names, passes, boundary, gone, untold }) => {
  names(
    'those that are off, those that are suspended, both',
    (org) =>
      org
        .identityProvider('a', trusting({ restoresDeprovisioned: true }))
        .identityProvider('b', trusting({ restoresSuspended: true, restoresDeprovisioned: false }))
        .identityProvider('c', trusting({ restoresSuspended: true, restoresDeprovisioned: true })),
    { a: 'high', b: 'medium', c: 'high' },
  );
  passes('neither; one that is off', (org) =>
    org
      .identityProvider('a', trusting({ restoresDeprovisioned: false, restoresSuspended: false }))
      .identityProvider('b', { ...trusting({ restoresDeprovisioned: true }), ...OFF }),
  );
  boundary(
    'one that signs nobody in',
    (org) =>
      org
        .identityProvider('a', trusting({ restoresDeprovisioned: false, restoresSuspended: false }))
        .identityProvider('b', trusting({ category: 'verification' })),
    {},
  );
  untold(
    'of one it is not said, of another not all',
    (org) => org.identityProvider('a', trusting({ restoresDeprovisioned: false })).identityProvider('b', trusting()),
    ['identity_provider.trust.restoresDeprovisioned', 'identity_provider.trust.restoresSuspended'],
  );
  gone('identity_provider', {});
});

scenes(identityProviderMakesAccounts, ({ names, passes, boundary, gone, untold }) => {
  names(
    'for anybody, for those of another organisation, for some of them',
    (org) =>
      org
        .identityProvider('a', { ...MAKES, ...trusting({ category: 'social' }) })
        .identityProvider('b', { ...MAKES, ...trusting() })
        .identityProvider('c', { ...MAKES, ...trusting({ subjectFilter: '.*@acme.example' }) })
        .identityProvider('d', { ...MAKES, ...trusting({ category: 'social', subjectFilter: '.*@acme.example' }) }),
    { a: 'critical', b: 'high', c: 'medium', d: 'medium' },
  );
  passes('it does not; one that is off', (org) =>
    org
      .identityProvider('a', { provisioningAction: 'DISABLED', ...trusting() })
      .identityProvider('b', { ...MAKES, ...trusting(), ...OFF }),
  );
  untold(
    'nobody says of one',
    (org) => org.identityProvider('a', { ...MAKES, ...trusting() }).identityProvider('b', trusting()),
    ['identity_provider.provisioningAction'],
    { a: 'high' },
  );
  boundary(
    'nothing is said of what it is trusted with',
    (org) => org.identityProvider('a', MAKES).identityProvider('b', { provisioningAction: 'DISABLED', ...trusting() }),
    {},
  );
  gone('identity_provider', {});
});

scenes(identityProviderMatchesWeakly, ({ names, passes, boundary, set, gone, untold }) => {
  const good = { match: 'login', subjectFilter: '.*@acme.example', subjectTemplate: 'idpuser.subjectNameId' } as const;
  names(
    'no filter; what two can have; what people choose',
    (org) =>
      org
        .identityProvider('a', { ...AUTO, ...trusting({ ...good, subjectFilter: null }) })
        .identityProvider('b', { ...AUTO, ...trusting({ ...good, match: 'login_or_email' }) })
        .identityProvider('c', { ...AUTO, ...trusting({ ...good, match: 'email', subjectFilter: null }) })
        .identityProvider('d', { ...AUTO, ...trusting({ ...good, subjectTemplate: 'idpuser.NickName + "@acme.example"' }) })
        .identityProvider('e', {
          ...AUTO,
          ...trusting({ ...good, category: 'smart_card', subjectFilter: null, match: 'attribute' }),
        }),
    { a: 'medium', b: 'high', c: 'high', d: 'critical', e: 'high' },
  );
  passes('well matched; a card without a filter; linked by hand; off', (org) =>
    org
      .identityProvider('a', { ...AUTO, ...trusting(good) })
      .identityProvider('b', { ...AUTO, ...trusting({ ...good, category: 'smart_card', subjectFilter: null }) })
      .identityProvider('c', { ...LINKED_BY_HAND, ...trusting({ ...good, match: 'email' }) })
      .identityProvider('e', { ...AUTO, ...trusting({ ...good, match: 'email' }), ...OFF }),
  );
  boundary(
    'an attribute of which only the beginning is called so',
    (org) => org.identityProvider('a', { ...AUTO, ...trusting({ ...good, subjectTemplate: 'idpuser.nickNameOfHr' }) }),
    {},
  );
  untold(
    'nobody says how it is matched',
    (org) => org.identityProvider('a', { ...AUTO, ...trusting({ ...good, match: 'unknown' }) }),
    ['identity_provider.trust.match'],
  );
  untold(
    'nobody says whether it links, or what it trusts',
    (org) => org.identityProvider('a', trusting({ ...good, match: 'email' })).identityProvider('b', { ...AUTO, trust: null }),
    ['identity_provider.accountLinkAction', 'identity_provider.trust.match'],
  );
  set(
    'another list',
    { attributes: ['email'] },
    (org) =>
      org
        .identityProvider('a', { ...AUTO, ...trusting({ ...good, subjectTemplate: 'idpuser.email' }) })
        .identityProvider('b', { ...AUTO, ...trusting({ ...good, subjectTemplate: 'idpuser.nickName' }) }),
    { a: 'critical' },
  );
  gone('identity_provider', {});
});

scenes(socialIdentityProvider, ({ names, passes, boundary, gone, untold }) => {
  const social = trusting({ category: 'social' });
  names(
    'by hand, or by itself',
    (org) =>
      org
        .identityProvider('a', { ...social, ...LINKED_BY_HAND })
        .identityProvider('b', { ...social, ...AUTO })
        .identityProvider('c', { ...social, ...MAKES }),
    { a: 'medium', b: 'high', c: 'high' },
  );
  passes('another sort; one that is off', (org) =>
    org.identityProvider('a', { ...trusting(), ...AUTO }).identityProvider('b', { ...social, ...OFF }),
  );
  boundary(
    'one that only checks who somebody is',
    (org) => org.identityProvider('a', trusting({ category: 'verification' })),
    {},
  );
  untold('nobody knows what it is', (org) => org.identityProvider('a', trusting({ category: 'unknown' })), [
    'identity_provider.trust.category',
  ]);
  gone('identity_provider', {});
});
