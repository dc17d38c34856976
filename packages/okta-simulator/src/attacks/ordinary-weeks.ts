import { DAY } from '../generator/plan.js';
import { hashOf, Random } from '../generator/random.js';
import type { OktaObject } from '../json/json.js';
import { textAt, timeOf } from '../json/json.js';
import type { Org } from '../org/org.js';
import { agentOfScript, atHome, atOffice, homeOf, IPHONE, officeOf } from './places.js';
import type { Session } from './session.js';
import { Stage } from './stage.js';

export interface OrdinaryWeeks {
  /** When the last of them ends. */
  readonly until: Date;
  readonly weeks: number;
  /** Absent: 1. */
  readonly seed?: number;
}

const HOUR = DAY / 24;
/** When people come to work, and by when the last of them has (UTC). */
const MORNING = 6 * HOUR;
const COMING = 3 * HOUR;
/** What one person does ends before that. */
const VISIT = 5 * 60_000;

/** What people prove themselves with where they have several: the best of it. */
const PREFERRED = ['signed_nonce', 'webauthn', 'push', 'token:software:totp', 'sms'];

type Visit = (org: Org, at: Date, random: Random) => void;

/**
 * Lets everybody work for some weeks as they always do: two days at the office and one at home with their own laptop, a look from
 * the sofa by phone, administrators at the console, and services by the clock. It is what a later event is new beside.
 *
 * @throws RangeError where the log has events of that time already: Okta's log only grows at its end
 */
export function liveOrdinaryWeeks(org: Org, { until, weeks, seed = 1 }: OrdinaryWeeks): void {
  const random = Random.of(seed, 'ordinary weeks');
  const first = Math.floor(until.getTime() / DAY) * DAY - weeks * 7 * DAY;
  if (org.log.lastPersisted > first) throw new RangeError('the log has events of these weeks already');
  // Who has not been here lately does not come now.
  const users = [...org.directory.users.values()].filter(
    (user) => user['status'] === 'ACTIVE' && (timeOf(user['lastLogin']) ?? 0) > first,
  );
  const administrators = new Set(org.roleAssignees());
  for (let day = first; day + DAY <= until.getTime(); day += DAY) {
    const there = users.filter((user) => (timeOf(user['created']) ?? 0) < day);
    const visits = there.flatMap((user) => visitsOf(user, day, administrators.has(user.id), random));
    let free = 0;
    for (const [wanted, visit] of visits.toSorted(([left], [right]) => left - right)) {
      const at = Math.max(wanted, free);
      visit(org, new Date(at), random);
      free = org.log.lastPersisted + 1;
    }
  }
}

function visitsOf(
  user: OktaObject,
  day: number,
  isAdministrator: boolean,
  random: Random,
): readonly (readonly [number, Visit])[] {
  const at = (): number => day + MORNING + random.below(COMING - VISIT);
  if (textAt(user, 'profile', 'userType') === 'Service')
    return [0, 6, 12, 18].map((hour) => [day + hour * HOUR, service(user)]);
  const weekday = new Date(day).getUTCDay();
  if (weekday === 6 && random.chance(0.3)) return [[at() + 3 * HOUR, onSofa(user)]];
  if (weekday % 6 === 0) return [];
  // Not everybody comes on the same days.
  const turn = (weekday + hashOf(user.id, 'turn')) % 5;
  if (turn === 0 || turn === 2) return [[at(), atDesk(user, isAdministrator)]];
  if (turn === 3) return [[at(), fromHome(user)]];
  return [];
}

function worksIn(session: Session): void {
  const { stage, user } = session;
  const own = stage.org.appsOf(user.id).filter(({ status }) => status === 'ACTIVE');
  session.signsIn(usualFactorOf(stage.org, user));
  for (const app of own.slice(0, 2)) session.opens(app);
}

const atDesk =
  (user: OktaObject, isAdministrator: boolean): Visit =>
  (org, at, random) => {
    const session = new Stage(org, at, random).session(user, atOffice(user));
    worksIn(session);
    if (isAdministrator) session.entersConsole();
  };

const fromHome =
  (user: OktaObject): Visit =>
  (org, at, random) =>
    worksIn(new Stage(org, at, random).session(user, atHome(user)));

const onSofa =
  (user: OktaObject): Visit =>
  (org, at, random) =>
    worksIn(new Stage(org, at, random).session(user, { place: homeOf(user), agent: IPHONE }, `phone of ${user.id}`));

const service =
  (user: OktaObject): Visit =>
  (org, at, random) => {
    const client = { place: officeOf(user), agent: agentOfScript('larkmill-print/4.2') };
    const session = new Stage(org, at, random).session(user, client, 'print server');
    session.provesPassword();
    session.starts();
    const [app] = org.appsOf(user.id);
    if (app !== undefined) session.opens(app);
  };

function usualFactorOf(org: Org, user: OktaObject): string | null {
  const types = new Set(
    org
      .factorsOf(user.id)
      .filter(({ status }) => status === 'ACTIVE')
      .map((one) => one['factorType']),
  );
  return PREFERRED.find((type) => types.has(type)) ?? null;
}
