import type { OktaObject } from '../json/json.js';

/** Factors of a user that nobody changed yet: computed, not stored, so that 100,000 users cost nothing. */
export type DeriveFactors = (user: OktaObject) => readonly OktaObject[];

export class Factors {
  readonly #stored = new Map<string, readonly OktaObject[]>();
  #derive: DeriveFactors = () => [];

  deriveWith(derive: DeriveFactors): void {
    this.#derive = derive;
  }

  of(user: OktaObject): readonly OktaObject[] {
    return this.#stored.get(user.id) ?? this.#derive(user);
  }

  replace(userId: string, factors: readonly OktaObject[]): void {
    this.#stored.set(userId, factors);
  }

  forgetUser(userId: string): void {
    this.#stored.delete(userId);
  }
}
