import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Org } from '../org/org.js';
import { appId } from './applications.js';
import { makeId } from './ids.js';
import { userId } from './people.js';
import type { GeneratorPlan } from './plan.js';
import { daysBefore, randomOf } from './plan.js';
import type { Random } from './random.js';
import { DEPARTMENTS, PROJECTS, SITES } from './words.js';

/** What a group is for decides who is in it. */
type Purpose = 'everyone' | 'department' | 'site' | 'access' | 'project';

interface PlannedGroup {
  readonly index: number;
  readonly purpose: Purpose;
  readonly name: string;
  /** Department or city that the members share; index of the app for an access group. */
  readonly of: string;
}

const ACCESS_SHARE = 0.6;

export const groupId = (plan: GeneratorPlan, index: number): string => makeId('00g', plan.seed, index);

/** Everyone, departments, sites, an access group for each app, projects: as many as the plan has room for. */
function plannedGroups(org: Org, plan: GeneratorPlan): readonly PlannedGroup[] {
  const planned: PlannedGroup[] = [];
  const add = (purpose: Purpose, name: string, of = ''): void => {
    if (planned.length < plan.groups) planned.push({ index: planned.length, purpose, name, of });
  };
  add('everyone', 'Everyone');
  // Access groups come early where room is short: without them no app is assigned through a group.
  const roomForAll = plan.groups > DEPARTMENTS.length + SITES.length + plan.assignedGroups;
  if (roomForAll) for (const department of DEPARTMENTS) add('department', `Department ${department.name}`, department.name);
  if (roomForAll) for (const site of SITES) add('site', `Site ${site.city}`, site.city);
  for (let index = 0; index < plan.assignedGroups; index += 1) {
    const app = org.applications.apps.get(appId(plan, index));
    add('access', `Access ${textAt(app, 'label') ?? index}`, String(index));
  }
  for (let index = 0; planned.length < plan.groups; index += 1) {
    const round = Math.floor(index / PROJECTS.length);
    add('project', `Project ${PROJECTS[index % PROJECTS.length] ?? ''}${round === 0 ? '' : ` ${round + 1}`}`);
  }
  return planned;
}

export function generateGroups(org: Org, plan: GeneratorPlan): void {
  const planned = plannedGroups(org, plan);
  for (const one of planned) org.directory.groups.set(groupId(plan, one.index), makeGroup(org, plan, one));
  joinEveryone(org, plan);
  joinByProfile(org, plan, planned);
  assignApps(org, plan, planned);
  fillProjects(org, plan, planned);
  generateRules(org, plan, planned);
  generateOwners(org, plan, planned);
}

function makeGroup(org: Org, plan: GeneratorPlan, planned: PlannedGroup): OktaObject {
  const random = randomOf(plan, 'group', planned.index);
  const id = groupId(plan, planned.index);
  const fromDirectory = planned.purpose === 'project' && random.chance(0.3) && plan.apps > 0;
  const age = planned.purpose === 'everyone' ? 2400 : 10 + random.below(1500);
  const moved = random.below(age);
  const type = planned.purpose === 'everyone' ? 'BUILT_IN' : fromDirectory ? 'APP_GROUP' : 'OKTA_GROUP';
  return {
    id,
    created: daysBefore(plan, age),
    lastUpdated: daysBefore(plan, random.below(age)),
    lastMembershipUpdated: daysBefore(plan, moved),
    objectClass: [fromDirectory ? 'okta:windows_security_principal' : 'okta:user_group'],
    type,
    profile: fromDirectory ? directoryProfile(planned) : { name: planned.name, description: descriptionOf(planned) },
    _links: fromDirectory ? org.links.group(id, appId(plan, 0)) : org.links.group(id),
  };
}

const descriptionOf = (planned: PlannedGroup): string | null =>
  planned.purpose === 'project' ? null : planned.purpose === 'everyone' ? 'All users of the org' : `Made for ${planned.name}`;

function directoryProfile(planned: PlannedGroup): JsonObject {
  const account = planned.name.replaceAll(' ', '-').toLowerCase();
  return {
    name: planned.name,
    description: null,
    groupType: 'Security',
    groupScope: 'Global',
    samAccountName: account,
    objectSid: `S-1-5-21-1004336348-1177238915-682003330-${1000 + planned.index}`,
    externalId: `guid-${planned.index}`,
    dn: `CN=${planned.name},OU=Groups,DC=larkmill,DC=example`,
    windowsDomainQualifiedName: `LARKMILL\\${account}`,
  };
}

function joinEveryone(org: Org, plan: GeneratorPlan): void {
  if (plan.groups === 0) return;
  const everyone = groupId(plan, 0);
  for (const user of org.directory.users.keys()) org.directory.join(everyone, user);
}

function joinByProfile(org: Org, plan: GeneratorPlan, planned: readonly PlannedGroup[]): void {
  const groupOf = new Map(
    planned
      .filter(({ purpose }) => purpose === 'department' || purpose === 'site')
      .map((one) => [one.of, groupId(plan, one.index)]),
  );
  if (groupOf.size === 0) return;
  for (const user of org.directory.users.values()) {
    if (user['status'] === 'DEPROVISIONED') continue;
    for (const field of ['department', 'city']) {
      const group = groupOf.get(textAt(user, 'profile', field) ?? '');
      if (group) org.directory.join(group, user.id);
    }
  }
}

/** Every app has people: some through its access group, some directly. One app is for everybody. */
function assignApps(org: Org, plan: GeneratorPlan, planned: readonly PlannedGroup[]): void {
  const accessGroups = new Map(
    planned.filter(({ purpose }) => purpose === 'access').map((one) => [Number(one.of), groupId(plan, one.index)]),
  );
  const everybody = [...org.directory.users.keys()];
  for (let index = 0; index < plan.apps; index += 1) {
    const random = randomOf(plan, 'assign', index);
    const app = appId(plan, index);
    const group = accessGroups.get(index);
    const people = distinct(everybody, sizeOf(plan, random), random);
    const throughGroup = group === undefined ? 0 : Math.round(people.length * ACCESS_SHARE);
    if (group !== undefined) {
      org.applications.assignGroup(app, org.groupAssignment(app, group, daysBefore(plan, random.below(900))));
      for (const user of people.slice(0, throughGroup)) org.directory.join(group, user);
    }
    for (const user of people.slice(throughGroup)) org.applications.assignUser(app, user);
    if (index === 3 && plan.assignmentsPerApp === undefined && plan.groups > 0) {
      org.applications.assignGroup(app, org.groupAssignment(app, groupId(plan, 0), daysBefore(plan, 900), 1));
    }
  }
}

function sizeOf(plan: GeneratorPlan, random: Random): number {
  if (plan.assignmentsPerApp !== undefined) return Math.min(plan.users, plan.assignmentsPerApp);
  return Math.min(plan.users, 2000, Math.ceil(plan.users * (0.02 + random.next() ** 2 * 0.4)));
}

const gcd = (left: number, right: number): number => (right === 0 ? left : gcd(right, left % right));

/** Walks the users with a step that shares no factor with their number: distinct without a set of the ones taken. */
function distinct(ids: readonly string[], count: number, random: Random): readonly string[] {
  if (ids.length === 0) return [];
  let step = 1 + random.below(ids.length);
  while (gcd(step, ids.length) !== 1) step += 1;
  const start = random.below(ids.length);
  return Array.from({ length: count }, (_, index) => ids[(start + index * step) % ids.length] ?? '');
}

/** Project groups take the rest of the memberships. Every tenth stays empty: empty groups are common and cost calls. */
function fillProjects(org: Org, plan: GeneratorPlan, planned: readonly PlannedGroup[]): void {
  const projects = planned.filter(({ purpose, index }) => purpose === 'project' && index % 10 !== 0);
  if (projects.length === 0 || plan.users === 0) return;
  const everybody = [...org.directory.users.keys()];
  let rest = plan.memberships;
  for (const { index, purpose } of planned) if (purpose !== 'everyone') rest -= org.directory.memberCount(groupId(plan, index));
  for (const [position, project] of projects.entries()) {
    if (rest <= 0) return;
    const share = Math.min(plan.users, Math.ceil(rest / (projects.length - position)));
    const members = distinct(everybody, share, randomOf(plan, 'project', project.index));
    for (const user of members) org.directory.join(groupId(plan, project.index), user);
    rest -= members.length;
  }
}

function generateRules(org: Org, plan: GeneratorPlan, planned: readonly PlannedGroup[]): void {
  const ruled = planned
    .filter(({ purpose }) => purpose === 'department' || purpose === 'site' || purpose === 'access')
    .slice(0, 30);
  for (const [index, group] of ruled.entries()) {
    const random = randomOf(plan, 'rule', index);
    // The people of a department are in its group because of where they work; those of an access group were picked.
    if (group.purpose !== 'access') {
      for (const user of org.directory.members(groupId(plan, group.index)).keys()) {
        org.directory.markByRule(groupId(plan, group.index), user);
      }
    }
    const field = group.purpose === 'site' ? 'city' : group.purpose === 'department' ? 'department' : 'costCenter';
    const created = daysBefore(plan, 200 + random.below(900));
    org.directory.rules.set(makeId('0pr', plan.seed, index), {
      type: 'group_rule',
      id: makeId('0pr', plan.seed, index),
      status: random.weighted([
        ['ACTIVE', 85],
        ['INACTIVE', 12],
        ['INVALID', 3],
      ]),
      name: `Put into ${group.name}`.slice(0, 50),
      created,
      lastUpdated: daysBefore(plan, random.below(200)),
      conditions: {
        people: { users: { exclude: [] }, groups: { exclude: [] } },
        expression: { value: `user.${field}=="${group.of}"`, type: 'urn:okta:expression:1.0' },
      },
      actions: { assignUserToGroups: { groupIds: [groupId(plan, group.index)] } },
      allGroupsValid: true,
    });
  }
}

function generateOwners(org: Org, plan: GeneratorPlan, planned: readonly PlannedGroup[]): void {
  const places = { project: 0, access: 1 } as const;
  for (const { index, purpose } of planned) {
    if ((purpose !== 'project' && purpose !== 'access') || index % 4 !== places[purpose] || plan.users === 0) continue;
    const owner = org.directory.users.get(userId(plan, index % plan.users));
    if (owner)
      org.directory.addOwner(groupId(plan, index), ownerOf(plan, owner.id, 'USER', textAt(owner, 'profile', 'displayName')));
    // Some are looked after by a whole group.
    const owning = planned[(index + 1) % planned.length];
    if (purpose !== 'access' || index % 8 !== 1 || owning === undefined || owning.index === index) continue;
    org.directory.addOwner(groupId(plan, index), ownerOf(plan, groupId(plan, owning.index), 'GROUP', owning.name));
  }
}

const ownerOf = (plan: GeneratorPlan, id: string, type: 'USER' | 'GROUP', displayName: string | undefined): OktaObject => ({
  id,
  type,
  displayName: displayName ?? id,
  originType: 'OKTA_DIRECTORY',
  originId: null,
  resolved: true,
  lastUpdated: daysBefore(plan, 20),
});
