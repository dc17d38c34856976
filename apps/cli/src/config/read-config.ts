import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import type { ConfigEnvironment, FieldHint } from '@castellan/form-schema';
import { parseAllowedHosts } from '@castellan/form-schema';
import type { Connector } from '@castellan/connector-sdk';
import { UsageError } from '../exit-code.js';

export interface ReadConfig {
  readonly config: object;
  readonly environment: ConfigEnvironment;
  /** What was understood but changed. */
  readonly hints: readonly FieldHint[];
}

/**
 * Reads and validates a configuration file: the settings themselves, or the first line that `castellan simulate` prints
 * (`{"url": ..., "config": {...}}`), whose address counts as allowed, since the person who runs the simulator gave it.
 * @throws UsageError that names the file or the setting; never with a part of the file's text, which holds secrets.
 */
export async function readConfig(connector: Connector, file: string, env: NodeJS.ProcessEnv): Promise<ReadConfig> {
  const { config, allowed } = unwrap(parse(file, await readText(file)));
  const environment = { allowedHosts: [...parseAllowedHosts(env['CASTELLAN_ALLOW_HOSTS']), ...allowed] };
  const result = await connector.validateConfig(config, environment);
  if (result.ok) return { config: result.config, environment, hints: result.hints };
  const lines = result.issues.map(({ field, message }) => `  ${field === '' ? '(whole file)' : field}: ${message}`);
  throw new UsageError(`The configuration in ${file} is not valid:\n${lines.join('\n')}`, { ok: false, issues: result.issues });
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

function unwrap(value: unknown): { readonly config: unknown; readonly allowed: readonly string[] } {
  if (typeof value !== 'object' || value === null || !('url' in value) || !('config' in value))
    return { config: value, allowed: [] };
  const url = typeof value.url === 'string' && URL.canParse(value.url) ? new URL(value.url) : undefined;
  return { config: value.config, allowed: url === undefined ? [] : [url.host] };
}
