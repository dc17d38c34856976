import {
  type AnyConnectorError,
  type ConnectionCheck,
  type ConnectionReport,
  type ConnectorContext,
  ConnectorError,
} from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import type { ScimConfig } from '../config/scim-config.js';
import type { Service } from '../discovery/service.js';
import { textIn } from '../map/member.js';
import { latestOf } from '../map/resource.js';
import { whyNoDelta } from '../refresh/changed-since.js';
import { userList } from '../streams/lists.js';
import { readMembers } from '../streams/members.js';
import { problemRow } from './problem-row.js';

/** A filter by time shows what it can do on several that were changed at different times. */
const SOME_USERS = 10;

const BEHIND_CREDENTIAL = [
  'stream accounts',
  'stream groups',
  'stream memberships',
  'stream roles',
  'stream role-assignments',
  'filter',
  'patch',
];

/**
 * The connection test: service, credential, streams, and what the service can do besides, in the order in which a customer has to mend
 * them. At most nine calls; nothing is changed.
 */
export async function probe(client: ScimClient, { config }: ConnectorContext<ScimConfig>): Promise<ConnectionReport> {
  const discovered = await attempt(() => client.discover());
  if ('error' in discovered) return unanswered(client, config, discovered.error);
  const service = discovered.value;
  const users = await attempt(() => someOf(client, service.users, 'Users', SOME_USERS));
  // SCIM has no number for an organisation: the base URL is all that two connections to one service have in common.
  const tenant = { id: config.url, displayName: client.host };
  if ('error' in users && !knowsUs(users.error)) return unanswered(client, config, users.error);
  const groups = await groupRows(client, service);
  // Without accounts and without groups there is nothing to read.
  const blocks = service.groups !== null && groups[0]?.status === 'ok' ? 'stream' : 'connection';
  return {
    tenant,
    checks: [
      serviceRow(client, service),
      ok('credential', `${client.host} accepts the credential.`),
      'error' in users
        ? problemRow('stream accounts', users.error, blocks)
        : ok('stream accounts', users.value.length === 0 ? 'Readable, and without a user.' : 'Readable.'),
      ...groups,
      ...(await roleRows(client, service, 'error' in users)),
      await filterRow(client, service, 'error' in users ? [] : users.value),
      patchRow(service),
    ],
  };
}

/** Nobody answers, or not to this credential: nothing behind it can be tried. */
function unanswered({ host }: ScimClient, config: Readonly<ScimConfig>, error: AnyConnectorError): ConnectionReport {
  const isCredential = error.kind === 'auth';
  const first = isCredential ? [ok('service', `${host} answers.`)] : [];
  const row = isCredential ? problemRow('credential', error, 'connection') : problemRow('service', error, 'connection', 'url');
  const later = [...(isCredential ? [] : ['credential']), ...BEHIND_CREDENTIAL];
  const why = isCredential ? 'Not tried: the credential does not work.' : 'Not tried: no SCIM service answers.';
  const tenant = isCredential ? { id: config.url, displayName: host } : null;
  return { tenant, checks: [...first, row, ...later.map((name) => skipped(name, why))] };
}

/** A refusal for want of a right is one of somebody who is known. */
function knowsUs({ kind }: AnyConnectorError): boolean {
  return kind === 'permission';
}

function serviceRow({ host, config }: ScimClient, service: Service): ConnectionCheck {
  const { pathname } = new URL(config.url);
  const byCursor = config.paging === 'cursor' || (config.paging === 'auto' && service.cursor === true);
  const most = service.mostResults === null ? '' : `, at most ${service.mostResults} in a page`;
  const others = service.otherTypes.length === 0 ? [] : [`Not read: ${service.otherTypes.join(', ')}.`];
  const message = [
    `SCIM 2.0 at ${host}${pathname}, paged by ${byCursor ? 'cursor' : 'position'}${most}.`,
    ...service.untold,
    ...(service.untold.length > 0 ? ['The usual is assumed for what is not told.'] : []),
    ...others,
  ];
  return ok('service', message.join(' '));
}

async function groupRows(client: ScimClient, service: Service): Promise<readonly ConnectionCheck[]> {
  const { groups } = service;
  if (groups === null) return ['stream groups', 'stream memberships'].map((name) => ok(name, 'The service has no groups.'));
  const first = await attempt(() => firstOf(client, groups, 'Groups'));
  if ('error' in first)
    return [problemRow('stream groups', first.error, 'stream'), skipped('stream memberships', 'Not readable without groups.')];
  const row = ok('stream groups', 'Readable.');
  const id = textIn(first.value, 'id');
  if (id === undefined) return [row, ok('stream memberships', 'There is nothing yet to try it on.')];
  const nobody = { entries: none, get: () => Promise.resolve(undefined), where: none };
  const members = await attempt(() => readMembers(client, id, nobody));
  if ('error' in members) return [row, problemRow('stream memberships', members.error, 'stream')];
  const isEmpty = members.value === 'gone' || members.value.records.length === 0;
  const message = isEmpty ? 'Readable; the group that was tried shows no members.' : 'Readable.';
  return [row, ok('stream memberships', message)];
}

async function* none(): AsyncGenerator<never, void, void> {
  // The probe knows of no record.
}

async function roleRows(
  client: ScimClient,
  { roleTypes }: Service,
  withoutUsers: boolean,
): Promise<readonly ConnectionCheck[]> {
  const names = ['stream roles', 'stream role-assignments'] as const;
  if (withoutUsers) return names.map((name) => skipped(name, 'Not readable without accounts.'));
  for (const path of Object.values(roleTypes)) {
    const first = await attempt(() => firstOf(client, path, path.slice(1)));
    if ('error' in first) return [problemRow(names[0], first.error, 'stream'), ok(names[1], FROM_ACCOUNTS)];
  }
  return [ok(names[0], Object.keys(roleTypes).length > 0 ? 'Readable.' : FROM_ACCOUNTS), ok(names[1], FROM_ACCOUNTS)];
}

const FROM_ACCOUNTS = 'Readable: they come with the accounts.';

async function filterRow(client: ScimClient, service: Service, users: readonly unknown[]): Promise<ConnectionCheck> {
  const name = 'filter';
  const daily = 'changes are seen with the daily sync';
  if (users.length === 0) return skipped(name, 'There is nothing yet to try it on.');
  if (service.filter === false) return skipped(name, `The service says that it does not filter: ${daily}.`);
  const tried = await attempt(() => whyNoDelta(client, userList(service), latestOf(users)));
  if ('error' in tried) return problemRow(name, tried.error, 'stream');
  if (tried.value === undefined) return ok(name, 'The service filters by time: changes are seen every five minutes.');
  return skipped(name, `Changes cannot be asked for, since ${tried.value}: ${daily}.`);
}

function patchRow({ patch }: Service): ConnectionCheck {
  if (patch === true) return ok('patch', 'The service lets single attributes be changed: actions can be tried.');
  if (patch === false) return skipped('patch', 'The service does not let single attributes be changed: there are no actions.');
  return skipped('patch', 'The service does not say whether single attributes can be changed; an action will tell.');
}

async function firstOf(client: ScimClient, path: string, what: string): Promise<unknown> {
  return (await someOf(client, path, what, 1))[0];
}

async function someOf(client: ScimClient, path: string, what: string, count: number): Promise<readonly unknown[]> {
  return (await client.list(path, what, { count: String(count) })).items;
}

/** The outcome of one step. Only a stop of the whole test, and a mistake of ours, come through. */
async function attempt<T>(run: () => Promise<T>): Promise<{ readonly value: T } | { readonly error: AnyConnectorError }> {
  try {
    return { value: await run() };
  } catch (error) {
    const known = ConnectorError.from(error);
    if (known.kind === 'aborted' || known.kind === 'internal') throw known;
    return { error: known };
  }
}

function ok(name: string, message: string): ConnectionCheck {
  return { name, status: 'ok', message };
}

function skipped(name: string, message: string): ConnectionCheck {
  return { name, status: 'skipped', message };
}
