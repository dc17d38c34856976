export { type Host, type HostOptions, startHost } from './host.js';
export { type HostSettings, type OidcSettings, readSettings } from './settings/host-settings.js';
export { StartError } from './settings/start-error.js';
export type { LogLevel } from './settings/variables.js';
