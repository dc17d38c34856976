import { accountsWrittenToUnsafeAddress } from '../../src/checks/applications/accounts-written-to-unsafe-address.js';
import { anotherOrganisationJoined } from '../../src/checks/applications/another-organisation-joined.js';
import { applicationSignsInByPassword } from '../../src/checks/applications/application-signs-in-by-password.js';
import { applicationThatPeopleAddThemselves } from '../../src/checks/applications/application-that-people-add-themselves.js';
import { signOutLeavesApplicationOpen } from '../../src/checks/applications/sign-out-leaves-application-open.js';
import { scenes } from '../fixtures/scenes.js';

const OFF = { status: 'inactive' } as const;

scenes(accountsWrittenToUnsafeAddress, ({ names, passes, boundary, set, gone }) => {
  names(
    'without encryption, and with passwords',
    (org) =>
      org
        .application('a')
        .provisioning('a', { endpoint: 'http://a.example.com/v2' })
        .application('b')
        .provisioning('b', { endpoint: 'HTTP://b.example.com/v2', password: 'own' }),
    { a: 'high', b: 'critical' },
  );
  passes('encrypted; to the own machine; one of the two is off; no address', (org) =>
    org
      .application('a')
      .provisioning('a', { endpoint: 'https://a.example.com/v2', password: 'own' })
      .application('b')
      .provisioning('b', { endpoint: 'http://localhost:1234/' })
      .application('c', OFF)
      .provisioning('c', { endpoint: 'http://c.example.com/' })
      .application('d')
      .provisioning('d', { endpoint: 'http://d.example.com/', status: 'inactive' })
      .application('e')
      .provisioning('e'),
  );
  boundary(
    'a host that only begins as the own machine does',
    (org) => org.application('a').provisioning('a', { endpoint: 'http://localhost.example.com/' }),
    {
      a: 'high',
    },
  );
  set(
    'known domains',
    { domains: ['example.com'] },
    (org) =>
      org
        .application('a')
        .provisioning('a', { endpoint: 'https://a.Example.com/v2' })
        .application('b')
        .provisioning('b', { endpoint: 'https://an-example.com/v2', password: 'own' })
        .application('c')
        .provisioning('c', { endpoint: 'http://other.example.org/' }),
    { b: 'medium', c: 'high' },
  );
  gone('application', {});
  gone('app_provisioning', {});
});

scenes(applicationSignsInByPassword, ({ names, passes, boundary, gone }) => {
  const kept = (chosenBy: 'person' | 'provider') =>
    ({ signOnMethod: 'stored_password', storedPassword: { shared: true, chosenBy, revealed: null } }) as const;
  names(
    'one for all, the one that people have here, none that is said; and one that nobody has',
    (org) =>
      org
        .application('a', kept('person'))
        .assigned('a', 'ana')
        .application('b', kept('provider'))
        .assigned('b', 'staff', 'group')
        .application('c', { signOnMethod: 'basic' })
        .assigned('c', 'ana')
        .application('d', kept('provider')),
    { a: 'high', b: 'critical', c: 'high', d: 'low' },
  );
  passes('another way; switched off', (org) =>
    org
      .application('a', { signOnMethod: 'saml' })
      .assigned('a', 'ana')
      .application('b', { ...kept('person'), ...OFF })
      .assigned('b', 'ana')
      .application('c'),
  );
  boundary('a link is no sign-in', (org) => org.application('a', { signOnMethod: 'bookmark' }), {});
  gone('application', {});
  gone('app_assignment', { a: 'low', b: 'low', c: 'low', d: 'low' });
});

scenes(anotherOrganisationJoined, ({ names, passes, boundary, set, gone }) => {
  const hub = { label: 'Branch', name: 'acme_org2org' };
  names(
    'which only signs in, sends accounts, or is sent passwords',
    (org) =>
      org
        .application('a', hub)
        .application('b', hub)
        .provisioning('b', { importsAccounts: true })
        .application('c', hub)
        .provisioning('c', { password: 'own', importsAccounts: true })
        .application('d', hub)
        .provisioning('d', { password: 'own', importsAccounts: true, status: 'inactive' }),
    { a: 'medium', b: 'high', c: 'critical', d: 'medium' },
  );
  passes('another one; switched off', (org) =>
    org
      .application('a')
      .provisioning('a', { importsAccounts: true })
      .application('b', { ...hub, ...OFF }),
  );
  boundary('a word in which another begins', (org) => org.application('a', { label: 'Borg2org' }), {});
  boundary('a word that goes on', (org) => org.application('a', { label: 'Our Org2Org-1' }), { a: 'medium' });
  set('another word', { names: ['spoke'] }, (org) => org.application('a', hub).application('b', { label: 'Spoke' }), {
    b: 'medium',
  });
  gone('application', {});
  gone('app_provisioning', { a: 'medium', b: 'medium', c: 'medium', d: 'medium' });
});

scenes(applicationThatPeopleAddThemselves, ({ names, passes, boundary, set, gone }) => {
  names(
    'any, and one that opens much',
    (org) => org.application('menu', { selfService: true }).application('vault', { selfService: true }),
    {
      menu: 'low',
      vault: 'high',
    },
  );
  passes('with consent; switched off', (org) =>
    org.application('a', { selfService: false }).application('b', { selfService: true, ...OFF }),
  );
  boundary('of one it is not said', (org) => org.application('a', { selfService: false }).application('b'), {});
  set('other words', { sensitive: ['menu'] }, (org) => org.application('menu', { selfService: true }), { menu: 'high' });
  gone('application', {});
});

scenes(signOutLeavesApplicationOpen, ({ names, passes, boundary, set, gone }) => {
  names(
    'any, and one that opens much',
    (org) => org.application('menu', { endsSessions: false }).application('vault', { endsSessions: false }),
    {
      menu: 'low',
      vault: 'medium',
    },
  );
  passes('ended; switched off', (org) =>
    org.application('a', { endsSessions: true }).application('b', { endsSessions: false, ...OFF }),
  );
  boundary('of one it is not said', (org) => org.application('a', { endsSessions: true }).application('b'), {});
  set('other words', { sensitive: ['menu'] }, (org) => org.application('menu', { endsSessions: false }), { menu: 'medium' });
  gone('application', {});
});
