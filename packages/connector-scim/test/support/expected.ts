import type { RecordKind } from '@castellan/connector-sdk';
import type { Directory } from './directory.js';

type Rows = ReadonlyMap<string, object>;

/** What must be stored of a directory, by kind and key, written down without the connector's mappers. */
export function expectedRows(directory: Directory): ReadonlyMap<RecordKind, Rows> {
  return new Map<RecordKind, Rows>([
    ['account', accounts(directory)],
    ['group', groups(directory)],
    ['membership', memberships(directory)],
    ['role', roles(directory)],
    ['role_assignment', roleAssignments(directory)],
  ]);
}

/** Keys by the connector's streams. */
export function expectedKeys(directory: Directory): Readonly<Record<string, readonly string[]>> {
  const rows = expectedRows(directory);
  const keys = (kind: RecordKind): readonly string[] => [...(rows.get(kind)?.keys() ?? [])].toSorted();
  return {
    accounts: keys('account'),
    groups: keys('group'),
    memberships: keys('membership'),
    roles: keys('role'),
    'role-assignments': keys('role_assignment'),
  };
}

const iso = (time: number): string => new Date(time).toISOString();

function accounts({ people }: Directory): Rows {
  return new Map(
    [...people.values()].map((person) => [
      person.id,
      {
        login: person.login,
        email: person.mail,
        displayName: `${person.given} ${person.family}`,
        status: person.isActive ? 'active' : 'suspended',
        providerStatus: person.isActive ? 'true' : 'false',
        isHuman: null,
        createdAt: iso(person.created),
        activatedAt: null,
        lastLoginAt: null,
        passwordChangedAt: null,
        statusChangedAt: null,
        updatedAt: iso(person.changed),
        manager: person.boss,
        department: person.department,
        credentialProvider: null,
      },
    ]),
  );
}

function groups({ teams }: Directory): Rows {
  return new Map(
    [...teams.values()].map((team) => [
      team.id,
      {
        name: team.name,
        description: null,
        origin: 'unknown',
        sourceApplication: null,
        createdAt: iso(team.created),
        updatedAt: iso(team.changed),
        membershipUpdatedAt: null,
      },
    ]),
  );
}

function memberships({ teams }: Directory): Rows {
  return new Map(
    [...teams.values()].flatMap((team) =>
      team.members.map((member) => [
        `${team.id}|${member}`,
        { group: team.id, memberKind: teams.has(member) ? 'group' : 'account', member },
      ]),
    ),
  );
}

/** Who comes first by id and names a role decides over its label. */
function roles({ people }: Directory): Rows {
  const labels = new Map<string, string>();
  for (const person of [...people.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    for (const [value, label] of person.roles) labels.set(`role:${value}`, labels.get(`role:${value}`) || label);
    for (const value of person.entitlements) labels.set(`entitlement:${value}`, '');
  }
  return new Map(
    [...labels].map(([key, label]) => {
      const data = { description: null, builtIn: false, permissions: [], createdAt: null, updatedAt: null };
      return [key, { ...data, label: label === '' ? key.slice(key.indexOf(':') + 1) : label }];
    }),
  );
}

function roleAssignments({ people }: Directory): Rows {
  const rows = new Map<string, object>();
  for (const person of people.values()) {
    const held = [
      ...person.roles.map(([value]) => `role:${value}`),
      ...person.entitlements.map((value) => `entitlement:${value}`),
    ];
    for (const role of held) {
      rows.set(`${role}|${person.id}`, {
        role,
        principalKind: 'account',
        principal: person.id,
        targetKind: null,
        target: null,
        assignment: null,
        providerStatus: null,
        createdAt: null,
        updatedAt: null,
      });
    }
  }
  return rows;
}
