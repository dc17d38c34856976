import { setImmediate } from 'node:timers/promises';
import type { RuleFacts } from './sigma/rule.js';

/** A rule, and how much of the time of a batch it has taken. */
export interface SlowRule {
  readonly rule: RuleFacts;
  /** In ms, of {@link RulesTooSlow.measuredMs}. */
  readonly ms: number;
}

/** A batch was given up: rules have taken more time than it may have. Nothing of it was told. */
export class RulesTooSlow extends Error {
  override readonly name = 'RulesTooSlow';

  /** @param rules the slowest, which together have taken half of the time or more */
  constructor(
    readonly rules: readonly SlowRule[],
    readonly measuredMs: number,
  ) {
    super(`Rules took too long: ${rules.map(({ rule }) => `"${rule.title}"`).join(', ')}.`);
  }
}

/** Others are served after so long, in ms. */
const SERVED_MS = 20;
/** To look at the clock takes as long as a rule: it is done behind so many, and behind each that may be slow. */
const LOOKED_EVERY = 8;
/** Once a batch has taken this part of its time it is looked at which rules take it. */
const SUSPECTED = 0.2;
/** So much of its time has been looked at before a rule is blamed: a machine that stands still for a while says nothing of rules. */
const PROVEN = 0.5;

/** The time that the rules of a batch take: others are served in between, and it ends. */
export class Spending {
  #since = performance.now();
  #rules = 0;
  #totalMs = 0;
  #measuredMs = 0;
  readonly #byRule = new Map<RuleFacts, number>();

  constructor(private readonly mostMs: number) {}

  /** Whether rules are to be measured. */
  get isSuspicious(): boolean {
    return this.#totalMs > this.mostMs * SUSPECTED;
  }

  /** Does something for a rule. */
  measure<Done>(rule: RuleFacts, work: () => Done): Done {
    if (!this.isSuspicious) return work();
    const began = performance.now();
    const done = work();
    const ms = performance.now() - began;
    this.#measuredMs += ms;
    this.#byRule.set(rule, (this.#byRule.get(rule) ?? 0) + ms);
    return done;
  }

  /** Whether others have to be served before the next rule. @param isSlow whether the last one may have been slow */
  isBreathDue(isSlow: boolean): boolean {
    this.#rules += 1;
    if (!isSlow && this.#rules % LOOKED_EVERY !== 0) return false;
    return performance.now() - this.#since > SERVED_MS;
  }

  /** Lets others be served. @throws RulesTooSlow */
  async breathe(): Promise<void> {
    this.#totalMs += performance.now() - this.#since;
    if (this.#totalMs > this.mostMs && this.#measuredMs > this.mostMs * PROVEN) throw this.#tooSlow();
    await setImmediate();
    this.#since = performance.now();
  }

  #tooSlow(): RulesTooSlow {
    const slowest = Array.from(this.#byRule, ([rule, ms]): SlowRule => ({ rule, ms })).toSorted(
      (one, other) => other.ms - one.ms,
    );
    let taken = 0;
    const rules = slowest.filter(({ ms }) => {
      const isOne = taken < this.#measuredMs / 2;
      taken += ms;
      return isOne;
    });
    return new RulesTooSlow(rules, this.#measuredMs);
  }
}
