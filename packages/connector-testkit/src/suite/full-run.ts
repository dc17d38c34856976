import type { MemoryHost } from '../host/memory-host.js';
import type { Trial } from './trial.js';
import { few, hold } from './verdict.js';

/** Lists everything, undisturbed: what all other runs are compared with. @throws Broken when that does not work. */
export async function fullRun(trial: Trial): Promise<MemoryHost> {
  const host = trial.host();
  await host.run();
  hold(host.stopped.length === 0, `An undisturbed run stopped: ${few(host.stopped.map(stoppedText))}`);
  const open = host.streams.filter((name) => !host.completed.has(name));
  hold(open.length === 0, `Streams never came to their end, and did not say why: ${few(open)}.`);
  return host;
}

export function stoppedText({ stream, error, detail }: MemoryHost['stopped'][number]): string {
  return `${stream}: ${error.kind}, ${error.message}${detail === undefined ? '' : ` (${detail.slice(0, 600)})`}`;
}
