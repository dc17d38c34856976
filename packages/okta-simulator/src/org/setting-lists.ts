/** Name of the list that holds the rules of a policy. */
export const rulesOf = (policyId: string): string => `policy-rules/${policyId}`;

/** Name of the list that holds the methods of an authenticator, by type. */
export const methodsOf = (authenticatorId: string): string => `authenticator-methods/${authenticatorId}`;

/** Name of the list that holds the secrets of an app's OAuth client. */
export const secretsOf = (appId: string): string => `app-secrets/${appId}`;

/** Name of the list that holds the public keys of an app's OAuth client. */
export const jwksOf = (appId: string): string => `app-jwks/${appId}`;

/** Name of the list that holds the certificates that Okta signs with for an app, by `kid`. */
export const signingKeysOf = (appId: string): string => `app-keys/${appId}`;

/** Name of the list that holds what provisioning of an app does, by name of the feature. Empty: provisioning is not switched on. */
export const featuresOf = (appId: string): string => `app-features/${appId}`;

/** Name of the list whose `default` is the connection that an app is provisioned through. */
export const connectionsOf = (appId: string): string => `app-connections/${appId}`;

/** Name of the list that holds what a role assignment of a user was given by. */
export const governanceOf = (assignmentId: string): string => `role-governance/${assignmentId}`;

/** Name of the list that holds the scopes granted to an app. */
export const grantsOf = (appId: string): string => `app-grants/${appId}`;
