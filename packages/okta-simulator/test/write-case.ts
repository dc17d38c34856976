import type { JsonObject, Org } from '../src/index.js';

export interface Prepared {
  readonly path: string;
  readonly body?: JsonObject;
}

/** One write that succeeds: what has to be there first, how it is called, what it answers and writes to the System Log. */
export interface WriteCase {
  readonly name: string;
  readonly status: number;
  /** An answer without a body whose status does not say so. */
  readonly empty?: true;
  readonly prepare: (org: Org) => Prepared;
  /** Types of the events, each with the types of its targets. */
  readonly events: readonly string[];
}

export const client = (org: Org) =>
  org.addApp({ label: 'Client', name: 'oidc_client', signOnMode: 'OPENID_CONNECT', settings: { oauthClient: {} } }).id;

/** What was written to the log behind that many events. */
export const eventTypesSince = (org: Org, before: number): readonly string[] =>
  Array.from({ length: org.log.length - before }, (_, index) => String(org.log.eventAt(before + index)['eventType']));
