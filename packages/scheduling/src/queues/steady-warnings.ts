import type { SchedulingLog } from '../ports.js';

/** Says the same trouble once in a while: without its database BullMQ reports ten errors a second. */
export function steadyWarnings(log: SchedulingLog, quietMs = 30_000, now: () => number = () => performance.now()) {
  const saidAt = new Map<string, number>();
  return (message: string, error: string): void => {
    const key = `${message}\n${error}`;
    const last = saidAt.get(key);
    if (last !== undefined && now() - last < quietMs) return;
    // Texts that hold a number each (an address, a port) must not fill the memory.
    if (saidAt.size >= 100) saidAt.clear();
    saidAt.set(key, now());
    log.warn(message, { error });
  };
}
