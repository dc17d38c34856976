const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];

export interface StopsOnExit {
  /** Tells the server to stop without waiting: all that a dying process can do. */
  stopNow(): void;
  stop(): Promise<void>;
}

const running = new Set<StopsOnExit>();

/** As long as a server runs, the end of this process ends it. */
export function stopOnExit(server: StopsOnExit): void {
  if (running.size === 0) {
    process.on('exit', atExit);
    for (const signal of SIGNALS) process.on(signal, onSignal);
  }
  running.add(server);
}

export function forgetOnExit(server: StopsOnExit): void {
  if (!running.delete(server) || running.size > 0) return;
  process.off('exit', atExit);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function atExit(): void {
  for (const server of running) server.stopNow();
}

function onSignal(signal: Signal): void {
  // A host that has its own handler closes in its own order (its last pages need the database), then calls stop() or exits.
  if (process.listenerCount(signal) > 1) return;
  void stopAllAndDie(signal);
}

async function stopAllAndDie(signal: Signal): Promise<void> {
  await Promise.allSettled([...running].map((server) => server.stop()));
  process.off(signal, onSignal);
  process.kill(process.pid, signal);
}
