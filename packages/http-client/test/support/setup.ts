import type { HttpClient, HttpOptions, LogFields, Logger } from '@castellan/connector-sdk';
import { createHttpFactory, type GuardedHttp, type HttpFactoryOptions } from '../../src/index.js';
import { seeded } from './random.js';
import { type Handler, type Listening, listen } from './server.js';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
}

export function recordingLogger(): Logger & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const level =
    (name: string) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ level: name, message, fields });
    };
  return { lines, debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') };
}

export interface Setup {
  readonly http: GuardedHttp;
  readonly lines: LogLine[];
  readonly abort: AbortController;
}

const open: { readonly close: () => Promise<void> }[] = [];

/** Ends everything that a test has opened. */
export async function closeAll(): Promise<void> {
  for (const one of open.splice(0).toReversed()) await one.close();
}

export function setUp(options: Partial<HttpFactoryOptions> = {}): Setup {
  const abort = new AbortController();
  const logger = recordingLogger();
  const http = createHttpFactory({ allowedHosts: ['127.0.0.1'], signal: abort.signal, logger, random: seeded(7), ...options });
  open.push(http);
  return { http, lines: logger.lines, abort };
}

export const FAST = { retryBaseMs: 4, retryCapMs: 20, resetMarginMs: 5, concurrencyWaitMs: [5, 20] } as const;

export interface Service extends Setup {
  readonly server: Listening;
  readonly client: HttpClient;
}

/** A server, and a client with short waits that speaks to it. */
export async function serve(
  handler: Handler,
  client: Partial<HttpOptions> = {},
  options: Partial<HttpFactoryOptions> = {},
): Promise<Service> {
  const server = await listen(handler);
  open.push(server);
  const setup = setUp({ limits: FAST, ...options });
  return { ...setup, server, client: setup.http.factory({ origin: server.origin, ...client }) };
}

export function keep<Closable extends { readonly close: () => Promise<void> }>(one: Closable): Closable {
  open.push(one);
  return one;
}

/** The error that `work` ends with, as a flat record for matching. */
export async function failure(work: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await work;
  } catch (error) {
    if (typeof error !== 'object' || error === null) return { thrown: error };
    return Object.fromEntries(
      ['name', 'kind', 'message', 'detail', 'missing', 'retryAt', 'cause'].map((key) => [key, Reflect.get(error, key)]),
    );
  }
  throw new Error('it did not fail');
}
