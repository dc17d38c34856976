import type { StreamInfo, SyncMessage, SyncPlan } from '@castellan/connector-sdk';
import type { Wait } from '@castellan/http-client';
import type { Output } from '../output.js';
import { minutes, planText } from './plan-text.js';

/** How often the time that is left is said where no live line shows it. */
const SAY_EVERY_MS = 30_000;

/** Counts for people: a live line on a terminal, a line a stream elsewhere. */
export class SyncProgress {
  readonly #rows = new Map<string, number>();
  readonly #output: Output;
  readonly #terminal: NodeJS.WriteStream | undefined;
  #shownAt = 0;
  readonly #open = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #plan: SyncPlan | undefined;
  /** As it was last said. */
  #said: SyncPlan | undefined;
  #wait: Wait | undefined;

  constructor(streams: readonly StreamInfo[], output: Output, terminal: NodeJS.WriteStream | undefined) {
    for (const stream of streams) {
      this.#rows.set(stream.name, 0);
      this.#open.add(stream.name);
    }
    this.#output = output;
    this.#terminal = terminal;
    this.#timer = setInterval(() => this.#sayHowLong(), SAY_EVERY_MS);
    this.#timer.unref();
  }

  see(message: SyncMessage): void {
    if (message.type === 'plan') return this.#planned(message.plan);
    if (message.type === 'stopped') {
      this.#clear();
      this.#output.say(`${message.stream}: ${message.status}: ${message.error.message}`);
      return;
    }
    if (message.type !== 'page') return;
    const rows = (this.#rows.get(message.stream) ?? 0) + message.records.length;
    this.#rows.set(message.stream, rows);
    if (message.progress.done) {
      this.#open.delete(message.stream);
      this.#clear();
      this.#output.say(`${message.stream}: ${rows} records`);
    }
    this.#show();
  }

  /** Shown in the live line until it is over. */
  waits(wait: Wait): void {
    this.#wait = wait;
    this.#show();
  }

  /** Streams that are not through. */
  missing(): readonly string[] {
    return [...this.#open];
  }

  end(): number {
    clearInterval(this.#timer);
    this.#clear();
    return [...this.#rows.values()].reduce((sum, rows) => sum + rows, 0);
  }

  /** Said when it is first known, and again when it has grown by a fifth: what a list holds is known when it has been read. */
  #planned(plan: SyncPlan): void {
    this.#plan = plan;
    if (plan.floorMinutes === null || callsIn(plan) <= 1.2 * callsIn(this.#said)) return;
    this.#said = plan;
    this.#clear();
    for (const line of planText(plan)) this.#output.say(line);
  }

  /** Where there is no live line. */
  #sayHowLong(): void {
    if (this.#terminal !== undefined) return;
    const left = this.#plan?.secondsLeft ?? null;
    const parts = [...(left === null ? [] : [`about ${minutes(left / 60)} left`]), ...this.#waiting()];
    if (parts.length > 0) this.#output.say(`${parts.join('; ')}.`);
  }

  #waiting(): readonly string[] {
    return this.#wait !== undefined && this.#wait.until.getTime() > Date.now() ? [waitText(this.#wait)] : [];
  }

  #show(): void {
    if (this.#terminal === undefined || performance.now() - this.#shownAt < 100) return;
    this.#shownAt = performance.now();
    const active = [...this.#rows].filter(([, rows]) => rows > 0).map(([name, rows]) => `${name} ${rows}`);
    const left = this.#plan?.secondsLeft ?? null;
    const ahead = left === null ? [] : [`${minutes(left / 60)} left`];
    this.#terminal.write(
      `\r\u001B[K${[...ahead, ...this.#waiting(), ...active].join('  ').slice(0, (this.#terminal.columns || 80) - 1)}`,
    );
  }

  #clear(): void {
    this.#terminal?.write('\r\u001B[K');
  }
}

function waitText({ bucket, until, reason }: Wait): string {
  return `${bucket} waits (${reason}) until ${until.toISOString().slice(11, 19)} UTC`;
}

function callsIn(plan: SyncPlan | undefined): number {
  return plan?.buckets.reduce((sum, bucket) => sum + bucket.calls, 0) ?? 0;
}
