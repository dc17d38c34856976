import { resolve } from 'node:path';
import type { SessionLimits } from '@castellan/storage';
import type { MailSettings } from '../mail/mail-settings.js';
import type { OidcSettings } from '../oidc/oidc-settings.js';
import { isLoopbackAddress } from './parsers.js';
import { StartError } from './start-error.js';
import { unknownVariables } from './unknown-variables.js';
import { WrongValue } from './variable.js';
import {
  type HostRole,
  type LogLevel,
  type VariableName,
  VARIABLE_NAMES,
  VARIABLES,
  type VariableValues,
} from './variables.js';

/** All that a host is told from outside. Tests make one by hand; the program reads it from the environment. */
export interface HostSettings {
  /** 0: any free port. */
  readonly port: number;
  /** What to listen on. */
  readonly address: string;
  /** The origin that browsers use, e.g. `https://castellan.example.com`. Without it only this machine may ask. */
  readonly publicUrl?: string;
  /** Addresses and networks whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. */
  readonly trustedProxies: readonly string[];
  /** Where the embedded PostgreSQL, its socket and the key file live. */
  readonly dataDir: string;
  /** A server to use instead of the embedded one. */
  readonly databaseUrl?: string;
  /** The same database, as the role that owns the tables. */
  readonly databaseOwnerUrl?: string;
  /** Opens the stored secrets. Without it a key file is made in `dataDir`. */
  readonly key?: string;
  /** Opens what was sealed before the last change of the key. */
  readonly previousKey?: string;
  /** The one-time token of the first set-up, for installations that nobody watches. */
  readonly setupToken?: string;
  readonly oidc?: OidcSettings;
  readonly sessions: SessionLimits;
  /** Hosts that connectors may reach although their address is private. */
  readonly allowedHosts: readonly string[];
  /** The same for webhooks. A list of its own: what one customer's connector may read no other customer may post to. */
  readonly allowedWebhookHosts: readonly string[];
  /** Where mail of webhooks is handed to. Without it there are none. */
  readonly mail?: MailSettings;
  /** Whether people are shown pages; else it is the API alone. */
  readonly pages?: boolean;
  readonly logLevel: LogLevel;
  /** Left out: both. */
  readonly role?: HostRole;
  /** Where the queues are kept instead of PostgreSQL. */
  readonly redisUrl?: string;
  /** Runs that this host works on at a time. Default 4. */
  readonly runs?: number;
  /** Runs of one workspace at a time, by all hosts. Left out: any number. */
  readonly runsOfWorkspace?: number;
  /** How long a run keeps its place while others wait. Default 60 s. */
  readonly turnMs?: number;
  /** How long a run stays with a host that gives no sign of life. Short in tests only. */
  readonly leaseMs?: number;
  /** How often an integration's log is read for changes. 0: never, everything waits for the next full run. */
  readonly pollSeconds: number;
  /** Production sets a broken connector aside and goes on; elsewhere it ends the start. */
  readonly production: boolean;
  /** What is odd about the environment but does not keep the host from starting. */
  readonly warnings?: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws StartError that names every wrong variable at once: nobody wants to learn of them one start after the other. */
export function readSettings(env: Environment, cwd: string): HostSettings {
  const { values, wrong } = readVariables(env);
  const reasons = [...wrong, ...refusals(env, values)];
  if (reasons.length > 0) throw new StartError(`${reasons.join('; ')}.`);
  const warnings = unknownVariables(Object.keys(env));
  return {
    port: values.PORT,
    address: values.CASTELLAN_ADDRESS,
    trustedProxies: values.CASTELLAN_TRUSTED_PROXIES ?? [],
    dataDir: resolve(cwd, values.CASTELLAN_DATA_DIR),
    allowedHosts: values.CASTELLAN_ALLOW_HOSTS ?? [],
    allowedWebhookHosts: values.CASTELLAN_ALLOW_WEBHOOK_HOSTS ?? [],
    pages: values.CASTELLAN_PAGES === 'on',
    logLevel: values.LOG_LEVEL,
    production: values.NODE_ENV === 'production',
    pollSeconds: values.CASTELLAN_POLL_SECONDS,
    role: values.CASTELLAN_ROLE,
    runs: values.CASTELLAN_RUNS,
    turnMs: values.CASTELLAN_TURN_SECONDS * 1_000,
    sessions: {
      idleSeconds: values.CASTELLAN_SESSION_IDLE_MINUTES * 60,
      absoluteSeconds: values.CASTELLAN_SESSION_HOURS * 3_600,
    },
    ...present({
      publicUrl: values.CASTELLAN_URL,
      databaseUrl: values.DATABASE_URL,
      databaseOwnerUrl: values.DATABASE_OWNER_URL,
      redisUrl: values.REDIS_URL,
      runsOfWorkspace: values.CASTELLAN_WORKSPACE_RUNS,
      key: values.CASTELLAN_KEY,
      previousKey: values.CASTELLAN_KEY_PREVIOUS,
      setupToken: values.CASTELLAN_SETUP_TOKEN,
      leaseMs: values.CASTELLAN_LEASE_MS,
      oidc: oidcOf(values),
      mail: mailOf(values),
      warnings: warnings.length > 0 ? warnings : undefined,
    }),
  };
}

function readVariables(env: Environment): { readonly values: VariableValues; readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  const read = (name: VariableName): unknown => {
    try {
      return VARIABLES[name].read(env[name]);
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      wrong.push(`${name} ${error.message}`);
      return undefined;
    }
  };
  // Each value comes from its own variable; where one is wrong, the values are used only to look for more that is wrong.
  const values = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, read(name)])) as unknown as VariableValues;
  return { values, wrong };
}

/** What is wrong with variables that are right one by one. */
function refusals(env: Environment, values: VariableValues): readonly string[] {
  const { NODE_ENV, CASTELLAN_ADDRESS, CASTELLAN_URL, CASTELLAN_OIDC_ISSUER, CASTELLAN_OIDC_CLIENT_ID } = values;
  const reasons: string[] = [];
  if (NODE_ENV === 'production' && env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    reasons.push('NODE_TLS_REJECT_UNAUTHORIZED=0 would send credentials to whoever answers: remove it');
  // A wrong address or URL has been told already, and is `undefined` here.
  const isPublic = CASTELLAN_ADDRESS !== undefined && !isLoopbackAddress(CASTELLAN_ADDRESS);
  if (isPublic && !isHttps(CASTELLAN_URL) && !isWrong(env, 'CASTELLAN_URL', CASTELLAN_URL))
    reasons.push(
      `CASTELLAN_ADDRESS ${CASTELLAN_ADDRESS} can be reached from the network, where passwords and keys would pass in clear text: ` +
        'let a proxy with TLS stand in front and set CASTELLAN_URL to its https address, or listen on 127.0.0.1',
    );
  if (isSet(env, 'DATABASE_OWNER_URL') && !isSet(env, 'DATABASE_URL'))
    reasons.push('DATABASE_OWNER_URL is the owner of the database of DATABASE_URL: set both or neither');
  if (isSet(env, 'CASTELLAN_KEY_PREVIOUS') && !isSet(env, 'CASTELLAN_KEY'))
    reasons.push('CASTELLAN_KEY_PREVIOUS is the key before CASTELLAN_KEY: set both or neither');
  const half = (CASTELLAN_OIDC_ISSUER === undefined) !== (CASTELLAN_OIDC_CLIENT_ID === undefined);
  if (half && !isWrong(env, 'CASTELLAN_OIDC_ISSUER', CASTELLAN_OIDC_ISSUER))
    reasons.push('CASTELLAN_OIDC_ISSUER and CASTELLAN_OIDC_CLIENT_ID belong together: set both or neither');
  const halfMail = (values.CASTELLAN_SMTP_URL === undefined) !== (values.CASTELLAN_MAIL_FROM === undefined);
  const isMailWrong =
    isWrong(env, 'CASTELLAN_SMTP_URL', values.CASTELLAN_SMTP_URL?.host) ||
    isWrong(env, 'CASTELLAN_MAIL_FROM', values.CASTELLAN_MAIL_FROM);
  if (halfMail && !isMailWrong) reasons.push('CASTELLAN_SMTP_URL and CASTELLAN_MAIL_FROM belong together: set both or neither');
  return reasons;
}

function isHttps(url: string | undefined): boolean {
  return url?.startsWith('https://') === true;
}

/** Set, but not understood. */
function isWrong(env: Environment, name: VariableName, value: string | undefined): boolean {
  return value === undefined && isSet(env, name);
}

function isSet(env: Environment, name: VariableName): boolean {
  return (env[name] ?? '').trim() !== '';
}

function oidcOf(values: VariableValues): OidcSettings | undefined {
  const issuer = values.CASTELLAN_OIDC_ISSUER;
  const clientId = values.CASTELLAN_OIDC_CLIENT_ID;
  if (issuer === undefined || clientId === undefined) return undefined;
  const more = { clientSecret: values.CASTELLAN_OIDC_CLIENT_SECRET, role: values.CASTELLAN_OIDC_ROLE };
  return { issuer, clientId, name: values.CASTELLAN_OIDC_NAME, ...present(more) };
}

function mailOf(values: VariableValues): MailSettings | undefined {
  const { CASTELLAN_SMTP_URL: server, CASTELLAN_MAIL_FROM: from } = values;
  return server === undefined || from === undefined ? undefined : { server, from };
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** Without the keys that have no value: an optional setting is absent, never `undefined`. */
function present<T extends object>(values: T): Present<T> {
  // Only keys without a value were taken out.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
