import { edgeParts, type RefreshPage, type Scope, type SyncedReader, UpstreamError } from '@castellan/connector-sdk';
import { mapAppOfUser, mapAppUser } from '../map/application.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { segment } from '../streams/parts.js';
import { cheapestCover, endsOf } from './cover.js';
import { doubtByWitness, isDoubtful } from './doubt.js';
import { countKnown, differenceOf, knownKeys } from './known.js';
import { readPaged } from './paged-part.js';
import { byField, nothing, type OktaRefreshArgs, type Part, readParts, type Step, unreadable } from './read-parts.js';

type Row = 'app_assignment';

/**
 * By edge, by application or by account, whichever takes fewest calls: all three draw on the bucket of applications, the
 * scarcest that there is.
 */
export async function* refreshAppUserAssignments(args: OktaRefreshArgs): AsyncGenerator<RefreshPage<Row>, void, void> {
  const { key, application, principal, others } = byField(args.scopes, 'key', 'application', 'principal');
  const answered = new Map<string, Scope[]>();
  const open: string[] = [];
  const strange: Scope[] = [];
  const answer = (name: string, edge: string): void => {
    answered.set(name, [...(answered.get(name) ?? []), { field: 'key', value: edge }]);
  };
  for (const edge of key) {
    const ends = endsOf(edge);
    if (ends === undefined) strange.push({ field: 'key', value: edge });
    else if (application.includes(ends[0])) answer(`application ${ends[0]}`, edge);
    else if (principal.includes(ends[1])) answer(`principal ${ends[1]}`, edge);
    else open.push(edge);
  }
  const costs = await pagesOfApplications(args.synced, open);
  const cover = cheapestCover(open, (app) => costs.get(app) ?? 1);
  const singles: string[] = [];
  const applications = [...application];
  const principals = [...principal];
  for (const [app, edges] of cover.lefts) {
    applications.push(app);
    for (const edge of edges) answer(`application ${app}`, edge);
  }
  for (const [user, edges] of cover.rights) {
    // One edge takes a call either way; by itself it brings one row.
    if (edges.length === 1) singles.push(...edges);
    else {
      principals.push(user);
      for (const edge of edges) answer(`principal ${user}`, edge);
    }
  }
  yield* readParts([
    ...applications.map((app) => applicationPart(args, app, answered.get(`application ${app}`) ?? [])),
    ...principals.map((user) => principalPart(args, user, answered.get(`principal ${user}`) ?? [])),
    ...singles.map((edge) => edgePart(args, edge)),
    ...unreadable<Row>([...others, ...strange]),
  ]);
}

/** Calls that an application's list takes; counted only where so many of its edges are asked for that it might pay. */
async function pagesOfApplications(synced: SyncedReader, edges: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const asked = new Map<string, number>();
  for (const edge of edges) {
    const [app = ''] = edgeParts(edge);
    asked.set(app, (asked.get(app) ?? 0) + 1);
  }
  const pages = new Map<string, number>();
  for (const [app, count] of asked) {
    const scope = { field: 'application', value: app };
    const rows = count > 1 ? await countKnown(synced, 'app_assignment', scope, count * PAGE_SIZE.appUsers) : 0;
    pages.set(app, Math.floor(rows / PAGE_SIZE.appUsers) + 1);
  }
  return pages;
}

function edgePart(args: OktaRefreshArgs, edge: string): Part<Row> {
  const scope = { field: 'key', value: edge };
  return { scopes: [scope], read: () => readEdge(args, edge) };
}

async function readEdge(args: OktaRefreshArgs, edge: string): Promise<Step<Row>> {
  const { client, synced } = args;
  const complete = [{ field: 'key', value: edge }];
  const [app, user] = endsOf(edge) ?? ['', ''];
  const areThere = (await synced.get('application', app)) !== undefined && (await synced.get('account', user)) !== undefined;
  if (!areThere) return nothing(complete);
  const response = await client.find({ url: urlOf(edge) });
  if (response === undefined) return nothing(complete);
  const record = mapAppUser(response.body, app, client.drift);
  if (record?.key === edge) return { records: [record], complete };
  const reason = 'Okta answered with something that is not this assignment';
  return { unread: complete.map((scope) => ({ scope, reason })) };
}

function urlOf(edge: string): string {
  const [app, user] = endsOf(edge) ?? ['', ''];
  return `/api/v1/apps/${segment(app)}/users/${segment(user)}`;
}

function applicationPart(args: OktaRefreshArgs, app: string, answers: readonly Scope[]): Part<Row> {
  const { client, synced } = args;
  const scope = { field: 'application', value: app };
  const read = async (): Promise<Step<Row>> => {
    if ((await synced.get('application', app)) === undefined) return { ...nothing([scope]), settled: answers };
    const known = await knownKeys(synced, 'app_assignment', scope);
    return readPaged({
      client,
      first: { url: `/api/v1/apps/${segment(app)}/users`, query: { limit: String(PAGE_SIZE.appUsers) } },
      map: (item) => mapAppUser(item, app, client.drift),
      scope,
      answers,
      end: async (shown, gone) => ({ doubt: gone ? undefined : await doubtOf(args, known, shown) }),
    });
  };
  return { scopes: [scope, ...answers], read };
}

function principalPart(args: OktaRefreshArgs, user: string, answers: readonly Scope[]): Part<Row> {
  const { client, synced } = args;
  const scope = { field: 'principal', value: user };
  const read = async (): Promise<Step<Row>> => {
    if ((await synced.get('account', user)) === undefined) return { ...nothing([scope]), settled: answers };
    const known = await knownKeys(synced, 'app_assignment', scope);
    // Okta takes the assigned user into the answer only together with this filter, for the same user.
    const query = { filter: `user.id eq "${user}"`, expand: `user/${user}`, limit: String(PAGE_SIZE.applications) };
    return readPaged({
      client,
      first: { url: '/api/v1/apps', query },
      map: (item) => {
        const record = mapAppOfUser(item, client.drift);
        // A row without what was asked for would be taken for gone.
        if (record === null || record.data.principal !== user) throw withoutUser();
        return record;
      },
      keep: async ({ data }) => (await synced.get('application', data.application)) !== undefined,
      scope,
      answers,
      end: async (shown, gone) => ({ doubt: gone ? undefined : await doubtOf(args, known, shown) }),
    });
  };
  return { scopes: [scope, ...answers], read };
}

function withoutUser(): UpstreamError {
  return new UpstreamError({ message: "Okta listed the applications of an account without the account's assignment." });
}

async function doubtOf(
  { client, synced }: OktaRefreshArgs,
  known: ReadonlySet<string>,
  shown: ReadonlySet<string>,
): Promise<string | undefined> {
  if (!isDoubtful(shown.size, known.size)) return undefined;
  for (const witness of differenceOf(known, shown).vanished) {
    const [, principal = ''] = edgeParts(witness);
    // Assignments of groups are rows of the same kind, but another stream's. One of an account is enough.
    if ((await synced.get('account', principal)) === undefined) continue;
    return doubtByWitness(client, { known, shown, witness, urlOf, rows: 'assignments' });
  }
  return undefined;
}
