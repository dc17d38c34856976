import { resolve } from 'node:path';
import { parseAllowedHosts } from '@castellan/form-schema';
import { StartError } from './start-error.js';

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** All that a host is told from outside. Tests make one by hand; the program reads it from the environment. */
export interface HostSettings {
  /** 0: any free port. */
  readonly port: number;
  /** Where the embedded PostgreSQL, its socket and the key file live. */
  readonly dataDir: string;
  /** A server to use instead of the embedded one. */
  readonly databaseUrl?: string;
  /** The same server with the role that owns the tables, where that is another one. */
  readonly databaseOwnerUrl?: string;
  /** Opens the stored secrets. Without it a key file is made in `dataDir`. */
  readonly key?: string;
  /** The key before it, until a rotation has finished. */
  readonly previousKey?: string;
  /** Hosts that connectors may reach although their address is private. */
  readonly allowedHosts: readonly string[];
  readonly logLevel: LogLevel;
  /** How long a run stays with a host that gives no sign of life. Short in tests only. */
  readonly leaseMs?: number;
  /** How often an integration's log is read for changes. 0: never, everything waits for the next full run. */
  readonly pollSeconds: number;
  /** Production sets a broken connector aside and goes on; elsewhere it ends the start. */
  readonly production: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws StartError that names the variable. */
export function readSettings(env: Environment, cwd: string): HostSettings {
  const production = env['NODE_ENV'] === 'production';
  if (production && env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    throw new StartError('NODE_TLS_REJECT_UNAUTHORIZED=0 would send credentials to whoever answers. Remove it.');
  }
  const databaseUrl = readDatabaseUrl(env, 'DATABASE_URL');
  const databaseOwnerUrl = readDatabaseUrl(env, 'DATABASE_OWNER_URL');
  const key = given(env['CASTELLAN_KEY']);
  const previousKey = given(env['CASTELLAN_KEY_PREVIOUS']);
  if (previousKey !== undefined && key === undefined) {
    throw new StartError('CASTELLAN_KEY_PREVIOUS is set without CASTELLAN_KEY. Set both, or none.');
  }
  const leaseMs = readWhole(env, 'CASTELLAN_LEASE_MS', 200, 600_000);
  return {
    port: readWhole(env, 'PORT', 0, 65_535) ?? 4400,
    dataDir: resolve(cwd, given(env['CASTELLAN_DATA_DIR']) ?? '.castellan/data'),
    allowedHosts: readAllowedHosts(env['CASTELLAN_ALLOW_HOSTS']),
    logLevel: readLogLevel(env['LOG_LEVEL']),
    production,
    pollSeconds: readWhole(env, 'CASTELLAN_POLL_SECONDS', 0, 86_400) ?? 60,
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(databaseOwnerUrl !== undefined && { databaseOwnerUrl }),
    ...(key !== undefined && { key }),
    ...(previousKey !== undefined && { previousKey }),
    ...(leaseMs !== undefined && { leaseMs }),
  };
}

/** An empty variable is how many tools write "not set". */
function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

function readWhole(env: Environment, name: string, min: number, max: number): number | undefined {
  const text = given(env[name]);
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new StartError(`${name} must be a whole number from ${min} to ${max}, not "${text}".`);
}

function readLogLevel(value: string | undefined): LogLevel {
  const text = given(value) ?? 'info';
  const level = LOG_LEVELS.find((candidate) => candidate === text);
  if (level === undefined) throw new StartError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${text}".`);
  return level;
}

function readAllowedHosts(value: string | undefined): readonly string[] {
  const hosts = parseAllowedHosts(value);
  const wrong = hosts.find((host) => !/^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host));
  if (wrong === undefined) return hosts;
  throw new StartError(`CASTELLAN_ALLOW_HOSTS must list hosts like 127.0.0.1 or directory.example:8443, not "${wrong}".`);
}

function readDatabaseUrl(env: Environment, name: string): string | undefined {
  const text = given(env[name]);
  // The value holds a password: it is never repeated.
  if (text === undefined || /^postgres(ql)?:\/\/./.test(text)) return text;
  throw new StartError(`${name} must look like postgresql://user:password@host:5432/database.`);
}
