import type { IncidentView } from '@castellan/api';
import type { JsonObject, Simulator } from '@castellan/okta-simulator';

/** An organisation that was attacked. */
export interface Attacked {
  readonly simulator: Simulator;
  /** What the attack has left in the provider's log. */
  readonly events: readonly JsonObject[];
}

/** Somebody, by what the provider's log says of the attack. */
export type Who = (attacked: Attacked) => string | undefined;

/** What is so at the provider: read from the simulated organisation, and nowhere else. */
export type Seen = (attacked: Attacked & { readonly incident: IncidentView }) => unknown;

/** An attack, and the answer of somebody who has read what happened. */
export interface Attack {
  /** Of the scenario, whose story says what happens. */
  readonly name: string;
  /** What the incident that is answered is about: one account, or the only address or the organisation that has one. */
  readonly about: 'address' | 'organisation' | Who;
  /** Of the subjects that the panel names; left out: the first. */
  readonly subject?: RegExp;
  /** What of it is opened, where the action is done to what it has. */
  readonly part?: RegExp;
  readonly action: string;
  /** A second person has to agree. */
  readonly isHeavy?: true;
  readonly seen: Seen;
  /** What is seen once it is done. */
  readonly after: unknown;
  /** Left out: nothing that was done can be taken back. */
  readonly undo?: { readonly action: string; readonly isHeavy?: true };
}
