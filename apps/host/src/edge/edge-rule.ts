import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Problem } from '../problems/problem.js';
import { sendProblem } from '../problems/send-problem.js';

/** What keeps a request from every route, or `undefined`. */
export type EdgeRule = (request: Request) => Problem | undefined;

/** Rules in their order: the first that refuses is the answer. */
export function rules(...all: readonly EdgeRule[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    for (const rule of all) {
      const problem = rule(request);
      if (problem === undefined) continue;
      sendProblem(response, problem);
      return;
    }
    next();
  };
}

/** Reads change nothing: what keeps foreign changes out has nothing to say about them. */
export function isChange(request: Request): boolean {
  return !/^(GET|HEAD|OPTIONS)$/.test(request.method);
}
