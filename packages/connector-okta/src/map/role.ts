import { edgeKey, type RoleAssignment, type SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { FIELDS } from './field-names.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';
import { NOT_SAID, type RoleGovernance } from './role-governance.js';
import { reachOfCustomRole, reachOfStandardRole } from './role-powers.js';

/** Okta's own roles cannot be listed, so they are here. Key: Okta's type. Labels and descriptions in our words. */
const STANDARD_ROLES: Readonly<Record<string, readonly [label: string, description: string]>> = {
  SUPER_ADMIN: ['Super Administrator', 'Everything in the organisation, the rights of other administrators included.'],
  ORG_ADMIN: [
    'Organization Administrator',
    'Users, groups and most settings, but not applications and not other administrators.',
  ],
  APP_ADMIN: ['Application Administrator', 'Adds applications and assigns them; can be narrowed to some of them.'],
  USER_ADMIN: ['Group Administrator', 'Manages groups and the users in them; can be narrowed to some groups.'],
  HELP_DESK_ADMIN: [
    'Help Desk Administrator',
    'Resets passwords and factors, unlocks accounts; can be narrowed to some groups.',
  ],
  GROUP_MEMBERSHIP_ADMIN: [
    'Group Membership Administrator',
    'Puts users into groups and takes them out; can be narrowed to some groups.',
  ],
  READ_ONLY_ADMIN: ['Read-Only Administrator', 'Sees everything, changes nothing.'],
  MOBILE_ADMIN: ['Mobile Administrator', 'Mobile device policies and enrolled devices.'],
  REPORT_ADMIN: ['Report Administrator', 'Reports and the System Log.'],
  API_ACCESS_MANAGEMENT_ADMIN: ['API Access Management Administrator', 'Authorization servers, their scopes and claims.'],
  ACCESS_CERTIFICATIONS_ADMIN: ['Access Certifications Administrator', 'Access review campaigns.'],
  ACCESS_REQUESTS_ADMIN: ['Access Requests Administrator', 'Request types and teams for access requests.'],
  WORKFLOWS_ADMIN: ['Workflows Administrator', 'Automations in Okta Workflows, which act with wide rights of their own.'],
};

export function standardRoles(): readonly SourceRecord<'role'>[] {
  return Object.entries(STANDARD_ROLES).map(([key, [label, description]]) => ({
    kind: 'role',
    key,
    data: {
      label,
      description,
      builtIn: true,
      permissions: [],
      ...reachOfStandardRole(key),
      createdAt: null,
      updatedAt: null,
    },
  }));
}

/** @param permissions as `GET /iam/roles/{id}/permissions` lists them. */
export function mapCustomRole(value: unknown, permissions: readonly unknown[], drift: Drift): SourceRecord<'role'> | null {
  const role = ObjectReader.of(value, 'custom role', drift, FIELDS.customRole);
  const key = role?.id('id') ?? null;
  if (role === null || key === null) return null;
  const granted = permissions
    .map((item) => ObjectReader.of(item, 'permission', drift, FIELDS.permission))
    .filter((permission) => permission !== null);
  const labels = granted.map((permission) => permission.filled('label'));
  return {
    kind: 'role',
    key,
    data: {
      label: role.string('label'),
      description: role.string('description'),
      builtIn: false,
      permissions: labels.filter((label) => label !== null),
      ...reachOfCustomRole(granted),
      createdAt: role.instant('created'),
      updatedAt: role.instant('lastUpdated'),
    },
    raw: redactObject(value, drift.harmless),
  };
}

export interface Principal {
  readonly kind: RoleAssignment['principalKind'];
  /** The key of the account, group or application. */
  readonly key: string;
}

export interface RoleTarget {
  readonly kind: 'group' | 'application' | 'resource_set';
  readonly key: string;
}

/** One row of a principal's roles, before its targets are known. */
export interface RoleRow {
  /** Okta's id of the assignment. */
  readonly assignment: string;
  /** Okta's type, e.g. `APP_ADMIN`, `CUSTOM`. */
  readonly type: string | null;
  /** `GROUP` in a user's list: it came through a group, and belongs to that group. */
  readonly assignmentType: string | null;
  readonly role: string;
  readonly resourceSet: string | null;
  readonly record: (
    principal: Principal,
    target: RoleTarget | null,
    governance?: RoleGovernance,
  ) => SourceRecord<'role_assignment'>;
}

/** @returns `null` when the row names no role or has no id. */
export function mapRoleRow(value: unknown, drift: Drift): RoleRow | null {
  const row = ObjectReader.of(value, 'role assignment', drift, FIELDS.roleAssignment);
  const assignment = row?.id('id') ?? null;
  if (row === null || assignment === null) return null;
  const type = row.id('type');
  // Custom roles are known by their id. Some of Okta's own carry their type in both places.
  const role = type === null || type === 'CUSTOM' ? (row.id('role') ?? type) : type;
  if (role === null) return null;
  const common = {
    assignment,
    providerStatus: row.string('status'),
    createdAt: row.instant('created'),
    updatedAt: row.instant('lastUpdated'),
  };
  const raw = redactObject(value, drift.harmless);
  return {
    assignment,
    type,
    assignmentType: row.string('assignmentType'),
    role,
    resourceSet: row.id('resource-set'),
    record: (principal, target, governance = NOT_SAID) => ({
      kind: 'role_assignment',
      key: edgeKey(role, principal.key, ...(target === null ? [] : [target.key])),
      partition: principal.key,
      data: {
        role,
        principalKind: principal.kind,
        principal: principal.key,
        targetKind: target?.kind ?? null,
        target: target?.key ?? null,
        ...governance,
        ...common,
      },
      raw,
    }),
  };
}

/** A group, or an app of the catalogue: an instance has an id, a whole kind of app only its catalogue name. */
export function mapRoleTarget(value: unknown, kind: 'group' | 'application', drift: Drift): RoleTarget | null {
  const target = ObjectReader.of(value, `${kind} target`, drift);
  const key = target?.id('id') ?? (kind === 'application' ? target?.id('name') : null) ?? null;
  return key === null ? null : { kind, key };
}
