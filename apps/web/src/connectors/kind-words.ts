import type { RecordKind } from '@castellan/connector-sdk';

/** What people call the things of each kind, for a list in a sentence. */
export const KIND_WORDS: Readonly<Record<RecordKind, string>> = {
  account: 'accounts',
  group: 'groups',
  membership: 'members of groups',
  group_rule: 'group rules',
  application: 'applications',
  app_assignment: 'who may use them',
  role: 'roles',
  role_assignment: 'who has them',
  identity_provider: 'identity providers',
  idp_link: 'links to them',
  authenticator: 'authenticators',
  policy: 'policies',
  policy_rule: 'their rules',
  network_zone: 'network zones',
  sign_in_method: 'ways to sign in',
  api_token: 'API tokens',
  app_grant: 'grants of applications',
  log_stream: 'log streams',
  org_setting: 'settings of the organisation',
  activity: 'activity',
};
