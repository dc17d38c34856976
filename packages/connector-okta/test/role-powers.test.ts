import { Drift } from '../src/map/drift.js';
import { mapCustomRole, standardRoles } from '../src/map/role.js';
import { RecordingLogger } from './support/recording-logger.js';

const logger = new RecordingLogger();
const drift = new Drift(logger);
beforeEach(() => logger.lines.splice(0));

describe("what Okta's own roles let their holders do", () => {
  const roles = new Map(standardRoles().map(({ key, data }) => [key, data]));

  it('is known of each', () => {
    expect(roles.size).toBe(13);
    for (const [key, { powers }] of roles) expect([key, (powers ?? []).length > 0]).toEqual([key, true]);
  });

  it('only the Super Administrator may do everything, to other administrators too', () => {
    const all = [...roles].filter(([, { powers }]) => powers?.includes('everything') === true).map(([key]) => key);
    expect(all).toEqual(['SUPER_ADMIN']);
    expect(roles.get('SUPER_ADMIN')?.overAdministrators).toBe(true);
  });

  it.each(['ORG_ADMIN', 'APP_ADMIN', 'USER_ADMIN', 'HELP_DESK_ADMIN', 'GROUP_MEMBERSHIP_ADMIN'])(
    '%s stops at whoever has a role',
    (key) => expect(roles.get(key)?.overAdministrators).toBe(false),
  );

  it('three roles but the first can read client secrets', () => {
    const readers = [...roles].filter(([, { powers }]) => powers?.includes('read_client_secrets') === true).map(([key]) => key);
    expect(readers.toSorted()).toEqual(['API_ACCESS_MANAGEMENT_ADMIN', 'APP_ADMIN', 'READ_ONLY_ADMIN']);
  });

  it('the others by what they are for', () => {
    expect(roles.get('HELP_DESK_ADMIN')?.powers).toEqual(['reset_passwords', 'reset_authenticators', 'end_sessions', 'read']);
    expect(roles.get('GROUP_MEMBERSHIP_ADMIN')?.powers).toEqual(['manage_memberships', 'read']);
    expect(roles.get('ORG_ADMIN')?.powers).toContain('manage_organisation');
    expect(roles.get('ORG_ADMIN')?.powers).not.toContain('manage_applications');
    expect(roles.get('USER_ADMIN')?.powers).toEqual(expect.arrayContaining(['manage_accounts', 'manage_groups']));
    expect(roles.get('WORKFLOWS_ADMIN')?.powers).toEqual(['manage_automations']);
    expect(roles.get('REPORT_ADMIN')?.powers).toEqual(['read']);
  });
});

describe('what a custom role lets its holder do', () => {
  const role = (...labels: readonly string[]) =>
    mapCustomRole(
      { id: 'cr0', label: 'Desk' },
      labels.map((label) => ({ label })),
      drift,
    )?.data;

  it.each<[string, readonly string[]]>([
    ['okta.users.credentials.manage', ['reset_passwords', 'reset_authenticators']],
    ['okta.users.credentials.resetPassword', ['reset_passwords']],
    ['okta.users.credentials.expirePassword', ['reset_passwords']],
    ['okta.users.credentials.resetFactors', ['reset_authenticators']],
    ['okta.users.lifecycle.deactivate', ['manage_accounts']],
    ['okta.users.lifecycle.clearSessions', ['end_sessions']],
    ['okta.groups.members.manage', ['manage_memberships']],
    ['okta.apps.assignment.manage', ['assign_applications']],
    ['okta.apps.clientCredentials.read', ['read_client_secrets', 'read']],
    ['okta.identityProviders.manage', ['manage_identity_providers', 'read']],
    ['okta.policies.manage', ['manage_policies', 'read']],
    ['okta.authzServers.manage', ['manage_authorization_servers', 'read']],
    ['okta.devices.lifecycle.suspend', ['manage_devices']],
    ['okta.users.read', ['read']],
    ['okta.iam.read', ['read']],
    ['okta.tomorrow.read', ['read']],
    ['okta.support.cases.manage', []],
  ])('%s', (permission, powers) => {
    expect(role(permission)).toMatchObject({ permissions: [permission], powers, overAdministrators: false });
    expect(logger.notUnderstood()).toEqual([]);
  });

  it('is all of its permissions together, each power once', () => {
    expect(role('okta.users.manage', 'okta.groups.manage', 'okta.apps.manage')?.powers).toEqual([
      'manage_accounts',
      'reset_passwords',
      'reset_authenticators',
      'end_sessions',
      'manage_groups',
      'manage_memberships',
      'manage_applications',
      'assign_applications',
      'read',
    ]);
    expect(role()?.powers).toEqual([]);
  });

  it('leaves out a permission that is new, and names that there is one', () => {
    expect(role('okta.users.read', 'okta.moon.manage', 'constructor')?.powers).toEqual(['read']);
    expect(logger.notUnderstood()).toEqual(['permission.label: unknown value']);
  });
});
