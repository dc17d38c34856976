import type { Expression } from './expression.js';

export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof LEVELS)[number];

/** What every document says of itself. */
export interface RuleFacts {
  readonly id: string;
  readonly name: string | undefined;
  readonly title: string;
  readonly description: string | undefined;
  /** Who wrote it: shown with what it finds, as the Detection Rule License asks. */
  readonly author: string | undefined;
  readonly status: string | undefined;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  readonly level: Level;
  readonly own: OwnFacts;
  /** The file that it is from, and the line at which it begins. */
  readonly file: string;
  readonly line: number;
}

/** What our own rules say besides, under `castellan`; any rule may. */
export interface OwnFacts {
  /** How sure it is that what it finds is an attack. */
  readonly confidence: Confidence;
  /** Of what happened, and to whom, the level that is meant instead: the first whose condition holds. */
  readonly levels: readonly RaisedLevel[];
  /** What to do, in order; each a sentence. */
  readonly response: readonly string[];
}

export const CONFIDENCES = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export interface RaisedLevel {
  readonly level: Level;
  readonly when: Expression;
}

export interface LogSource {
  readonly category: string | undefined;
  readonly product: string | undefined;
  readonly service: string | undefined;
}

export interface DetectionRule extends RuleFacts {
  readonly type: 'detection';
  readonly logSource: LogSource;
  readonly expression: Expression;
  /** What of an event is worth showing. */
  readonly fields: readonly string[];
}

/** Why a document is no rule. The others are used all the same. */
export interface RuleProblem {
  readonly file: string;
  /** Of the file, from 1. */
  readonly line: number;
  /** At which the rule begins that has it: those of one rule have the same. */
  readonly ruleLine: number;
  /** For people, a sentence: `"like" is no modifier.` */
  readonly message: string;
}

/** By what a rule is known to others. */
export function namesOf({ id, name }: RuleFacts): readonly string[] {
  return name === undefined ? [id] : [id, name];
}
