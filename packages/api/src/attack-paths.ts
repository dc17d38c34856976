import type { AccessNode } from './access.js';
import type { CheckReason } from './posture.js';

export const PATH_STEPS = [
  'member_of',
  'resets_password',
  'resets_authenticators',
  'manages_account',
  'adds_member',
  'owns_group',
  'manages_application',
  'reads_secret',
  'signs_in_as',
  'manages_identity_provider',
  'assigns_group',
  'receives_password',
  'masters_group',
] as const;
export type PathStepKind = (typeof PATH_STEPS)[number];

/** A place on a path: somebody, a program, a group, an application, an identity provider. */
export interface PathNode extends Omit<AccessNode, 'kind'> {
  readonly kind: AccessNode['kind'] | 'identity_provider';
}

/** Whoever is `from` can become, or act as, `to`. */
export interface PathStep {
  readonly kind: PathStepKind;
  readonly from: PathNode;
  /** `null`: all that `over` says. */
  readonly to: PathNode | null;
  /** What a right is over, where that is many: `accounts without a role`, `members of Sales`. */
  readonly over: string | null;
  /** Name of the role or the identity provider by which it can; `null`: by itself. */
  readonly because: string | null;
}

/** How somebody who is not of tier zero can become so: the shortest way, of which there may be others. */
export interface AttackPath {
  readonly from: PathNode;
  readonly steps: readonly PathStep[];
  /** Further first steps that also lead nearer to tier zero: who takes away the one of `steps` leaves these. */
  readonly otherFirstSteps: number;
  /** Id of the finding about the starting point; `null`: there is none, as of an identity provider. */
  readonly finding: string | null;
}

/** How a kind of step is taken away. */
export interface StepFix {
  readonly kind: PathStepKind;
  readonly fix: string;
  /** Where in the console of the provider, where that is known. */
  readonly console: readonly string[];
}

/** Starting points of a kind. */
export interface PathStarts {
  readonly kind: Exclude<PathNode['kind'], 'group' | 'role'>;
  readonly count: number;
}

/** A step without which nothing behind it reaches tier zero. */
export interface ChokePoint {
  readonly step: PathStep;
  /** Starting points that it cuts off, by whatever way they would go. */
  readonly cuts: number;
}

/** Ways to tier zero: to rights by which somebody can become anybody. */
export interface AttackPaths {
  readonly integration: { readonly id: string; readonly name: string };
  /** When they were looked for; `null`: nobody has. */
  readonly computedAt: string | null;
  /** Starting points with a path; those of tier zero itself. */
  readonly total: number;
  readonly tierZero: number;
  /** The starting points by their kind, most first. */
  readonly starts: readonly PathStarts[];
  /** The first 20 of tier zero, by kind and key. */
  readonly tierZeroMembers: readonly PathNode[];
  /** Starting points that no single step cuts off: each has a second way round whatever is taken away. */
  readonly uncut: number;
  /** How each kind of step that is in `chokePoints` or `items` is taken away. */
  readonly fixes: readonly StepFix[];
  /** Those that cut most first; of all paths, also on later pages. */
  readonly chokePoints: readonly ChokePoint[];
  /** Shortest first. */
  readonly items: readonly AttackPath[];
  readonly next: string | null;
  /** What of the data was missing: there may be more ways. */
  readonly reasons: readonly CheckReason[];
}
