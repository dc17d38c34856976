import { ApiError } from '../api/api-error.js';

/** Since when the past is known, where a question was refused for going further back. */
export function knownSince(error: unknown): string | undefined {
  return error instanceof ApiError ? error.problem.observedSince : undefined;
}
