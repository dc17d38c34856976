export { type Host, type HostOptions, startHost } from './host.js';
export type { Route } from './routes/routes.js';
export { type HostSettings, type LogLevel, readSettings } from './settings/host-settings.js';
export { StartError } from './settings/start-error.js';
