import { inOrder, type JsonObject, type Json, type Page, type ReadArgs } from '@castellan/connector-sdk';
import { BUCKETS } from '../client/buckets.js';
import { type OktaClient, type OktaList, wrappedListOf } from '../client/okta-client.js';
import { FIELDS } from '../map/field-names.js';
import { whyNoRow } from '../map/ids.js';
import { ObjectReader } from '../map/object-reader.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { fieldsOf, type ListCursor, parseFanOutCursor, parseListCursor } from './cursors.js';
import { fanOut, type PartPage } from './fan-out.js';
import { oktaStream } from './okta-stream.js';
import { Paging } from './paging.js';
import { PartTally } from './part-tally.js';
import { segment } from './parts.js';
import { roleRecords } from './role-rows.js';
import { refreshRoleAssignments } from '../refresh/role-assignments.js';

const ASSIGNEES = '/api/v1/iam/assignees/users';
/** Users whose roles are fetched at once. */
const AHEAD = 24;

type AssigneesCursor = ListCursor & { readonly listed: boolean };

/** Roles of users, from Okta's own list of those who have any: asking every user would take hours. */
export const userRoleAssignments = oktaStream({
  name: 'user-role-assignments',
  kind: 'role_assignment',
  requires: ['okta.roles.read'],
  semantics: 'snapshot',
  parseCursor: (value: Json): AssigneesCursor => ({
    ...parseListCursor(value),
    listed: fieldsOf(value).get('listed') === true,
  }),
  read: readUserRoles,
  refresh: (args) => refreshRoleAssignments(args, 'account'),
});

async function* readUserRoles({
  client,
  from,
}: ReadArgs<OktaClient, AssigneesCursor>): AsyncGenerator<Page<'role_assignment', AssigneesCursor>, void, void> {
  const tally = new PartTally<'role_assignment'>(from?.listed ?? false);
  const paging = await Paging.from(client, from, ASSIGNEES);
  let holders = 0;
  for (let pages = 1; ; pages += 1) {
    let list: OktaList;
    try {
      list = await assignees(client, paging.position);
    } catch (error) {
      paging.restartAfter(error);
      continue;
    }
    const users = list.items.map((item) => ObjectReader.of(item, 'assignee', client.drift, FIELDS.assignee)?.id('id') ?? null);
    const named = users.filter((user) => user !== null);
    const rejected = users.flatMap((user, index) =>
      user === null ? [{ reason: whyNoRow(list.items[index]), at: `${ASSIGNEES}, item ${index}` }] : [],
    );
    holders += named.length;
    // Targets are not known before they are read: each page of them shows as done only.
    client.board.expect('user-role-assignments', {
      [BUCKETS.iam]: pages + (list.next === undefined ? 0 : 1),
      [BUCKETS.users]: holders,
    });
    for await (const { user, outcome } of inOrder(named, AHEAD, (id) => rolesOfUser(client, id))) {
      if ('failure' in outcome) tally.fail(user, outcome.failure);
      else if (outcome.page === 'gone') tally.pass();
      else tally.add(outcome.page);
    }
    if (list.next === undefined) tally.finish();
    const taken = tally.take();
    if (list.next !== undefined) paging.moveTo(list.next);
    const next = list.next === undefined ? null : { next: list.next, listed: tally.listed, restarts: paging.restarts };
    yield { ...taken, rejected: [...rejected, ...taken.rejected], next };
    if (list.next === undefined) return;
  }
}

async function assignees(client: OktaClient, position: string | undefined): Promise<OktaList> {
  const request =
    position === undefined ? { url: ASSIGNEES, query: { limit: String(PAGE_SIZE.assignees) } } : { url: position };
  return wrappedListOf(await client.get(request), request.url, 'value');
}

interface UserOutcome {
  readonly user: string;
  readonly outcome: { readonly page: PartPage<'role_assignment'> } | { readonly failure: unknown };
}

async function rolesOfUser(client: OktaClient, user: string): Promise<UserOutcome> {
  try {
    // A user's list repeats what comes through groups; those rows are the group's, or each would be counted twice.
    const keep = (row: { readonly assignmentType: string | null }): boolean => row.assignmentType !== 'GROUP';
    const page = await roleRecords(client, `/api/v1/users/${segment(user)}/roles`, { kind: 'account', key: user }, keep);
    return { user, outcome: { page } };
  } catch (failure) {
    return { user, outcome: { failure } };
  }
}

/** Roles of groups. Okta says with a group whether it gives any; where it does not say, the group is asked. */
export const groupRoleAssignments = oktaStream({
  name: 'group-role-assignments',
  kind: 'role_assignment',
  dependsOn: ['groups'],
  requires: ['okta.roles.read', 'okta.groups.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'role_assignment'>(args, {
      parents: 'group',
      wanted: (hint) => hint?.['admin'] !== false,
      cost: { stream: 'group-role-assignments', bucket: BUCKETS.groups },
      list: (group) =>
        roleRecords(args.client, `/api/v1/groups/${segment(group.key)}/roles`, { kind: 'group', key: group.key }),
    }),
  refresh: (args) => refreshRoleAssignments(args, 'group'),
});

/** Roles of service apps. The principal is the application, by its key: Okta asks by the client id, which is another name for it. */
export const clientRoleAssignments = oktaStream({
  name: 'client-role-assignments',
  kind: 'role_assignment',
  dependsOn: ['applications'],
  requires: ['okta.roles.read', 'okta.apps.read'],
  semantics: 'snapshot',
  parseCursor: parseFanOutCursor,
  read: (args) =>
    fanOut<'role_assignment'>(args, {
      parents: 'application',
      wanted: (hint) => hint?.['service'] === true,
      cost: { stream: 'client-role-assignments', bucket: BUCKETS.clients },
      list: (app) =>
        roleRecords(args.client, `/oauth2/v1/clients/${segment(clientIdOf(app))}/roles`, { kind: 'client', key: app.key }),
    }),
  refresh: (args) => refreshRoleAssignments(args, 'client'),
});

function clientIdOf(app: { readonly key: string; readonly hint: JsonObject | undefined }): string {
  const clientId = app.hint?.['clientId'];
  return typeof clientId === 'string' ? clientId : app.key;
}
