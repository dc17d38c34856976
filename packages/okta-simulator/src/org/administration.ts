import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import { Sequence } from './sequence.js';

export type PrincipalKind = 'user' | 'group' | 'client';

export interface Principal {
  readonly kind: PrincipalKind;
  readonly id: string;
}

export interface RoleAssignment {
  readonly object: OktaObject;
  readonly groupTargets: readonly string[];
  /** Ids of app instances, or names of apps of the catalogue. */
  readonly appTargets: readonly string[];
}

export interface BindingMember extends Principal {
  readonly since: string;
}

const keyOf = (principal: Principal): string => `${principal.kind}:${principal.id}`;

/** Who administers the org: role assignments, custom roles, resource sets. */
export class Administration {
  readonly roles = new Sequence<OktaObject>();
  readonly resourceSets = new Sequence<OktaObject>();
  /** Assignees that were recorded without their roles. */
  readonly recordedAssignees = new Sequence<OktaObject>();
  readonly #permissions = new Map<string, Sequence<JsonObject>>();
  readonly #resources = new Map<string, Sequence<OktaObject>>();
  readonly #assignments = new Map<string, Sequence<RoleAssignment>>();
  readonly #principals = new Map<string, Principal>();

  permissions(roleId: string): Sequence<JsonObject> {
    const known = this.#permissions.get(roleId) ?? new Sequence<JsonObject>();
    this.#permissions.set(roleId, known);
    return known;
  }

  resources(setId: string): Sequence<OktaObject> {
    const known = this.#resources.get(setId) ?? new Sequence<OktaObject>();
    this.#resources.set(setId, known);
    return known;
  }

  assignments(principal: Principal): Sequence<RoleAssignment> {
    return this.#assignments.get(keyOf(principal)) ?? new Sequence<RoleAssignment>();
  }

  holdsRole(principal: Principal): boolean {
    return this.assignments(principal).size > 0;
  }

  grant(principal: Principal, assignment: RoleAssignment): void {
    const key = keyOf(principal);
    const known = this.#assignments.get(key) ?? new Sequence<RoleAssignment>();
    known.set(assignment.object.id, assignment);
    this.#assignments.set(key, known);
    this.#principals.set(key, principal);
  }

  revoke(principal: Principal, assignmentId: string): boolean {
    const key = keyOf(principal);
    const known = this.#assignments.get(key);
    const revoked = known?.delete(assignmentId) ?? false;
    if (known?.size === 0) this.forget(principal);
    return revoked;
  }

  forget(principal: Principal): void {
    this.#assignments.delete(keyOf(principal));
    this.#principals.delete(keyOf(principal));
  }

  /** Every user, group or client that holds a role of its own. */
  holders(kind: PrincipalKind): readonly string[] {
    return [...this.#principals.values()].filter((principal) => principal.kind === kind).map((principal) => principal.id);
  }

  /** Custom role id -> members, for one resource set: the bindings are nothing but the custom assignments seen from there. */
  bindings(setId: string): ReadonlyMap<string, readonly BindingMember[]> {
    const byRole = new Map<string, BindingMember[]>();
    for (const [key, assignments] of this.#assignments) {
      const principal = this.#principals.get(key);
      if (!principal) continue;
      for (const { object } of assignments.values()) {
        const roleId = textAt(object, 'role');
        if (roleId === undefined || textAt(object, 'resource-set') !== setId) continue;
        const member = { ...principal, since: textAt(object, 'created') ?? '' };
        byRole.set(roleId, [...(byRole.get(roleId) ?? []), member]);
      }
    }
    return byRole;
  }
}
