import type { JsonObject, OktaObject } from '../json/json.js';

type Derive<T> = (user: OktaObject) => readonly T[];

/** Lists of one kind, one for each account: computed until somebody changes it, so that 100,000 users cost nothing. */
export class AccountLists<T extends JsonObject = OktaObject> {
  readonly #stored = new Map<string, readonly T[]>();
  #derive: Derive<T> = () => [];

  deriveWith(derive: Derive<T>): void {
    this.#derive = derive;
  }

  of(user: OktaObject): readonly T[] {
    return this.#stored.get(user.id) ?? this.#derive(user);
  }

  replace(userId: string, list: readonly T[]): void {
    this.#stored.set(userId, list);
  }

  forgetUser(userId: string): void {
    this.#stored.delete(userId);
  }
}
