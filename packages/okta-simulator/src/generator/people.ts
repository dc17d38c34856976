import type { JsonObject, OktaObject } from '../json/json.js';
import type { Org } from '../org/org.js';
import type { UserStatus } from '../org/directory-changes.js';
import { makeId } from './ids.js';
import type { GeneratorPlan } from './plan.js';
import { DAY, randomOf } from './plan.js';
import { Random } from './random.js';
import { COMPANY_DOMAIN, DEPARTMENTS, FIRST_NAMES, LAST_NAMES, SERVICES, SITES } from './words.js';

const STATUS_SHARES: readonly (readonly [UserStatus, number])[] = [
  ['ACTIVE', 80],
  ['DEPROVISIONED', 9],
  ['PROVISIONED', 3],
  ['STAGED', 2],
  ['SUSPENDED', 2],
  ['PASSWORD_EXPIRED', 2],
  ['LOCKED_OUT', 1],
  ['RECOVERY', 1],
];

const PROVIDERS: readonly (readonly [string, number])[] = [
  ['OKTA', 70],
  ['ACTIVE_DIRECTORY', 22],
  ['FEDERATION', 6],
  ['IMPORT', 2],
];

/** Shared by all who have one. Okta never shows the answer. */
const RECOVERY_QUESTION = { question: 'In which street did you grow up?' } as const;
const RECOVERY_SHARE = 0.3;

const NEVER_SIGNED_IN: ReadonlySet<UserStatus> = new Set(['STAGED', 'PROVISIONED']);
const SERVICE_SHARE = 0.02;

/** The first users are the ones who run the org; after them every status comes once, so that small orgs have all of them. */
const FIRST_PEOPLE = 8;

export const userId = (plan: GeneratorPlan, index: number): string => makeId('00u', plan.seed, index);

export const userTypeId = (plan: GeneratorPlan): string => makeId('oty', plan.seed, 0);

function statusOf(index: number, random: Random): UserStatus {
  if (index < FIRST_PEOPLE) return 'ACTIVE';
  const forced = STATUS_SHARES[index - FIRST_PEOPLE];
  return forced ? forced[0] : random.weighted(STATUS_SHARES);
}

interface Dates {
  readonly created: number;
  readonly activated: number | null;
  readonly statusChanged: number | null;
  readonly lastLogin: number | null;
  readonly passwordChanged: number | null;
}

/** Times in milliseconds, all in an order that can have happened. */
function datesOf(plan: GeneratorPlan, status: UserStatus, random: Random): Dates {
  const age = 5 + random.below(2200);
  const created = plan.epoch - age * DAY - random.below(DAY / 1000) * 1000;
  if (status === 'STAGED') return { created, activated: null, statusChanged: null, lastLogin: null, passwordChanged: null };
  const between = (from: number): number => from + Math.floor((random.next() * (plan.epoch - from)) / 1000) * 1000;
  const activated = Math.min(plan.epoch, created + random.below((3 * DAY) / 1000) * 1000);
  const statusChanged = status === 'ACTIVE' ? activated : between(activated);
  if (NEVER_SIGNED_IN.has(status)) return { created, activated, statusChanged, lastLogin: null, passwordChanged: null };
  const lastLogin = lastLoginOf(plan, status, activated, statusChanged, random);
  return { created, activated, statusChanged, lastLogin, passwordChanged: between(activated) };
}

/** Most people were here this week; some have not been seen for months, and a few never. */
function lastLoginOf(
  plan: GeneratorPlan,
  status: UserStatus,
  activated: number,
  statusChanged: number,
  random: Random,
): number | null {
  const idleDays = random.weighted([
    [random.below(3), 62],
    [3 + random.below(27), 22],
    [90 + random.below(500), 12],
    [-1, 4],
  ] as const);
  if (idleDays < 0) return null;
  const latest = status === 'DEPROVISIONED' || status === 'SUSPENDED' ? statusChanged : plan.epoch;
  return Math.max(activated, latest - idleDays * DAY - random.below(DAY / 1000) * 1000);
}

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

export function generatePeople(org: Org, plan: GeneratorPlan): void {
  const taken = new Map<string, number>();
  const type = { id: userTypeId(plan) };
  for (let index = 0; index < plan.users; index += 1) {
    const random = randomOf(plan, 'user', index);
    const isService = index >= FIRST_PEOPLE + STATUS_SHARES.length && random.chance(SERVICE_SHARE);
    const status = isService ? 'ACTIVE' : statusOf(index, random);
    const dates = datesOf(plan, status, random);
    const profile = isService ? serviceProfile(index, random) : personProfile(org, plan, index, random, taken);
    org.directory.users.set(userId(plan, index), makeUser(org, userId(plan, index), status, dates, profile, type, random));
  }
}

function makeUser(
  org: Org,
  id: string,
  status: UserStatus,
  dates: Dates,
  profile: JsonObject,
  type: JsonObject,
  random: Random,
): OktaObject {
  const provider = random.weighted(PROVIDERS);
  // Not from the user's other draws, which would all be others for it.
  const asked = provider === 'OKTA' && dates.passwordChanged !== null && Random.of(id, 'recovery').chance(RECOVERY_SHARE);
  const updated = Math.max(dates.created, dates.statusChanged ?? 0, dates.passwordChanged ?? 0);
  return {
    id,
    status,
    created: iso(dates.created),
    activated: iso(dates.activated),
    statusChanged: iso(dates.statusChanged),
    lastLogin: iso(dates.lastLogin),
    lastUpdated: iso(updated),
    passwordChanged: provider === 'OKTA' ? iso(dates.passwordChanged) : null,
    type,
    profile,
    credentials: {
      ...(provider === 'OKTA' ? { password: {} } : {}),
      ...(asked ? { recovery_question: RECOVERY_QUESTION } : {}),
      provider: { type: provider, name: provider === 'ACTIVE_DIRECTORY' ? COMPANY_DOMAIN : provider },
    },
    _links: org.links.user(id),
  };
}

function personProfile(org: Org, plan: GeneratorPlan, index: number, random: Random, taken: Map<string, number>): JsonObject {
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  const login = freeLogin(firstName, lastName, taken);
  const department =
    index < FIRST_PEOPLE
      ? (DEPARTMENTS[7] ?? random.pick(DEPARTMENTS))
      : random.weighted(DEPARTMENTS.map((one) => [one, one.weight] as const));
  const at = random.pick(SITES);
  const contractor = random.chance(0.08);
  // The manager stands before the report, so the tree has no circle.
  const manager = index === 0 ? undefined : org.directory.users.get(userId(plan, Math.floor((index - 1) / 8)));
  return {
    firstName,
    lastName,
    login,
    email: login,
    secondEmail: random.chance(0.3) ? `${firstName.toLowerCase()}.${index}@mail.example` : null,
    mobilePhone: random.chance(0.5) ? `+1555${String(1_000_000 + (index % 9_000_000))}` : null,
    displayName: `${firstName} ${lastName}`,
    department: department.name,
    title: random.pick(department.titles),
    employeeNumber: String(10_000 + index),
    userType: contractor ? 'Contractor' : 'Employee',
    organization: 'Larkmill',
    city: at.city,
    countryCode: at.countryCode,
    timezone: at.timezone,
    locale: at.locale,
    ...managerOf(manager),
  };
}

function managerOf(manager: OktaObject | undefined): JsonObject {
  const profile = manager?.['profile'];
  if (typeof profile !== 'object' || profile === null || !('displayName' in profile)) return {};
  return { manager: profile.displayName, managerId: profile['login'] };
}

function serviceProfile(index: number, random: Random): JsonObject {
  const service = random.pick(SERVICES);
  const login = `svc-${service}-${index}@${COMPANY_DOMAIN}`;
  return {
    firstName: 'Service',
    lastName: service,
    login,
    email: login,
    secondEmail: null,
    mobilePhone: null,
    displayName: `svc-${service}`,
    department: 'IT',
    title: 'Service account',
    userType: 'Service',
  };
}

/** A login nobody has: namesakes are numbered. */
function freeLogin(firstName: string, lastName: string, taken: Map<string, number>): string {
  const base = `${firstName}.${lastName}`
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z.]/g, '');
  const namesakes = (taken.get(base) ?? 0) + 1;
  taken.set(base, namesakes);
  return `${base}${namesakes === 1 ? '' : namesakes}@${COMPANY_DOMAIN}`;
}
