import { setTimeout as sleep } from 'node:timers/promises';

/** What `read` gives once it equals `wanted`, or what it still gives after two seconds: sockets take a moment to close on a busy machine. */
export async function eventually<T>(read: () => T, wanted: T): Promise<T> {
  const end = performance.now() + 2_000;
  while (JSON.stringify(read()) !== JSON.stringify(wanted) && performance.now() < end) await sleep(10);
  return read();
}
