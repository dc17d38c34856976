/**
 * What a credential must be allowed. SCIM has no names for it, and each service has its own; so these are ours, and the errors use
 * the same.
 */
export const READ_USERS = 'read Users';
export const READ_GROUPS = 'read Groups';
export const CHANGE_USERS = 'change Users';
export const CHANGE_GROUPS = 'change Groups';
