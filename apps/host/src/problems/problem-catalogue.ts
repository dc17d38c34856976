import { ACTION_PROBLEMS } from './action-problems.js';
import { PLAYBOOK_PROBLEMS } from './playbook-problems.js';
import { ACCESS_PROBLEMS } from './access-problems.js';
import { CONNECTOR_PROBLEMS } from './connector-problems.js';
import { DETECTION_PROBLEMS } from './detection-problems.js';
import { INTEGRATION_PROBLEMS } from './integration-problems.js';
import type { ProblemKind } from './problem-kind.js';
import { REQUEST_PROBLEMS } from './request-problems.js';
import { WORKSPACE_PROBLEMS } from './workspace-problems.js';

/**
 * Every problem that the API answers with, by its code: the last part of `type`, which programs compare and which never
 * changes. A new one is one entry in the list of its subject.
 */
export const PROBLEMS = {
  ...REQUEST_PROBLEMS,
  ...ACCESS_PROBLEMS,
  ...WORKSPACE_PROBLEMS,
  ...DETECTION_PROBLEMS,
  ...INTEGRATION_PROBLEMS,
  ...CONNECTOR_PROBLEMS,
  ...ACTION_PROBLEMS,
  ...PLAYBOOK_PROBLEMS,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** With the type that all of them share: the literal ones above lack what an entry leaves out. */
export function problemKind(code: ProblemCode): ProblemKind {
  return PROBLEMS[code];
}

/** RFC 9457: names the problem for ever, and is no address to fetch. */
export function problemType(code: ProblemCode): string {
  return `urn:castellan:problem:${code}`;
}
