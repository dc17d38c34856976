import type { RuleView, TechniqueView } from '@castellan/api';
import { shownLevel } from './rule-words.js';

/** In the order of an attack, as ATT&CK has them; editions rename some of them: those that are not here come last. */
const KILL_CHAIN: readonly string[] = [
  'Reconnaissance',
  'Resource Development',
  'Initial Access',
  'Execution',
  'Persistence',
  'Privilege Escalation',
  'Defense Evasion',
  'Stealth',
  'Defense Impairment',
  'Credential Access',
  'Discovery',
  'Lateral Movement',
  'Collection',
  'Command and Control',
  'Exfiltration',
  'Impact',
];

/** What rules do about one technique. */
export interface TechniqueCover extends TechniqueView {
  /** Rules that are on. */
  readonly rules: number;
  /** Those that are switched off. */
  readonly off: number;
  /** Within 30 days, of all these that are told of: from low on. */
  readonly hits: number;
  /** The same of rules that only inform: there are many, and nobody is to look at them. */
  readonly informed: number;
}

export interface TacticCover {
  readonly tactic: string;
  /** By their ids: parts stand below the whole. */
  readonly techniques: readonly TechniqueCover[];
}

type Rules = readonly Pick<RuleView, 'techniques' | 'enabled' | 'hits' | 'level' | 'setting'>[];

/** All techniques that rules name, each once, by their ids. */
export function techniquesOf(rules: readonly Pick<RuleView, 'techniques'>[]): readonly TechniqueView[] {
  const all = new Map(rules.flatMap(({ techniques }) => techniques.map((one) => [one.id, one] as const)));
  return [...all.values()].toSorted((one, other) => one.id.localeCompare(other.id, 'en'));
}

/** All tactics that they serve, in the order of an attack. */
export function tacticsOf(rules: readonly Pick<RuleView, 'techniques'>[]): readonly string[] {
  const all = new Set(rules.flatMap(({ techniques }) => techniques.flatMap(({ tactics }) => tactics)));
  const place = (tactic: string): number => (KILL_CHAIN.includes(tactic) ? KILL_CHAIN.indexOf(tactic) : KILL_CHAIN.length);
  return [...all].toSorted((one, other) => place(one) - place(other) || one.localeCompare(other, 'en'));
}

/** A technique that serves several tactics stands below each of them. */
export function coverageOf(rules: Rules): readonly TacticCover[] {
  const covers = techniquesOf(rules).map((technique) => coverOf(technique, rules));
  return tacticsOf(rules).map((tactic) => ({
    tactic,
    techniques: covers.filter(({ tactics }) => tactics.includes(tactic)),
  }));
}

export function coverOf(technique: TechniqueView, rules: Rules): TechniqueCover {
  const own = rules.filter(({ techniques }) => techniques.some(({ id }) => id === technique.id));
  const on = own.filter(({ enabled }) => enabled).length;
  const count = { hits: 0, informed: 0 };
  for (const rule of own) count[shownLevel(rule) === 'informational' ? 'informed' : 'hits'] += rule.hits;
  return { ...technique, rules: on, off: own.length - on, ...count };
}

/** How warm a place is drawn, from 0 to 4: each step stands for ten times as many hits. */
export function heatOf(hits: number): number {
  return hits === 0 ? 0 : Math.min(4, 1 + Math.floor(Math.log10(hits)));
}
