import {
  DEFAULT_WORKSPACE_ID,
  EmailTakenError,
  type OidcLink,
  type SessionLimits,
  type Storage,
  type User,
} from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { hashOf, newToken } from '../callers/token.js';
import { invitationVoid } from '../invitations/invitation-void.js';
import { notFound, Problem } from '../problems/problem.js';
import { SESSION_LIMITS } from '../sessions/session-opening.js';
import { STORAGE } from '../storage/storage-token.js';
import type { OidcIdentity, OidcProvider } from './oidc-provider.js';

export const OIDC_PROVIDER = Symbol('OidcProvider');

export const FLOW_SECONDS = 10 * 60;

/** From the click on the button to the user: a flow is a row, known to one browser by its cookie, and good for once. */
@Injectable()
export class OidcSignIn {
  readonly #storage: Storage;
  readonly #provider: OidcProvider | undefined;
  readonly #trail: AuditTrail;
  readonly #limits: SessionLimits;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(OIDC_PROVIDER) provider: OidcProvider | undefined,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(SESSION_LIMITS) limits: SessionLimits,
  ) {
    this.#storage = storage;
    this.#provider = provider;
    this.#trail = trail;
    this.#limits = limits;
  }

  /** What the button says; `undefined`: there is none. */
  get name(): string | undefined {
    return this.#provider?.settings.name;
  }

  /** @param link whom the identity shall belong to from then on */
  async begin(link: OidcLink | null): Promise<{ readonly url: string; readonly cookie: string }> {
    const { url, secrets } = await this.#require().begin();
    const { token, hash } = newToken('');
    await this.#storage.door.beginOidc(hash, { ...secrets, link }, FLOW_SECONDS);
    return { url: url.href, cookie: token };
  }

  /** @throws Problem (403) for a token that is void */
  async byInvitation(token: string): Promise<OidcLink> {
    const invitationHash = hashOf(token.trim());
    const user = await this.#storage.credentials.byInvitation(invitationHash);
    if (user === undefined) throw invitationVoid();
    return { userId: user.id, sessionId: null, invitationHash };
  }

  /** @param cookie of the browser that began. @throws Problem (403, 409) */
  async finish(cookie: string | undefined, query: string, address: string): Promise<User> {
    const provider = this.#require();
    const flow = cookie === undefined ? undefined : await this.#storage.door.takeOidc(hashOf(cookie));
    if (flow === undefined) throw noFlow();
    const identity = await provider.finish(query, flow);
    const user = flow.link === null ? await this.#find(identity, address) : await this.#link(flow.link, identity, address);
    if (user.disabledAt !== null) throw unknownIdentity();
    return user;
  }

  async #link(link: OidcLink, { issuer, subject }: OidcIdentity, address: string): Promise<User> {
    return this.#storage.transaction(async () => {
      const user = await this.#allowed(link);
      if (!(await this.#storage.credentials.link(user.id, issuer, subject))) throw taken();
      const target = { kind: 'user', id: user.id, name: user.name };
      await this.#trail.byUser(user, address, 'user.link-identity', { target, after: { issuer } });
      return user;
    });
  }

  /** Asked again at the end: the session may have been ended, or the invitation replaced, by whoever has noticed a theft. */
  async #allowed({ userId, sessionId, invitationHash }: OidcLink): Promise<User> {
    if (invitationHash !== null) {
      const invited = await this.#storage.credentials.takeInvitation(invitationHash);
      if (invited === undefined) throw invitationVoid();
      return invited;
    }
    const isLive = sessionId !== null && (await this.#storage.sessions.isLive(sessionId, this.#limits.idleSeconds));
    const found = isLive ? await this.#storage.credentials.byId(userId) : undefined;
    if (found === undefined || found.user.disabledAt !== null) throw noFlow();
    return found.user;
  }

  /** By issuer and subject alone. An e-mail address finds nobody: the provider may give it to somebody else tomorrow. */
  async #find(identity: OidcIdentity, address: string): Promise<User> {
    const known = await this.#storage.credentials.byIdentity(identity.issuer, identity.subject);
    if (known !== undefined) return known;
    const role = this.#require().settings.role;
    const email = identity.verifiedEmail;
    if (role === undefined || email === undefined || !(await this.#storage.door.isSetUp())) throw unknownIdentity();
    try {
      return await this.#storage.transaction(async () => {
        const name = (identity.name ?? email).slice(0, 200).replaceAll(/\p{Cc}/gu, ' ');
        const user = await this.#storage.users.create(DEFAULT_WORKSPACE_ID, { email, name, role });
        await this.#storage.credentials.link(user.id, identity.issuer, identity.subject);
        const target = { kind: 'user', id: user.id, name };
        await this.#trail.byUser(user, address, 'user.create', { target, after: { role, issuer: identity.issuer } });
        return user;
      });
    } catch (error) {
      if (error instanceof EmailTakenError) throw linkFirst();
      throw error;
    }
  }

  #require(): OidcProvider {
    if (this.#provider === undefined) throw notFound('oidc', 'identity provider to sign in with on this host');
    return this.#provider;
  }
}

function noFlow(): Problem {
  const detail = 'This sign-in was not begun in this browser, was used before, or took longer than ten minutes. Begin again.';
  return new Problem({ code: 'oidc-refused', detail });
}

function unknownIdentity(): Problem {
  const detail = 'Your identity has no access here. Ask an administrator of your workspace for an invitation.';
  return new Problem({ code: 'no-access', detail });
}

function linkFirst(): Problem {
  const detail =
    'There is a user with your e-mail address already. Sign in with the password, and link the identity from there.';
  return new Problem({ code: 'link-first', detail });
}

function taken(): Problem {
  const detail = 'This identity belongs to another user of this host.';
  return new Problem({ code: 'identity-taken', detail });
}
