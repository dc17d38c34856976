/** What every integration asks Okta for. Each only reads. Source: Okta, "OAuth 2.0 scopes". */
export const OKTA_SCOPES = [
  'okta.users.read',
  'okta.groups.read',
  'okta.apps.read',
  'okta.roles.read',
  'okta.idps.read',
  'okta.logs.read',
] as const;

/** What the posture streams need besides. */
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

/** What an access token is asked for. Okta leaves out of it what is not granted. */
export function wantedScopes(config: { readonly posture?: boolean }): readonly string[] {
  return config.posture === true ? [...OKTA_SCOPES, ...POSTURE_SCOPES] : OKTA_SCOPES;
}

export type OktaScope = (typeof OKTA_SCOPES)[number];
