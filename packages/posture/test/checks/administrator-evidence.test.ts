import type { Check } from '../../src/check/check.js';
import { accountWithForeignAddress } from '../../src/checks/accounts/account-with-foreign-address.js';
import { loginLooksLikeAdministrator } from '../../src/checks/accounts/login-looks-like-administrator.js';
import { switchedOffAccountKeepsAccess } from '../../src/checks/accounts/switched-off-account-keeps-access.js';
import { administratorAccountUsedForDailyWork } from '../../src/checks/administrators/administrator-account-used-for-daily-work.js';
import { administratorNotUsed } from '../../src/checks/administrators/administrator-not-used.js';
import { administratorOpenToPhishing } from '../../src/checks/administrators/administrator-open-to-phishing.js';
import { administratorWithWeakFactor } from '../../src/checks/administrators/administrator-with-weak-factor.js';
import { administratorWithoutSpareFactor } from '../../src/checks/administrators/administrator-without-spare-factor.js';
import { customRoleOverEverything } from '../../src/checks/administrators/custom-role-over-everything.js';
import { roleNotNarrowed } from '../../src/checks/administrators/role-not-narrowed.js';
import { roleOnGroupFilledAutomatically } from '../../src/checks/administrators/role-on-group-filled-automatically.js';
import { roleOnLargeGroup } from '../../src/checks/administrators/role-on-large-group.js';
import { tooFewSuperAdministrators } from '../../src/checks/administrators/too-few-super-administrators.js';
import { tooManyAdministrators } from '../../src/checks/administrators/too-many-administrators.js';
import { daysAgo } from '../fixtures/organisation.js';
import { type Build, evidenceOf, look, written } from '../fixtures/scenes.js';

async function seen(check: Check, key: string, build: Build): Promise<unknown> {
  const org = await written(build);
  await look(check, org);
  return evidenceOf(org, check, key);
}

const WHO = { login: 'ana@example.com', roles: ['super'], roleCount: 1, isSuperAdministrator: true, isSuspended: false };

test('of factors it says those that the account has, each once, and none that are not active', async () => {
  const build: Build = (org) =>
    org
      .superAdministrator('ana')
      .authenticator('ana', 'push', { phishingResistant: false })
      .authenticator('ana', 'token', { phishingResistant: false })
      .authenticator('ana', 'sms', { phishingResistant: false })
      .authenticator('ana', 'question')
      .authenticator('ana', 'call', { status: 'inactive' })
      .authenticator('ana', 'web', { status: 'inactive' })
      .account('bo')
      .authenticator('bo', 'phone');
  expect(await seen(administratorOpenToPhishing, 'ana', build)).toEqual({
    ...WHO,
    isFederated: false,
    secondFactors: ['push', 'sms', 'token'],
  });
  expect(await seen(administratorWithWeakFactor, 'ana', build)).toEqual({
    ...WHO,
    weakFactors: ['question', 'sms'],
    strongFactors: ['push', 'token'],
  });
  const withOne: Build = (org) => build(org).gone('authenticator', 'ana|token');
  expect(await seen(administratorWithoutSpareFactor, 'ana', withOne)).toEqual({
    ...WHO,
    isFederated: false,
    strongFactors: ['push'],
    strongFactorCount: 1,
    wanted: 2,
  });
});

test('of what was not used it says both instants, and never an age', async () => {
  const [signedIn, administered] = ['2020-02-03T04:05:06.000Z', '2020-03-04T05:06:07.000Z'];
  const evidence = await seen(administratorNotUsed, 'ana', (org) =>
    org.superAdministrator('ana', { lastLoginAt: signedIn }).used('administration', 'ana', administered),
  );
  expect(evidence).toEqual({
    ...WHO,
    lastLoginAt: '2020-02-03T04:05:06Z',
    activatedAt: null,
    lastAdministrationAt: '2020-03-04T05:06:07Z',
  });
});

test('of what was used it says twenty by name, and how many there are', async () => {
  const names = Array.from({ length: 25 }, (_, n) => `app${String(n).padStart(2, '0')}`);
  const evidence = await seen(administratorAccountUsedForDailyWork, 'ana', (org) => {
    org.superAdministrator('ana');
    for (const name of names) org.application(name).used('application', 'ana', daysAgo(1), name);
    return org;
  });
  expect(evidence).toMatchObject({ ...WHO, applications: names.slice(0, 20), applicationCount: 25 });
});

test('of super administrators it says who can sign in, and who cannot', async () => {
  const evidence = await seen(tooFewSuperAdministrators, 'organisation', (org) =>
    org.superAdministrator('ana').superAdministrator('bo', { status: 'locked', login: null }),
  );
  expect(evidence).toEqual({ count: 1, wanted: 2, isNobody: false, accounts: ['ana@example.com'], cannotSignIn: ['bo'] });
});

test('of too many administrators it says how many have which role', async () => {
  const evidence = await seen(tooManyAdministrators, 'organisation', (org) => {
    org.role('desk', ['read']).role('auditor', ['read']).superAdministrator('boss').holds('auditor', 'boss');
    for (let n = 0; n < 26; n += 1) org.account(`d${n}`).holds('desk', `d${n}`);
    return org.holds('auditor', 'd0');
  });
  expect(evidence).toEqual({ count: 26, allowed: 25, isTwiceAsMany: false, byRole: ['auditor: 1', 'desk: 26'] });
});

test('of a large group it says about how many there are, so that each new member is no news', async () => {
  const evidence = await seen(roleOnLargeGroup, 'all', (org) =>
    org
      .role('desk', ['reset_passwords'])
      .group('all')
      .holds('desk', 'all', 'group')
      .members('all', ...Array.from({ length: 128 }, (_, n) => `a${n}`)),
  );
  expect(evidence).toMatchObject({ accountsAtLeast: 120, allowed: 50, roles: ['desk'], isReadOnly: false });
});

test('of a group that is filled it says by which rules, or by what system', async () => {
  const build: Build = (org) =>
    org
      .role('desk', [])
      .group('g', { origin: 'app', sourceApplication: 'directory' })
      .holds('desk', 'g', 'group')
      .rule('sales', { targetGroups: ['g'] })
      .rule('off', { targetGroups: ['g'], status: 'inactive' });
  expect(await seen(roleOnGroupFilledAutomatically, 'g', build)).toMatchObject({
    rules: ['sales'],
    isFilledByRule: true,
    isFilledByApplication: true,
    sourceApplication: 'directory',
  });
});

test('of a role it says who has it, by name, and what it can do', async () => {
  const build: Build = (org) => org.role('desk', ['reset_passwords'], { label: 'Desk' }).account('ana').holds('desk', 'ana');
  expect(await seen(roleNotNarrowed, 'desk|ana', build)).toEqual({
    role: 'Desk',
    principalKind: 'account',
    principal: 'ana@example.com',
    powers: ['reset_passwords'],
    isOverAdministrators: false,
    isSuspended: false,
  });
});

test('of a role that was made here it says only the powers that are dangerous with what it covers', async () => {
  const build: Build = (org) =>
    org
      .role('mixed', ['read', 'reset_passwords', 'manage_policies'], { builtIn: false })
      .holds('mixed', 'ana', 'account', { targetKind: 'resource_set', target: 'set' })
      .resource('set', 'all', { resourceKind: 'account', setName: 'Everybody' });
  expect(await seen(customRoleOverEverything, 'mixed', build)).toEqual({
    label: 'mixed',
    powers: ['reset_passwords'],
    resourceSets: ['Everybody'],
    assignmentCount: 1,
    isForAll: false,
    isOverAdministrators: false,
  });
});

test('of an account that is switched off it says each thing that is left', async () => {
  const build: Build = (org) =>
    org
      .application('crm')
      .application('erp')
      .superAdministrator('ana', { status: 'deprovisioned', statusChangedAt: '2020-02-03T04:05:06.000Z' })
      .assigned('crm', 'ana')
      .assigned('erp', 'ana');
  expect(await seen(switchedOffAccountKeepsAccess, 'ana', build)).toEqual({
    login: 'ana@example.com',
    statusChangedAt: '2020-02-03T04:05:06Z',
    roles: ['super'],
    hasRole: true,
    applications: ['crm', 'erp'],
    applicationCount: 2,
  });
});

test('of an address and of a login it says what is foreign, and whom it looks like', async () => {
  const build: Build = (org) => {
    for (let n = 0; n < 25; n += 1) org.account(`p${n}`, { email: `p${n}@example.com` });
    return org.superAdministrator('boss').account('b0ss', { email: 'b0ss@gmail.com', login: 'b0ss@gmail.com' });
  };
  expect(await seen(accountWithForeignAddress, 'b0ss', build)).toMatchObject({ domain: 'gmail.com', isPersonal: true });
  expect(await seen(loginLooksLikeAdministrator, 'b0ss', build)).toMatchObject({
    looksLike: ['boss@example.com'],
    isImitated: true,
  });
});
