import {
  type ActionArgs,
  type ActionPlan,
  ConfigError,
  type Connector,
  type ConnectorContext,
  ConnectorError,
  defineAction,
  type PlanArgs,
  defineConnector,
  defineStream,
  edgeKey,
  type HttpClient,
  type Json,
  type Rejected,
  type SourceRecord,
  todoFor,
  turnOf,
  UpstreamError,
  withNeeds,
} from '@castellan/connector-sdk';
import { OriginField, SecretField, TextField } from '@castellan/form-schema';

export class AcmeSettings {
  @OriginField({ label: 'Address', placeholder: 'https://acme.example.com' }) readonly address!: string;
  @SecretField({ label: 'Token' }) readonly token!: string;
}

class Whom {
  @TextField({ label: 'Account' }) readonly account!: string;
}

/** Reads the provider of `acme-provider.ts` as it should be done; the planted mistakes are made from its parts. */
export class AcmeClient {
  readonly http: HttpClient;
  constructor({ config, http }: ConnectorContext<AcmeSettings>) {
    const { token } = config;
    this.http = http({ origin: config.address, authorize: () => ({ authorization: `Bearer ${token}` }) });
  }

  async users(
    from: string | undefined,
    since?: string,
  ): Promise<{ readonly items: readonly unknown[]; readonly next: string | null }> {
    const query = since === undefined || from !== undefined ? {} : { query: { changedSince: since } };
    const { body, next } = await this.http.send({ url: from ?? '/users', ...query });
    return { items: listOf(body, '/users'), next: next ?? null };
  }

  async items(
    path: string,
    cursor: string | undefined,
    since?: string,
  ): Promise<{ readonly items: readonly unknown[]; readonly next: string | null }> {
    const query = { ...(cursor !== undefined && { cursor }), ...(since !== undefined && { changedSince: since }) };
    const { body } = await this.http.send({ url: path, query });
    const { items, next } = objectOf(body, path);
    // Acme writes null on the last page: a page without its cursor is not the last.
    if (next !== null && typeof next !== 'string')
      throw new UpstreamError({ message: `Acme answered ${path} without saying whether there is more.` });
    return { items: listOf(items, path), next };
  }
}

function objectOf(body: unknown, path: string): { readonly items?: unknown; readonly next?: unknown } {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new UpstreamError({ message: `Acme answered ${path} with something that is no list.` });
}

function listOf(body: unknown, path: string): readonly unknown[] {
  if (Array.isArray(body)) return body;
  throw new UpstreamError({ message: `Acme answered ${path} with something that is no list.` });
}

export function textIn(value: unknown, name: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const found = new Map<string, unknown>(Object.entries(value)).get(name);
  return typeof found === 'string' && found !== '' ? found : null;
}

export function accountOf(user: unknown): SourceRecord<'account'> | undefined {
  const id = textIn(user, 'id');
  if (id === null) return undefined;
  const active = typeof user === 'object' && user !== null && 'active' in user ? user.active : undefined;
  return {
    kind: 'account',
    key: id,
    data: {
      login: textIn(user, 'email'),
      email: textIn(user, 'email'),
      displayName: textIn(user, 'name'),
      status: active === true ? 'active' : active === false ? 'deprovisioned' : 'unknown',
      providerStatus: active === undefined ? null : String(active),
      isHuman: null,
      createdAt: textIn(user, 'createdAt'),
      activatedAt: null,
      lastLoginAt: null,
      passwordChangedAt: null,
      statusChangedAt: null,
      updatedAt: textIn(user, 'updatedAt'),
      manager: null,
      department: null,
      credentialProvider: null,
    },
    raw: { id, name: textIn(user, 'name') },
  };
}

export function groupOf(group: unknown): SourceRecord<'group'> | undefined {
  const id = textIn(group, 'id');
  if (id === null) return undefined;
  return {
    kind: 'group',
    key: id,
    data: {
      name: textIn(group, 'name'),
      description: null,
      origin: 'native',
      sourceApplication: null,
      createdAt: null,
      updatedAt: textIn(group, 'updatedAt'),
      membershipUpdatedAt: null,
    },
  };
}

export function membershipOf(group: string, member: unknown): SourceRecord<'membership'> | undefined {
  const id = textIn(member, 'userId');
  if (id === null) return undefined;
  return { kind: 'membership', key: edgeKey(group, id), partition: group, data: { group, memberKind: 'account', member: id } };
}

export function sorted<R>(
  items: readonly unknown[],
  map: (item: unknown) => R | undefined,
): { readonly records: R[]; readonly rejected: Rejected[] } {
  const records: R[] = [];
  const rejected: Rejected[] = [];
  for (const [index, item] of items.entries()) {
    const record = map(item);
    if (record === undefined) rejected.push({ reason: 'it has no id', at: `row ${index}` });
    else records.push(record);
  }
  return { records, rejected };
}

export const stream = defineStream<AcmeClient>();
export const action = defineAction<AcmeClient>();

function text(value: Json): string {
  if (typeof value === 'string' && /^(https?:|[A-Za-z0-9_-]{8,}$)/.test(value) && value !== 'nonsense') return value;
  throw new Error('no position of ours');
}

export const accounts = stream({
  name: 'accounts',
  kind: 'account',
  requires: ['users:read'],
  semantics: 'snapshot',
  parseCursor: text,
  async *read({ client, from }) {
    const began = new Date().toISOString();
    for (let at: string | undefined = from; ; ) {
      const { items, next } = await client.users(at);
      const { records, rejected } = sorted(items, accountOf);
      yield { records, rejected, next, ...(next === null && { resumeFrom: began }) };
      if (next === null) return;
      at = next;
    }
  },
  async *delta({ client, since }) {
    const began = new Date().toISOString();
    for (let at: string | undefined; ; ) {
      const { items, next } = await client.users(at, String(since));
      yield { records: sorted(items, accountOf).records, ...(next === null && { resumeFrom: began }) };
      if (next === null) return;
      at = next;
    }
  },
  async *refresh({ client, scopes }) {
    for (const scope of scopes) {
      const { status, body } = await client.http.send({ url: `/users/${encodeURIComponent(scope.value)}`, accept: [404] });
      const record = status === 404 ? undefined : accountOf(body);
      yield { records: record === undefined ? [] : [record], complete: [scope] };
    }
  },
});

export const groups = stream({
  name: 'groups',
  kind: 'group',
  requires: ['groups:read'],
  semantics: 'snapshot',
  parseCursor: text,
  async *read({ client, from }) {
    const began = new Date().toISOString();
    for (let at: string | undefined = from; ; ) {
      const { items, next } = await client.items('/groups', at);
      yield { ...sorted(items, groupOf), next, ...(next === null && { resumeFrom: began }) };
      if (next === null) return;
      at = next;
    }
  },
  async *delta({ client, since }) {
    const began = new Date().toISOString();
    for (let at: string | undefined; ; ) {
      const { items, next } = await client.items('/groups', at, String(since));
      const { records } = sorted(items, groupOf);
      const stale = records.map(({ key }) => ({ stream: 'memberships', scope: { field: 'group', value: key }, at: began }));
      yield { records, stale, ...(next === null && { resumeFrom: began }) };
      if (next === null) return;
      at = next;
    }
  },
});

export async function membersOf(
  client: AcmeClient,
  group: string,
): Promise<ReturnType<typeof sorted<SourceRecord<'membership'>>>> {
  const all = { records: [] as SourceRecord<'membership'>[], rejected: [] as Rejected[] };
  const seen = new Set<string>();
  for (let at: string | undefined; ; ) {
    const { items, next } = await client.items(`/groups/${encodeURIComponent(group)}/members`, at);
    const { records, rejected } = sorted(items, (item) => membershipOf(group, item));
    all.records.push(...records);
    all.rejected.push(...rejected);
    if (next === null) return all;
    if (seen.has(next)) throw new UpstreamError({ message: `Acme's pages of the members of ${group} lead in a circle.` });
    seen.add(next);
    at = next;
  }
}

export const memberships = stream({
  name: 'memberships',
  kind: 'membership',
  dependsOn: ['groups'],
  requires: ['groups:read'],
  semantics: 'snapshot',
  parseCursor: (value: Json): { readonly after: string } => {
    if (typeof value === 'object' && value !== null && 'after' in value && typeof value['after'] === 'string')
      return { after: value['after'] };
    throw new Error('no position of ours');
  },
  async *read({ client, from, synced }) {
    for await (const { key } of synced.entries('group', from?.after)) {
      try {
        yield { ...(await membersOf(client, key)), next: { after: key } };
      } catch (error) {
        if (!ConnectorError.is(error) || error.kind === 'aborted' || error.kind === 'rate_limit') throw error;
        yield { records: [], unlisted: [{ partition: key, reason: error.message }], next: { after: key } };
      }
    }
    yield { records: [], next: null };
  },
  async *refresh({ client, scopes }) {
    for (const scope of scopes) {
      const known = scope.field === 'group';
      if (known) yield { ...(await membersOf(client, scope.value)), complete: [scope] };
      else yield { records: [], complete: [], unread: [{ scope, reason: `cannot be read by ${scope.field}` }] };
    }
  },
});

async function planActive({ client, input }: PlanArgs<AcmeClient, Whom>, wanted: boolean): Promise<ActionPlan> {
  const { account } = input;
  const url = `/users/${encodeURIComponent(account)}`;
  const { status, body } = await client.http.send({ url, accept: [404] });
  if (status === 404) throw new ConfigError({ field: 'account', message: 'There is no such account at Acme.' });
  const isDone = (accountOf(body)?.data.status !== 'deprovisioned') === wanted;
  return {
    state: isDone ? 'done' : 'open',
    calls: isDone ? [] : [{ method: 'PATCH', path: url, body: { active: wanted } }],
    touches: [{ kind: 'account', key: account, name: account }],
    consequences: [],
    outcome: `Account ${account} is ${wanted ? 'active' : 'inactive'}.`,
    stale: [{ stream: 'accounts', scope: { field: 'key', value: account }, at: new Date().toISOString() }],
    undo: { action: wanted ? 'deactivate-account' : 'activate-account', input: { account } },
  };
}

async function sendPlanned({ client, plan }: ActionArgs<AcmeClient, Whom>): Promise<undefined> {
  for (const { method, path, body = {} } of plan.calls)
    await client.http.send({ method, url: path, json: body, repeatable: true });
}

export const deactivate = action({
  name: 'deactivate-account',
  title: 'Deactivate account',
  summary: 'The account can no longer sign in.',
  subject: 'account',
  effect: 'destructive',
  purpose: 'contain',
  undo: 'activate-account',
  requires: ['users:write'],
  byHand: ['Users > the user > Deactivate.'],
  input: Whom,
  plan: (args) => planActive(args, false),
  run: sendPlanned,
});

export const activate = action({
  name: 'activate-account',
  title: 'Activate account',
  summary: 'The account can sign in again.',
  subject: 'account',
  effect: 'write',
  purpose: 'restore',
  undo: 'deactivate-account',
  requires: ['users:write'],
  byHand: ['Users > the user > Activate.'],
  input: Whom,
  plan: (args) => planActive(args, true),
  run: sendPlanned,
});

type AcmeSpec = Parameters<typeof defineConnector<AcmeSettings, AcmeClient>>[0];

export const acmeSpec: AcmeSpec = {
  id: 'acme',
  displayName: 'Acme',
  config: AcmeSettings,
  connect: (context) => new AcmeClient(context),
  streams: [accounts, groups, memberships],
  actions: [deactivate, activate],
  probe: async ({ http }) => {
    const { body } = await http.send({ url: '/me' });
    const tenant = { id: textIn(body, 'id') ?? '', displayName: textIn(body, 'name') ?? '' };
    const rows = await Promise.all([rowFor(http, 'users:read', '/users'), rowFor(http, 'groups:read', '/groups')]);
    return { tenant, checks: [{ name: 'organisation', status: 'ok' }, ...rows] };
  },
};

async function rowFor(http: HttpClient, name: string, url: string) {
  try {
    await http.send({ url });
    return { name, status: 'ok' } as const;
  } catch (error) {
    const known = withNeeds(ConnectorError.from(error), [name]);
    if (known.kind === 'aborted') throw known;
    const acting = { turn: turnOf(known.kind), todo: todoFor(known) };
    return { name, status: 'failed', error: known.view(), blocks: 'stream', ...acting } as const;
  }
}

/** The sample connector, or one with some of its parts made wrong. */
export function acme(changes: Partial<AcmeSpec> = {}): Connector<AcmeSettings> {
  return defineConnector<AcmeSettings, AcmeClient>({ ...acmeSpec, ...changes });
}
