import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { EndpointSpec } from '../callers/endpoint.js';
import { type ProblemCode, PROBLEMS } from '../problems/problem-catalogue.js';
import type { RouteHandler } from '../routes/route-handlers.js';
import { inputsOf } from '../routes/route-inputs.js';

/** Every problem that a route may answer with, by status: those that follow from what it is, and those that it names. */
export function routeProblems(route: RouteHandler, { access, problems = [] }: EndpointSpec): readonly ProblemCode[] {
  const takesBody = inputsOf(route).some(({ place }) => place === RouteParamtypes.BODY);
  const codes: readonly ProblemCode[] = [
    // Also of a path with a broken % in it.
    'invalid-request',
    'refused-origin',
    ...(takesBody ? (['payload-too-large', 'unsupported-media-type'] as const) : []),
    ...(access === 'public' ? [] : (['not-signed-in'] as const)),
    ...(access === 'public' || access === 'signed-in' ? [] : (['not-allowed'] as const)),
    ...problems,
    ...(route.method === 'GET' ? [] : (['key-retired', 'audit-log-damaged'] as const)),
    'too-many-requests',
    'database-away',
    'internal',
  ];
  return [...new Set(codes)].toSorted((one, other) => PROBLEMS[one].status - PROBLEMS[other].status);
}
