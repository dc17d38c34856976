import type { Json, Page, ReadArgs, SourceRecord, SyncedReader } from '@castellan/connector-sdk';
import { BUCKETS } from '../client/buckets.js';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { mapAppGroup } from '../map/application.js';
import { mapGroupApplication } from '../map/group-application.js';
import {
  type AppGroupRoute,
  appGroupRouteIn,
  chooseAppGroupRoute,
  type GroupSide,
  groupsTellAll,
} from '../plan/app-group-route.js';
import { PAGE_SIZE } from '../plan/formula.js';
import { groupAppPagesOf, numberIn } from '../plan/org-count.js';
import { refreshAppGroupAssignments } from '../refresh/app-group-assignments.js';
import { type FanOutCursor, parseFanOutCursor } from './cursors.js';
import { type FanOut, fanOut, type PartPage } from './fan-out.js';
import { continuing, mapItems } from './listing.js';
import { oktaStream } from './okta-stream.js';
import { partPage, segment } from './parts.js';

const NAME = 'app-group-assignments';

/** A position belongs to the route that it was made on. */
type RoutedCursor = FanOutCursor & { readonly route: AppGroupRoute };

/** Groups of each application, by the way that makes the whole sync shorter. `resumeFrom`: `{ route }`. */
export const appGroupAssignments = oktaStream({
  name: NAME,
  kind: 'app_assignment',
  dependsOn: ['applications', 'groups'],
  requires: ['okta.apps.read'],
  semantics: 'snapshot',
  parseCursor: (value: Json): RoutedCursor => ({ ...parseFanOutCursor(value), route: routeIn(value) }),
  read: readAppGroups,
  refresh: refreshAppGroupAssignments,
});

function routeIn(value: Json): AppGroupRoute {
  const route = appGroupRouteIn(value);
  if (route === undefined) throw new TypeError('no route in "route"');
  return route;
}

async function* readAppGroups(
  args: ReadArgs<OktaClient, RoutedCursor>,
): AsyncGenerator<Page<'app_assignment', RoutedCursor>, void, void> {
  const { client, from, last, synced } = args;
  const { costs, side } = await lookAhead(synced);
  const route = from?.route ?? routeFor(client, costs, side, appGroupRouteIn(last));
  client.board.choose(NAME, reason(route, costs), { appGroups: route });
  const spec = route === 'apps' ? byApplication(client, synced) : byGroup(client);
  for await (const page of fanOut<'app_assignment'>(args, spec)) {
    if (page.next !== null) {
      yield { ...page, next: { ...page.next, route } };
      continue;
    }
    yield { ...page, next: null, resumeFrom: { route } };
  }
}

function routeFor(client: OktaClient, costs: RouteCosts, side: GroupSide, last: AppGroupRoute | undefined): AppGroupRoute {
  const { includeGroups, excludeGroups } = client.config;
  // None of the groups that are chosen has an application: then no application need be asked for those that are not.
  if (costs.groups === 0 && includeGroups.length + excludeGroups.length > 0) return 'groups';
  return groupsTellAll(side) ? choose(client, costs, last) : 'apps';
}

/** Calls that each route takes. */
type RouteCosts = Readonly<Record<AppGroupRoute, number>>;

async function lookAhead(synced: SyncedReader): Promise<{ readonly costs: RouteCosts; readonly side: GroupSide }> {
  let apps = 0;
  let groups = 0;
  let counted: number | undefined = 0;
  for await (const _ of synced.entries('application')) apps += 1;
  for await (const { hint } of synced.entries('group')) {
    groups += groupAppPagesOf(hint);
    const count = numberIn(hint, 'apps');
    counted = count === undefined || counted === undefined ? undefined : counted + count;
  }
  return { costs: { apps, groups }, side: { counted, applications: apps } };
}

function choose({ board }: OktaClient, costs: RouteCosts, last: AppGroupRoute | undefined): AppGroupRoute {
  const floors = {
    apps: board.floorWith(NAME, { [BUCKETS.apps]: costs.apps }),
    groups: board.floorWith(NAME, { [BUCKETS.groups]: costs.groups }),
  };
  return chooseAppGroupRoute(floors, last);
}

function reason(route: AppGroupRoute, { apps, groups }: RouteCosts): string {
  const asApps = `${apps} calls in ${BUCKETS.apps}`;
  const asGroups = `${groups} in ${BUCKETS.groups}`;
  return route === 'apps'
    ? `Groups of applications: asked by application, ${asApps} instead of ${asGroups}, the fuller answer.`
    : `Groups of applications: asked by group, ${asGroups} instead of ${asApps}, which makes the whole sync shorter.`;
}

function byApplication(client: OktaClient, synced: SyncedReader): FanOut<'app_assignment'> {
  const isNarrowed = client.selection.describe().length > 0;
  return {
    parents: 'application',
    list: async (app, next) => {
      const first = { url: `/api/v1/apps/${segment(app.key)}/groups`, query: { limit: String(PAGE_SIZE.appGroups) } };
      const page = await partPage(client, first, next, (item) => mapAppGroup(item, app.key, client.drift));
      return isNarrowed && page !== 'gone' ? { ...page, records: await ofKnownGroups(page.records, synced) } : page;
    },
    cost: { stream: NAME, bucket: BUCKETS.apps },
  };
}

/** Without the groups that the settings leave out: those have no record. */
async function ofKnownGroups(
  records: readonly SourceRecord<'app_assignment'>[],
  synced: SyncedReader,
): Promise<readonly SourceRecord<'app_assignment'>[]> {
  const known: SourceRecord<'app_assignment'>[] = [];
  for (const record of records) if ((await synced.get('group', record.data.principal)) !== undefined) known.push(record);
  return known;
}

/** Strict: a group that cannot be read leaves rows unseen that lie in the partitions of its applications, where nothing spares them. */
function byGroup(client: OktaClient): FanOut<'app_assignment'> {
  return {
    parents: 'group',
    wanted: (hint) => groupAppPagesOf(hint) > 0,
    isStrict: true,
    list: (group, next) => groupApplications(client, group.key, next),
    cost: { stream: NAME, bucket: BUCKETS.groups, pages: groupAppPagesOf },
  };
}

async function groupApplications(
  client: OktaClient,
  group: string,
  next: string | undefined,
): Promise<PartPage<'app_assignment'>> {
  const first = { url: `/api/v1/groups/${segment(group)}/apps`, query: { limit: String(PAGE_SIZE.groupApps) } };
  const request = next === undefined ? first : continuing(first, next);
  const response = await client.find(request);
  if (response === undefined) return 'gone';
  const list = listOf(response, request.url);
  const leftOut = new Set<string>();
  const map = (item: unknown): SourceRecord<'app_assignment'> | null => {
    const found = mapGroupApplication(item, group, client.drift);
    if (found !== null && !client.selection.application(found.label)) leftOut.add(found.record.key);
    return found?.record ?? null;
  };
  const { records, rejected } = mapItems(list.items, map, first.url);
  return { records: records.filter(({ key }) => !leftOut.has(key)), rejected, next: list.next };
}
