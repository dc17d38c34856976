import { Random } from './random.js';

/** Sizes of a generated org. What is left out follows from the number of users. */
export interface OrgSize {
  readonly users?: number;
  readonly groups?: number;
  readonly apps?: number;
  /** People assigned to each app, directly and through its access group together. Absent: varies from app to app. */
  readonly assignmentsPerApp?: number;
  /** Access groups: as many apps, one each, are assigned through a group as well. Absent: every app, as far as the groups go. */
  readonly assignedGroups?: number;
  /** Memberships without those of Everyone. */
  readonly memberships?: number;
  readonly events?: number;
}

export interface GeneratorPlan {
  readonly users: number;
  readonly groups: number;
  readonly apps: number;
  readonly assignmentsPerApp: number | undefined;
  readonly assignedGroups: number;
  readonly memberships: number;
  readonly events: number;
  readonly seed: number;
  /** The moment that all times are relative to. */
  readonly epoch: number;
  /** Texts of times already written, by days before the epoch: app users are rendered by the hundred thousand. */
  readonly times: Map<number, string>;
}

export const DAY = 86_400_000;

export function planOf(size: OrgSize, seed: number, epoch: Date): GeneratorPlan {
  const users = size.users ?? 200;
  const apps = size.apps ?? Math.max(12, Math.min(150, Math.round(users / 10)));
  return {
    users,
    groups: size.groups ?? Math.max(12, Math.min(1000, Math.round(users / 5))),
    apps,
    assignedGroups: Math.min(apps, size.assignedGroups ?? apps),
    assignmentsPerApp: size.assignmentsPerApp,
    memberships: size.memberships ?? users * 3,
    events: size.events ?? Math.min(20_000, users * 5),
    seed,
    // To the second: Okta's dates end in .000Z, and half of the point of odd times is that they are rare.
    epoch: Math.floor(epoch.getTime() / 1000) * 1000,
    times: new Map(),
  };
}

/** A time some days before the epoch, as Okta writes it. */
export function daysBefore(plan: GeneratorPlan, days: number): string {
  const known = plan.times.get(days);
  if (known !== undefined) return known;
  const text = new Date(plan.epoch - Math.round(days * DAY)).toISOString();
  // Whole days only: those repeat, and there are few thousand of them.
  if (Number.isInteger(days)) plan.times.set(days, text);
  return text;
}

export const randomOf = (plan: GeneratorPlan, ...parts: readonly (string | number)[]): Random => Random.of(plan.seed, ...parts);
