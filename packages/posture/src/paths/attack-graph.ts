import type { PathStepKind } from '@castellan/api';

/**
 * A place on a way to tier zero. `set`: what a right is over when that is many (all accounts, the members of a group): whoever has
 * the right steps to the set, and the set to each object in it, so that a help desk of fifty over a hundred thousand accounts
 * is not five million steps.
 */
export type NodeKind = 'account' | 'group' | 'client' | 'application' | 'identity_provider' | 'set';

/** `kind:key`. */
export type NodeId = `${NodeKind}:${string}`;

export function nodeId(kind: NodeKind, key: string): NodeId {
  return `${kind}:${key}`;
}

export function kindOfNode(id: NodeId): NodeKind {
  // Only `nodeId` makes one.
  return id.slice(0, id.indexOf(':')) as NodeKind;
}

export function keyOfNode(id: NodeId): string {
  return id.slice(id.indexOf(':') + 1);
}

/** Whoever is `from` can become, or act as, `to`. */
export interface Edge {
  readonly from: NodeId;
  readonly to: NodeId;
  /** `in`: from a set to what is in it, which is no step of its own. */
  readonly step: PathStepKind | 'in';
  /** By which role, identity provider or rule; a name of the provider's, or `null`. */
  readonly because: string | null;
}

/** Everything from which tier zero can be reached. */
export interface AttackGraph {
  /** Distance in steps; tier zero itself is 0. Nearest first. */
  readonly distances: ReadonlyMap<NodeId, number>;
  /** All steps between them; those of one `from` may be many. */
  readonly edges: readonly Edge[];
}
