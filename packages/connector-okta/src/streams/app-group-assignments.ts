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
import { type OrgFacts, PAGE_SIZE } from '../plan/formula.js';
import { groupAppPagesOf, numberIn, OrgCount } from '../plan/org-count.js';
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
  const { facts, side } = await lookAhead(synced);
  const route = from?.route ?? (await routeFor(client, facts, side, appGroupRouteIn(last)));
  client.board.choose(NAME, reason(route, facts), { appGroups: route });
  const spec = route === 'apps' ? byApplication(client, synced) : byGroup(client);
  for await (const page of fanOut<'app_assignment'>(args, spec)) {
    if (page.next !== null) {
      yield { ...page, next: { ...page.next, route } };
      continue;
    }
    yield { ...page, next: null, resumeFrom: { route } };
  }
}

/**
 * A process that goes on with a run of another one may have read none of these lists, which carry their limits: by a guess it
 * would choose another way than the one that was cut. One short answer each, and none in a run that nobody has cut.
 */
async function learnLimits(client: OktaClient): Promise<void> {
  const unknown = [BUCKETS.apps, BUCKETS.groups, BUCKETS.users].filter((bucket) => !client.board.knowsLimit(bucket));
  // A refusal carries the limit, too, and is for the stream whose list it is.
  await Promise.all(unknown.map((url) => client.ask({ url, query: { limit: '1' } })));
}

async function routeFor(
  client: OktaClient,
  facts: OrgFacts,
  side: GroupSide,
  last: AppGroupRoute | undefined,
): Promise<AppGroupRoute> {
  const { includeGroups, excludeGroups } = client.config;
  // None of the groups that are chosen has an application: then no application need be asked for those that are not.
  if (facts.groupAppPages === 0 && includeGroups.length + excludeGroups.length > 0) return 'groups';
  if (!groupsTellAll(side)) return 'apps';
  await learnLimits(client);
  const { board } = client;
  return chooseAppGroupRoute({ apps: board.floorBy('apps', facts), groups: board.floorBy('groups', facts) }, last);
}

async function lookAhead(synced: SyncedReader): Promise<{ readonly facts: OrgFacts; readonly side: GroupSide }> {
  const count = new OrgCount();
  let counted: number | undefined = 0;
  for await (const { hint } of synced.entries('application')) count.add([{ kind: 'application', hint }]);
  for await (const { hint } of synced.entries('group')) {
    count.add([{ kind: 'group', hint }]);
    const assigned = numberIn(hint, 'apps');
    counted = assigned === undefined || counted === undefined ? undefined : counted + assigned;
  }
  const { facts } = count;
  return { facts, side: { counted, applications: facts.applications } };
}

function reason(route: AppGroupRoute, { appGroupPages, groupAppPages }: OrgFacts): string {
  const asApps = `${appGroupPages} calls in ${BUCKETS.apps}`;
  const asGroups = `${groupAppPages} in ${BUCKETS.groups}`;
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
