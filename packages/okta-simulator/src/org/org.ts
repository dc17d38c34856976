import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { EventParty } from '../system-log/event.js';
import type { Principal, RoleAssignment } from './administration.js';
import { ApplicationChanges } from './application-changes.js';
import { found } from './directory-changes.js';

export interface RoleGrant {
  readonly type: string;
  readonly label?: string;
  /** Custom role and resource set: needed for type CUSTOM. */
  readonly roleId?: string;
  readonly resourceSetId?: string;
  readonly groupTargets?: readonly string[];
  readonly appTargets?: readonly string[];
}

const GRANT_EVENTS: Readonly<Record<Principal['kind'], string>> = {
  user: 'user.account.privilege',
  group: 'group.privilege',
  client: 'app.oauth2.client.privilege',
};

/**
 * One Okta org that can be changed: the whole of what a test needs to make something happen. The classes below it in the
 * chain hold the parts (state, directory, applications); this one adds administration, factors and identity providers.
 */
export class Org extends ApplicationChanges {
  /** Gives a role and returns the id of the assignment. */
  grantRole(principal: Principal, grant: RoleGrant): string {
    const assignment = this.roleAssignment(principal, grant, this.newId('ra1'), this.nowText());
    this.administration.grant(principal, assignment);
    this.#privilegeEvent(principal, 'grant');
    return assignment.object.id;
  }

  revokeRole(principal: Principal, assignmentId: string): void {
    if (this.administration.revoke(principal, assignmentId)) this.#privilegeEvent(principal, 'revoke');
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

  setRolePermissions(roleId: string, permissions: readonly string[]): void {
    const role = found(this.administration.roles.get(roleId), 'custom role', roleId);
    const now = this.after(role);
    for (const label of this.administration.permissions(roleId).keys()) this.administration.permissions(roleId).delete(label);
    this.#putPermissions(roleId, permissions, now);
    this.administration.roles.set(roleId, { ...role, lastUpdated: now });
    this.#roleEvent('permissions.add', role);
  }

  deleteCustomRole(roleId: string): void {
    const role = found(this.administration.roles.get(roleId), 'custom role', roleId);
    this.administration.roles.delete(roleId);
    this.#roleEvent('delete', role);
  }

  factorsOf(userId: string): readonly OktaObject[] {
    return this.factors.of(this.user(userId));
  }

  enrolFactor(userId: string, factorType: string, provider = 'OKTA', profile: JsonObject = {}): OktaObject {
    const user = this.user(userId);
    const id = this.newId('fct');
    const now = this.nowText();
    const times = { created: now, lastUpdated: now };
    const kind = { factorType, provider, vendorName: provider, status: 'ACTIVE' };
    const factor = { id, ...kind, ...times, profile, _links: this.links.factor(userId, id) };
    this.factors.replace(userId, [...this.factors.of(user), factor]);
    this.#factorEvent('activate', user);
    return factor;
  }

  removeFactor(userId: string, factorId: string): void {
    const user = this.user(userId);
    this.factors.replace(
      userId,
      this.factors.of(user).filter((factor) => factor.id !== factorId),
    );
    this.#factorEvent('deactivate', user);
  }

  resetFactors(userId: string): void {
    this.factors.replace(userId, []);
    this.#factorEvent('reset_all', this.user(userId));
  }

  addIdp(input: {
    readonly name: string;
    readonly type?: string;
    readonly protocol?: JsonObject;
    readonly policy?: JsonObject;
  }): OktaObject {
    const id = this.newId('0oa');
    const now = this.nowText();
    const idp = {
      id,
      type: input.type ?? 'OIDC',
      name: input.name,
      status: 'ACTIVE',
      issuerMode: 'ORG_URL',
      created: now,
      lastUpdated: now,
      protocol: input.protocol ?? { type: 'OIDC', scopes: ['openid'] },
      policy: input.policy ?? { accountLink: { action: 'AUTO', filter: null }, maxClockSkew: 0 },
      _links: this.links.idp(id),
    };
    this.identityProviders.idps.set(id, idp);
    this.#idpEvent('create', idp);
    return idp;
  }

  updateIdp(idpId: string, patch: JsonObject): OktaObject {
    const idp = this.#idp(idpId);
    const changed = { ...idp, ...patch, id: idp.id, lastUpdated: this.after(idp) };
    this.identityProviders.idps.set(idpId, changed);
    const status = patch['status'];
    this.#idpEvent(status === 'INACTIVE' ? 'deactivate' : status === 'ACTIVE' ? 'activate' : 'update', changed);
    return changed;
  }

  deleteIdp(idpId: string): void {
    const idp = this.#idp(idpId);
    this.identityProviders.forgetIdp(idpId);
    this.#idpEvent('delete', idp);
  }

  linkIdpUser(idpId: string, userId: string, externalId = `external-${userId}`): void {
    const idp = this.#idp(idpId);
    const user = this.user(userId);
    const now = this.nowText();
    const profile = { email: textAt(user, 'profile', 'email') ?? null };
    const link = {
      id: userId,
      externalId,
      created: now,
      lastUpdated: now,
      profile,
      _links: this.links.idpUser(idp.id, userId),
    };
    this.identityProviders.users(idpId).set(userId, link);
    const actor = this.userParty(user);
    this.emit({
      eventType: 'user.authentication.auth_via_IDP',
      displayMessage: 'Sign-in via IdP',
      actor,
      targets: [this.#idpParty(idp), actor],
    });
  }

  unlinkIdpUser(idpId: string, userId: string): void {
    this.identityProviders.users(this.#idp(idpId).id).delete(userId);
  }

  #putPermissions(roleId: string, labels: readonly string[], now: string): void {
    for (const label of labels) {
      const links = this.links.permission(roleId, label);
      this.administration.permissions(roleId).set(label, { label, created: now, lastUpdated: now, _links: links });
    }
  }

  #idp(idpId: string): OktaObject {
    return found(this.identityProviders.idps.get(idpId), 'identity provider', idpId);
  }

  #idpParty(idp: OktaObject): EventParty {
    const name = textAt(idp, 'name') ?? idp.id;
    return { id: idp.id, type: 'AppInstance', alternateId: name, displayName: name };
  }

  #idpEvent(verb: string, idp: OktaObject): void {
    const eventType = `system.idp.lifecycle.${verb}`;
    this.emit({ eventType, displayMessage: `Identity provider ${verb}`, targets: [this.#idpParty(idp)] });
  }

  #factorEvent(verb: string, user: OktaObject): void {
    const eventType = `user.mfa.factor.${verb}`;
    this.emit({
      eventType,
      displayMessage: 'MFA factor changed',
      actor: this.userParty(user),
      targets: [this.userParty(user)],
    });
  }

  #roleEvent(verb: string, role: OktaObject): void {
    const label = textAt(role, 'label') ?? role.id;
    const target = { id: role.id, type: 'ROLE', alternateId: label, displayName: label };
    this.emit({ eventType: `iam.role.${verb}`, displayMessage: 'Custom role changed', targets: [target] });
  }

  #privilegeEvent(principal: Principal, verb: 'grant' | 'revoke'): void {
    const eventType = `${GRANT_EVENTS[principal.kind]}.${verb}`;
    this.emit({ eventType, displayMessage: `Privilege ${verb}`, targets: [this.#principalParty(principal)] });
  }

  #principalParty(principal: Principal): EventParty {
    const user = principal.kind === 'user' ? this.directory.users.get(principal.id) : undefined;
    if (user) return this.userParty(user);
    const group = principal.kind === 'group' ? this.directory.groups.get(principal.id) : undefined;
    if (group) return this.groupParty(group);
    return { id: principal.id, type: 'PublicClientApp', alternateId: principal.id, displayName: principal.id };
  }
}
