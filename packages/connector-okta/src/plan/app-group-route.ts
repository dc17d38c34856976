import { MemorySlot } from '@castellan/connector-sdk';

/** From each application's list of groups, or from each group's list of applications. */
export type AppGroupRoute = 'apps' | 'groups';

/** The route of the last complete pass in this process. */
export const LAST_APP_GROUP_ROUTE = new MemorySlot<AppGroupRoute>('okta app group route');

/** What is spent within the first minute's allowance takes no time at all, so that there is nothing to save below it. */
const FIRST_MINUTE = 1;
/** The list of an application says more (priority, profile, when it changed), so it must cost this much to lose. */
const WORTH_LESS_DETAIL = 0.9;
/** Rows lose and win their details with the route, which shows as a change of each: so it is not changed for a little. */
const WORTH_A_CHANGE = 0.75;

/**
 * @param floors minutes that the whole sync takes at least, with each route.
 * @param last the route of the last complete pass, where it is known.
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
