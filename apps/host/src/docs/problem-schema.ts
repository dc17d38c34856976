import { type ProblemCode, problemKind, PROBLEMS, problemType } from '../problems/problem-catalogue.js';
import type { OpenApiDocument } from './open-api.js';
import type { Schema } from './schema.js';

/** `ProblemBody`, with `type` as the list of every code. */
export const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri', enum: problemCodes().map(problemType) },
    title: { type: 'string' },
    status: { type: 'integer', description: 'The status of the answer.' },
    detail: { type: 'string', description: 'What has happened this time, for people.' },
    errors: {
      type: 'array',
      description: 'What to mend, by the name of the setting, the parameter or the permission.',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
    checks: {
      type: 'array',
      description: 'The failed rows of a connection report.',
      items: { type: 'object', additionalProperties: true },
    },
    observedSince: { type: 'string', format: 'date-time', description: 'The first instant that can be asked about.' },
    reference: { type: 'string', description: 'Finds the line in the log.' },
  },
};

/** One for each code, which the routes refer to. */
export function problemExamples(): OpenApiDocument['components']['examples'] {
  return Object.fromEntries(
    problemCodes().map((code) => {
      const { title, status, meaning, remedy, example } = problemKind(code);
      const value = { type: problemType(code), title, status, detail: meaning, ...example };
      return [code, { summary: `${meaning} ${remedy}`, value }];
    }),
  );
}

export function problemCodes(): readonly ProblemCode[] {
  // `Object.keys` forgets the literal types.
  return Object.keys(PROBLEMS) as readonly ProblemCode[];
}
