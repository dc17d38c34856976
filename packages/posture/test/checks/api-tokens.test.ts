import { apiTokenOfPerson } from '../../src/checks/programs/api-token-of-person.js';
import { apiTokenOfSuperAdministrator } from '../../src/checks/programs/api-token-of-super-administrator.js';
import { apiTokenOfSwitchedOffOwner } from '../../src/checks/programs/api-token-of-switched-off-owner.js';
import { apiTokenTooOld } from '../../src/checks/programs/api-token-too-old.js';
import { apiTokenWorksAnywhere } from '../../src/checks/programs/api-token-works-anywhere.js';
import { daysAgo } from '../fixtures/organisation.js';
import { type Build, scenes } from '../fixtures/scenes.js';

/** `ana` can do everything, `bo` everything by a group, `cy` manages the organisation, `dee` only resets passwords, `eli` nothing. */
const people: Build = (org) =>
  org
    .superAdministrator('ana')
    .account('bo')
    .group('owners')
    .members('owners', 'bo')
    .holds('super', 'owners', 'group')
    .account('cy')
    .role('org', ['manage_organisation'])
    .holds('org', 'cy')
    .account('dee')
    .role('desk', ['reset_passwords'])
    .holds('desk', 'dee')
    .account('eli');

scenes(apiTokenOfSuperAdministrator, ({ names, passes, boundary }) => {
  names(
    'of a super administrator, by itself or by a group, from some networks or from any',
    (org) =>
      people(org)
        .apiToken('t1', { account: 'ana', network: 'zones', includedZones: ['office'] })
        .apiToken('t2', { account: 'bo', network: 'anywhere' })
        .apiToken('t3', { account: 'bo', network: 'zones', excludedZones: ['abroad'] }),
    { t1: 'high', t2: 'critical', t3: 'critical' },
  );
  passes('of others, or of one who is switched off; one that is gone', (org) =>
    people(org)
      .apiToken('t9', { account: 'ana' })
      .gone('api_token', 't9')
      .apiToken('t1', { account: 'dee' })
      .apiToken('t2', { account: 'eli' })
      .superAdministrator('fay', { status: 'deprovisioned' })
      .apiToken('t3', { account: 'fay' }),
  );
  boundary('who manages the organisation cannot do everything', (org) => people(org).apiToken('t1', { account: 'cy' }), {});
});

scenes(apiTokenWorksAnywhere, ({ names, passes, boundary, untold }) => {
  names(
    'of anybody, or of one who can become anybody',
    (org) =>
      people(org)
        .apiToken('t1', { account: 'eli', network: 'anywhere' })
        .apiToken('t2', { account: 'dee', network: 'anywhere' })
        .apiToken('t3', { account: 'cy', network: 'anywhere' })
        .apiToken('t4', { account: 'ana', network: 'anywhere' })
        .apiToken('t5', { network: 'anywhere' }),
    { t1: 'medium', t2: 'medium', t3: 'high', t4: 'high', t5: 'medium' },
  );
  passes('from named networks; one that is gone', (org) =>
    people(org)
      .apiToken('t9', { account: 'ana', network: 'anywhere' })
      .gone('api_token', 't9')
      .apiToken('t1', { account: 'ana', network: 'zones', includedZones: ['office'], excludedZones: ['guests'] }),
  );
  untold(
    'nobody says from where',
    (org) =>
      people(org)
        .apiToken('t1', { account: 'eli', network: 'anywhere' })
        .apiToken('t2', { account: 'ana', network: 'unknown' }),
    ['api_token.network'],
    { t1: 'medium' },
  );
  boundary(
    'everywhere but in one network is nearly everywhere',
    (org) => people(org).apiToken('t1', { account: 'eli', network: 'zones', excludedZones: ['abroad'] }),
    { t1: 'medium' },
  );
});

scenes(apiTokenOfSwitchedOffOwner, ({ names, passes, boundary }) => {
  names(
    'suspended, switched off, or an administrator who is suspended',
    (org) =>
      people(org)
        .account('fay', { status: 'suspended' })
        .apiToken('t1', { account: 'fay' })
        .superAdministrator('gus', { status: 'suspended' })
        .apiToken('t2', { account: 'gus' })
        .account('hal', { status: 'deprovisioned' })
        .apiToken('t3', { account: 'hal' })
        .account('ida')
        .apiToken('t4', { account: 'ida' })
        .gone('account', 'ida'),
    { t1: 'high', t2: 'critical', t3: 'high', t4: 'high' },
  );
  passes('of who is there, and of who was never seen; one that is gone', (org) =>
    people(org)
      .account('fay', { status: 'suspended' })
      .apiToken('t9', { account: 'fay' })
      .gone('api_token', 't9')
      .apiToken('t1', { account: 'ana' })
      .apiToken('t2', { account: 'nobody' })
      .apiToken('t3'),
  );
  boundary(
    'locked or with an expired password is not switched off',
    (org) =>
      people(org)
        .account('fay', { status: 'locked' })
        .apiToken('t1', { account: 'fay' })
        .account('gus', { status: 'password_expired' })
        .apiToken('t2', { account: 'gus' }),
    {},
  );
});

scenes(apiTokenTooOld, ({ names, passes, boundary, set }) => {
  names(
    'old ones, of anybody or of one who can become anybody',
    (org) =>
      people(org)
        .apiToken('t1', { account: 'eli', createdAt: daysAgo(400) })
        .apiToken('t2', { account: 'cy', createdAt: daysAgo(400) })
        .apiToken('t3', { createdAt: daysAgo(400) }),
    { t1: 'medium', t2: 'high', t3: 'medium' },
  );
  passes('new ones, and one of which nobody says; one that is gone', (org) =>
    people(org)
      .apiToken('t9', { createdAt: daysAgo(400) })
      .gone('api_token', 't9')
      .apiToken('t1', { account: 'ana', createdAt: daysAgo(3) })
      .apiToken('t2', { account: 'ana' }),
  );
  boundary('180 days, and a minute to go', (org) => people(org).apiToken('t1', { createdAt: daysAgo(180, -60_000) }), {});
  boundary('180 days and a minute', (org) => people(org).apiToken('t1', { createdAt: daysAgo(180) }), { t1: 'medium' });
  set('90 days', { days: 90 }, (org) => people(org).apiToken('t1', { createdAt: daysAgo(91) }), { t1: 'medium' });
});

scenes(apiTokenOfPerson, ({ names, passes, boundary }) => {
  names('of a person', (org) => people(org).account('fay', { isHuman: true }).apiToken('t1', { account: 'fay' }), {
    t1: 'low',
  });
  passes('of a service account, of somebody who is switched off or gone; one that is gone', (org) =>
    people(org)
      .account('hal', { isHuman: true })
      .apiToken('t9', { account: 'hal' })
      .gone('api_token', 't9')
      .account('ida', { isHuman: true })
      .apiToken('t8', { account: 'ida' })
      .gone('account', 'ida')
      .account('robot', { isHuman: false })
      .apiToken('t1', { account: 'robot' })
      .account('gus', { isHuman: true, status: 'deprovisioned' })
      .apiToken('t2', { account: 'gus' }),
  );
  boundary(
    'of an account of which nobody says what it is',
    (org) => people(org).account('robot', { isHuman: false }).apiToken('t1', { account: 'eli' }),
    {},
  );
});
