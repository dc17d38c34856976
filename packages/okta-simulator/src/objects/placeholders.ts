import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { Org } from '../org/org.js';

export interface Placeholder {
  /** File in which the object would stand. */
  readonly file: string;
  readonly id: string;
  /** The recorded child that needs it. */
  readonly because: string;
}

const label = (id: string): string => `(not recorded) ${id}`;

/** Makes the parents that recorded children must have had. Each is as small as Okta's own schema allows. */
export class Placeholders {
  readonly made: Placeholder[] = [];

  constructor(readonly org: Org) {}

  user(id: string, child: JsonObject, because: string): void {
    const { users } = this.org.directory;
    if (users.has(id)) return;
    const login = `${id.toLowerCase()}@not-recorded.example`;
    const profile = { firstName: '(not recorded)', lastName: id, login, email: login };
    const state = { status: 'ACTIVE', activated: null, statusChanged: null, lastLogin: null, passwordChanged: null };
    users.set(id, { id, ...state, ...datesOf(child), profile, _links: this.org.links.user(id) });
    this.made.push({ file: 'users.jsonl', id, because });
  }

  group(id: string, child: JsonObject, because: string): void {
    const { groups } = this.org.directory;
    if (groups.has(id)) return;
    const dates = datesOf(child);
    const profile = { name: label(id), description: null };
    const kind = { objectClass: ['okta:user_group'], type: 'OKTA_GROUP' };
    groups.set(id, {
      id,
      ...dates,
      lastMembershipUpdated: dates.lastUpdated,
      ...kind,
      profile,
      _links: this.org.links.group(id),
    });
    this.made.push({ file: 'groups.jsonl', id, because });
  }

  app(id: string, child: JsonObject, because: string): void {
    if (this.org.applications.apps.has(id)) return;
    this.#addApp(id, child, because, { signOnMode: 'AUTO_LOGIN', name: 'not_recorded' });
  }

  /** A client that holds roles is the client of a service app: without one, nobody would ask for its roles. */
  clientApp(clientId: string, child: JsonObject, because: string): void {
    for (const app of this.org.applications.apps.values()) {
      if (app.id === clientId || textAt(app, 'credentials', 'oauthClient', 'client_id') === clientId) return;
    }
    this.#addApp(clientId, child, because, {
      signOnMode: 'OPENID_CONNECT',
      name: 'oidc_client',
      credentials: { oauthClient: { client_id: clientId } },
      settings: {
        oauthClient: { application_type: 'service', grant_types: ['client_credentials'], response_types: ['token'] },
      },
    });
  }

  role(id: string, child: JsonObject, because: string): void {
    const { roles } = this.org.administration;
    if (roles.has(id)) return;
    roles.set(id, { id, label: label(id), description: label(id), ...datesOf(child), _links: this.org.links.customRole(id) });
    this.made.push({ file: 'custom-roles.jsonl', id, because });
  }

  idp(id: string, child: JsonObject, because: string): void {
    const { idps } = this.org.identityProviders;
    if (idps.has(id)) return;
    const kind = { type: 'SAML2', status: 'ACTIVE', protocol: { type: 'SAML2' }, policy: {} };
    idps.set(id, { id, name: label(id), ...kind, ...datesOf(child), _links: this.org.links.idp(id) });
    this.made.push({ file: 'idps.jsonl', id, because });
  }

  policy(id: string, child: JsonObject, because: string): void {
    const policies = this.org.list('policies');
    if (policies.has(id)) return;
    const ruleType = textAt(child, 'type') ?? 'OKTA_SIGN_ON';
    const type = ruleType === 'SIGN_ON' ? 'OKTA_SIGN_ON' : ruleType;
    policies.set(id, { id, name: label(id), type, status: 'ACTIVE', priority: 1, system: false, ...datesOf(child) });
    this.made.push({ file: 'policies.jsonl', id, because });
  }

  #addApp(id: string, child: JsonObject, because: string, kind: JsonObject): void {
    const app: OktaObject = {
      id,
      label: label(id),
      status: 'ACTIVE',
      ...datesOf(child),
      features: [],
      ...kind,
      _links: this.org.links.app(id),
    };
    this.org.applications.apps.set(id, app);
    this.made.push({ file: 'apps.jsonl', id, because });
  }
}

/** The parent is at least as old as the child: the child's dates are the best that is known. */
function datesOf(child: JsonObject): { created: string; lastUpdated: string } {
  const lastUpdated = textAt(child, 'lastUpdated') ?? textAt(child, 'created') ?? '1970-01-01T00:00:00.000Z';
  return { created: textAt(child, 'created') ?? lastUpdated, lastUpdated };
}
