import { Random } from '../generator/random.js';
import type { Org } from '../org/org.js';
import { changeKinds } from './change-kinds.js';
import { inStatus, users } from './change-kind.js';

/** Of the moments in which something happens: in which somebody is put into a group, or taken out, as well. */
const MOVES = 0.1;
const MOVE_KINDS: ReadonlySet<string> = new Set(['member added', 'member removed']);

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
    const user = users(org).drawn(this.#random.next(), inStatus('ACTIVE'));
    if (user !== undefined) {
      org.signIn(user.id);
      const apps = [...org.directory.groupsOf(user.id)].flatMap((group) => [...org.applications.appsOfGroup(group)]);
      if (apps.length > 0) org.signIn(user.id, this.#random.pick(apps));
    }
    if (!this.#random.chance(MOVES)) return;
    this.#random.pick(changeKinds.filter(({ name }) => MOVE_KINDS.has(name))).apply(org, this.#random);
  }
}
