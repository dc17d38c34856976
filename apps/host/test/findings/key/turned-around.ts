import type { Org } from '@castellan/okta-simulator';
import { first, groupNamed, plainUsers, policyNamed } from './finders.js';
import { administratorAccounts, listed, text, usersOf } from './state.js';

/** What holds for the whole organisation is made the opposite of what it was, and somebody comes into a group with a role. */
export function turnAround(org: Org): void {
  const crew = groupNamed(org, 'Org administrators').id;
  org.addMember(crew, first('user', plainUsers(org)).id);
  turnAdministration(org, crew);
  turnSettings(org);
  turnNetworks(org);
  for (const user of usersOf(org)) {
    const isStrong = org.factorsOf(user.id).some((factor) => factor['factorType'] === 'webauthn');
    if (user['status'] === 'ACTIVE' && !isStrong) org.enrolFactor(user.id, 'webauthn', 'FIDO');
  }
}

/** Of many administrators few are left, and one with every right. */
function turnAdministration(org: Org, crew: string): void {
  const revoke = (kind: 'user' | 'group', id: string, type: string): void => {
    const held = [...org.administration.assignments({ kind, id }).values()].filter(({ object }) => object['type'] === type);
    for (const { object } of held) org.revokeRole({ kind, id }, object.id);
  };
  revoke('group', groupNamed(org, 'Department Engineering').id, 'REPORT_ADMIN');
  revoke('group', crew, 'SUPER_ADMIN');
  org.grantRole({ kind: 'group', id: crew }, { type: 'ORG_ADMIN', label: 'Organization Administrator' });
  const [, ...others] = administratorAccounts(org).filter(({ id }) =>
    [...org.administration.assignments({ kind: 'user', id }).values()].some(({ object }) => object['type'] === 'SUPER_ADMIN'),
  );
  for (const { id } of others) revoke('user', id, 'SUPER_ADMIN');
}

function turnSettings(org: Org): void {
  const settings = org.list('org');
  settings.set('support', { support: 'DISABLED', expiration: null, caseNumber: null });
  settings.set('third-party-admins', { thirdPartyAdmin: false });
  settings.set('client-privileges', { clientPrivilegesSetting: false });
  settings.set('admin-console', { sessionIdleTimeoutMinutes: 15, sessionMaxLifetimeMinutes: 720 });
  org.updateThreatInsight({ action: 'block' });
  for (const stream of listed(org, 'log-streams')) org.updateSetting('log-streams', text(stream, 'id'), { status: 'INACTIVE' });
  const card = { id: 'autPlantedCard', key: 'smart_card_idp', type: 'federated', name: 'Smart card', status: 'ACTIVE' };
  const times = { created: new Date().toISOString(), lastUpdated: new Date().toISOString() };
  org.list('authenticators').set(card.id, { ...card, ...times });
  const unused = policyNamed(org, 'USER_LIFECYCLE', 'Accounts that nobody uses');
  const users = { inactivity: { number: 35, unit: 'DAYS' } };
  org.updatePolicy(text(unused, 'id'), {
    conditions: { people: { users, groups: { include: [groupNamed(org, 'Everyone').id] } } },
  });
}

/** The zones that people have made are gone; the one that every new organisation has blocks every anonymiser. */
function turnNetworks(org: Org): void {
  for (const zone of listed(org, 'zones').filter((one) => one['system'] === false))
    org.updateZone(text(zone, 'id'), { status: 'INACTIVE' });
  const categories = { ipServiceCategories: { include: ['ALL_ANONYMIZERS'], exclude: [] } };
  const zone = { type: 'DYNAMIC_V2', name: 'DefaultEnhancedDynamicZone', usage: 'BLOCKLIST', system: true, ...categories };
  org.addSetting('zones', 'nzo', zone);
}
