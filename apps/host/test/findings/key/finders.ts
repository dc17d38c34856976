import type { JsonObject, OktaObject, Org } from '@castellan/okta-simulator';
import { appsOf, groupsOf, listed, text, usersOf } from './state.js';

/** The first that is there: what the test stands on is missed at once. */
export function first<T>(what: string, list: readonly T[]): T {
  const [found] = list;
  if (found === undefined) throw new Error(`the simulated organisation has no ${what}`);
  return found;
}

export const administrator = (org: Org, role: string): string =>
  first(
    role,
    org.administration
      .holders('user')
      .filter((id) =>
        [...org.administration.assignments({ kind: 'user', id }).values()].some(({ object }) => object['type'] === role),
      ),
  );
export const plainUsers = (org: Org): readonly OktaObject[] => {
  const administrators = new Set(org.roleAssignees());
  return usersOf(org).filter((user) => user['status'] === 'ACTIVE' && !administrators.has(user.id));
};
export const groupNamed = (org: Org, name: string): OktaObject =>
  first(
    name,
    groupsOf(org).filter((group) => text(group, 'profile', 'name').startsWith(name)),
  );
export const policyNamed = (org: Org, type: string, name: string): JsonObject =>
  first(
    name,
    listed(org, 'policies').filter((policy) => policy['type'] === type && policy['name'] === name),
  );
export const appNamed = (org: Org, label: string): OktaObject =>
  first(
    label,
    appsOf(org).filter((app) => app['label'] === label),
  );
export const customRole = (org: Org, label: string): OktaObject =>
  first(
    label,
    [...org.administration.roles.values()].filter((role) => role['label'] === label),
  );
