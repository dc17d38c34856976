import type { TechniqueView } from '@castellan/api';
import { attackFacts } from '@castellan/detection';

/** @param tags of a rule */
export function techniqueViews(tags: readonly string[]): readonly TechniqueView[] {
  return attackFacts(tags).techniques.map(({ id, name, tactics }) => ({ id, name, tactics }));
}
