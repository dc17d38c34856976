import { type AnyStream, ConnectorError, edgeKey, type SourceRecord, UpstreamError } from '@castellan/connector-sdk';
import { accountOf, accounts, acme, AcmeClient, groups, membersOf, memberships, sorted } from '../acme/acme-connector.js';
import { type Mistake, withAccounts, withMemberships, savedText } from './mistake.js';

/** Mistakes where the provider refuses, breaks off, or leads astray. */
export const UPSTREAM_TROUBLES: readonly Mistake[] = [
  [
    'takes a refusal for an empty list',
    'oneStreamForbidden',
    /Stream accounts says that it is complete although every request for it was refused/,
    () => withAccounts(swallowing),
  ],
  [
    'takes a 500 in a fan-out for a group without members',
    'oneStreamInTrouble',
    /Stream memberships says that it is complete/,
    () =>
      withMemberships(async function* ({ client, synced }) {
        for await (const { key } of synced.entries('group')) {
          const { records } = await membersOf(client, key).catch(() => ({ records: [] }));
          yield { records, next: { after: key } };
        }
        yield { records: [], next: null };
      }),
  ],
  [
    'takes an answer without a list for an empty list',
    'oneStreamInTrouble',
    /Stream groups says that it is complete although every request for it was answered with an empty object/,
    () => acme({ streams: [accounts, { ...groups, read: lenientGroups }, memberships] }),
  ],
  [
    'drops rows without an id',
    'emptyRow',
    /Stream accounts says that it is complete although one row of a list was an empty object/,
    () =>
      withAccounts(async function* (args) {
        for await (const page of accounts.read(args)) yield { ...page, rejected: [] };
      }),
  ],
  [
    'makes a record of a row without an id',
    'emptyRow',
    /made up records/,
    () =>
      withAccounts(async function* (args) {
        for await (const page of accounts.read(args)) {
          const { rejected = [] } = page;
          const [sample] = page.records;
          const invented = rejected.flatMap(() => (sample === undefined ? [] : [{ ...sample, key: 'undefined' }]));
          yield { ...page, records: [...page.records, ...invented] };
        }
      }),
  ],
  [
    'follows pages round and round inside of a part',
    'linkLoops',
    /lead in a circle, and the connector asked \d+ times without noticing/,
    () =>
      withMemberships(async function* ({ client, synced }) {
        for await (const { key } of synced.entries('group')) {
          const records: SourceRecord<'membership'>[] = [];
          for (let at: string | undefined; ; ) {
            const { items, next } = await client.items(`/groups/${key}/members`, at);
            for (const item of items) records.push(edge(key, item));
            if (next === null) break;
            at = next;
          }
          yield { records: unique(records), next: { after: key } };
        }
        yield { records: [], next: null };
      }),
  ],
  [
    'takes a page that comes again for the end',
    'linkLoops',
    /lead in a circle, and stream accounts says that it is complete without/,
    () =>
      withAccounts(async function* ({ client, saved }) {
        const seen = new Set<string>();
        for (let at = savedText(saved); ; ) {
          const { items, next } = await client.users(at);
          const end = next === null || seen.has(next);
          yield { records: unique(sorted(items, accountOf).records), next: end ? null : next };
          if (end) return;
          seen.add(next);
          at = next;
        }
      }),
  ],
  [
    'takes a page without its cursor for the last',
    'lostCursor',
    /^A page of \/groups that is not the last lacks "next", and stream groups says that it is complete: 7 records behind it/,
    () => acme({ connect: (context) => new TrustingClient(context, 'lost') }),
  ],
  [
    'takes a cursor that is no text for none',
    'lostCursor',
    /^A page of \/groups that is not the last holds an object as "next", and stream groups says that it is complete/,
    () => acme({ connect: (context) => new TrustingClient(context, 'odd') }),
  ],
  [
    'begins again where a cursor is lost inside of a part',
    'lostCursor',
    /^A page of \/groups\/acme-group-\d+\/members that is not the last lacks "next", and the connector asked \d+ times/,
    () => acme({ connect: (context) => new StubbornClient(context) }),
  ],
  [
    'opens a connection to wherever a link leads',
    'foreignHosts',
    /opens a connection to the host of a link/,
    () => acme({ connect: (context) => new FollowingClient(context) }),
  ],
  [
    'gives up at a 429',
    'rateLimits',
    /A 429 with Retry-After in seconds stops/,
    () => acme({ connect: (context) => new ImpatientClient(context) }),
  ],
];

/** A client that takes every failure for the end of the list. */
const swallowing: AnyStream<AcmeClient>['read'] = async function* ({ client, saved }) {
  for (let at = savedText(saved); ; ) {
    const { items, next } = await client.users(at).catch(() => ({ items: [], next: null }));
    yield { records: sorted(items, accountOf).records, next };
    if (next === null) return;
    at = next;
  }
};

const lenientGroups: AnyStream<AcmeClient>['read'] = async function* (args) {
  try {
    yield* groups.read(args);
  } catch (error) {
    if (ConnectorError.is(error) && error.kind === 'upstream') yield { records: [], next: null };
    else throw error;
  }
};

/** Takes the address of the next page from the body, and opens a connection to wherever it leads. */
class FollowingClient extends AcmeClient {
  readonly #context: ConstructorParameters<typeof AcmeClient>[0];

  constructor(context: ConstructorParameters<typeof AcmeClient>[0]) {
    super(context);
    this.#context = context;
  }

  override async items(path: string, cursor: string | undefined, since?: string): ReturnType<AcmeClient['items']> {
    if (cursor === undefined || path !== '/groups') return super.items(path, cursor, since);
    const { body } = await this.http.send({ url: path });
    const { nextUrl }: { nextUrl?: unknown } = Object(body);
    const { config, http } = this.#context;
    const authorize = (): { authorization: string } => ({ authorization: `Bearer ${config.token}` });
    await http({ origin: new URL(String(nextUrl)).origin, authorize }).send({ url: String(nextUrl) });
    return super.items(path, cursor, since);
  }
}

/** Believes a page that leads nowhere: the one where its cursor is missing, or the one where it is no text. */
class TrustingClient extends AcmeClient {
  readonly #believes: 'lost' | 'odd';

  constructor(context: ConstructorParameters<typeof AcmeClient>[0], believes: 'lost' | 'odd') {
    super(context);
    this.#believes = believes;
  }

  override async items(path: string, cursor: string | undefined, since?: string): ReturnType<AcmeClient['items']> {
    const { body } = await this.http.send({ url: path, query: cursor === undefined ? {} : { cursor } });
    const { items, next }: { items?: unknown; next?: unknown } = Object(body);
    const isLast = this.#believes === 'lost' ? next === undefined : typeof next === 'object';
    return isLast && Array.isArray(items) ? { items, next: null } : super.items(path, cursor, since);
  }
}

/** Hopes that another try brings the cursor. */
class StubbornClient extends AcmeClient {
  override async items(path: string, cursor: string | undefined, since?: string): ReturnType<AcmeClient['items']> {
    for (;;) {
      try {
        return await super.items(path, cursor, since);
      } catch (error) {
        const isLost = path.endsWith('/members') && String(error).includes('without saying');
        if (!isLost) throw error;
      }
    }
  }
}

class ImpatientClient extends AcmeClient {
  constructor(context: ConstructorParameters<typeof AcmeClient>[0]) {
    const http: typeof context.http = (given) =>
      context.http({
        ...given,
        toError: ({ status }) => (status === 429 ? new UpstreamError({ message: 'Acme is busy.' }) : undefined),
      });
    super({ ...context, http });
  }
}

function edge(group: string, member: unknown): SourceRecord<'membership'> {
  const { userId }: { userId?: unknown } = Object(member);
  const id = String(userId);
  return { kind: 'membership', key: edgeKey(group, id), data: { group, memberKind: 'account', member: id } };
}

function unique<R extends { readonly key: string }>(records: readonly R[]): readonly R[] {
  return [...new Map(records.map((record) => [record.key, record])).values()];
}
