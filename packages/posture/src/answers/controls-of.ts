import type { FrameworkControl } from '@castellan/api';
import type { Check } from '../check/check.js';
import { FRAMEWORKS } from '../frameworks/frameworks.js';

/** Controls that a check speaks to, with their names. */
export function controlsOf({ frameworks }: Check): readonly FrameworkControl[] {
  return FRAMEWORKS.flatMap(({ id, controls }) =>
    (frameworks[id] ?? []).map((control) => ({ framework: id, control, title: controls.get(control) ?? control })),
  );
}
