import {
  type ConnectorContext,
  defineConnector,
  defineStream,
  edgeKey,
  type HttpClient,
  type Json,
  type SourceRecord,
  UpstreamError,
} from '@castellan/connector-sdk';
import { OriginField, SecretField } from '@castellan/form-schema';

class Settings {
  @OriginField({ label: 'Address' }) readonly address!: string;
  @SecretField({ label: 'Token' }) readonly token!: string;
}

interface Team {
  readonly id: string;
  readonly name: string | null;
  /** `undefined`: the answer does not say who is in it. */
  readonly people: readonly string[] | undefined;
}

/** Speaks to a provider whose list of teams has the people of each team inside. */
class Client {
  readonly #http: HttpClient;

  constructor({ config, http }: ConnectorContext<Settings>) {
    this.#http = http({ origin: config.address, authorize: () => ({ authorization: `Bearer ${config.token}` }) });
  }

  async teams(cursor: string): Promise<{ readonly teams: readonly Team[]; readonly next: string | null }> {
    const { body } = await this.#http.send({ url: '/teams', query: cursor === '' ? {} : { cursor } });
    const { items, next } = Object(body);
    const isPage = Array.isArray(items) && (next === null || (typeof next === 'string' && next !== ''));
    if (!isPage) throw new UpstreamError({ message: 'The answer for /teams is no page of teams.' });
    return { teams: items.map(toTeam), next };
  }
}

const stream = defineStream<Client>();

const teams = stream({
  name: 'teams',
  kind: 'group',
  requires: ['teams:read'],
  semantics: 'snapshot',
  parseCursor: toText,
  async *read({ client, from }) {
    for (let cursor = from ?? ''; ; ) {
      const page = await client.teams(cursor);
      yield { records: page.teams.map(toGroup), next: page.next };
      if (page.next === null) return;
      cursor = page.next;
    }
  },
});

// #region members
const places = stream({
  name: 'places',
  kind: 'membership',
  requires: ['teams:read'],
  semantics: 'snapshot',
  parseCursor: toText,
  async *read({ client, from }) {
    for (let cursor = from ?? ''; ; ) {
      const page = await client.teams(cursor);
      const unknown = page.teams.filter(({ people }) => people === undefined);
      yield {
        records: page.teams.flatMap(({ id, people = [] }) => people.map((person) => toMembership(id, person))),
        unlisted: unknown.map(({ id }) => ({ partition: id, reason: 'The answer does not say who is in it.' })),
        next: page.next,
      };
      if (page.next === null) return;
      cursor = page.next;
    }
  },
});

function toMembership(group: string, member: string): SourceRecord<'membership'> {
  const data = { group, memberKind: 'account' as const, member };
  return { kind: 'membership', key: edgeKey(group, member), partition: group, data };
}
// #endregion

function toGroup({ id, name }: Team): SourceRecord<'group'> {
  const times = { createdAt: null, updatedAt: null, membershipUpdatedAt: null };
  return { kind: 'group', key: id, data: { name, description: null, origin: 'native', sourceApplication: null, ...times } };
}

function toTeam(item: unknown): Team {
  const { id, name, people } = Object(item);
  if (typeof id !== 'string' || id === '') throw new UpstreamError({ message: 'A team has no id.' });
  const texts = Array.isArray(people) && people.every((one) => typeof one === 'string') ? people : undefined;
  return { id, name: typeof name === 'string' ? name : null, people: texts };
}

function toText(saved: Json): string {
  if (typeof saved !== 'string') throw new TypeError('not a position of this stream');
  return saved;
}

export const connector = defineConnector<Settings, Client>({
  id: 'members-inside',
  displayName: 'Members inside of teams',
  config: Settings,
  connect: (context) => new Client(context),
  async probe(client, { config }) {
    await client.teams('');
    return { tenant: { id: config.address, displayName: config.address }, checks: [{ name: 'teams:read', status: 'ok' }] };
  },
  streams: [teams, places],
});
