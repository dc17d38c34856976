import type { JsonObject } from '../json/json.js';

const href = (url: string): JsonObject => ({ href: url });

/** The `_links` that Okta puts on objects. Made once per object, from the address that the simulator listens on. */
export class Links {
  constructor(readonly base: string) {}

  user(id: string): JsonObject {
    return { self: href(`${this.base}/api/v1/users/${id}`) };
  }

  group(id: string, sourceAppId?: string): JsonObject {
    const self = `${this.base}/api/v1/groups/${id}`;
    return {
      logo: [{ name: 'medium', href: `${this.base}/assets/groups/medium.png`, type: 'image/png' }],
      users: href(`${self}/users`),
      apps: href(`${self}/apps`),
      ...(sourceAppId ? { source: href(`${this.base}/api/v1/apps/${sourceAppId}`) } : {}),
    };
  }

  app(id: string): JsonObject {
    const self = `${this.base}/api/v1/apps/${id}`;
    return { self: href(self), users: href(`${self}/users`), groups: href(`${self}/groups`), appLinks: [] };
  }

  appUser(appId: string, userId: string, groupId?: string): JsonObject {
    return {
      app: href(`${this.base}/api/v1/apps/${appId}`),
      user: href(`${this.base}/api/v1/users/${userId}`),
      ...(groupId ? { group: { name: groupId, href: `${this.base}/api/v1/groups/${groupId}` } } : {}),
    };
  }

  appGroup(appId: string, groupId: string): JsonObject {
    return {
      app: href(`${this.base}/api/v1/apps/${appId}`),
      self: href(`${this.base}/api/v1/apps/${appId}/groups/${groupId}`),
      group: href(`${this.base}/api/v1/groups/${groupId}`),
    };
  }

  assignee(kind: 'user' | 'group' | 'client', id: string): JsonObject {
    const path = kind === 'client' ? `/oauth2/v1/clients/${id}` : `/api/v1/${kind}s/${id}`;
    return { assignee: href(`${this.base}${path}`) };
  }

  assigneeListed(userId: string): JsonObject {
    const self = `${this.base}/api/v1/users/${userId}`;
    return { self: href(self), roles: href(`${self}/roles`) };
  }

  customRole(roleId: string): JsonObject {
    const self = `${this.base}/api/v1/iam/roles/${roleId}`;
    return { permissions: href(`${self}/permissions`), self: href(self) };
  }

  permission(roleId: string, label: string): JsonObject {
    const role = `${this.base}/api/v1/iam/roles/${roleId}`;
    return { role: href(role), self: href(`${role}/permissions/${label}`) };
  }

  resourceSet(setId: string): JsonObject {
    const self = `${this.base}/api/v1/iam/resource-sets/${setId}`;
    return { self: href(self), resources: href(`${self}/resources`), bindings: href(`${self}/bindings`) };
  }

  idp(idpId: string): JsonObject {
    return { users: href(`${this.base}/api/v1/idps/${idpId}/users`) };
  }

  idpUser(idpId: string, userId: string): JsonObject {
    return {
      self: href(`${this.base}/api/v1/idps/${idpId}/users/${userId}`),
      idp: href(`${this.base}/api/v1/idps/${idpId}`),
      user: href(`${this.base}/api/v1/users/${userId}`),
    };
  }

  factor(userId: string, factorId: string): JsonObject {
    const user = `${this.base}/api/v1/users/${userId}`;
    return { self: href(`${user}/factors/${factorId}`), user: href(user) };
  }
}
