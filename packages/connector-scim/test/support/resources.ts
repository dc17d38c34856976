import type { Directory, Person, Team } from './directory.js';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Stands in every user, as some services send it though they must not. */
export const PASSWORD_HASH = 'pbkdf2-canary-of-a-password-hash';

/** A user as a service writes it. */
export function userResource(person: Person, base: string, directory: Directory): Record<string, unknown> {
  const teams = [...directory.teams.values()].filter(({ members }) => members.includes(person.id));
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
    id: person.id,
    userName: person.login,
    name: { givenName: person.given, familyName: person.family },
    emails: [
      { value: `second.${person.mail}`, type: 'work' },
      { value: person.mail, type: 'home', primary: true },
    ],
    active: person.isActive,
    password: PASSWORD_HASH,
    ...(person.roles.length > 0 && {
      roles: person.roles.map(([value, display]) => ({ value, ...(display !== '' && { display }) })),
    }),
    ...(person.entitlements.length > 0 && { entitlements: person.entitlements.map((value) => ({ value })) }),
    groups: teams.map(({ id, name }) => ({ value: id, display: name })),
    [ENTERPRISE]: {
      ...(person.boss !== null && { manager: { value: person.boss } }),
      ...(person.department !== null && { department: person.department }),
    },
    meta: metaOf('User', person, `${base}/Users/${encodeURIComponent(person.id)}`),
  };
}

/** A group as a service writes it. */
export function groupResource(team: Team, base: string, directory: Directory): Record<string, unknown> {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    id: team.id,
    displayName: team.name,
    ...(team.members.length > 0 && { members: team.members.map((id) => memberOf(id, base, directory)) }),
    meta: metaOf('Group', team, `${base}/Groups/${encodeURIComponent(team.id)}`),
  };
}

function memberOf(id: string, base: string, { teams }: Directory): Record<string, unknown> {
  const type = teams.has(id) ? 'Group' : 'User';
  return { value: id, type, $ref: `${base}/${type}s/${encodeURIComponent(id)}` };
}

function metaOf(resourceType: string, { created, changed }: Person | Team, location: string): Record<string, unknown> {
  const [from, to] = [created, changed].map((time) => new Date(time).toISOString());
  return { resourceType, created: from, lastModified: to, location, version: `W/"${changed}"` };
}

/** As a service sends it that does not know the attribute. */
export function without(resource: Record<string, unknown>, attribute: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => name !== attribute));
}
