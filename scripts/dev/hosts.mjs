import cluster from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PATIENCE_MS = 15_000;

/**
 * The host, replaced by one with newer code while people use it: the next one is started beside the one that is at work, both
 * listen on one port (Node's cluster), and the old one ends when the new one answers. Code that does not even start replaces
 * nothing. Several hosts on one database are nothing special: the old one gives its runs back, the new one takes them on.
 */
export class Hosts {
  #env;
  #live;
  /** They have loaded what does not change, and wait: `others` what is not ours, `ours` all but the connectors. */
  #spares = { others: undefined, ours: undefined };
  #all = new Set();
  /** Of each: whether it hears what it is told. */
  #listening = new WeakMap();
  #onEnd;
  #isStopping = false;

  /** @param onEnd called when the host at work has ended by itself */
  constructor(env, onEnd) {
    this.#env = env;
    this.#onEnd = onEnd;
    // Who listens takes connections from the system itself: handed out by this process, those that are on their way to a host
    // that ends at that moment would hang.
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    cluster.setupPrimary({
      exec: fileURLToPath(new URL('./host-process.mjs', import.meta.url)),
      args: [],
      // What a package imports is found from where that package is.
      execArgv: ['--experimental-import-meta-resolve'],
    });
  }

  /**
   * Starts a host with the code as it is now.
   * @param isConnector nothing but connectors has been changed: then a host that has loaded everything else will do
   * @returns whether it is at work; if not, the one before goes on
   */
  async replace(isConnector) {
    const spares = this.#spares;
    if (!isConnector && spares.ours !== undefined) void this.#stop(spares.ours);
    const next = (isConnector && spares.ours) || spares.others || this.#fork('others');
    this.#spares = { others: spares.others === next ? undefined : spares.others, ours: undefined };
    const isLive = await this.#start(next);
    if (isLive) {
      const old = this.#live;
      this.#live = next;
      if (old !== undefined) void this.#stop(old);
    }
    void this.#prepare(isConnector ? ['ours', 'others'] : ['others', 'ours']);
    return isLive;
  }

  async stopAll() {
    this.#isStopping = true;
    await Promise.all([...this.#all].map((worker) => this.#stop(worker)));
  }

  /** Not before a host is at work, and one after the other: who has just changed something will change it again. */
  async #prepare(order) {
    for (const loads of order) {
      if (this.#isStopping || this.#spares[loads] !== undefined) continue;
      const spare = this.#fork(loads);
      this.#spares[loads] = spare;
      await hears(spare, 'waits');
    }
  }

  async #start(worker) {
    if (!(await this.#listening.get(worker)) || this.#isStopping) return false;
    const live = hears(worker, 'live');
    worker.send('start');
    return live;
  }

  #fork(loads) {
    const worker = cluster.fork({ ...this.#env, LOADS: loads });
    this.#all.add(worker);
    this.#listening.set(worker, hears(worker, 'listens'));
    worker.on('error', () => undefined); // a message that came too late for a program that has ended
    worker.once('exit', (code, signal) => {
      this.#all.delete(worker);
      for (const kind of Object.keys(this.#spares)) if (this.#spares[kind] === worker) this.#spares[kind] = undefined;
      if (worker !== this.#live) return;
      this.#live = undefined;
      if (!this.#isStopping) this.#onEnd(signal ?? code);
    });
    return worker;
  }

  async #stop(worker) {
    if (worker.isDead()) return;
    const ended = once(worker, 'exit');
    void this.#ask(worker);
    const timer = setTimeout(() => worker.process.kill('SIGKILL'), PATIENCE_MS);
    await ended;
    clearTimeout(timer);
  }

  /** To end, as soon as it hears. */
  async #ask(worker) {
    if (!(await this.#listening.get(worker)) || !worker.isConnected()) return;
    worker.send('stop');
    // It takes no more connections from now on; those that it has end with it.
    worker.disconnect();
  }
}

/** Whether the program says so before it ends. */
function hears(worker, word) {
  return new Promise((resolve) => {
    worker.on('message', (message) => message === word && resolve(true));
    worker.once('exit', () => resolve(false));
  });
}
