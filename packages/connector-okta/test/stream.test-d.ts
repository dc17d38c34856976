import type { Page, ReadArgs, SourceRecord } from '@castellan/connector-sdk';
import type { OktaClient } from '../src/client/okta-client.js';
import { type FanOutCursor, type ListCursor, parseFanOutCursor, parseListCursor } from '../src/streams/cursors.js';
import { type Listing, listPages } from '../src/streams/listing.js';
import { oktaStream } from '../src/streams/okta-stream.js';

// Compiled by `npm run typecheck`, never run: each `@ts-expect-error` fails the build when the mistake below it is accepted.
declare const group: SourceRecord<'group'>;
declare const listing: Listing<'group'>;
declare const stray: (args: ReadArgs<OktaClient, ListCursor>) => AsyncGenerator<Page<'group', FanOutCursor>>;
const base = { name: 'x', requires: [], semantics: 'snapshot' } as const;
const lists = { ...base, parseCursor: parseListCursor };
const groupPages = (args: ReadArgs<OktaClient, ListCursor>): AsyncGenerator<Page<'group', ListCursor>> =>
  listPages(args, listing);

oktaStream({ ...lists, kind: 'group', read: groupPages });

// @ts-expect-error a stream of accounts must not yield groups
oktaStream({ ...lists, kind: 'account', read: groupPages });

// @ts-expect-error a listing cannot go on from the position of a fan-out
oktaStream({ ...base, parseCursor: parseFanOutCursor, kind: 'group', read: groupPages });

// @ts-expect-error a stream must yield the position that it can read back
oktaStream({ ...lists, kind: 'group', read: stray });

// @ts-expect-error a listing of accounts must not map to groups
export const wrong: Listing<'account'> = { first: { url: '/' }, map: () => group };
