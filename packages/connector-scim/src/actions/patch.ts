import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError, type JsonObject, UpstreamError } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { RefusedError } from '../client/scim-error.js';
import { isUsableId } from '../map/ids.js';

/** Waits before each look at what was changed, in milliseconds: some services write behind their answer. */
const LOOKS_AFTER_MS = [0, 250, 1_000];

export interface Change<State> {
  readonly path: string;
  /** For people: `Users`. */
  readonly what: string;
  /** Ways to write the same, the usual one first: services differ in what they understand. */
  readonly operations: readonly JsonObject[];
  /** What is so now. */
  readonly look: () => Promise<State>;
  readonly isDone: (state: State) => boolean;
}

export interface Done<State> {
  readonly state: State;
  /** Index of the operation that did it. */
  readonly way: number;
}

/**
 * Changes a resource and looks at it afterwards: the answer to a PATCH says little (200, 204, with and without a body), and some
 * services accept what they then do not do. The next way is tried only when the service did not understand the one before, or did
 * nothing: never after one that did something else.
 * @throws RefusedError of the last way; UpstreamError when it was accepted and not done.
 */
export async function change<State>(
  client: ScimClient,
  { path, what, operations, look, isDone }: Change<State>,
): Promise<Done<State>> {
  let refusal: RefusedError | undefined;
  for (const [way, operation] of operations.entries()) {
    try {
      await client.patch(path, what, operation);
      refusal = undefined;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // A second try after a fault meets its own first: then it is done, though the service has found nothing to do.
      refusal = error;
    }
    const state = await settled(client, look, isDone, refusal === undefined ? LOOKS_AFTER_MS : [0]);
    if (isDone(state)) return { state, way };
    if (refusal !== undefined && !refusal.isMisunderstanding) throw refusal;
  }
  if (refusal !== undefined) throw refusal;
  throw new UpstreamError({ message: `${client.host} accepted the change of ${what}, and shows that nothing has changed.` });
}

async function settled<State>(
  { signal }: ScimClient,
  look: () => Promise<State>,
  isDone: (state: State) => boolean,
  waits: readonly number[],
): Promise<State> {
  let state: State | undefined;
  for (const ms of waits) {
    if (ms > 0) await sleep(ms, undefined, { signal });
    state = await look();
    if (isDone(state)) return state;
  }
  return state ?? look();
}

/**
 * A PUT would do where PATCH is missing, and is not sent: it replaces all of the resource by what we have seen of it, and a service
 * shows neither passwords nor what is returned on request only. What it then loses, nobody can put back.
 * @throws ConfigError that names the field
 */
export async function requirePatch(client: ScimClient, field: string): Promise<void> {
  const { patch } = await client.service();
  if (patch === false) throw cannot(client, field);
}

/** The service turned out not to know PATCH. */
export function cannot({ host }: ScimClient, field: string): ConfigError {
  return new ConfigError({ field, message: `${host} does not let single attributes be changed (PATCH). Do it there by hand.` });
}

/** @throws ConfigError for what is no id, before it becomes a part of a path. */
export function requireId(id: string, field: string): void {
  if (!isUsableId(id)) throw new ConfigError({ field, message: 'Is not an id of the service.' });
}

export function isWithoutPatch(error: unknown): boolean {
  return error instanceof RefusedError && (error.status === 405 || error.status === 501);
}
