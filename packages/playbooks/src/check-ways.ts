import { PlaybookError } from './playbook-error.js';
import { DONE, type Playbook, type Step } from './playbook.js';

/** Where a step names one to go on with, by its key. */
function namedBy(step: Step): Readonly<Record<string, string | null>> {
  if (step.kind === 'approval') return { declined: step.declined, late: step.late };
  if (step.kind === 'wait') return { came: step.came, late: step.late };
  if (step.kind === 'action') return { refused: step.refused };
  return {};
}

/** Every step leads on, forwards, and every step and end can be reached: so each run comes to an end. @throws PlaybookError */
export function checkWays({ steps, ends, deadline }: Playbook): void {
  if (!Object.hasOwn(ends, DONE)) throw new PlaybookError(`"${DONE}" is missing: the last step leads there`, ['end']);
  const places = new Map<string, number>();
  for (const [n, { id }] of steps.entries()) {
    if (places.has(id)) throw new PlaybookError(`there are two steps "${id}"`, ['steps', n, 'id']);
    if (Object.hasOwn(ends, id)) throw new PlaybookError(`there is an end "${id}", too`, ['steps', n, 'id']);
    places.set(id, n);
  }
  for (const [n, step] of steps.entries())
    for (const [key, to] of Object.entries(namedBy(step))) if (to !== null) checkWay(to, { n, key, places, ends });
  checkReached({ steps, ends });
  const waited = steps.reduce((sum, step) => sum + ('within' in step ? step.within.ms : 0), 0);
  if (waited > deadline.ms) throw new PlaybookError('is shorter than all that its steps may wait', ['deadline']);
}

interface Way {
  readonly n: number;
  readonly key: string;
  readonly places: ReadonlyMap<string, number>;
  readonly ends: Playbook['ends'];
}

function checkWay(to: string, { n, key, places, ends }: Way): void {
  const place = places.get(to);
  if (place === undefined && !Object.hasOwn(ends, to))
    throw new PlaybookError(`there is no step and no end "${to}"`, ['steps', n, key]);
  if (place !== undefined && place <= n)
    throw new PlaybookError(`"${to}" stands before: a run goes forwards only`, ['steps', n, key]);
}

function checkReached({ steps, ends }: Pick<Playbook, 'steps' | 'ends'>): void {
  const named = new Set(steps.flatMap((step) => Object.values(namedBy(step))));
  for (const [n, step] of steps.entries()) {
    const before = steps[n - 1];
    if (before === undefined || goesOn(before) || named.has(step.id)) continue;
    throw new PlaybookError('no step leads here', ['steps', n]);
  }
  const last = steps.at(-1);
  for (const end of Object.keys(ends)) {
    if (named.has(end) || (end === DONE && last !== undefined && goesOn(last))) continue;
    throw new PlaybookError('no step leads here', ['end', end]);
  }
}

/** Whether the one behind it may come next: a condition that does not hold leads there as well. */
function goesOn(step: Step): boolean {
  return step.kind !== 'wait' || step.came === null || step.late === null || Object.keys(step.when).length > 0;
}
