import type { StreamInfo, SyncMessage, SyncPlan } from '@castellan/connector-sdk';
import type { Wait } from '@castellan/http-client';
import type { Output } from '../output.js';
import { minutes, planText } from './plan-text.js';

/** Counts for people: a live line on a terminal, a line a stream elsewhere. */
export class SyncProgress {
  readonly #rows = new Map<string, number>();
  readonly #output: Output;
  readonly #terminal: NodeJS.WriteStream | undefined;
  #shownAt = 0;
  #plan: SyncPlan | undefined;
  #wait: Wait | undefined;

  constructor(streams: readonly StreamInfo[], output: Output, terminal: NodeJS.WriteStream | undefined) {
    for (const stream of streams) this.#rows.set(stream.name, 0);
    this.#output = output;
    this.#terminal = terminal;
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

  end(): number {
    this.#clear();
    return [...this.#rows.values()].reduce((sum, rows) => sum + rows, 0);
  }

  /** Said when it is first known, and again when what it comes to has changed. */
  #planned(plan: SyncPlan): void {
    const known = this.#plan;
    this.#plan = plan;
    const same = known !== undefined && planText(known)[0] === planText(plan)[0];
    const isFirstFloor = plan.floorMinutes !== null && (known?.floorMinutes ?? null) === null;
    const grown = (plan.floorMinutes ?? 0) > 1.2 * (known?.floorMinutes ?? 0);
    if (same || !(isFirstFloor || grown)) return;
    this.#clear();
    for (const line of planText(plan)) this.#output.say(line);
  }

  #show(): void {
    if (this.#terminal === undefined || performance.now() - this.#shownAt < 100) return;
    this.#shownAt = performance.now();
    const active = [...this.#rows].filter(([, rows]) => rows > 0).map(([name, rows]) => `${name} ${rows}`);
    const left = this.#plan?.secondsLeft ?? null;
    const ahead = left === null ? [] : [`${minutes(left / 60)} left`];
    const wait = this.#wait !== undefined && this.#wait.until.getTime() > Date.now() ? [waitText(this.#wait)] : [];
    this.#terminal.write(`\r\u001B[K${[...ahead, ...wait, ...active].join('  ').slice(0, (this.#terminal.columns || 80) - 1)}`);
  }

  #clear(): void {
    this.#terminal?.write('\r\u001B[K');
  }
}

function waitText({ bucket, until, reason }: Wait): string {
  return `${bucket} waits (${reason}) until ${until.toISOString().slice(11, 19)} UTC`;
}
