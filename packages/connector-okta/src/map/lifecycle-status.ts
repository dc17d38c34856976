/** What most objects that somebody sets up can be. Source: Okta management API, `LifecycleStatus`. */
export const LIFECYCLE_STATUS: Readonly<Record<string, 'active' | 'inactive'>> = { ACTIVE: 'active', INACTIVE: 'inactive' };
