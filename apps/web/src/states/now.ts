import { useSyncExternalStore } from 'react';

/** How far what is said of a time may lag behind. */
const STEP_MS = 10_000;

const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

/** One timer for all times on the screen: a table has hundreds. */
function watch(changed: () => void): () => void {
  watchers.add(changed);
  timer ??= setInterval(tick, STEP_MS);
  return () => {
    watchers.delete(changed);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Date.now();
  for (const changed of watchers) changed();
}

/** Milliseconds since 1970, to some seconds: what is shown with it is shown anew when they have passed. */
export function useNow(): number {
  // Nobody has looked for a while: then the first look is at the clock.
  if (timer === undefined) now = Date.now();
  return useSyncExternalStore(watch, () => now);
}
