import { edgeKey, type Group, type GroupRule, type SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { FIELDS } from './field-names.js';
import { isObject } from './is-object.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';

const ORIGIN: Readonly<Record<string, Group['origin']>> = { OKTA_GROUP: 'native', APP_GROUP: 'app', BUILT_IN: 'builtin' };
const RULE_STATUS: Readonly<Record<string, GroupRule['status']>> = {
  ACTIVE: 'active',
  INACTIVE: 'inactive',
  INVALID: 'invalid',
};

/** A group; `null` when it has no id. Hint: `{ members, apps, admin, pushes, type }`, each `null` without `expand=stats`; `everyone` only with that group. */
export function mapGroup(value: unknown, drift: Drift): SourceRecord<'group'> | null {
  const group = ObjectReader.of(value, 'group', drift, FIELDS.group);
  const key = group?.id('id') ?? null;
  if (group === null || key === null) return null;
  const profile = group.child('profile');
  // Okta's own group of all users; a group that somebody else has named so is none.
  const isEveryone = group.string('type') === 'BUILT_IN' && profile.text('name') === 'Everyone';
  const stats = group.child('_embedded').child('stats', FIELDS.groupStats);
  return {
    kind: 'group',
    key,
    data: {
      name: profile.text('name'),
      description: profile.text('description'),
      origin: group.oneOf<Group['origin']>('type', ORIGIN, 'unknown'),
      sourceApplication: sourceApplication(group),
      createdAt: group.instant('created'),
      updatedAt: group.instant('lastUpdated'),
      membershipUpdatedAt: group.instant('lastMembershipUpdated'),
    },
    hint: {
      members: stats.number('usersCount'),
      apps: stats.number('appsCount'),
      admin: stats.boolean('hasAdminPrivilege'),
      pushes: stats.number('groupPushMappingsCount'),
      type: group.string('type'),
      ...(isEveryone && { everyone: true }),
    },
    raw: redactObject(value, drift.harmless),
  };
}

/** Whether an answer's object is a group that Okta keeps by itself, such as Everyone, before anything is made of it. */
export function isBuiltInGroup(value: unknown): boolean {
  return isObject(value) && 'type' in value && value.type === 'BUILT_IN';
}

/** `source.id`, or the end of `_links.source.href`, `.../api/v1/apps/0oa...`: one of the two names the app that masters it. */
function sourceApplication(group: ObjectReader): string | null {
  const id = group.child('source').id('id');
  if (id !== null) return id;
  const href = group.child('_links').child('source').string('href');
  return /\/apps\/([^/?#]+)/.exec(href ?? '')?.[1] ?? null;
}

/** A member as `GET /groups/{id}/users` lists it. Only the edge: who the account is comes with the accounts. */
export function mapMembership(value: unknown, group: string, drift: Drift): SourceRecord<'membership'> | null {
  const member = ObjectReader.of(value, 'group member', drift)?.id('id') ?? null;
  if (member === null) return null;
  return { kind: 'membership', key: edgeKey(group, member), partition: group, data: { group, memberKind: 'account', member } };
}

/** The same edge from the other side, of a group as `GET /users/{id}/groups` lists it. */
export function mapUserGroup(value: unknown, member: string, drift: Drift): SourceRecord<'membership'> | null {
  const group = ObjectReader.of(value, 'group', drift, FIELDS.group)?.id('id') ?? null;
  return group === null ? null : mapMembership({ id: member }, group, drift);
}

export function mapGroupRule(value: unknown, drift: Drift): SourceRecord<'group_rule'> | null {
  const rule = ObjectReader.of(value, 'group rule', drift, FIELDS.groupRule);
  const key = rule?.id('id') ?? null;
  if (rule === null || key === null) return null;
  const conditions = rule.child('conditions', FIELDS.groupRuleConditions);
  return {
    kind: 'group_rule',
    key,
    data: {
      name: rule.string('name'),
      expression: conditions.child('expression').string('value'),
      targetGroups: rule.child('actions', FIELDS.groupRuleActions).child('assignUserToGroups').strings('groupIds'),
      excludedAccounts: conditions.child('people').child('users').strings('exclude'),
      status: rule.oneOf<GroupRule['status']>('status', RULE_STATUS, 'unknown'),
      providerStatus: rule.string('status'),
      createdAt: rule.instant('created'),
      updatedAt: rule.instant('lastUpdated'),
    },
    raw: redactObject(value, drift.harmless),
  };
}
