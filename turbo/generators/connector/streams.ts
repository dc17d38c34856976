import { type Answers, classPrefix, type StreamName } from './answers.js';

/** One stream of a new connector. */
export interface StreamCode {
  readonly permission: string;
  /** The list that it reads; a fan-out has none of its own. */
  readonly path: string;
  readonly file: (answers: Answers) => string;
}

const list = (
  stream: StreamName,
  kind: string,
  permission: string,
  path: string,
  map: string,
): string => `import type { SourceRecord } from '@castellan/connector-sdk';
import { idIn, instantIn, rawOf, textIn, valueIn } from '../client/answer.js';
import { rowsOf } from '../map/rows.js';
import { parsePosition, positionOf, stream } from './define.js';

export const ${stream} = stream({
  name: '${stream}',
  kind: '${kind}',
  requires: ['${permission}'],
  semantics: 'snapshot',
  parseCursor: parsePosition,
  async *read({ client, from }) {
    for (let cursor = from?.cursor; ; ) {
      const { items, next } = await client.list('${path}', cursor);
      // Records and the position after them are one value: nothing is lost, wherever the host dies.
      yield { ...rowsOf(items, toRecord), next: positionOf(next) };
      if (next === null) return;
      cursor = next;
    }
  },
});

${map}
`;

const ACCOUNT = `function toRecord(user: unknown): SourceRecord<'account'> | undefined {
  const id = idIn(user, 'id');
  if (id === null) return undefined;
  const active = valueIn(user, 'active');
  return {
    kind: 'account',
    key: id,
    data: {
      login: textIn(user, 'login'),
      email: textIn(user, 'email'),
      displayName: textIn(user, 'name'),
      status: active === true ? 'active' : active === false ? 'deprovisioned' : 'unknown',
      providerStatus: null, // a flag is no word of the provider's
      isHuman: null,
      createdAt: instantIn(user, 'createdAt'),
      activatedAt: null,
      lastLoginAt: instantIn(user, 'lastLoginAt'),
      passwordChangedAt: null,
      statusChangedAt: null,
      updatedAt: instantIn(user, 'updatedAt'),
      manager: null,
      department: textIn(user, 'department'),
      credentialProvider: null,
    },
    raw: rawOf(user, ['id', 'login', 'email', 'name', 'active', 'department', 'createdAt', 'lastLoginAt', 'updatedAt']),
  };
}`;

const GROUP = `function toRecord(group: unknown): SourceRecord<'group'> | undefined {
  const id = idIn(group, 'id');
  if (id === null) return undefined;
  return {
    kind: 'group',
    key: id,
    data: {
      name: textIn(group, 'name'),
      description: textIn(group, 'description'),
      origin: valueIn(group, 'builtIn') === true ? 'builtin' : 'native',
      sourceApplication: null,
      createdAt: instantIn(group, 'createdAt'),
      updatedAt: instantIn(group, 'updatedAt'),
      membershipUpdatedAt: null,
    },
    raw: rawOf(group, ['id', 'name', 'description', 'builtIn', 'createdAt', 'updatedAt']),
  };
}`;

const APPLICATION = `function toRecord(app: unknown): SourceRecord<'application'> | undefined {
  const id = idIn(app, 'id');
  if (id === null) return undefined;
  const enabled = valueIn(app, 'enabled');
  return {
    kind: 'application',
    key: id,
    data: {
      label: textIn(app, 'name'),
      name: textIn(app, 'product'),
      status: enabled === true ? 'active' : enabled === false ? 'inactive' : 'unknown',
      providerStatus: null, // a flag is no word of the provider's
      signOnMode: textIn(app, 'signOn'),
      features: [],
      createdAt: instantIn(app, 'createdAt'),
      updatedAt: instantIn(app, 'updatedAt'),
    },
    raw: rawOf(app, ['id', 'name', 'product', 'enabled', 'signOn', 'createdAt', 'updatedAt']),
  };
}`;

const MEMBERSHIPS = `import { ConnectorError, edgeKey, type Json, PageTrail, type Rejected, type SourceRecord, UpstreamError } from '@castellan/connector-sdk';
import { idIn, textIn, valueIn } from '../client/answer.js';
import type { CLIENT_CLASS } from '../client/CLIENT_FILE.js';
import { rowsOf } from '../map/rows.js';
import { stream } from './define.js';

/** Reads the members group by group: a partition each, so that one group that cannot be read costs no other. */
export const memberships = stream({
  name: 'memberships',
  kind: 'membership',
  dependsOn: ['groups'],
  requires: ['groups:read'],
  semantics: 'snapshot',
  parseCursor: (value: Json) => {
    const after = textIn(value, 'after');
    if (after === null) throw new Error('no position of ours');
    return { after };
  },
  async *read({ client, from, synced }) {
    for await (const { key: group } of synced.entries('group', from?.after)) {
      const next = { after: group };
      try {
        yield { ...(await membersOf(client, group)), next };
      } catch (error) {
        if (!concernsOneGroup(error)) throw error;
        yield { records: [], unlisted: [{ partition: group, reason: error.message }], next };
      }
    }
    yield { records: [], next: null };
  },
});

interface Members {
  readonly records: readonly SourceRecord<'membership'>[];
  readonly rejected: readonly Rejected[];
}

async function membersOf(client: CLIENT_CLASS, group: string): Promise<Members> {
  const records: SourceRecord<'membership'>[] = [];
  const rejected: Rejected[] = [];
  const trail = new PageTrail();
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await client.list(\`/groups/\${encodeURIComponent(group)}/members\`, cursor);
    const rows = rowsOf(items, (item) => toRecord(group, item));
    records.push(...rows.records);
    rejected.push(...rows.rejected);
    if (next === null) return { records, rejected };
    const problem = trail.follow(next);
    if (problem !== undefined) throw new UpstreamError({ message: \`The members of group \${group} could not be read: \${problem}.\` });
    cursor = next;
  }
}

/** A wrong credential or a stop concerns everything; a refusal or a fault may concern this group alone. */
function concernsOneGroup(error: unknown): error is ConnectorError {
  return ConnectorError.is(error) && ['permission', 'transient', 'upstream'].includes(error.kind);
}

function toRecord(group: string, item: unknown): SourceRecord<'membership'> | undefined {
  const member = idIn(item, 'id');
  if (member === null) return undefined;
  const memberKind = valueIn(item, 'type') === 'group' ? 'group' : 'account';
  return { kind: 'membership', key: edgeKey(group, member), partition: group, data: { group, memberKind, member } };
}
`;

function memberships({ id }: Answers): string {
  return MEMBERSHIPS.replaceAll('CLIENT_CLASS', `${classPrefix(id)}Client`).replaceAll('CLIENT_FILE', `${id}-client`);
}

export const STREAM_CODE: Readonly<Record<StreamName, StreamCode>> = {
  accounts: {
    permission: 'users:read',
    path: '/users',
    file: () => list('accounts', 'account', 'users:read', '/users', ACCOUNT),
  },
  groups: { permission: 'groups:read', path: '/groups', file: () => list('groups', 'group', 'groups:read', '/groups', GROUP) },
  memberships: { permission: 'groups:read', path: '/groups', file: memberships },
  applications: {
    permission: 'applications:read',
    path: '/applications',
    file: () => list('applications', 'application', 'applications:read', '/applications', APPLICATION),
  },
};
