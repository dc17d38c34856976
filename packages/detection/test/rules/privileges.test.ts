import { DAY, HOUR, type Line, line, MINUTE, target, user } from './log-line.js';
import { orRefused } from './refused.js';
import { testStories } from './stories.js';
import { BY_PROXY } from './suspicious.js';

const bob = user('bob');
const SUPER = { roles: ['SUPER_ADMIN'], isSuperAdmin: true };
const role = (privilegeGranted: string, to: Line = bob, more: Line = {}, after = 0): Line =>
  line('user.account.privilege.grant', { target: [to], debugContext: { debugData: { privilegeGranted } }, ...more }, after);
const lost = (n: number, privilegeRevoked = 'Help Desk administrator', more: Line = {}): Line =>
  line(
    'user.account.privilege.revoke',
    { target: [user(`admin${n}`)], debugContext: { debugData: { privilegeRevoked } }, ...more },
    n * 10 * MINUTE,
  );
const group = (privilegeGranted: string, more: Line = {}): Line =>
  line('group.privilege.grant', {
    target: [target('UserGroup', 'Team')],
    debugContext: { debugData: { privilegeGranted } },
    ...more,
  });
const admins = target('UserGroup', 'Admins');
const joined = (more: Line = {}): Line => line('group.user_membership.add', { target: [bob, admins], ...more });
const isAdmins = (more: { readonly isRuled?: boolean; readonly isSuperAdmin?: boolean } = {}) => ({
  [String(admins['id'])]: { roles: ['HELP_DESK_ADMIN'], isRuled: false, isSuperAdmin: false, ...more },
});
const client = (privilegeGranted: string): Line =>
  line('app.oauth2.client.privilege.grant', {
    target: [target('PublicClientApp', 'Robot')],
    debugContext: { debugData: { privilegeGranted } },
  });
const consent = (scope: string): Line =>
  line('app.oauth2.admin.consent.grant', { target: [target('AppInstance', 'Robot', { detailEntry: { scope } })] });

testStories(
  'okta/privileges.yml',
  orRefused(
    {
      okta_super_admin_granted: {
        hits: {
          'a super administrator': { events: [role('Super administrator')], level: 'high' },
          'an organization administrator among others': { events: [role('Read only admin, Organization administrator')] },
          'of oneself': { events: [role('Super administrator', user('ann'))], level: 'critical' },
          'by a proxy': { events: [role('Super administrator', bob, BY_PROXY)], level: 'critical' },
        },
        misses: {
          'another role': { events: [role('Help Desk administrator')] },
          'it was refused': { events: [role('Super administrator', bob, { outcome: { result: 'FAILURE' } })] },
        },
      },
      okta_admin_role_granted: {
        hits: {
          'a help desk administrator': { events: [role('Help Desk administrator')], level: 'low' },
          'by a proxy': { events: [role('Help Desk administrator', bob, BY_PROXY)], level: 'medium' },
          'by a proxy that is the own': {
            events: [role('Help Desk administrator', bob, BY_PROXY)],
            own: ['192.0.2.0/24'],
            level: 'low',
          },
          'of oneself': { events: [role('Help Desk administrator', user('ann'))], level: 'high' },
        },
        misses: { 'a super administrator, of whom another rule tells': { events: [role('Super administrator')] } },
      },
      okta_group_made_admin: {
        hits: {
          'a group of the help desk': { events: [group('Help Desk administrator')], level: 'medium' },
          'a group that may do everything': { events: [group('Super administrator')], level: 'high' },
          'one that may, by a proxy': { events: [group('Super administrator', BY_PROXY)], level: 'critical' },
        },
        misses: { 'it was refused': { events: [group('Super administrator', { outcome: { result: 'FAILURE' } })] } },
      },
      okta_custom_role_assigned: {
        hits: {
          'to somebody': { events: [line('iam.resourceset.bindings.add')], level: 'low' },
          'to themselves': { events: [line('iam.resourceset.bindings.add', { target: [user('ann')] })], level: 'high' },
          'by a proxy': { events: [line('iam.resourceset.bindings.add', BY_PROXY)], level: 'high' },
        },
        misses: { 'it is taken back': { events: [line('iam.resourceset.bindings.delete')] } },
      },
      okta_custom_role_widened: {
        hits: {
          'permissions are added': { events: [line('iam.role.permissions.add')], level: 'low' },
          'resources are added by a proxy': { events: [line('iam.resourceset.resources.add', BY_PROXY)], level: 'high' },
        },
        misses: { 'permissions are taken away': { events: [line('iam.role.permissions.delete')] } },
      },
      okta_admin_lost_all_roles: {
        hits: {
          'a small role': { events: [lost(0)], level: 'informational' },
          'a super administrator': { events: [lost(0, 'Super administrator')], level: 'low' },
          'a super administrator, by a proxy': { events: [lost(0, 'Super administrator', BY_PROXY)], level: 'high' },
        },
        misses: { 'a role is granted': { events: [role('Read only admin')] } },
      },
      okta_admins_removed_in_series: {
        hits: {
          'three within the hour': { events: [0, 1, 2].map((n) => lost(n)), level: 'high' },
          'three, by a proxy': { events: [0, 1, 2].map((n) => lost(n, 'Read only admin', BY_PROXY)), level: 'critical' },
        },
        misses: {
          two: { events: [0, 1].map((n) => lost(n)) },
          'one of them three times': {
            events: [0, 1, 2].map((n) => line('user.account.privilege.revoke', { target: [bob] }, n * MINUTE)),
          },
          'the third after more than an hour': { events: [0, 1, 7].map((n) => lost(n)) },
        },
      },
      okta_admin_roles_handed_out: {
        hits: {
          'five within the hour': {
            events: [0, 1, 2, 3, 4].map((n) => role('Read only admin', user(`new${n}`), {}, n * MINUTE)),
            level: 'medium',
          },
        },
        misses: {
          four: { events: [0, 1, 2, 3].map((n) => role('Read only admin', user(`new${n}`), {}, n * MINUTE)) },
          'five within 61 minutes': {
            events: [0, 1, 2, 3, 61].map((n) => role('Read only admin', user(`new${n}`), {}, n * MINUTE)),
          },
        },
      },
      okta_privileged_group_joined: {
        hits: {
          'somebody is added to the help desk': { events: [joined()], groups: isAdmins(), level: 'medium' },
          'somebody adds themselves': {
            events: [joined({ target: [user('ann'), admins] })],
            groups: isAdmins(),
            level: 'high',
          },
          'to those who may do everything, by a proxy': {
            events: [joined(BY_PROXY)],
            groups: isAdmins({ isSuperAdmin: true }),
            level: 'critical',
          },
        },
        misses: {
          'an administrator joins a group that holds nothing': {
            events: [joined()],
            accounts: { [bob.id]: SUPER },
            groups: { [String(admins['id'])]: { roles: [], isSuperAdmin: false, isRuled: false } },
          },
          'a rule says who is a member': { events: [joined()], groups: isAdmins({ isRuled: true }) },
          'Okta itself adds somebody': { events: [joined({ actor: { type: 'SystemPrincipal' } })], groups: isAdmins() },
        },
      },
      okta_oauth_client_made_admin: {
        hits: {
          'a small role': { events: [client('Read-only Administrator')], level: 'medium' },
          everything: { events: [client('Super administrator')], level: 'high' },
        },
        misses: { 'the role is taken away': { events: [line('app.oauth2.client.privilege.revoke')] } },
      },
      okta_api_scope_granted: {
        hits: {
          'reading the log': { events: [consent('okta.logs.read')], level: 'low' },
          'changing users': { events: [consent('okta.logs.read okta.users.manage')], level: 'medium' },
        },
        misses: { 'it is revoked': { events: [line('app.oauth2.admin.consent.revoke')] } },
      },
      okta_super_admin_password_reset: {
        hits: {
          'it is attempted': {
            events: [
              line('security.protected_action.attempt', { target: [target('Rule', 'Reset passwords for super admins')] }, DAY),
            ],
            level: 'high',
          },
        },
        misses: {
          'another action': {
            events: [line('security.protected_action.attempt', { target: [target('Rule', 'Create API tokens')] }, HOUR)],
          },
        },
      },
    },
    ['okta_super_admin_password_reset'],
  ),
);
