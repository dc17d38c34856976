import { Random } from '../generator/random.js';
import type { Org } from '../org/org.js';
import type { ChangeKind } from './change-kind.js';
import { changeKinds } from './change-kinds.js';

/**
 * Makes `count` changes of drawn kinds; the same org, count and seed give the same changes. Returns their names in order:
 * fewer than `count` where too little in the org fits the kinds.
 */
export function applyRandomChanges(
  org: Org,
  count: number,
  seed: number,
  kinds: readonly ChangeKind[] = changeKinds,
): readonly string[] {
  const random = Random.of(seed, 'changes');
  const done: string[] = [];
  // An empty org fits few kinds or none: the draws are bounded so that this ends.
  for (let draws = 0; kinds.length > 0 && done.length < count && draws < count * 20; draws += 1) {
    const kind = random.pick(kinds);
    if (kind.apply(org, random)) done.push(kind.name);
  }
  return done;
}
