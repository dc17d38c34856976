import { DAY } from '../generator/plan.js';
import { Random } from '../generator/random.js';
import type { OktaObject } from '../json/json.js';
import { timeOf } from '../json/json.js';
import type { Org } from '../org/org.js';
import { groups, inStatus, isOktaGroup, users } from './change-kind.js';

/** Of the moments in which something happens: in which somebody is put into a group, or taken out, as well. */
const MOVES = 0.1;
const AWAY = 60 * DAY;

/** What goes on in an organisation by itself: people sign in and open what they have, and now and then somebody moves. */
export class DailyLife {
  readonly #random: Random;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly org: Org,
    seed: number,
  ) {
    this.#random = Random.of(seed, 'daily-life');
  }

  /** @param everyMs from one moment to the next; nobody waits for the last one */
  start(everyMs: number): void {
    this.#timer ??= setInterval(() => this.moment(), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  moment(): void {
    const { org } = this;
    const user = users(org).drawn(this.#random.next(), (one) => this.#isHere(one)) ?? this.#anybody();
    if (user !== undefined) {
      org.signIn(user.id);
      const apps = [...org.directory.groupsOf(user.id)].flatMap((group) => [...org.applications.appsOfGroup(group)]);
      if (apps.length > 0) org.signIn(user.id, this.#random.pick(apps));
    }
    if (this.#random.chance(MOVES)) this.#moves();
  }

  /** Who has been away for months does not come back by chance. */
  #isHere(user: OktaObject): boolean {
    const lastLogin = timeOf(user['lastLogin']) ?? 0;
    return inStatus('ACTIVE')(user) && lastLogin > this.org.settings.now().getTime() - AWAY;
  }

  /** In an org that was recorded long ago nobody is here. */
  #anybody(): OktaObject | undefined {
    return users(this.org).drawn(this.#random.next(), inStatus('ACTIVE'));
  }

  /** Into an ordinary group, or out of one: nobody becomes an administrator by the by. */
  #moves(): void {
    const { org } = this;
    const random = this.#random;
    const isOrdinary = (group: OktaObject): boolean =>
      isOktaGroup(group) && !org.administration.holdsRole({ kind: 'group', id: group.id });
    const group = groups(org).drawn(random.next(), isOrdinary);
    if (group === undefined) return;
    const members = org.directory.members(group.id);
    if (random.chance(0.5)) {
      const joining = users(org).drawn(random.next(), (user) => inStatus('ACTIVE')(user) && !members.has(user.id));
      if (joining !== undefined) org.addMember(group.id, joining.id);
      return;
    }
    const leaving = members.drawn(random.next());
    if (leaving !== undefined) org.removeMember(group.id, leaving);
  }
}
