/** Name of the list that holds the rules of a policy. */
export const rulesOf = (policyId: string): string => `policy-rules/${policyId}`;

/** Name of the list that holds the methods of an authenticator, by type. */
export const methodsOf = (authenticatorId: string): string => `authenticator-methods/${authenticatorId}`;

/** Name of the list that holds the scopes granted to an app. */
export const grantsOf = (appId: string): string => `app-grants/${appId}`;
