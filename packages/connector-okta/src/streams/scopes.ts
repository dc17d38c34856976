/** All that this connector asks Okta for. Each only reads. Source: Okta, "OAuth 2.0 scopes". */
export const OKTA_SCOPES = [
  'okta.users.read',
  'okta.groups.read',
  'okta.apps.read',
  'okta.roles.read',
  'okta.idps.read',
  'okta.logs.read',
] as const;

export type OktaScope = (typeof OKTA_SCOPES)[number];
