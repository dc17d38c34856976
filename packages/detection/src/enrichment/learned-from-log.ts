import { asRaw, type LogEvent, textIn } from '../log-event.js';
import type { Known, KnownAccount, KnownGroup } from './known.js';

const LISTED = /\s*,\s*/;

interface Roles {
  readonly roles: readonly string[] | undefined;
  readonly isSuperAdmin: boolean | undefined;
}

/** Which roles somebody holds from which moment on, in their order. */
type Held = (readonly [from: number, roles: Roles])[];

/** What the log itself says of accounts and groups: who was made when, and who held which role when. */
export class LearnedFromLog implements Known {
  readonly #createdAt = new Map<string, number>();
  readonly #byAccount = new Map<string, Held>();
  readonly #byGroup = new Map<string, Held>();

  account(id: string, at: number): KnownAccount | undefined {
    const createdAt = this.#createdAt.get(id);
    const roles = heldAt(this.#byAccount.get(id), at);
    return createdAt === undefined && roles === undefined ? undefined : { createdAt, ...roles };
  }

  group(id: string, at: number): KnownGroup | undefined {
    return heldAt(this.#byGroup.get(id), at);
  }

  learn(event: LogEvent): void {
    if (!event.isSuccess) return;
    const { type, targets, at } = event;
    const user = targets.find((target) => target.type === 'User');
    const group = targets.find((target) => target.type === 'UserGroup');
    if (type === 'user.lifecycle.create' && user !== undefined) this.#createdAt.set(user.id, at);
    if (type === 'user.account.privilege.grant' && user !== undefined) hold(this.#byAccount, user.id, at, granted(event));
    if (type === 'group.privilege.grant' && group !== undefined) hold(this.#byGroup, group.id, at, granted(event));
    if (type === 'user.account.privilege.revoke' && user !== undefined) hold(this.#byAccount, user.id, at, NONE);
  }
}

const NONE: Roles = { roles: undefined, isSuperAdmin: undefined };

function hold(all: Map<string, Held>, id: string, from: number, roles: Roles): void {
  const held = all.get(id);
  if (held === undefined) all.set(id, [[from, roles]]);
  else held.splice(placeIn(held, from), 0, [from, roles]);
}

function heldAt(held: Held | undefined, at: number): Roles | undefined {
  return held?.[placeIn(held, at) - 1]?.[1];
}

/** Behind all that is held from `at` or before. A log may grant and revoke a hundred thousand times. */
function placeIn(held: Held, at: number): number {
  let [low, high] = [0, held.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((held[middle]?.[0] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All that somebody holds from then on: the event lists it as people read it. */
function granted({ raw }: LogEvent): Roles {
  const said = textIn(asRaw(asRaw(raw['debugContext'])?.['debugData']), 'privilegeGranted') ?? '';
  const roles = said.split(LISTED).filter((role) => role !== '');
  return { roles, isSuperAdmin: roles.some((role) => /^super/i.test(role)) };
}
