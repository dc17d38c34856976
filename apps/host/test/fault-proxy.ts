import { once } from 'node:events';
import { createServer, connect, type Server, type Socket } from 'node:net';

/** What becomes of a connection, or of the bytes that come back on it. */
export type Fault =
  /** Both ways, as they come. */
  | { readonly kind: 'pass' }
  /** Nobody listens, as it seems: the connection ends at once. */
  | { readonly kind: 'refuse' }
  /** RST in the middle: after so many bytes of answers. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** The answers end after so many bytes, as if that were all. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** Everything takes so much longer. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** From so many bytes of answers on, one byte each so many milliseconds. */
  | { readonly kind: 'slow'; readonly afterBytes: number; readonly everyMs: number }
  /** From so many bytes of answers on, nothing more, and the connection stays. */
  | { readonly kind: 'silence'; readonly afterBytes: number }
  /** One bit of each so many bytes is another. */
  | { readonly kind: 'corrupt'; readonly eachBytes: number };

const PASS: Fault = { kind: 'pass' };

/** Stands before a server of this machine and does to its connections what networks do. */
export class FaultProxy {
  readonly #server: Server;
  readonly #target: { readonly host: string; readonly port: number };
  readonly #pairs = new Set<Pair>();
  #faultOf: (connection: number) => Fault = () => PASS;
  #count = 0;

  private constructor(server: Server, target: FaultProxy['target']) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (client) => this.#carry(client));
  }

  static async before(target: { readonly host: string; readonly port: number }): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultProxy(server, target);
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
    return address.port;
  }

  get target(): { readonly host: string; readonly port: number } {
    return this.#target;
  }

  /** Of connections from now on. @param faultOf by the number of the connection, 0 is the first of all */
  set(fault: Fault | ((connection: number) => Fault)): void {
    this.#faultOf = typeof fault === 'function' ? fault : () => fault;
  }

  get open(): number {
    return this.#pairs.size;
  }

  /** How many there were. */
  get connections(): number {
    return this.#count;
  }

  /** Resets those that are open; new ones are made as before. @returns how many */
  cut(): number {
    const open = [...this.#pairs];
    for (const pair of open) pair.reset();
    return open.length;
  }

  async close(): Promise<void> {
    this.cut();
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #carry(client: Socket): void {
    const fault = this.#faultOf(this.#count);
    this.#count += 1;
    if (fault.kind === 'refuse') {
      client.on('error', () => undefined);
      return void client.resetAndDestroy();
    }
    const pair = new Pair(client, connect({ ...this.#target, allowHalfOpen: true }), fault);
    this.#pairs.add(pair);
    pair.onEnd(() => this.#pairs.delete(pair));
  }
}

/** A connection, and the one behind it. */
class Pair {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #fault: Fault;
  readonly #timers = new Set<NodeJS.Timeout>();
  #answered = 0;
  #isCut = false;

  constructor(client: Socket, server: Socket, fault: Fault) {
    this.#client = client;
    this.#server = server;
    this.#fault = fault;
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.#destroy());
      socket.on('close', () => this.#destroy());
    }
    const waits = fault.kind === 'delay' ? fault.ms : 0;
    client.on('data', (bytes) => this.#later(waits, () => this.#write(server, bytes)));
    client.on('end', () => this.#later(waits, () => server.end()));
    server.on('data', (bytes) => this.#later(waits, () => this.#answer(bytes)));
    server.on('end', () => {
      if (!this.#isCut && fault.kind !== 'slow') this.#later(waits, () => client.end());
    });
  }

  onEnd(listener: () => void): void {
    this.#client.once('close', listener);
  }

  reset(): void {
    this.#client.resetAndDestroy();
    this.#server.destroy();
  }

  #later(ms: number, act: () => void): void {
    if (ms === 0) return act();
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  /** A slow reader holds up the other side, as without us. */
  #write(to: Socket, bytes: Buffer): void {
    if (to.destroyed || !to.writable) return;
    const from = to === this.#client ? this.#server : this.#client;
    if (to.write(bytes)) return;
    from.pause();
    to.once('drain', () => from.resume());
  }

  #answer(bytes: Buffer): void {
    if (this.#isCut) return;
    const fault = this.#fault;
    const before = this.#answered;
    this.#answered += bytes.length;
    if (fault.kind === 'corrupt') return this.#write(this.#client, corrupted(bytes, before, fault.eachBytes));
    if (!('afterBytes' in fault)) return this.#write(this.#client, bytes);
    const whole = Math.max(0, fault.afterBytes - before);
    if (whole >= bytes.length) return this.#write(this.#client, bytes);
    const last = bytes.subarray(0, whole);
    if (fault.kind === 'slow') {
      this.#write(this.#client, last);
      return this.#drip(bytes.subarray(whole), fault.everyMs);
    }
    this.#isCut = true;
    // A reset before the other side has these is an orderly end to it.
    this.#client.write(last, () => {
      if (fault.kind === 'reset') this.#later(5, () => this.reset());
      if (fault.kind === 'truncate') this.#client.end();
    });
  }

  #drip(bytes: Buffer, everyMs: number): void {
    this.#server.pause();
    const [first] = bytes;
    if (first === undefined) return void this.#server.resume();
    this.#write(this.#client, Buffer.of(first));
    this.#later(everyMs, () => this.#drip(bytes.subarray(1), everyMs));
  }

  #destroy(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#client.destroy();
    this.#server.destroy();
  }
}

function corrupted(bytes: Buffer, before: number, eachBytes: number): Buffer {
  const other = Buffer.from(bytes);
  for (let at = eachBytes - 1 - (before % eachBytes); at < other.length; at += eachBytes) other[at] = (other[at] ?? 0) ^ 0x20;
  return other;
}
