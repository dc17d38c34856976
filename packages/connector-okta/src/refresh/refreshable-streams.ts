/** All streams that can be read in parts, named here because the System Log's stream cannot import what imports it. */
export const REFRESHABLE_STREAMS: readonly string[] = [
  'accounts',
  'groups',
  'memberships',
  'everyone-memberships',
  'group-rules',
  'applications',
  'app-user-assignments',
  'app-group-assignments',
  'roles',
  'user-role-assignments',
  'group-role-assignments',
  'client-role-assignments',
  'identity-providers',
  'idp-links',
  'authenticators',
];
