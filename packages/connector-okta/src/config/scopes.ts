/** What every integration asks Okta for. Each only reads. Source: Okta, "OAuth 2.0 scopes". */
export const OKTA_SCOPES = [
  'okta.users.read',
  'okta.groups.read',
  'okta.apps.read',
  'okta.roles.read',
  'okta.idps.read',
  'okta.logs.read',
] as const;

export type OktaScope = (typeof OKTA_SCOPES)[number];

/** What the switch `posture` asks for besides. Each only reads. */
export const POSTURE_SCOPES = [
  'okta.policies.read',
  'okta.authenticators.read',
  'okta.networkZones.read',
  'okta.apiTokens.read',
  'okta.logStreams.read',
  'okta.threatInsights.read',
  'okta.orgs.read',
  'okta.appGrants.read',
] as const;

export type PostureScope = (typeof POSTURE_SCOPES)[number];

/** What a token is asked for with these settings. A scope that is not granted is dropped by Okta without a word. */
export function wantedScopes(config: { readonly posture?: boolean }): readonly (OktaScope | PostureScope)[] {
  return config.posture === true ? [...OKTA_SCOPES, ...POSTURE_SCOPES] : OKTA_SCOPES;
}
