import type { ProblemCode } from '../problems/problem-catalogue.js';

/** What a route may answer that tries a connection: before it, and when the test itself does not come to an end. */
export const CONNECTION_PROBLEMS = [
  'not-found',
  'invalid-config',
  'connector-unavailable',
  'connector-aborted',
  'connection-timeout',
] as const satisfies readonly ProblemCode[];
