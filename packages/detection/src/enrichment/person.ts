import { partsOf, type Parts } from '../sigma/later.js';
import type { History } from './history.js';
import type { KnownAccount, KnownGroup } from './known.js';

const DAY_MS = 86_400_000;
const NEW_DAYS = 7;
const DORMANT_DAYS = 90;

/** An account at a moment, whether it acts or something is done to it. */
export interface Person {
  readonly known: KnownAccount | undefined;
  readonly at: number;
  readonly history: History | undefined;
}

/** What may be asked of it. */
export const PERSON: Parts<Person> = partsOf<Person>({
  isAdmin: ({ known }) => holdsRoles(known),
  isSuperAdmin: ({ known }) => known?.isSuperAdmin,
  roles: ({ known }) => known?.roles,
  isBreakGlass: ({ known }) => known?.isBreakGlass,
  ageDays,
  isNew: (of) => {
    const days = ageDays(of);
    return days === undefined ? undefined : days < NEW_DAYS;
  },
  dormantDays,
  isDormant: (of) => {
    const days = dormantDays(of);
    return days === undefined ? undefined : days >= DORMANT_DAYS;
  },
});

/** What may be asked of a group. */
export const GROUP: Parts<KnownGroup | undefined> = partsOf<KnownGroup | undefined>({
  isAdmin: holdsRoles,
  isSuperAdmin: (known) => known?.isSuperAdmin,
  isRuled: (known) => known?.isRuled,
});

function holdsRoles(known: KnownAccount | KnownGroup | undefined): boolean | undefined {
  return known?.roles === undefined ? undefined : known.roles.length > 0;
}

function ageDays({ known, at }: Person): number | undefined {
  return known?.createdAt === undefined ? undefined : daysBetween(known.createdAt, at);
}

function dormantDays({ known, at, history }: Person): number | undefined {
  const before = history?.lastUse(at);
  // What was synced may be of a use that the log tells of, too: only what lies before counts.
  const synced = known?.lastUsedAt !== undefined && known.lastUsedAt < at - DAY_MS ? known.lastUsedAt : undefined;
  const used = before === undefined ? synced : Math.max(before, synced ?? 0);
  return used === undefined ? undefined : daysBetween(used, at);
}

function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / DAY_MS));
}
