import type { JsonObject, OktaObject } from '../json/json.js';
import { Sequence } from './sequence.js';

/** External identity providers, the accounts linked to them and the certificates that they trust. */
export class IdentityProviders {
  readonly idps = new Sequence<OktaObject>();
  /** By `kid`. */
  readonly keys = new Sequence<JsonObject>();
  readonly #users = new Map<string, Sequence<OktaObject>>();

  users(idpId: string): Sequence<OktaObject> {
    const known = this.#users.get(idpId) ?? new Sequence<OktaObject>();
    this.#users.set(idpId, known);
    return known;
  }

  forgetIdp(idpId: string): void {
    this.#users.delete(idpId);
    this.idps.delete(idpId);
  }

  forgetUser(userId: string): void {
    for (const users of this.#users.values()) users.delete(userId);
  }

  idpsOf(userId: string): readonly OktaObject[] {
    return [...this.idps.values()].filter((idp) => this.users(idp.id).has(userId));
  }
}
