import type { Raw } from '../log-event.js';
import type { History } from './history.js';
import type { KnownAccount, KnownGroup } from './known.js';

const DAY_MS = 86_400_000;
const NEW_DAYS = 7;
const DORMANT_DAYS = 90;

/** What may be asked of an account, whether it acts or something is done to it. */
export function personOf(known: KnownAccount | undefined, at: number, history: History | undefined): Raw {
  const ageDays = known?.createdAt === undefined ? undefined : daysBetween(known.createdAt, at);
  const before = history === undefined ? undefined : history.lastUse(at);
  // What was synced may be of a use that the log tells of, too: only what lies before counts.
  const synced = known?.lastUsedAt !== undefined && known.lastUsedAt < at - DAY_MS ? known.lastUsedAt : undefined;
  const used = before === undefined ? synced : Math.max(before, synced ?? 0);
  const dormantDays = used === undefined ? undefined : daysBetween(used, at);
  return {
    isAdmin: known?.roles === undefined ? undefined : known.roles.length > 0,
    isSuperAdmin: known?.isSuperAdmin,
    roles: known?.roles,
    isBreakGlass: known?.isBreakGlass,
    ageDays,
    isNew: ageDays === undefined ? undefined : ageDays < NEW_DAYS,
    dormantDays,
    isDormant: dormantDays === undefined ? undefined : dormantDays >= DORMANT_DAYS,
  };
}

export function groupFacts(known: KnownGroup | undefined): Raw {
  return {
    isAdmin: known?.roles === undefined ? undefined : known.roles.length > 0,
    isSuperAdmin: known?.isSuperAdmin,
    isRuled: known?.isRuled,
  };
}

function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / DAY_MS));
}
