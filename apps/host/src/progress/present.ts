import type { IntegrationProgress } from '@castellan/api';
import { createHash } from 'node:crypto';

/** The present state of one integration, ready to be sent. Written once, however many watch. */
export interface Snapshot {
  readonly json: string;
  /** Of the state; all integrations' versions together, each once, make the version of what a client knows. */
  readonly version: bigint;
}

/** All integrations of a workspace, by id. */
export type Present = ReadonlyMap<string, Snapshot>;

export const NOTHING_KNOWN = 0n;

export function presentOf(all: readonly IntegrationProgress[]): Present {
  return new Map(all.map((progress) => [progress.integration, snapshotOf(progress)]));
}

function snapshotOf(progress: IntegrationProgress): Snapshot {
  const json = JSON.stringify(progress);
  return { json, version: createHash('sha256').update(json).digest().readBigUInt64BE() };
}

/** With XOR the order does not matter, and taking a state away is the same as adding it. */
export function versionOf(present: Present): bigint {
  return [...present.values()].reduce((version, snapshot) => version ^ snapshot.version, NOTHING_KNOWN);
}

/** As it stands in `id:` and comes back in `Last-Event-ID`. */
export function eventId(version: bigint): string {
  return version.toString(16).padStart(16, '0');
}
