import type { Page, ReadArgs, SyncedReader } from '@castellan/connector-sdk';
import { BUCKETS } from '../client/buckets.js';
import type { OktaClient } from '../client/okta-client.js';
import { refreshResourceSetMembers } from '../refresh/resource-set-members.js';
import { type FanOutCursor, parseFanOutCursor } from './cursors.js';
import { fanOut } from './fan-out.js';
import { oktaStream } from './okta-stream.js';
import { listSets, membersOf } from './resource-sets.js';

/** What custom roles hold over. An organisation has few sets, so that their list is read anew by a run that goes on. */
export const resourceSetMembers = oktaStream({
  name: 'resource-set-members',
  kind: 'resource_set_member',
  requires: ['okta.roles.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: readMembers,
  refresh: refreshResourceSetMembers,
});

async function* readMembers(
  args: ReadArgs<OktaClient, FanOutCursor>,
): AsyncGenerator<Page<'resource_set_member', FanOutCursor>, void, void> {
  const { client } = args;
  const { sets, calls } = await listSets(client);
  yield* fanOut<'resource_set_member'>(
    { ...args, synced: asParents([...sets.keys()].toSorted()) },
    {
      cost: { stream: 'resource-set-members', bucket: BUCKETS.iam, besides: calls },
      parents: 'role',
      list: ({ key }, next) => membersOf(client, sets.get(key) ?? { key, label: null }, next),
    },
  );
}

/** A fan-out whose parts are sets, of which there are no records. */
function asParents(keys: readonly string[]): SyncedReader {
  return {
    async *entries(_kind, after = '') {
      for (const key of keys) if (key > after) yield { key, hint: undefined };
    },
    async get() {
      return undefined;
    },
    async *where() {},
  };
}
