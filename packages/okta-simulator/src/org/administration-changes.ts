import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { EventParty } from '../system-log/event.js';
import type { Principal, RoleAssignment } from './administration.js';
import { found } from './directory-changes.js';
import { ProvisioningChanges } from './provisioning-changes.js';

export interface RoleGrant {
  readonly type: string;
  readonly label?: string;
  /** Custom role and resource set: needed for type CUSTOM. */
  readonly roleId?: string;
  readonly resourceSetId?: string;
  readonly groupTargets?: readonly string[];
  readonly appTargets?: readonly string[];
}

/** A group (by id), or an app: an instance by its id or the whole catalogue app by its name. */
export type RoleTarget = { readonly group: string } | { readonly app: string };

const GRANT_EVENTS: Readonly<Record<Principal['kind'], string>> = {
  user: 'user.account.privilege',
  group: 'group.privilege',
  client: 'app.oauth2.client.privilege',
};

/** Changes to role assignments and their targets, custom roles and resource sets. */
export class AdministrationChanges extends ProvisioningChanges {
  /** Gives a role and returns the id of the assignment. */
  grantRole(principal: Principal, grant: RoleGrant): string {
    const assignment = this.roleAssignment(principal, grant, this.newId('ra1'), this.nowText());
    this.administration.grant(principal, assignment);
    this.#bindingEvent('add', principal, assignment);
    this.#privilegeEvent(principal);
    return assignment.object.id;
  }

  revokeRole(principal: Principal, assignmentId: string): void {
    const assignment = this.administration.assignments(principal).get(assignmentId);
    if (!assignment || !this.administration.revoke(principal, assignmentId)) return;
    this.#bindingEvent('delete', principal, assignment);
    this.#privilegeEvent(principal);
  }

  /** Narrows a role to one more group or app. Okta writes the holder's privileges anew: there is no event for targets alone. */
  addRoleTarget(principal: Principal, assignmentId: string, target: RoleTarget): void {
    this.#retarget(principal, assignmentId, target, (known, id) => [...known.filter((one) => one !== id), id]);
  }

  /** Throws for the last target: Okta refuses that, as the role would reach everything again. */
  removeRoleTarget(principal: Principal, assignmentId: string, target: RoleTarget): void {
    this.#retarget(principal, assignmentId, target, (known, id) => {
      const rest = known.filter((one) => one !== id);
      if (rest.length === 0) throw new Error(`the last target of the role assignment ${assignmentId} can't be removed`);
      return rest;
    });
  }

  roleAssignment(principal: Principal, grant: RoleGrant, id: string, created: string): RoleAssignment {
    const custom = {
      ...(grant.roleId ? { role: grant.roleId } : {}),
      ...(grant.resourceSetId ? { 'resource-set': grant.resourceSetId } : {}),
    };
    const object = {
      id,
      label: grant.label ?? grant.type,
      type: grant.type,
      status: 'ACTIVE',
      created,
      lastUpdated: created,
      assignmentType: principal.kind.toUpperCase(),
      ...custom,
      _links: this.links.assignee(principal.kind, principal.id),
    };
    return { object, groupTargets: grant.groupTargets ?? [], appTargets: grant.appTargets ?? [] };
  }

  addCustomRole(label: string, description: string, permissions: readonly string[]): OktaObject {
    const id = this.newId('cr0');
    const now = this.nowText();
    const role = { id, label, description, created: now, lastUpdated: now, _links: this.links.customRole(id) };
    this.administration.roles.set(id, role);
    this.#putPermissions(id, permissions, now);
    this.#roleEvent('create', role);
    return role;
  }

  /** One event for what was added and one for what was taken away, as Okta has a type for each. */
  setRolePermissions(roleId: string, permissions: readonly string[]): void {
    const role = this.#role(roleId);
    const before = [...this.administration.permissions(roleId).keys()];
    const added = permissions.filter((label) => !before.includes(label));
    const removed = before.filter((label) => !permissions.includes(label));
    if (added.length + removed.length === 0) return;
    const now = this.after(role);
    for (const label of removed) this.administration.permissions(roleId).delete(label);
    this.#putPermissions(roleId, added, now);
    this.administration.roles.set(roleId, { ...role, lastUpdated: now });
    if (added.length > 0) this.#roleEvent('permissions.add', role, { permissions: added.join(', ') });
    if (removed.length > 0) this.#roleEvent('permissions.delete', role, { permissions: removed.join(', ') });
  }

  updateCustomRole(roleId: string, patch: { readonly label?: string; readonly description?: string }): OktaObject {
    const role = this.#role(roleId);
    const changed = { ...role, ...patch, lastUpdated: this.after(role) };
    this.administration.roles.set(roleId, changed);
    this.#roleEvent('update', changed);
    return changed;
  }

  deleteCustomRole(roleId: string): void {
    const role = this.#role(roleId);
    this.administration.roles.delete(roleId);
    this.#roleEvent('delete', role);
  }

  /** @param resources URLs of what the set holds, users or groups or apps of this org. */
  addResourceSet(label: string, description: string, resources: readonly string[] = []): OktaObject {
    const id = this.newId('iam');
    const now = this.nowText();
    const set = { id, label, description, created: now, lastUpdated: now, _links: this.links.resourceSet(id) };
    this.administration.resourceSets.set(id, set);
    this.#setEvent('create', set);
    this.addResources(id, resources);
    return set;
  }

  updateResourceSet(setId: string, patch: { readonly label?: string; readonly description?: string }): OktaObject {
    const set = this.#resourceSet(setId);
    const changed = { ...set, ...patch, lastUpdated: this.after(set) };
    this.administration.resourceSets.set(setId, changed);
    this.#setEvent('update', changed);
    return changed;
  }

  addResources(setId: string, resources: readonly string[]): void {
    const set = this.#resourceSet(setId);
    if (resources.length === 0) return;
    const now = this.nowText();
    for (const href of resources) {
      const resource = this.resource(this.newId('ire'), href, now);
      this.administration.resources(setId).set(resource.id, resource);
    }
    this.#setEvent('resources.add', set);
  }

  resource(id: string, href: string, created: string): OktaObject {
    const orn = this.#ornOf(href.slice(this.links.base.length).replace('/api/v1/', '').split('/'));
    return { id, orn, created, lastUpdated: created, _links: { self: { href } } };
  }

  /** Okta's name of a resource, from the path below `/api/v1`. Source: Okta, "Role assignment", supported resources. */
  #ornOf([type = '', id, inside]: readonly string[]): string {
    if (type === 'iam') return `orn:okta:iam:${this.id}:contained_resources`;
    if (type !== 'apps')
      return ['orn:okta:directory', this.id, type, ...(id ? [id] : []), ...(inside ? ['contained_resources'] : [])].join(':');
    const name = id === undefined ? undefined : textAt(this.applications.apps.get(id), 'name');
    return ['orn:okta:idp', this.id, type, ...(name === undefined ? [] : [name]), ...(id === undefined ? [] : [id])].join(':');
  }

  removeResource(setId: string, resourceId: string): void {
    const set = this.#resourceSet(setId);
    if (this.administration.resources(setId).delete(resourceId)) this.#setEvent('resources.delete', set);
  }

  /** Ends the set and every assignment that was bound to it. */
  deleteResourceSet(setId: string): void {
    const set = this.#resourceSet(setId);
    for (const [roleId, members] of this.administration.bindings(setId)) {
      for (const member of members) this.#unbind(setId, roleId, member);
    }
    this.administration.resourceSets.delete(setId);
    this.#setEvent('delete', set);
  }

  #unbind(setId: string, roleId: string, principal: Principal): void {
    for (const { object } of this.administration.assignments(principal).values()) {
      if (object['role'] === roleId && object['resource-set'] === setId) this.revokeRole(principal, object.id);
    }
  }

  #retarget(
    principal: Principal,
    assignmentId: string,
    target: RoleTarget,
    change: (known: readonly string[], id: string) => readonly string[],
  ): void {
    const known = found(this.administration.assignments(principal).get(assignmentId), 'role assignment', assignmentId);
    const targets =
      'group' in target
        ? { groupTargets: change(known.groupTargets, target.group) }
        : { appTargets: change(known.appTargets, target.app) };
    const object = { ...known.object, lastUpdated: this.after(known.object) };
    this.administration.grant(principal, { ...known, ...targets, object });
    this.#privilegeEvent(principal);
  }

  #putPermissions(roleId: string, labels: readonly string[], now: string): void {
    for (const label of labels) {
      const links = this.links.permission(roleId, label);
      this.administration.permissions(roleId).set(label, { label, created: now, lastUpdated: now, _links: links });
    }
  }

  #role(roleId: string): OktaObject {
    return found(this.administration.roles.get(roleId), 'custom role', roleId);
  }

  #resourceSet(setId: string): OktaObject {
    return found(this.administration.resourceSets.get(setId), 'resource set', setId);
  }

  #roleEvent(verb: string, role: OktaObject, debugData: JsonObject = {}): void {
    const targets = [labelled(role, 'ROLE')];
    this.emit({ eventType: `iam.role.${verb}`, displayMessage: 'Custom role changed', targets, debugData });
  }

  #setEvent(verb: string, set: OktaObject): void {
    const eventType = `iam.resourceset.${verb}`;
    this.emit({ eventType, displayMessage: 'Resource set changed', targets: [labelled(set, 'RESOURCE_SET')] });
  }

  /** A custom role given on a resource set is a binding of that set too, and Okta says both. */
  #bindingEvent(verb: 'add' | 'delete', principal: Principal, { object }: RoleAssignment): void {
    const set = this.administration.resourceSets.get(textAt(object, 'resource-set') ?? '');
    const role = this.administration.roles.get(textAt(object, 'role') ?? '');
    if (!set || !role) return;
    const targets = [labelled(set, 'RESOURCE_SET'), labelled(role, 'ROLE'), this.#principalParty(principal)];
    const eventType = `iam.resourceset.bindings.${verb}`;
    this.emit({ eventType, displayMessage: 'Admin role assignment changed', targets });
  }

  /**
   * "grant" says what the holder has now and "revoke" that nothing is left: a role taken away while others stay is a grant,
   * by Okta's descriptions of these types. A user's list has the roles of the user's groups too.
   */
  #privilegeEvent(principal: Principal): void {
    const own = this.administration.assignments(principal);
    const groups = principal.kind === 'user' && this.settings.derive ? this.directory.groupsOf(principal.id) : [];
    const inherited = [...groups].flatMap((id) => [...this.administration.assignments({ kind: 'group', id }).values()]);
    const labels = [...own.values(), ...inherited].map(({ object }) => textAt(object, 'label') ?? object.id);
    const verb = labels.length === 0 ? 'revoke' : 'grant';
    this.emit({
      eventType: `${GRANT_EVENTS[principal.kind]}.${verb}`,
      displayMessage: `Privilege ${verb}`,
      targets: [this.#principalParty(principal)],
      debugData: labels.length === 0 ? {} : { privilegeGranted: [...new Set(labels)].join(', ') },
    });
  }

  #principalParty(principal: Principal): EventParty {
    const user = principal.kind === 'user' ? this.directory.users.get(principal.id) : undefined;
    if (user) return this.userParty(user);
    const group = principal.kind === 'group' ? this.directory.groups.get(principal.id) : undefined;
    if (group) return this.groupParty(group);
    return { id: principal.id, type: 'PublicClientApp', alternateId: principal.id, displayName: principal.id };
  }
}

function labelled(object: OktaObject, type: string): EventParty {
  const label = textAt(object, 'label') ?? object.id;
  return { id: object.id, type, alternateId: label, displayName: label };
}
