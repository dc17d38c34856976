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

/** What the switch `actions` asks for besides, and only when an action is planned or done: a sync never has the right to change anything. */
export const ACTION_SCOPES = [
  'okta.users.manage',
  'okta.groups.manage',
  'okta.apps.manage',
  'okta.roles.manage',
  'okta.idps.manage',
  'okta.networkZones.manage',
  'okta.apiTokens.manage',
] as const;

export type ActionScope = (typeof ACTION_SCOPES)[number];

interface Wishes {
  readonly posture?: boolean;
  readonly actions?: boolean;
}

/**
 * What a token is asked for with these settings. A scope that is not granted is dropped by Okta without a word.
 * @param isForAction whether something is to be changed with it
 */
export function wantedScopes(
  { posture, actions }: Wishes,
  isForAction = false,
): readonly (OktaScope | PostureScope | ActionScope)[] {
  return [
    ...OKTA_SCOPES,
    ...(posture === true ? POSTURE_SCOPES : []),
    ...(actions === true && isForAction ? ACTION_SCOPES : []),
  ];
}
