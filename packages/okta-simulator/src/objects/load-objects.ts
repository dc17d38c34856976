import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OktaObject } from '../json/json.js';
import { hasId, isJsonObject } from '../json/json.js';
import type { PrincipalKind, RoleAssignment } from '../org/administration.js';
import { rulesOf } from '../org/setting-lists.js';
import type { Org } from '../org/org.js';
import type { Placeholder } from './placeholders.js';
import { Placeholders } from './placeholders.js';
import type { FileForm, RecordedRow, Skipped } from './recorded-file.js';
import { readRecordedFile } from './recorded-file.js';

export type { Placeholder, Skipped };

export interface ObjectsReport {
  /** Distinct objects by file name. */
  readonly recorded: Readonly<Record<string, number>>;
  readonly placeholders: readonly Placeholder[];
  /** Names in the folder that the simulator does not know. */
  readonly ignoredFiles: readonly string[];
  /** Lines of known files that hold no object. */
  readonly skipped: readonly Skipped[];
}

type Load = (org: Org, rows: readonly RecordedRow[], placeholders: Placeholders) => void;

interface KnownFile {
  readonly form: FileForm;
  readonly load: Load;
}

const ALONE: FileForm = { key: 'id', parent: false };
const CHILD: FileForm = { key: 'id', parent: true };

/** Calls back with the rows as objects with an id: the files' form has made sure of it. */
function each(rows: readonly RecordedRow[], store: (object: OktaObject, parent: string) => void): void {
  for (const { object, parent } of rows) if (hasId(object)) store(object, parent);
}

const plainList = (name: string): KnownFile => ({
  form: ALONE,
  load: (org, rows) => each(rows, (object) => org.list(name).set(object.id, object)),
});

function loadMembers(org: Org, rows: readonly RecordedRow[], placeholders: Placeholders): void {
  each(rows, (member, groupId) => {
    placeholders.group(groupId, member, `group-members.jsonl: member ${member.id}`);
    if (!isJsonObject(member['profile'])) placeholders.user(member.id, member, `group-members.jsonl: member of ${groupId}`);
    // The row of users.jsonl is there already and wins; a member that is only known from here is a user all the same.
    else if (!org.directory.users.has(member.id)) org.directory.users.set(member.id, member);
    org.directory.join(groupId, member.id);
  });
}

const assignmentOf = (object: OktaObject): RoleAssignment => ({ object, groupTargets: [], appTargets: [] });

const rolesOf = (kind: PrincipalKind, file: string): KnownFile => ({
  form: CHILD,
  load: (org, rows, placeholders) =>
    each(rows, (object, id) => {
      const because = `${file}: role ${object.id}`;
      if (kind === 'user') placeholders.user(id, object, because);
      if (kind === 'group') placeholders.group(id, object, because);
      if (kind === 'client') placeholders.clientApp(id, object, because);
      org.administration.grant({ kind, id }, assignmentOf(object));
    }),
});

function loadFactors(org: Org, rows: readonly RecordedRow[], placeholders: Placeholders): void {
  const byUser = new Map<string, OktaObject[]>();
  each(rows, (factor, userId) => {
    placeholders.user(userId, factor, `factors.jsonl: factor ${factor.id}`);
    byUser.set(userId, [...(byUser.get(userId) ?? []), factor]);
  });
  for (const [userId, factors] of byUser) org.factors.replace(userId, factors);
}

/** An event counts as persisted when the simulator started: a poll finds it, however old it says it is. */
function loadEvents(org: Org, rows: readonly RecordedRow[]): void {
  const persisted = org.settings.now().getTime();
  for (const { object } of rows) org.log.append(object, persisted);
}

/** In the order of loading: what stands alone first, so that a placeholder is made only for what no file has. */
const KNOWN: Readonly<Record<string, KnownFile>> = {
  'users.jsonl': { form: ALONE, load: (org, rows) => each(rows, (user) => org.directory.users.set(user.id, user)) },
  'groups.jsonl': { form: ALONE, load: (org, rows) => each(rows, (group) => org.directory.groups.set(group.id, group)) },
  'group-rules.jsonl': { form: ALONE, load: (org, rows) => each(rows, (rule) => org.directory.rules.set(rule.id, rule)) },
  'apps.jsonl': { form: ALONE, load: (org, rows) => each(rows, (app) => org.applications.apps.set(app.id, app)) },
  'custom-roles.jsonl': { form: ALONE, load: (org, rows) => each(rows, (role) => org.administration.roles.set(role.id, role)) },
  'resource-sets.jsonl': {
    form: ALONE,
    load: (org, rows) => each(rows, (set) => org.administration.resourceSets.set(set.id, set)),
  },
  'idps.jsonl': { form: ALONE, load: (org, rows) => each(rows, (idp) => org.identityProviders.idps.set(idp.id, idp)) },
  'idp-keys.jsonl': {
    form: { key: 'kid', parent: false },
    load: (org, rows) => rows.forEach(({ key, object }) => org.identityProviders.keys.set(key, object)),
  },
  'policies.jsonl': plainList('policies'),
  'group-members.jsonl': { form: CHILD, load: loadMembers },
  'group-roles.jsonl': rolesOf('group', 'group-roles.jsonl'),
  'user-roles.jsonl': rolesOf('user', 'user-roles.jsonl'),
  'client-roles.jsonl': rolesOf('client', 'client-roles.jsonl'),
  'role-assignees.jsonl': {
    form: ALONE,
    load: (org, rows) => each(rows, (assignee) => org.administration.recordedAssignees.set(assignee.id, assignee)),
  },
  'role-permissions.jsonl': { form: { key: 'label', parent: true }, load: loadPermissions },
  'app-users.jsonl': { form: CHILD, load: loadAppUsers },
  'app-groups.jsonl': { form: CHILD, load: loadAppGroups },
  'idp-users.jsonl': { form: CHILD, load: loadIdpUsers },
  'factors.jsonl': { form: CHILD, load: loadFactors },
  'policy-rules.jsonl': { form: CHILD, load: loadPolicyRules },
  'authenticators.jsonl': plainList('authenticators'),
  'zones.jsonl': plainList('zones'),
  'api-tokens.jsonl': plainList('api-tokens'),
  'behaviors.jsonl': plainList('behaviors'),
  'devices.jsonl': plainList('devices'),
  'api-service-integrations.jsonl': plainList('api-service-integrations'),
  'threat-insight.jsonl': {
    form: { key: 'none', parent: false },
    load: (org, rows) => rows.forEach((row) => org.list('threat-insight').set(row.key, row.object)),
  },
  'logs.jsonl': { form: { key: 'uuid', parent: false }, load: loadEvents },
  'samples.jsonl': { form: { key: 'uuid', parent: false }, load: loadEvents },
};

function loadPermissions(org: Org, rows: readonly RecordedRow[], placeholders: Placeholders): void {
  for (const { object, parent, key } of rows) {
    placeholders.role(parent, object, `role-permissions.jsonl: permission ${key}`);
    org.administration.permissions(parent).set(key, object);
  }
}

/** The account of an app user does not become a user: it may have been deleted since, and edges do dangle in reality. */
function loadAppUsers(org: Org, rows: readonly RecordedRow[], placeholders: Placeholders): void {
  each(rows, (appUser, appId) => {
    placeholders.app(appId, appUser, `app-users.jsonl: user ${appUser.id}`);
    org.applications.assignUser(appId, appUser.id, appUser);
  });
}

function loadAppGroups(org: Org, rows: readonly RecordedRow[], placeholders: Placeholders): void {
  each(rows, (assignment, appId) => {
    placeholders.app(appId, assignment, `app-groups.jsonl: group ${assignment.id}`);
    org.applications.assignGroup(appId, assignment);
  });
}

function loadIdpUsers(org: Org, rows: readonly RecordedRow[], placeholders: Placeholders): void {
  each(rows, (link, idpId) => {
    placeholders.idp(idpId, link, `idp-users.jsonl: user ${link.id}`);
    org.identityProviders.users(idpId).set(link.id, link);
  });
}

function loadPolicyRules(org: Org, rows: readonly RecordedRow[], placeholders: Placeholders): void {
  each(rows, (rule, policyId) => {
    placeholders.policy(policyId, rule, `policy-rules.jsonl: rule ${rule.id}`);
    org.list(rulesOf(policyId)).set(rule.id, rule);
  });
}

/** Fills the org from a folder of recorded objects. Nothing is printed: who starts the simulator decides what to say. */
export async function loadObjects(org: Org, directory: string): Promise<ObjectsReport> {
  const names = new Set(await readdir(directory));
  const placeholders = new Placeholders(org);
  const recorded: Record<string, number> = {};
  const skipped: Skipped[] = [];
  for (const [file, { form, load }] of Object.entries(KNOWN)) {
    if (!names.delete(file)) continue;
    const read = await readRecordedFile(join(directory, file), file, form);
    recorded[file] = read.rows.length;
    skipped.push(...read.skipped);
    load(org, read.rows, placeholders);
  }
  return { recorded, placeholders: placeholders.made, ignoredFiles: [...names].toSorted(), skipped };
}
