import { setImmediate } from 'node:timers/promises';

/** At once only so much, in ms, is done by {@link besides}. */
const STEP_MS = 15;

/** What comes of steps. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** The same for a process that has others to serve: they are served between two steps. */
export async function besides<T>(steps: Generator<void, T>): Promise<T> {
  for (let began = performance.now(), step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    if (performance.now() - began < STEP_MS) continue;
    await setImmediate();
    began = performance.now();
  }
}
