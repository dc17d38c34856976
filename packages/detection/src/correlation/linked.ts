import { EventReader } from '../sigma/event-reader.js';
import { type DetectionRule, namesOf, type RuleFacts, type RuleProblem } from '../sigma/rule.js';
import { arrivalsOf, type ReadArrivals } from './arrivals.js';
import type { CorrelationRule } from './correlation-rule.js';
import { LATEST_MS } from './lateness.js';

/** A correlation whose rules are known. */
export interface LinkedCorrelation {
  readonly rule: CorrelationRule;
  /** Among all of them. */
  readonly place: number;
  readonly arrivals: ReadArrivals;
  /** How long after it has happened something may still be told to it, in ms: of what is missed it is known late. */
  readonly lateMs: number;
  /** How long before an entry that may have happened which lies below it, in ms: 0, where it is about detections alone. */
  readonly belowMs: number;
}

/** Where a hit of a rule goes: to which correlations, as which of their rules. */
export interface Listener {
  readonly to: LinkedCorrelation;
  /** Of the rule among those of the correlation. */
  readonly as: number;
}

export interface Linked {
  /** Each behind those that it is about. */
  readonly correlations: readonly LinkedCorrelation[];
  /** By the id of a rule: of a correlation, too, since one may be about another. */
  readonly listeners: ReadonlyMap<string, readonly Listener[]>;
  /** Of all that the rules ask of events. */
  readonly reader: EventReader;
  readonly problems: readonly RuleProblem[];
}

/** Nobody follows what stands on so many others. */
const DEEPEST = 20;

/** Finds what correlations are about. One about a rule that is not there, or about itself, is told and left out, and so are those about it. @param faulty by id and name, what is wrong with rules that are not there for it */
export function link(
  detections: readonly DetectionRule[],
  correlations: readonly CorrelationRule[],
  faulty: ReadonlyMap<string, RuleProblem> = new Map(),
): Linked {
  const known = new Map<string, RuleFacts>();
  for (const rule of [...detections, ...correlations]) for (const name of namesOf(rule)) known.set(name, rule);
  const problems: RuleProblem[] = [];
  const order: CorrelationRule[] = [];
  const states = new Map<CorrelationRule, 'open' | 'good' | 'bad'>();
  const visit = (rule: CorrelationRule, depth: number): boolean => {
    const state = states.get(rule);
    if (state !== undefined && state !== 'open') return state === 'good';
    if (state === 'open') return told(problems, rule, 'is about itself');
    if (depth > DEEPEST) return told(problems, rule, `is one of more than ${DEEPEST} of which each is about the next`);
    states.set(rule, 'open');
    // Each is looked at, also behind one that is not there: all are told at once.
    const sound = rule.rules.filter((name) => {
      const about = known.get(name);
      if (about === undefined) return told(problems, rule, `is about "${name}", ${whyMissing(faulty.get(name))}`);
      return (
        !isCorrelation(about) || visit(about, depth + 1) || told(problems, rule, `is about "${name}", which cannot be used`)
      );
    });
    const isGood = sound.length === rule.rules.length;
    states.set(rule, isGood ? 'good' : 'bad');
    if (isGood) order.push(rule);
    return isGood;
  };
  for (const rule of correlations) visit(rule, 1);
  return { ...connected(order, known), problems };
}

/** Behind the name of a rule that is not there. */
export function whyMissing(mistake: RuleProblem | undefined): string {
  if (mistake === undefined) return 'and there is no such rule';
  return `which has a mistake (${mistake.file}, line ${mistake.line})`;
}

function told(problems: RuleProblem[], { file, line, title }: CorrelationRule, what: string): false {
  problems.push({ file, line, ruleLine: line, message: `The correlation "${title}" ${what}.` });
  return false;
}

const isCorrelation = (rule: RuleFacts): rule is CorrelationRule => 'type' in rule && rule.type === 'correlation';

function connected(order: readonly CorrelationRule[], known: ReadonlyMap<string, RuleFacts>): Omit<Linked, 'problems'> {
  const listeners = new Map<string, Listener[]>();
  const reader = new EventReader();
  /** By correlation: how long after something has happened it may be told of it. */
  const toldWithin = new Map<RuleFacts, number>();
  /** By correlation: how far its windows and those below them go back. */
  const reaches = new Map<RuleFacts, number>();
  const correlations = order.map((rule, place): LinkedCorrelation => {
    const about = rule.rules.map((name) => known.get(name));
    const names = about.map((one) => (one === undefined ? [] : namesOf(one)));
    const lateMs = about.reduce(
      (most, one) => Math.max(most, (one === undefined ? undefined : toldWithin.get(one)) ?? 0),
      LATEST_MS,
    );
    toldWithin.set(rule, rule.kind.type === 'absence' ? lateMs + rule.spanMs : lateMs);
    const belowMs = Math.max(0, ...about.map((one) => (one === undefined ? undefined : reaches.get(one)) ?? 0));
    reaches.set(rule, rule.spanMs + belowMs);
    const linked = { rule, place, arrivals: arrivalsOf(rule, names, reader), lateMs, belowMs };
    for (const [as, one] of about.entries()) {
      if (one === undefined) continue;
      const others = listeners.get(one.id);
      if (others === undefined) listeners.set(one.id, [{ to: linked, as }]);
      else others.push({ to: linked, as });
    }
    return linked;
  });
  return { correlations, listeners, reader };
}
