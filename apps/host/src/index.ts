export { type Host, type HostOptions, startHost } from './host.js';
export type { OidcSettings } from './oidc/oidc-settings.js';
export type { Route } from './routes/routes.js';
export { type HostSettings, readSettings } from './settings/host-settings.js';
export { StartError } from './settings/start-error.js';
export type { LogLevel } from './settings/variables.js';
