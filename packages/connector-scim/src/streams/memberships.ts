import {
  inOrder,
  type Json,
  type Page,
  type ReadArgs,
  type Rejected,
  type SourceRecord,
  type SyncedEntry,
  type Unlisted,
} from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import type { Members } from '../map/group.js';
import { fieldsOf, text } from '../paging/place.js';
import { refreshMemberships } from '../refresh/memberships.js';
import { Failures } from './failures.js';
import { readMembers } from './members.js';
import { READ_GROUPS } from './rights.js';
import { scimStream } from './scim-stream.js';

// A type and not an interface: only those may be taken for Json.
/** All groups up to and with `after` are through. */
type GroupCursor = { readonly after: string; readonly isAnyRead: boolean };

/** Groups asked for at once. */
const AHEAD = 8;
/** A page is handed over when it holds so many rows, or so many groups are through. */
const FULL_PAGE = 1_000;
const MOST_GROUPS = 100;

/** Members of each group, accounts and groups. One call a group: the member lists of a whole page of groups have no bound. */
export const memberships = scimStream({
  name: 'memberships',
  kind: 'membership',
  dependsOn: ['groups'],
  requires: [READ_GROUPS],
  semantics: 'snapshot',
  parseCursor: (value: Json): GroupCursor => {
    const fields = fieldsOf(value);
    return { after: text(fields, 'after'), isAnyRead: fields.get('isAnyRead') === true };
  },
  read: readMemberships,
  refresh: refreshMemberships,
});

async function* readMemberships({
  client,
  from,
  synced,
}: ReadArgs<ScimClient, GroupCursor>): AsyncGenerator<Page<'membership', GroupCursor>, void, void> {
  const failures = new Failures(from?.isAnyRead ?? false);
  const open = async (group: SyncedEntry): Promise<Opened> => {
    try {
      return { group: group.key, members: await readMembers(client, group.key, synced) };
    } catch (failure) {
      return { group: group.key, failure };
    }
  };
  let page = new PageInMaking();
  for await (const opened of inOrder(synced.entries('group', from?.after), AHEAD, open)) {
    page.add(opened, failures);
    if (!page.isFull) continue;
    yield { ...page, next: { after: opened.group, isAnyRead: failures.isAnyRead } };
    page = new PageInMaking();
  }
  failures.finish();
  yield { ...page, next: null };
}

type Opened = { readonly group: string } & ({ readonly members: Members | 'gone' } | { readonly failure: unknown });

class PageInMaking {
  readonly records: SourceRecord<'membership'>[] = [];
  readonly rejected: Rejected[] = [];
  readonly unlisted: Unlisted[] = [];
  #groups = 0;

  get isFull(): boolean {
    return this.records.length >= FULL_PAGE || this.#groups >= MOST_GROUPS;
  }

  add(opened: Opened, failures: Failures): void {
    this.#groups += 1;
    if ('failure' in opened) {
      this.unlisted.push({ partition: opened.group, reason: failures.fail(opened.failure).message });
      return;
    }
    failures.pass();
    // A group that is gone has no members.
    if (opened.members === 'gone') return;
    // Not by spreading: a group of a hundred thousand would be as many arguments.
    for (const record of opened.members.records) this.records.push(record);
    this.rejected.push(...opened.members.rejected);
  }
}
