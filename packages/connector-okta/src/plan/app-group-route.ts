import type { Json } from '@castellan/connector-sdk';
import { isObject } from '../map/is-object.js';

/** From each application's list of groups, or from each group's list of applications. */
export type AppGroupRoute = 'apps' | 'groups';

/** The route in a position, or in what a complete listing has left; `undefined` where there is none. */
export function appGroupRouteIn(value: Json | undefined): AppGroupRoute | undefined {
  const route: unknown = isObject(value) && 'route' in value ? value.route : undefined;
  return route === 'apps' || route === 'groups' ? route : undefined;
}

/** What is spent within the first minute's allowance takes no time at all, so that there is nothing to save below it. */
const FIRST_MINUTE = 1;
/** The list of an application says more (priority, profile, when it changed), so it must cost this much to lose. */
const WORTH_LESS_DETAIL = 0.9;
/** Rows lose and win their details with the route, which shows as a change of each: so it is not changed for a little. */
const WORTH_A_CHANGE = 0.75;

/** What is known of the groups' side before it is asked. */
export interface GroupSide {
  /** Assignments that Okta counts for the groups that this connection sees; `undefined` when it does not count. */
  readonly counted: number | undefined;
  readonly applications: number;
}

/**
 * Whether the groups can tell all. A group that this connection does not see is found by its applications only, and its rows
 * would be swept; fewer assignments than applications are a sign of that (most applications are assigned to a group).
 */
export function groupsTellAll({ counted, applications }: GroupSide): boolean {
  return counted !== undefined && counted >= applications;
}

/**
 * @param floors minutes that the whole sync takes at least, with each route.
 * @param last the route of the last complete listing, where it is known.
 */
export function chooseAppGroupRoute(
  floors: Readonly<Record<AppGroupRoute, number>>,
  last: AppGroupRoute | undefined,
): AppGroupRoute {
  const before = last ?? 'apps';
  const other = before === 'apps' ? 'groups' : 'apps';
  const worth = last === undefined ? WORTH_LESS_DETAIL : WORTH_A_CHANGE;
  return floors[before] > FIRST_MINUTE && floors[other] <= floors[before] * worth ? other : before;
}
