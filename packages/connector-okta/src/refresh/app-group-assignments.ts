import { edgeParts, type Json, type RefreshPage, type Scope, type SourceRecord, type Stale } from '@castellan/connector-sdk';
import { mapAppGroup } from '../map/application.js';
import type { Drift } from '../map/drift.js';
import { mapGroupApplication } from '../map/group-application.js';
import { appGroupRouteIn } from '../plan/app-group-route.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { segment } from '../streams/parts.js';
import { endsOf } from './cover.js';
import { doubtByWitness } from './doubt.js';
import { differenceOf, knownKeys } from './known.js';
import { readPaged } from './paged-part.js';
import { byField, nothing, type OktaRefreshArgs, type Part, readParts, type Step, staleNow, unreadable } from './read-parts.js';

type Row = 'app_assignment';

export function refreshAppGroupAssignments(args: OktaRefreshArgs): AsyncIterable<RefreshPage<Row>> {
  const { key, application, principal, others } = byField(args.scopes, 'key', 'application', 'principal');
  const strange = key.filter((edge) => endsOf(edge) === undefined).map(asKey);
  const edges = key.filter((edge) => endsOf(edge) !== undefined);
  const listed = (edge: string): boolean => application.includes(endsOf(edge)?.[0] ?? '');
  return readParts([
    ...application.map((app) => applicationPart(args, app, edges.filter((edge) => endsOf(edge)?.[0] === app).map(asKey))),
    ...principal.map((group) => groupPart(args, group)),
    ...edges.filter((edge) => !listed(edge)).map((edge) => edgePart(args, edge)),
    ...unreadable<Row>([...others, ...strange]),
  ]);
}

const asKey = (value: string): Scope => ({ field: 'key', value });

/** The listing by groups knows the edge and nothing else, so the rows must look the same here: see the stream. */
function isBare(state: Json | undefined): boolean {
  return appGroupRouteIn(state) === 'groups';
}

function edgePart(args: OktaRefreshArgs, edge: string): Part<Row> {
  return { scopes: [asKey(edge)], read: () => readEdge(args, edge) };
}

/**
 * What it means for the accounts behind it was said by the event that led here. But a group that is deleted takes its edges along
 * without an event for each, and one that was made a moment before is not known: who had the application through it is read again.
 */
async function readEdge(args: OktaRefreshArgs, edge: string): Promise<Step<Row>> {
  const { client, synced, state } = args;
  const complete = [asKey(edge)];
  const [app, group] = endsOf(edge) ?? ['', ''];
  if ((await synced.get('application', app)) === undefined) return nothing(complete);
  if ((await synced.get('group', group)) === undefined) return nothing(complete, staleUsers(args, [app]));
  const response = await client.find({ url: urlOf(edge) });
  if (response === undefined) {
    const wasKnown = (await synced.get('app_assignment', edge)) !== undefined;
    return nothing(complete, staleUsers(args, wasKnown ? [] : [app]));
  }
  const full = mapAppGroup(response.body, app, client.drift);
  const record = full?.key === edge && isBare(state) ? bareRow({ id: app }, group, client.drift) : full;
  if (record?.key === edge) return { records: [record], complete };
  const reason = 'Okta answered with something that is not this assignment';
  return { unread: complete.map((scope) => ({ scope, reason })) };
}

function urlOf(edge: string): string {
  const [app, group] = endsOf(edge) ?? ['', ''];
  return `/api/v1/apps/${segment(app)}/groups/${segment(group)}`;
}

function applicationPart(args: OktaRefreshArgs, app: string, answers: readonly Scope[]): Part<Row> {
  const { client, synced, state } = args;
  const scope = { field: 'application', value: app };
  const read = async (): Promise<Step<Row>> => {
    const known = await knownKeys(synced, 'app_assignment', scope, (edge) => isOfGroup(args, edge));
    if ((await synced.get('application', app)) === undefined)
      return { ...nothing([scope], staleUsers(args, known.size > 0 ? [app] : [])), settled: answers };
    return readPaged({
      client,
      first: { url: `/api/v1/apps/${segment(app)}/groups`, query: { limit: String(PAGE_SIZE.appGroups) } },
      map: (item) => {
        const record = mapAppGroup(item, app, client.drift);
        return record !== null && isBare(state) ? bareRow({ id: app }, record.data.principal, client.drift) : record;
      },
      keep: async ({ data }) => (await synced.get('group', data.principal)) !== undefined,
      scope,
      answers,
      end: async (shown, gone) => {
        const { appeared, vanished } = differenceOf(known, shown);
        const shortened = { known, shown, witness: vanished[0], urlOf, rows: 'groups' };
        const doubt = gone ? undefined : await doubtByWitness(client, shortened);
        if (doubt !== undefined) return { doubt };
        return { stale: staleUsers(args, appeared.length + vanished.length > 0 ? [app] : []) };
      },
    });
  };
  return { scopes: [scope, ...answers], read };
}

async function isOfGroup({ synced }: OktaRefreshArgs, edge: string): Promise<boolean> {
  const [, principal = ''] = edgeParts(edge);
  return (await synced.get('account', principal)) === undefined;
}

/** Which applications a group has, from its own list in the roomier bucket; then each by itself for what the edge says. */
function groupPart(args: OktaRefreshArgs, group: string): Part<Row> {
  const { client, synced } = args;
  const scope = { field: 'principal', value: group };
  const read = async (): Promise<Step<Row>> => {
    const known = await knownKeys(synced, 'app_assignment', scope);
    if ((await synced.get('group', group)) === undefined)
      return nothing(
        [scope],
        staleUsers(
          args,
          [...known].map((edge) => endsOf(edge)?.[0] ?? ''),
        ),
      );
    return readPaged({
      client,
      first: { url: `/api/v1/groups/${segment(group)}/apps`, query: { limit: String(PAGE_SIZE.groupApps) } },
      map: (item) => bareRow(item, group, client.drift),
      keep: async ({ data }) => (await synced.get('application', data.application)) !== undefined,
      scope,
      end: async (shown, gone) => {
        const { appeared, vanished } = differenceOf(known, shown);
        const shortened = { known, shown, witness: vanished[0], urlOf, rows: 'applications of the group' };
        const doubt = gone ? undefined : await doubtByWitness(client, shortened);
        if (doubt !== undefined) return { doubt };
        const changed = [...appeared, ...vanished].map((edge) => endsOf(edge)?.[0] ?? '');
        return { stale: [...staleUsers(args, changed), ...staleEdges(args, shown)] };
      },
    });
  };
  return { scopes: [scope], read };
}

function staleUsers({ client }: OktaRefreshArgs, applications: readonly string[]): readonly Stale[] {
  return applications.map((app) => staleNow(client, 'app-user-assignments', 'application', app));
}

/** The group's list knows neither priority nor profile. */
function staleEdges({ client, state }: OktaRefreshArgs, edges: ReadonlySet<string>): readonly Stale[] {
  return isBare(state) ? [] : [...edges].map((edge) => staleNow(client, 'app-group-assignments', 'key', edge));
}

/** As the listing by groups makes it. @param application an object with its id */
function bareRow(application: unknown, group: string, drift: Drift): SourceRecord<Row> | null {
  return mapGroupApplication(application, group, drift)?.record ?? null;
}
