import { ROLES } from '@castellan/api';
import {
  asText,
  databaseAddress,
  hostList,
  issuerAddress,
  listenAddress,
  masterKeyText,
  oneOf,
  proxyList,
  publicOrigin,
  redisAddress,
  secretText,
  senderAddress,
  smtpServer,
  wholeNumber,
} from './parsers.js';
import { optional, withDefault } from './variable.js';

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What Node.js programs know. A mistyped `production` must not start a host of the lesser kind. */
const ENVIRONMENTS = ['development', 'test', 'production'] as const;

/** `web`: the API and the pages. `worker`: runs, looks at organisations and logs, whatever is due. */
export const HOST_ROLES = ['web', 'worker', 'both'] as const;
export type HostRole = (typeof HOST_ROLES)[number];

/** Every variable that the host reads. */
export const VARIABLES = {
  PORT: withDefault('port; 0: any free one', '4400', wholeNumber(0, 65_535)),
  CASTELLAN_ADDRESS: withDefault('address of this machine to listen on', '127.0.0.1', listenAddress),
  CASTELLAN_URL: optional('address that people and programs use; https', 'this machine only', publicOrigin),
  CASTELLAN_TRUSTED_PROXIES: optional(
    'proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or networks, by commas',
    'none',
    proxyList,
  ),
  DATABASE_URL: optional('a PostgreSQL (15 or newer) of your own', 'the embedded server', databaseAddress),
  REDIS_URL: optional('a Redis (7 or newer) for the queues of work', 'PostgreSQL', redisAddress),
  DATABASE_OWNER_URL: optional('the same database as the owner of its tables', 'DATABASE_URL', databaseAddress),
  CASTELLAN_DATA_DIR: withDefault('data of the embedded server and the key file', '.castellan/data', asText),
  CASTELLAN_KEY: optional('32 bytes, base64 or hex, that seal the secrets', 'a key file', masterKeyText),
  CASTELLAN_KEY_PREVIOUS: optional('the key before, while keys are rotated', 'none', masterKeyText),
  CASTELLAN_SETUP_TOKEN: optional('one-time token of the first set-up, at least 24 characters', 'printed', secretText(24)),
  CASTELLAN_SESSION_IDLE_MINUTES: withDefault('a session that nobody uses ends after', '60', wholeNumber(1, 1_440)),
  CASTELLAN_SESSION_HOURS: withDefault('every session ends after', '12', wholeNumber(1, 720)),
  CASTELLAN_OIDC_ISSUER: optional('OpenID provider that people may sign in with', 'none', issuerAddress),
  CASTELLAN_OIDC_CLIENT_ID: optional('client ID at that provider', 'none', asText),
  CASTELLAN_OIDC_CLIENT_SECRET: optional('client secret at that provider', 'none', asText),
  CASTELLAN_OIDC_NAME: withDefault('how the sign-in page names it', 'Single sign-on', asText),
  CASTELLAN_OIDC_ROLE: optional('role of people whom it sends for the first time', 'they are refused', oneOf(ROLES)),
  CASTELLAN_ALLOW_HOSTS: optional('private hosts that a connector may reach, also over plain http', 'none', hostList),
  CASTELLAN_ALLOW_WEBHOOK_HOSTS: optional('private hosts that a webhook may post to, also over plain http', 'none', hostList),
  CASTELLAN_SMTP_URL: optional('mail server that mail of webhooks is handed to', 'no mail', smtpServer),
  CASTELLAN_MAIL_FROM: optional('address that such mail is from', 'no mail', senderAddress),
  CASTELLAN_ROLE: withDefault('what this host does: web (API and pages), worker, both', 'both', oneOf(HOST_ROLES)),
  CASTELLAN_RUNS: withDefault('runs at a time in this host', '4', wholeNumber(1, 64)),
  CASTELLAN_WORKSPACE_RUNS: optional(
    'runs at a time of one workspace, all hosts together',
    'any number',
    wholeNumber(1, 1_000),
  ),
  CASTELLAN_TURN_SECONDS: withDefault('a run gives way to those that wait after', '60', wholeNumber(1, 86_400)),
  CASTELLAN_LEASE_MS: optional('after how long another host takes over a run', '10000', wholeNumber(200, 600_000)),
  CASTELLAN_POLL_SECONDS: withDefault('how often each log is read for changes; 0: never', '60', wholeNumber(0, 86_400)),
  CASTELLAN_PAGES: withDefault('pages for people: on, off (the API alone)', 'on', oneOf(['on', 'off'] as const)),
  LOG_LEVEL: withDefault(LOG_LEVELS.join(', '), 'info', oneOf(LOG_LEVELS)),
  NODE_ENV: optional('production: no key file is made, a broken connector is set aside', 'development', oneOf(ENVIRONMENTS)),
} as const;

export type VariableName = keyof typeof VARIABLES;
// `Object.keys` forgets the literal types.
export const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly VariableName[];

export type VariableValues = { readonly [Name in VariableName]: ReturnType<(typeof VARIABLES)[Name]['read']> };
