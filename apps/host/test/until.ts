import { setTimeout as sleep } from 'node:timers/promises';

export async function until(condition: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const began = Date.now();
  while (!(await condition())) {
    if (Date.now() > began + ms) throw new Error('waited in vain');
    await sleep(patience(began));
  }
}

/** A sixth of what was waited so far: most conditions ask the host, which has to work meanwhile. */
export function patience(began: number): number {
  return Math.min(300, Math.max(15, (Date.now() - began) / 6));
}
