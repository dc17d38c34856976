import { Random } from '../generator/random.js';
import type { FaultRule } from './fault-rule.js';

interface ArmedRule {
  readonly rule: FaultRule;
  seen: number;
  struck: number;
}

export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly pathAndQuery: string;
  readonly template: string | undefined;
}

/** Decides which requests go wrong. The first rule that strikes wins. */
export class Faults {
  #rules: readonly ArmedRule[] = [];
  readonly #random: Random;

  constructor(seed: number, rules: readonly FaultRule[] = []) {
    this.#random = Random.of(seed, 'faults');
    this.set(rules);
  }

  set(rules: readonly FaultRule[]): void {
    this.#rules = rules.map((rule) => ({ rule, seen: 0, struck: 0 }));
  }

  strike(subject: FaultSubject): FaultRule | undefined {
    for (const armed of this.#rules) {
      if (!matches(armed.rule, subject)) continue;
      armed.seen += 1;
      if (armed.seen <= (armed.rule.after ?? 0)) continue;
      if (armed.struck >= (armed.rule.times ?? Number.POSITIVE_INFINITY)) continue;
      if (armed.rule.probability !== undefined && !this.#random.chance(armed.rule.probability)) continue;
      armed.struck += 1;
      return armed.rule;
    }
    return undefined;
  }
}

function matches(rule: FaultRule, subject: FaultSubject): boolean {
  const { match } = rule;
  if (rule.method !== undefined && rule.method !== subject.method) return false;
  // A cursor can only expire where there is one: a first page must not use the rule up.
  if (rule.kind === 'expired-cursor' && !/[?&]after=/.test(subject.pathAndQuery)) return false;
  if (match === undefined) return !subject.path.startsWith('/oauth2/v1/token') && !subject.path.startsWith('/.well-known/');
  if (typeof match === 'string') return match === subject.template || match === subject.path;
  // A global expression keeps its place between calls: without this every second request would slip through.
  match.lastIndex = 0;
  return match.test(subject.pathAndQuery);
}
