import { ConnectorError, defineConnector, defineStream, turnOf } from '@castellan/connector-sdk';
import { SecretField } from '@castellan/form-schema';

/** One address for every customer: no setting. */
const ORIGIN = 'https://api.lantern.example';

class LanternSettings {
  token;
}
// No compiler looks at this file: what `@SecretField(...)` is.
SecretField({ label: 'Token' })(LanternSettings.prototype, 'token');

class LanternClient {
  #http;
  constructor({ config, http }) {
    this.#http = http({ origin: ORIGIN, authorize: () => ({ authorization: `Bearer ${config.token}` }) });
  }
  get(url) {
    return this.#http.send({ url });
  }
}

const stream = defineStream();

/** The next page is named by a header. */
const accounts = stream({
  name: 'accounts',
  kind: 'account',
  requires: ['users:read'],
  semantics: 'snapshot',
  parseCursor: String,
  async *read({ client, from }) {
    for (let url = from ?? '/v1/users'; url !== null; ) {
      const { body, next } = await client.get(url);
      url = next ?? null;
      yield { records: body.items.map((item) => recordOf('account', item, ACCOUNT)), next: url };
    }
  },
});

/** The next page is named in the answer. */
const groups = stream({
  name: 'groups',
  kind: 'group',
  requires: ['groups:read'],
  semantics: 'snapshot',
  parseCursor: String,
  async *read({ client, from }) {
    for (let url = from ?? '/v1/groups'; url !== null; ) {
      const { body } = await client.get(url);
      url = body.next;
      yield { records: body.items.map((item) => recordOf('group', item, {})), next: url };
    }
  },
});

const ACCOUNT = { login: null, email: null, status: 'active' };

function recordOf(kind, { id }, own) {
  return { kind, key: id, ...own };
}

async function row(name, client, url) {
  try {
    await client.get(url);
    return { name, status: 'ok' };
  } catch (error) {
    const known = ConnectorError.from(error);
    const blocks = known.kind === 'permission' ? 'stream' : 'connection';
    return {
      name,
      status: 'failed',
      error: known.view(),
      blocks,
      turn: turnOf(known.kind),
      todo: 'Grant it, then test again.',
    };
  }
}

export const connector = defineConnector({
  id: 'lantern',
  displayName: 'Lantern',
  config: LanternSettings,
  connect: (context) => new LanternClient(context),
  async probe(client) {
    // Whoever may not even ask this gets no rows: what is thrown here is told by the SDK.
    await client.get('/v1/lamp');
    const checks = [await row('users:read', client, '/v1/users'), await row('groups:read', client, '/v1/groups')];
    return { tenant: { id: 'lantern', displayName: 'Lantern' }, checks };
  },
  streams: [accounts, groups],
});
