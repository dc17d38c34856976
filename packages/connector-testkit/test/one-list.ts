import {
  type AnyStream,
  type Connector,
  defineConnector,
  defineStream,
  type HttpClient,
  type SourceRecord,
} from '@castellan/connector-sdk';
import { OriginField, SecretField } from '@castellan/form-schema';
import { type ConformanceOptions, fakeUpstream, apiKey, type Route } from '../src/index.js';

class Settings {
  @OriginField({ label: 'Address' }) readonly address!: string;
  @SecretField({ label: 'Key' }) readonly key!: string;
}

/** A page of groups: their keys, and where the next begins. */
export type AskPage = (
  http: HttpClient,
  at: string | null,
) => Promise<{ readonly keys: readonly string[]; readonly next: string | null }>;

/** A page of a log: `null` at its end, `undefined` where nothing says how it goes on. */
export type AskLogPage = (
  http: HttpClient,
  at: string,
) => Promise<{ readonly keys: readonly string[]; readonly next: string | null | undefined }>;

const stream = defineStream<HttpClient>();

/** A connector with one stream, which reads one list in the way of `ask`. */
export function oneList(ask: AskPage): Connector<Settings> {
  return connectorOf(
    stream({
      name: 'groups',
      kind: 'group',
      requires: ['groups:read'],
      semantics: 'snapshot',
      parseCursor: String,
      async *read({ client, from }) {
        for (let at: string | null = from ?? null; ; ) {
          const { keys, next } = await ask(client, at);
          yield { records: keys.map(groupOf), next };
          if (next === null) return;
          at = next;
        }
      },
    }),
  );
}

/**
 * The same as a log. A page without `next` has lost what leads on: the log then ends for this run, and the next one goes on from
 * `resumeFrom` of the position that the page was asked with.
 */
export function oneLog(ask: AskLogPage, resumeFrom: (at: string) => string): Connector<Settings> {
  return connectorOf(
    stream({
      name: 'groups',
      kind: 'group',
      requires: ['groups:read'],
      semantics: 'changes',
      parseCursor: String,
      async *read({ client, from = '' }) {
        for (let at: string | undefined = from; at !== undefined; ) {
          const page: Awaited<ReturnType<AskLogPage>> = await ask(client, at);
          const records = page.keys.map(groupOf);
          if (page.next === undefined) yield { records, next: null, resumeFrom: resumeFrom(at) };
          else if (page.next === null) yield { records, next: null, resumeFrom: at };
          else yield { records, next: page.next };
          at = page.next ?? undefined;
        }
      },
    }),
  );
}

function connectorOf(groups: AnyStream<HttpClient>): Connector<Settings> {
  return defineConnector<Settings, HttpClient>({
    id: 'one-list',
    displayName: 'One list',
    config: Settings,
    connect: ({ http, config }) => http({ origin: config.address, authorize: () => ({ 'x-key': config.key }) }),
    probe: async () => ({ tenant: { id: 'one', displayName: 'One' }, checks: [{ name: 'groups:read', status: 'ok' }] }),
    streams: [groups],
  });
}

/** A provider with this list and nothing else. */
export function provided(pattern: string, route: Route, keys: readonly unknown[]): ConformanceOptions {
  // What an author gives who writes no types.
  const holds = () => ({ groups: keys as readonly string[] });
  return {
    upstream: fakeUpstream(() => ({ credential: apiKey('x-key', 'secret-key'), routes: { [pattern]: route }, holds })),
    config: ({ url }) => ({ address: url, key: 'secret-key' }),
  };
}

function groupOf(key: string): SourceRecord<'group'> {
  const nothing = { description: null, sourceApplication: null, createdAt: null, updatedAt: null, membershipUpdatedAt: null };
  return { kind: 'group', key, data: { ...nothing, name: key, origin: 'native' } };
}
