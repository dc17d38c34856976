import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import type { ConfigEnvironment, FieldHint, FieldIssue } from '@castellan/form-schema';
import { parseAllowedHosts } from '@castellan/form-schema';
import type { Connector } from '@castellan/connector-sdk';
import { UsageError } from '../exit-code.js';
import { type OriginSubstitute, parseSubstitute } from '../origin/substitute.js';

export interface ReadConfig {
  readonly config: object;
  readonly environment: ConfigEnvironment;
  /** What was understood but changed. */
  readonly hints: readonly FieldHint[];
  /** Of the option, or of the line. */
  readonly substitute: OriginSubstitute | undefined;
}

export interface ConfigSource {
  readonly file: string;
  /** The option `--origin`. */
  readonly substitute: OriginSubstitute | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Reads and validates a configuration file: the settings themselves, or the first line that `castellan simulate` prints
 * (`{"url": ..., "config": {...}}`), whose address counts as allowed, since the person who runs the simulator gave it. With an
 * `origin` beside them, the connector's requests for that address go to `url`.
 * @throws UsageError that names the file or the setting; never with a part of the file's text, which holds secrets.
 */
export async function readConfig(connector: Connector, { file, substitute, env }: ConfigSource): Promise<ReadConfig> {
  const line = unwrap(file, parse(file, await readText(file)));
  if (substitute !== undefined && line.substitute !== undefined)
    throw invalid(file, [{ field: 'origin', message: 'Is given here and with --origin. Leave out one of them.' }]);
  const allowed = [...line.allowed, ...(substitute === undefined ? [] : [new URL(substitute.url).host])];
  const environment = { allowedHosts: [...parseAllowedHosts(env['CASTELLAN_ALLOW_HOSTS']), ...allowed] };
  const result = await connector.validateConfig(line.config, environment);
  if (!result.ok) throw invalid(file, result.issues);
  return { config: result.config, environment, hints: result.hints, substitute: substitute ?? line.substitute };
}

function invalid(file: string, issues: readonly FieldIssue[]): UsageError {
  const lines = issues.map(({ field, message }) => `  ${field === '' ? '(whole file)' : field}: ${message}`);
  return new UsageError(`The configuration in ${file} is not valid:\n${lines.join('\n')}`, { ok: false, issues });
}

async function readText(file: string): Promise<string> {
  try {
    // Not /dev/stdin: it cannot be opened when stdin is a socket, as under some process managers.
    return file === '-' ? await readAll(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new UsageError(`The configuration file ${file} cannot be read (${code}). Name a JSON file with --config.`, {
      ok: false,
      issues: [{ field: '', message: `cannot be read (${code})` }],
    });
  }
}

function parse(file: string, text: string): unknown {
  if (text.trim() === '') {
    const message = 'is empty.';
    throw new UsageError(`The configuration file ${file} ${message}`, { ok: false, issues: [{ field: '', message }] });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's own message quotes the text around the mistake, and that may be the secret.
    const message = 'is not JSON. It must hold one JSON object with the settings; "castellan spec" shows them.';
    throw new UsageError(`The configuration file ${file} ${message}`, { ok: false, issues: [{ field: '', message }] });
  }
}

interface Unwrapped {
  readonly config: unknown;
  readonly allowed: readonly string[];
  readonly substitute?: OriginSubstitute;
}

const LINE_KEYS = ['url', 'config', 'origin'];

/** The settings in a line of `castellan simulate`, with what it says of the way to them; else the value itself. */
function unwrap(file: string, value: unknown): Unwrapped {
  if (typeof value !== 'object' || value === null || !('url' in value) || !('config' in value))
    return { config: value, allowed: [] };
  const unknown = Object.keys(value).filter((key) => !LINE_KEYS.includes(key));
  if (unknown.length > 0) {
    const message = 'Unknown key. Use url, config and, if needed, origin.';
    throw invalid(
      file,
      unknown.map((field) => ({ field, message })),
    );
  }
  const { url, config } = value;
  if (typeof url !== 'string' || !URL.canParse(url))
    throw invalid(file, [{ field: 'url', message: 'Must be the address of a server, e.g. http://127.0.0.1:4010.' }]);
  const allowed = [new URL(url).host];
  if (!('origin' in value)) return { config, allowed };
  const substitute = parseSubstitute(value.origin, url);
  if ('message' in substitute) throw invalid(file, [{ field: substitute.part, message: substitute.message }]);
  return { config, allowed, substitute };
}
