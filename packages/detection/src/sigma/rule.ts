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
  /** The file that it is from, and the line at which it begins. */
  readonly file: string;
  readonly line: number;
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
  /** For people, a sentence: `"like" is no modifier.` */
  readonly message: string;
}
