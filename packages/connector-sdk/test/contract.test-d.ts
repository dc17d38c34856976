/** Type tests: this file is compiled, never run. Each `@ts-expect-error` fails the type check when the contract gets laxer. */
import { TextField } from '@castellan/form-schema';
import {
  type Connector,
  type ConnectorErrorKind,
  defineConnector,
  defineStream,
  type ErrorPolicy,
  type SourceRecord,
} from '../src/index.js';

class Settings {
  @TextField({ label: 'Name' }) readonly name!: string;
}
interface Client {
  readonly token: 1;
}
const stream = defineStream<Client>();
const info = { name: 'groups', requires: [], semantics: 'snapshot', parseCursor: () => 1 } as const;
const group = {
  name: 'Everyone',
  description: null,
  origin: 'builtin',
  sourceApplication: null,
  createdAt: null,
  updatedAt: null,
  membershipUpdatedAt: null,
} as const;

// The client is the one named in defineStream; the cursor is what parseCursor returns.
stream({
  ...info,
  kind: 'group',
  async *read({ client, from }) {
    const token: 1 = client.token;
    const position: number | undefined = from;
    yield { records: [{ kind: 'group', key: 'g', data: group }], next: position === token ? null : 2 };
  },
});

// @ts-expect-error an account stream cannot yield a group
stream({
  ...info,
  kind: 'account',
  async *read() {
    yield { records: [{ kind: 'group', key: 'g', data: group }], next: null };
  },
});

stream({
  ...info,
  kind: 'group',
  // @ts-expect-error a page's position has the type that parseCursor returns
  async *read() {
    yield { records: [], next: 'two' };
  },
});

stream({
  ...info,
  kind: 'group',
  // @ts-expect-error a page must say whether more follows
  async *read() {
    yield { records: [] };
  },
});

// @ts-expect-error semantics is a closed union
stream({ ...info, kind: 'group', semantics: 'delta', async *read() {} });

// @ts-expect-error a kind outside the vocabulary needs an ADR
stream({ ...info, kind: 'device', async *read() {} });

// @ts-expect-error every field of the vocabulary is given, `null` where the provider did not say
const partial: SourceRecord<'membership'> = { kind: 'membership', key: 'k', data: { group: 'g', member: 'm' } };
void partial;

// @ts-expect-error a cursor is JSON: a Date would not survive being stored
stream({ ...info, kind: 'group', parseCursor: () => new Date(), async *read() {} });

const connector: Connector<Settings> = defineConnector({
  id: 'x',
  displayName: 'X',
  config: Settings,
  connect: () => ({ token: 1 as const }),
  probe: async () => ({ tenant: null, checks: [] }),
  streams: [],
});

defineConnector({
  id: 'x',
  displayName: 'X',
  config: Settings,
  // @ts-expect-error the streams' client is what connect gives
  connect: () => ({ token: 2 as const }),
  probe: async () => ({ tenant: null, checks: [] }),
  streams: [stream({ ...info, kind: 'group', async *read() {} })],
});

const validated = await connector.validateConfig({});
if (validated.ok) {
  const name: string = validated.config.name;
  void name;
  // @ts-expect-error a validated configuration is read-only
  validated.config.name = 'x';
  // @ts-expect-error and has no other keys
  void validated.config.nope;
}

// @ts-expect-error a policy table that forgets a kind does not compile
const policy = { config: { retry: 'never', ends: 'run', blame: 'customer', pagesOperator: false } } as const satisfies Record<
  ConnectorErrorKind,
  ErrorPolicy
>;
void policy;

defineConnector({
  id: 'x',
  displayName: 'X',
  config: Settings,
  connect: () => 1,
  probe: async () => ({ tenant: null, checks: [] }),
  streams: [],
  // @ts-expect-error capabilities are derived, never declared
  capabilities: ['sync'],
});
