import { accountOfNobody } from '../../src/checks/accounts/account-of-nobody.js';
import { accountWithForeignAddress } from '../../src/checks/accounts/account-with-foreign-address.js';
import { loginLooksLikeAdministrator } from '../../src/checks/accounts/login-looks-like-administrator.js';
import { secondAccountOfPerson } from '../../src/checks/accounts/second-account-of-person.js';
import { daysAgo, type Organisation } from '../fixtures/organisation.js';
import { scenes } from '../fixtures/scenes.js';

/** So many accounts of which everything is known. */
const known = (org: Organisation, many: number): Organisation => {
  for (let n = 0; n < many; n += 1)
    org.account(`k${n}`, {
      manager: 'boss',
      department: 'sales',
      email: `k${n}@example.com`,
      displayName: `K ${n}`,
      employeeNumber: `${n}`,
    });
  return org;
};

scenes(accountOfNobody, ({ names, passes, boundary, set }) => {
  names(
    'where nearly all others have details',
    (org) =>
      known(org, 20).account('ana').account('bo', { status: 'suspended', manager: '' }).account('robot', { isHuman: false }),
    { ana: 'low', bo: 'informational', robot: 'medium' },
  );
  passes('one of them is enough; another directory made it; switched off', (org) =>
    known(org, 20)
      .account('ana', { manager: 'boss' })
      .account('bo', { department: 'sales' })
      .account('cy', { employeeNumber: '7' })
      .account('dee', { credentialProvider: 'ACTIVE_DIRECTORY' })
      .account('eve', { status: 'deprovisioned' }),
  );
  boundary('four of five have them', (org) => known(org, 4).account('ana'), { ana: 'low' });
  boundary('fewer do', (org) => known(org, 3).account('ana'), {});
  set('half', { percent: 50 }, (org) => known(org, 2).account('ana').account('bo'), { ana: 'low', bo: 'low' });
  passes('the account is gone', (org) => known(org, 20).account('ana').gone('account', 'ana'));
  boundary(
    'those that are switched off or gone do not count among all',
    (org) => {
      for (let n = 0; n < 9; n += 1)
        org.account(`off${n}`, { status: 'deprovisioned' }).account(`gone${n}`).gone('account', `gone${n}`);
      return known(org, 4).account('ana');
    },
    { ana: 'low' },
  );
});

scenes(secondAccountOfPerson, ({ names, passes, boundary }) => {
  const ana = { displayName: 'Ana Lopez', createdAt: daysAgo(100) };
  const later = { displayName: ' ana lopez ', createdAt: daysAgo(10) };
  names(
    'the same name and the same number, mailbox or telephone',
    (org) =>
      org
        .account('a1', { ...ana, employeeNumber: '7', secondEmail: 'Ana@home.example', mobilePhone: '+49 170 1' })
        .account('a2', { ...later, employeeNumber: '7' })
        .account('a3', { ...later, secondEmail: 'ana@home.example', status: 'suspended' })
        .account('a4', { ...later, mobilePhone: '+491701' }),
    { a2: 'low', a3: 'informational', a4: 'low' },
  );
  passes('the name alone; the number alone; switched off; a program; an account for administration', (org) =>
    org
      .account('a1', { ...ana, employeeNumber: '7', mobilePhone: '' })
      .account('a2', { ...later, mobilePhone: '' })
      .account('bo', { displayName: 'Bo', employeeNumber: '7' })
      .account('a3', { ...later, employeeNumber: '7', status: 'deprovisioned' })
      .account('robot', { ...later, employeeNumber: '7', isHuman: false })
      .superAdministrator('a4', { ...later, employeeNumber: '7' })
      .account('x1', { displayName: ' ', employeeNumber: '8' })
      .account('x2', { displayName: ' ', employeeNumber: '8' }),
  );
  boundary(
    'of whom nobody knows when it was made is not the first',
    (org) =>
      org.account('a1', { displayName: 'Ana Lopez', employeeNumber: '7' }).account('a2', { ...later, employeeNumber: '7' }),
    { a1: 'low' },
  );
  boundary(
    'the first is gone; another has a role',
    (org) =>
      org
        .account('a1', { ...ana, employeeNumber: '7' })
        .account('a2', { ...later, employeeNumber: '7' })
        .gone('account', 'a1')
        .account('b1', { ...ana, employeeNumber: '8' })
        .account('b2', { ...later, employeeNumber: '8' })
        .superAdministrator('boss'),
    { b2: 'low' },
  );
});

scenes(accountWithForeignAddress, ({ names, passes, boundary, set }) => {
  names(
    'another company, a mailbox for everybody',
    (org) =>
      known(org, 25)
        .account('ana', { email: 'ana@partner.example' })
        .account('bo', { email: 'Bo@GMail.com' })
        .account('cy', { email: 'cy@partner2.example', status: 'suspended' }),
    { ana: 'medium', bo: 'high', cy: 'low' },
  );
  names(
    "many mailboxes for everybody do not make that domain one's own",
    (org) => known(org, 3).account('ana', { email: 'ana@gmail.com' }).account('bo', { email: 'bo@gmail.com' }),
    { ana: 'high', bo: 'high' },
  );
  passes('of the organisation, or below it; without an address; switched off', (org) =>
    known(org, 25)
      .account('ana', { email: 'ana@mail.example.com' })
      .account('bo')
      .account('cy', { email: 'cy@partner.example', status: 'deprovisioned' })
      .account('dee', { email: 'not an address' }),
  );
  boundary(
    'one of twenty makes it a domain of the organisation',
    (org) => known(org, 19).account('ana', { email: 'ana@partner.example' }),
    {},
  );
  boundary('one of twenty-one does not', (org) => known(org, 20).account('ana', { email: 'ana@notexample.com' }), {
    ana: 'medium',
  });
  set(
    'domains are named',
    { domains: ['Partner.example'] },
    (org) => known(org, 2).account('ana', { email: 'ana@a.partner.example' }).account('bo', { email: 'bo@mypartner.example' }),
    { k0: 'medium', k1: 'medium', bo: 'medium' },
  );
  set(
    'contractors may, and another mailbox is personal',
    { expected: ['contractor'], personal: ['club.example'], percent: 50 },
    (org) =>
      known(org, 4)
        .account('ana', { email: 'ana@partner.example', userType: 'Contractor' })
        .account('bo', { email: 'bo@club.example' })
        .account('cy', { email: 'cy@gmail.com', userType: 'Employee' }),
    { bo: 'high', cy: 'medium' },
  );
  passes('where no domain has many accounts nobody is foreign', (org) => {
    for (let n = 0; n < 30; n += 1) org.account(`p${n}`, { email: `p@d${n}.example` });
    return org;
  });
  passes('the account is gone', (org) =>
    known(org, 25).account('ana', { email: 'ana@partner.example' }).gone('account', 'ana'),
  );
});

scenes(loginLooksLikeAdministrator, ({ names, passes, boundary, set }) => {
  const admin = (org: Organisation): Organisation => org.superAdministrator('boss', { login: 'maria.lopez1@example.com' });
  names(
    'other letters; another domain; other signs between the words',
    (org) =>
      admin(org)
        .account('a', { login: 'rnaria.iopezl@example.com' })
        .account('b', { login: 'maria.lopez1@examp1e.com' })
        .account('c', { login: 'Maria_Lopez-1@example.com' })
        .account('d', { login: 'm\u0430ria.l0pez1@example.com', status: 'suspended' })
        .account('e', { login: 'm\u0430ria.l\u043epez1@example.com' }),
    { a: 'high', b: 'medium', c: 'medium', d: 'low', e: 'high' },
  );
  passes('another name; an administrator; like somebody who is none; switched off', (org) =>
    admin(org)
      .account('a', { login: 'maria.gomez1@example.com' })
      .superAdministrator('b', { login: 'mariaiopez1@example.com' })
      .account('c', { login: 'paul.jones@example.com' })
      .account('d', { login: 'pauljones@example.com' })
      .account('e', { login: 'maria.l0pez1@example.com', status: 'deprovisioned' })
      .account('f', { login: null }),
  );
  boundary(
    'names of three and of four letters',
    (org) =>
      org
        .superAdministrator('x', { login: 'bob@example.com' })
        .account('a', { login: 'b0b@example.com' })
        .superAdministrator('y', { login: 'toby@example.com' })
        .account('b', { login: 't0by@example.com' }),
    { b: 'high' },
  );
  set(
    'shorter ones too',
    { least: 3 },
    (org) => org.superAdministrator('x', { login: 'bob@example.com' }).account('a', { login: 'b0b@example.com' }),
    {
      a: 'high',
    },
  );
  passes('the role or the account is gone', (org) =>
    admin(org)
      .superAdministrator('old', { login: 'paul.jones@example.com' })
      .gone('role_assignment', 'super|old')
      .account('a', { login: 'pau1.jones@example.com' })
      .account('b', { login: 'maria.l0pez1@example.com' })
      .gone('account', 'b'),
  );
});
