import type { JsonObject } from '@castellan/connector-sdk';

/** An action that fits a record. */
export interface PossibleAction {
  /** `name` in `/integrations/ID/actions`. */
  readonly action: string;
  /** What its form asks for, as far as the record says it. */
  readonly input: JsonObject;
  /** Fields of its form that somebody has to fill in before it can be planned. */
  readonly open: readonly string[];
}

/** What something can be done to. */
export interface ResponseSubject {
  /** A kind of record, or `address`, whose key is an address. */
  readonly kind: string;
  readonly key: string;
  /** What people call it; its key where it was never read. */
  readonly label: string;
  readonly detail: string | null;
}

/** What can be done to one record, and to what it has. */
export interface ResponseView {
  readonly actions: readonly PossibleAction[];
  /** Relations of the record that are made of what something can be done to: of an account's groups its memberships. */
  readonly parts: readonly {
    readonly relation: string;
    /** For people: `Groups`. */
    readonly title: string;
    readonly count: number;
  }[];
  /** What the record names that something can be done to, too: whose role it is. */
  readonly named: readonly ResponseSubject[];
}

/** What can be done to what a record has, by one relation. */
export interface ResponsePart {
  readonly items: readonly {
    /** The record that something is done to, called by what it leads to. */
    readonly subject: ResponseSubject;
    /** What the relation says, e.g. `{scope: 'group'}`. */
    readonly via: Readonly<Record<string, string | number | boolean | null>>;
    /** Since when it has held without a gap. */
    readonly since: string;
    readonly actions: readonly PossibleAction[];
  }[];
  readonly total: number;
  readonly offset: number;
}

/** `subject`: of the finding or the incident itself. `actor`, `target`, `address`: of its events. */
export const RESPONSE_ROLES = ['subject', 'actor', 'target', 'address'] as const;
export type ResponseRole = (typeof RESPONSE_ROLES)[number];

/** Whom and what something can be done to because of a finding or an incident. */
export interface ResponseSubjects {
  readonly integration: { readonly id: string; readonly name: string };
  /** The subject first; the others by how many events name them. */
  readonly items: readonly (ResponseSubject & { readonly role: ResponseRole })[];
}
