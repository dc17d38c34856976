import { asRaw, type LogEvent, textIn } from '../log-event.js';
import type { Known, KnownAccount, KnownGroup } from './known.js';

const LISTED = /\s*,\s*/;

/** What the log itself says of accounts and groups: who was made when, and who was given which role. */
export class LearnedFromLog implements Known {
  readonly #accounts = new Map<string, KnownAccount>();
  readonly #groups = new Map<string, KnownGroup>();

  account(id: string): KnownAccount | undefined {
    return this.#accounts.get(id);
  }

  group(id: string): KnownGroup | undefined {
    return this.#groups.get(id);
  }

  learn(event: LogEvent): void {
    if (!event.isSuccess) return;
    const { type, targets, at } = event;
    const user = targets.find((target) => target.type === 'User');
    const group = targets.find((target) => target.type === 'UserGroup');
    if (type === 'user.lifecycle.create' && user !== undefined) this.#change(user.id, { createdAt: at });
    if (type === 'user.account.privilege.grant' && user !== undefined) this.#change(user.id, granted(event));
    if (type === 'group.privilege.grant' && group !== undefined) this.#groups.set(group.id, granted(event));
    if (type === 'user.account.privilege.revoke' && user !== undefined)
      this.#change(user.id, { roles: undefined, isSuperAdmin: undefined });
  }

  #change(id: string, facts: KnownAccount): void {
    this.#accounts.set(id, { ...this.#accounts.get(id), ...facts });
  }
}

/** All that somebody holds from then on: the event lists it as people read it. */
function granted({ raw }: LogEvent): { readonly roles: readonly string[]; readonly isSuperAdmin: boolean } {
  const said = textIn(asRaw(asRaw(raw['debugContext'])?.['debugData']), 'privilegeGranted') ?? '';
  const roles = said.split(LISTED).filter((role) => role !== '');
  return { roles, isSuperAdmin: roles.some((role) => /^super/i.test(role)) };
}
