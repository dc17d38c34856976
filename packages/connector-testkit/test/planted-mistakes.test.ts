import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AnyStream,
  ConnectorError,
  type Connector,
  edgeKey,
  type Json,
  type SourceRecord,
  UpstreamError,
} from '@castellan/connector-sdk';
import { OriginField, TextField } from '@castellan/form-schema';
import { CHECK_NAMES, checkConnector, type CheckName, type ConformanceOptions } from '../src/index.js';
import {
  accountOf,
  accounts,
  acme,
  AcmeClient,
  acmeSpec,
  AcmeSettings,
  deactivate,
  groups,
  membersOf,
  memberships,
  sorted,
} from './acme/acme-connector.js';
import { acmeProvider, tokenOf } from './acme/acme-provider.js';

const options: ConformanceOptions = {
  upstream: acmeProvider,
  config: ({ url, tenant }) => ({ address: url, token: tokenOf(tenant) }),
};

/** The accounts stream with its own way of reading; everything else stays as it is. */
function withAccounts(
  read: AnyStream<AcmeClient>['read'],
  others: Partial<AnyStream<AcmeClient>> = {},
): Connector<AcmeSettings> {
  return acme({ streams: [{ ...accounts, ...others, read }, groups, memberships] });
}

function withMemberships(read: AnyStream<AcmeClient>['read']): Connector<AcmeSettings> {
  return acme({ streams: [accounts, groups, { ...memberships, read }] });
}

const savedText = (saved: Json | undefined): string | undefined => (typeof saved === 'string' ? saved : undefined);

/** Mistakes that people make, each with the check that must catch it and what it must say. */
const MISTAKES: readonly (readonly [string, CheckName, RegExp, () => Connector<AcmeSettings>])[] = [
  [
    'ignores the position that it is given',
    'cutAtEveryPage',
    /goes on after a cut stops: accounts: .*did not advance/,
    () => withAccounts((args) => accounts.read({ ...args, saved: undefined })),
  ],
  [
    'shows the row at its position again',
    'cutAtEveryPage',
    /records were given again: account acme-user-0/,
    () =>
      withAccounts(async function* (args) {
        const [again] = args.saved === undefined ? [] : sorted((await args.client.users(undefined)).items, accountOf).records;
        for await (const page of accounts.read(args))
          yield { ...page, records: [...page.records, ...(again === undefined ? [] : [again])] };
      }),
  ],
  [
    'skips the page at which it was cut',
    'cutAtEveryPage',
    /other records than undisturbed/,
    () =>
      withAccounts(async function* ({ client, saved }) {
        let at = savedText(saved);
        if (at !== undefined) at = (await client.users(at)).next ?? at;
        for (;;) {
          const { items, next } = await client.users(at);
          yield { records: sorted(items, accountOf).records, next };
          if (next === null) return;
          at = next;
        }
      }),
  ],
  [
    'forgets the last page',
    'eachRecordOnce',
    /Stream accounts lacks 3 of 23 records/,
    () =>
      withAccounts(async function* ({ client, saved }) {
        for (let at = savedText(saved); ; ) {
          const { items, next } = await client.users(at);
          if (next === null) return yield { records: [], next: null };
          yield { records: sorted(items, accountOf).records, next };
          at = next;
        }
      }),
  ],
  [
    'gives records twice',
    'eachRecordOnce',
    /given more than once: account acme-user-0/,
    () =>
      withAccounts(async function* (args) {
        for await (const page of accounts.read(args))
          yield { ...page, records: [...page.records, ...page.records.slice(0, 1)] };
      }),
  ],
  [
    'makes keys of the order of rows',
    'stableRecords',
    /a second sync gives other records/,
    () => {
      let count = 0;
      return withAccounts(async function* (args) {
        for await (const page of accounts.read(args))
          yield { ...page, records: page.records.map((record) => ({ ...record, key: `row-${(count += 1)}` })) };
      });
    },
  ],
  [
    'writes dates as the provider does',
    'recordShape',
    /"createdAt" is "1\/3\/2026", which is no instant/,
    () => withAccountData({ createdAt: '1/3/2026' }),
  ],
  ['leaves a field out', 'recordShape', /lacks the field "department"/, () => withAccountData({ department: undefined })],
  ['adds a field of its own', 'recordShape', /not in the vocabulary: shoeSize/, () => withAccountData({ shoeSize: 44 })],
  [
    'joins the parts of an edge by itself',
    'recordShape',
    /its key is edgeKey of its parts/,
    () =>
      withMemberships(async function* (args) {
        for await (const page of memberships.read(args))
          yield { ...page, records: page.records.map((record) => ({ ...record, key: record.key.replace('|', '/') })) };
      }),
  ],
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
  [
    'waits by itself and does not look at the signal',
    'stopsAtOnce',
    /has not let go after 2 s/,
    () =>
      acme({
        probe: async () => {
          await sleep(6_000);
          return { tenant: null, checks: [] };
        },
      }),
  ],
  [
    'keeps its client outside of connect()',
    'twoInstances',
    /After another integration was read in this process, a second one stops/,
    () => {
      let only: AcmeClient | undefined;
      return acme({ connect: (context) => (only ??= new AcmeClient(context)) });
    },
  ],
  [
    'keeps what it has read outside of connect()',
    'twoInstances',
    /The records of umbrella hold what only acme has sent: person0@acme.example/,
    () => {
      const names = new Map<string, string>();
      return withAccounts(async function* (args) {
        for await (const page of accounts.read(args)) {
          yield { ...page, records: page.records.map((record) => remembering(record, names)) };
        }
      });
    },
  ],
  [
    'logs the settings',
    'noSecrets',
    /an undisturbed run a secret stands in a log line \("connecting"\)/,
    () =>
      acme({
        connect: (context) => {
          context.logger.debug('connecting', { settings: context.config });
          return new AcmeClient(context);
        },
      }),
  ],
  [
    'puts the whole object of the provider into raw',
    'noSecrets',
    /a secret stands in the records of stream accounts/,
    () =>
      withAccounts(async function* ({ client, saved }) {
        for (let at = savedText(saved); ; ) {
          const { items, next } = await client.users(at);
          const records = items.flatMap((item) => {
            const record = accountOf(item);
            return record === undefined ? [] : [{ ...record, raw: JSON.parse(JSON.stringify(item)) }];
          });
          yield { records, next };
          if (next === null) return;
          at = next;
        }
      }),
  ],
  [
    'quotes the provider in its errors',
    'noSecrets',
    /whose provider answers 400 .* a secret stands in the error of stream/,
    () => acme({ connect: (context) => new QuotingClient(context) }),
  ],
  [
    'says yes or no only',
    'connectionTest',
    /has no row for stream accounts/,
    () =>
      acme({
        probe: async ({ http }) => {
          await http.send({ url: '/me' });
          return { tenant: { id: 'acme', displayName: 'Acme' }, checks: [{ name: 'connection', status: 'ok' }] };
        },
      }),
  ],
  [
    'has one tenant id for all',
    'connectionTest',
    /Two organisations have the same tenant id/,
    () =>
      acme({
        probe: async (client, context) => ({
          ...(await acmeSpec.probe(client, context)),
          tenant: { id: 'acme', displayName: 'A' },
        }),
      }),
  ],
  [
    'calls every trouble a wrong credential',
    'connectionTroubles',
    /calls 403 to everything an error of kind "auth"/,
    () =>
      acme({
        probe: async (client, context) => {
          try {
            return await acmeSpec.probe(client, context);
          } catch {
            const error = { kind: 'auth', message: 'Authentication failed.' } as const;
            const row = {
              name: 'credential',
              status: 'failed',
              error,
              blocks: 'connection',
              turn: 'you',
              todo: 'Check it.',
            } as const;
            return { tenant: null, checks: [row] };
          }
        },
      }),
  ],
  [
    "sends the customer to the operator's log",
    'connectionTroubles',
    /row "credential" at 401 to everything is the customer's turn and says "Look at the operator's log, then test again\."/,
    () =>
      acme({
        probe: async (client, context) => {
          try {
            return await acmeSpec.probe(client, context);
          } catch (failure) {
            const { kind, message } = ConnectorError.from(failure);
            const todo = "Look at the operator's log, then test again.";
            const acting = { blocks: 'connection', turn: 'you', todo } as const;
            return { tenant: null, checks: [{ name: 'credential', status: 'failed', error: { kind, message }, ...acting }] };
          }
        },
      }),
  ],
  [
    'leaves it open what is to be done',
    'connectionTroubles',
    /row "credential" at 401 to everything lacks "turn", "todo" or a message/,
    () =>
      acme({
        probe: async (client, context) => {
          try {
            return await acmeSpec.probe(client, context);
          } catch (failure) {
            const error = ConnectorError.from(failure).view();
            const acting = { blocks: 'connection', turn: 'you', todo: '' } as const;
            return { tenant: null, checks: [{ name: 'credential', status: 'failed', error, ...acting }] };
          }
        },
      }),
  ],
  [
    'says that all is well when nobody answers',
    'connectionTroubles',
    /says that all is well at 401/,
    () =>
      acme({ probe: async () => ({ tenant: { id: 'x', displayName: 'X' }, checks: [{ name: 'accounts', status: 'ok' }] }) }),
  ],
  [
    'takes any position for one of its own',
    'damagedPosition',
    /From the stored position .* stream memberships comes to an end without all its records/,
    () =>
      withMemberships(async function* ({ client, saved, synced }) {
        // Whatever it is, keys are compared with it.
        const after = typeof saved === 'object' && saved !== null && 'after' in saved ? String(saved['after']) : saved;
        for await (const { key } of synced.entries('group', after === undefined ? undefined : String(after)))
          yield { records: (await membersOf(client, key)).records, next: { after: key } };
        yield { records: [], next: null };
      }),
  ],
  [
    'keeps a secret in a text field',
    'form',
    /apiToken in the settings looks like a secret and is no SecretField/,
    () => Object.assign(acme(), { config: OpenSettings }),
  ],
  [
    'names no permission',
    'form',
    /Stream accounts names no permission/,
    () => acme({ streams: [{ ...accounts, requires: [] }, groups, memberships] }),
  ],
  [
    'accepts what it does not know',
    'settings',
    /Settings with a key that nobody knows are accepted/,
    () => {
      const good = acme();
      return Object.assign(good, {
        validateConfig: async (input: object, environment: object) => {
          const { address, token }: { address?: unknown; token?: unknown } = Object(input);
          return acme().validateConfig({ address, token }, environment);
        },
      });
    },
  ],
  [
    'reads a part otherwise than the list',
    'refreshEqualsListing',
    /Parts of stream accounts, read again by themselves \(by key\), differ from the listing/,
    () =>
      withAccounts((args) => accounts.read(args), {
        async *refresh(args) {
          for await (const page of accounts.refresh?.(args) ?? []) yield { ...page, records: page.records.map(withoutRaw) };
        },
      }),
  ],
  [
    'asks for changes since now and not since the last listing',
    'changesEqualListing',
    /stream accounts differs from a fresh listing/,
    () =>
      withAccounts((args) => accounts.read(args), {
        async *delta(args) {
          yield* accounts.delta?.({ ...args, since: new Date(Date.now() + 60_000).toISOString() }) ?? [];
        },
      }),
  ],
  [
    'forgets that members change with a group',
    'changesEqualListing',
    /stream memberships differs from a fresh listing/,
    () =>
      acme({
        streams: [
          accounts,
          {
            ...groups,
            async *delta(args) {
              for await (const page of groups.delta?.(args) ?? []) yield { ...page, stale: [] };
            },
          },
          memberships,
        ],
      }),
  ],
  [
    'does an action again when it is done',
    'actionsOnce',
    /asked twice, says that it has changed something twice/,
    () => acme({ actions: [{ ...deactivate, run: async (args) => ({ ...(await deactivate.run(args)), changed: true }) }] }),
  ],
  [
    'fails when it is done already',
    'actionsOnce',
    /fails when asked twice: upstream, It is inactive/,
    () =>
      acme({
        actions: [
          {
            ...deactivate,
            run: async (args) => {
              const outcome = await deactivate.run(args);
              if (!outcome.changed) throw new UpstreamError({ message: 'It is inactive.' });
              return outcome;
            },
          },
        ],
      }),
  ],
  [
    'says that it is done without doing it',
    'actionsOnce',
    /says that it is done, and the provider says that it is not/,
    () => acme({ actions: [{ ...deactivate, run: async () => ({ changed: true, message: 'Done.', stale: [] }) }] }),
  ],
  [
    'does not say what an action has changed',
    'actionsOnce',
    /the parts that it calls stale do not show all that it did/,
    () => acme({ actions: [{ ...deactivate, run: async (args) => ({ ...(await deactivate.run(args)), stale: [] }) }] }),
  ],
  [
    'keeps something for every page',
    'flatMemory',
    /the heap has grown by \d+ kB: something is kept for every page/,
    () => {
      const kept: SourceRecord[] = [];
      return withAccounts(async function* (args) {
        for await (const page of accounts.read(args)) {
          kept.push(...page.records);
          yield page;
        }
      });
    },
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

class QuotingClient extends AcmeClient {
  constructor(context: ConstructorParameters<typeof AcmeClient>[0]) {
    const http: typeof context.http = (given) =>
      context.http({ ...given, toError: ({ body }) => new UpstreamError({ message: `Acme says: ${JSON.stringify(body)}` }) });
    super({ ...context, http });
  }
}

class OpenSettings {
  @OriginField({ label: 'Address' }) readonly address!: string;
  @TextField({ label: 'Token' }) readonly apiToken!: string;
}

function withAccountData(changes: object): Connector<AcmeSettings> {
  return withAccounts(async function* (args) {
    for await (const page of accounts.read(args)) {
      const records = page.records.map((record) => Object.assign({}, record, { data: { ...record.data, ...changes } }));
      yield { ...page, records };
    }
  });
}

function withoutRaw(record: SourceRecord): SourceRecord {
  const copy = { ...record };
  Reflect.deleteProperty(copy, 'raw');
  return copy;
}

function edge(group: string, member: unknown): SourceRecord<'membership'> {
  const { userId }: { userId?: unknown } = Object(member);
  const id = String(userId);
  return { kind: 'membership', key: edgeKey(group, id), data: { group, memberKind: 'account', member: id } };
}

function unique<R extends { readonly key: string }>(records: readonly R[]): readonly R[] {
  return [...new Map(records.map((record) => [record.key, record])).values()];
}

/** The name that the first integration saw is given to the same row of the next. */
function remembering(record: SourceRecord, names: Map<string, string>): SourceRecord {
  if (record.kind !== 'account') return record;
  const row = record.key.replace(/^[a-z]+-/, '');
  const first = names.get(row) ?? `${record.data.login}`;
  names.set(row, first);
  return { ...record, data: { ...record.data, login: first } };
}

describe('a mistake is caught and named', () => {
  it.each(MISTAKES)(
    '%s',
    async (_, check, says, make) => {
      const verdict = await checkConnector(make(), options, check);
      expect(verdict).toMatchObject({ result: 'broken', reason: expect.stringMatching(says) });
    },
    120_000,
  );

  it('and every check has a mistake that it catches', () => {
    const without = CHECK_NAMES.filter((name) => !MISTAKES.some(([, check]) => check === name));
    expect(without).toEqual([]);
  });
});

describe('what is left out', () => {
  it('says why, in words of the author', async () => {
    const verdict = await checkConnector(
      acme(),
      { ...options, leaveOut: { flatMemory: 'Acme has ten people.' } },
      'flatMemory',
    );
    expect(verdict).toMatchObject({ result: 'left out', reason: 'Acme has ten people.' });
  });

  it('or in words of the suite, where there is nothing to look at', async () => {
    expect(await checkConnector(acme({ actions: [] }), options, 'actionsOnce')).toMatchObject({
      result: 'left out',
      reason: 'the connector has no action',
    });
  });

  it('but not where the upstream could do it and does not', async () => {
    const mute: ConformanceOptions = {
      ...options,
      upstream: {
        start: async (start) => {
          const { url, tenant, holds, secrets, close } = await acmeProvider.start(start);
          return { url, tenant, holds, secrets, close };
        },
      },
    };
    expect(await checkConnector(acme(), mute, 'changesEqualListing')).toMatchObject({
      result: 'broken',
      reason: expect.stringContaining('the upstream needs change()'),
    });
    expect(await checkConnector(acme(), mute, 'actionsOnce')).toMatchObject({
      result: 'broken',
      reason: expect.stringContaining('The upstream has nothing to try action deactivate-account on'),
    });
  });
});
