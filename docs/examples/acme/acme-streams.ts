import { ConnectorError, defineStream, edgeKey, type Json, type SourceRecord } from '@castellan/connector-sdk';
import type { AcmeClient, Row } from './acme-client.js';

const stream = defineStream<AcmeClient>();

// #region link
export const people = stream({
  name: 'people',
  kind: 'account',
  requires: ['people:read'],
  semantics: 'snapshot',
  parseCursor: toText,
  async *read({ client, from }) {
    for (let link: string | null = from ?? ''; link !== null; ) {
      const page = await client.people(link);
      link = page.next ?? null;
      yield { records: page.people.map(toAccount), next: link };
    }
  },
});
// #endregion

// #region number
export const groups = stream({
  name: 'groups',
  kind: 'group',
  requires: ['groups:read'],
  semantics: 'snapshot',
  parseCursor: toNumber,
  async *read({ client, from }) {
    for (let page = from ?? 1; ; page += 1) {
      const { groups: rows, pages } = await client.groups(page);
      const isLast = page >= pages;
      yield { records: rows.map(toGroup), next: isLast ? null : page + 1 };
      if (isLast) return;
    }
  },
});
// #endregion

// #region fan-out
/** Groups up to `done` are through; inside of `group` the next page has this token. */
type Place = { readonly done: string; readonly group: string; readonly token: string };

export const memberships = stream({
  name: 'memberships',
  kind: 'membership',
  dependsOn: ['groups'],
  requires: ['groups:read'],
  semantics: 'snapshot',
  parseCursor: toPlace,
  async *read({ client, from, synced }) {
    let done = from?.done ?? '';
    for await (const { key: group } of synced.entries('group', done)) {
      let token = from?.group === group ? from.token : '';
      do {
        const page = await membersOf(client, group, token);
        token = 'ids' in page ? page.next : '';
        if (token === '') done = group;
        const records = 'ids' in page ? page.ids.map((member) => toMembership(group, member)) : [];
        const unlisted = 'reason' in page ? [{ partition: group, reason: page.reason }] : [];
        yield { records, unlisted, next: { done, group: token === '' ? '' : group, token } };
      } while (token !== '');
    }
    yield { records: [], next: null };
  },
});

/** A group that is gone has no members; one that may not be read keeps those that are known. Everything else ends the stream. */
async function membersOf(client: AcmeClient, group: string, token: string) {
  try {
    return (await client.members(group, token)) ?? { ids: [], next: '' };
  } catch (error) {
    if (ConnectorError.is(error) && error.kind === 'permission') return { reason: error.message };
    throw error;
  }
}
// #endregion

// #region changes
export const activity = stream({
  name: 'activity',
  kind: 'activity',
  requires: ['events:read'],
  semantics: 'changes',
  parseCursor: toText,
  async *read({ client, from }) {
    for (let after = from ?? ''; ; ) {
      const events = await client.events(after);
      const last = events.at(-1)?.id;
      if (last === undefined) {
        yield { records: [], next: null, resumeFrom: after };
        return;
      }
      yield { records: events.map(toActivity), next: last };
      after = last;
    }
  },
});
// #endregion

// #region parse
function toText(saved: Json): string {
  if (typeof saved !== 'string') throw new TypeError('not a position of this stream');
  return saved;
}

function toPlace(saved: Json): Place {
  const { done, group, token } = Object(saved);
  return { done: toText(done), group: toText(group), token: toText(token) };
}
// #endregion

function toNumber(saved: Json): number {
  if (typeof saved !== 'number') throw new TypeError('not a position of this stream');
  return saved;
}

// #region map
function toAccount({ id, values }: Row): SourceRecord<'account'> {
  return {
    kind: 'account',
    key: id,
    data: {
      login: text(values.get('email')),
      email: text(values.get('email')),
      displayName: text(values.get('name')),
      status: values.get('state') === 'on' ? 'active' : values.get('state') === 'off' ? 'deprovisioned' : 'unknown',
      providerStatus: text(values.get('state')),
      // Acme tells nothing of these.
      isHuman: null,
      createdAt: null,
      activatedAt: null,
      lastLoginAt: null,
      passwordChangedAt: null,
      statusChangedAt: null,
      updatedAt: null,
      manager: null,
      department: null,
      credentialProvider: null,
    },
  };
}
// #endregion

function toGroup({ id, values }: Row): SourceRecord<'group'> {
  const dates = { createdAt: null, updatedAt: null, membershipUpdatedAt: null };
  const data = {
    name: text(values.get('name')),
    description: null,
    origin: 'native',
    sourceApplication: null,
    ...dates,
  } as const;
  return { kind: 'group', key: id, data };
}

function toMembership(group: string, member: string): SourceRecord<'membership'> {
  const data = { group, memberKind: 'account', member } as const;
  return { kind: 'membership', key: edgeKey(group, member), partition: group, data };
}

function toActivity({ id, values }: Row): SourceRecord<'activity'> {
  const nothing = { severity: null, message: null, outcomeReason: null, client: null, session: null, transaction: null };
  // Acme does not say who did it, so that nothing of it can be counted as used.
  const unused = { use: null, used: null };
  const published = new Date(String(values.get('time'))).toISOString();
  const type = text(values.get('type')) ?? 'unknown';
  return {
    kind: 'activity',
    key: id,
    data: { ...nothing, ...unused, published, type, outcome: null, actor: null, targets: [] },
  };
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
