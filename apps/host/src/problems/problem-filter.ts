import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { ConnectorError } from '@castellan/connector-sdk';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { RootLogger } from '../logging/root-logger.js';
import { connectorProblem } from './connector-problem.js';
import { Problem } from './problem.js';
import { sendProblem } from './send-problem.js';
import { storageProblem } from './storage-problem.js';

/** Every error answer of the API is an RFC 9457 problem, and none shows a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: RootLogger;

  constructor(logger: RootLogger) {
    this.#logger = logger;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    sendProblem(http.getResponse<Response>(), this.#problemOf(error, request));
  }

  #problemOf(error: unknown, request: Request): Problem {
    if (error instanceof Problem) return error;
    if (ConnectorError.is(error) && error.kind !== 'internal') return connectorProblem(error);
    if (error instanceof HttpException && error.getStatus() < 500) return httpProblem(error, request);
    const known = storageProblem(error);
    if (known !== undefined) {
      this.#logger.error({ method: request.method, path: request.path }, known.message);
      return known;
    }
    const reference = randomUUID();
    this.#logger.error({ err: error, reference, method: request.method, path: request.path }, 'request failed');
    const detail = `Something went wrong inside Castellan. The log has the details under reference ${reference}.`;
    return new Problem({ code: 'internal', title: 'Internal error', status: 500, detail, reference });
  }
}

const DETAILS: ReadonlyMap<number, string> = new Map([
  [400, 'The body is not valid JSON.'],
  [413, 'The body is larger than 1 MB.'],
  [415, 'The body must be JSON in UTF-8.'],
]);

/** Of Nest's own errors, which it also makes of the body parser's. Their texts are not meant for callers. */
function httpProblem(error: HttpException, request: Request): Problem {
  const status = error.getStatus();
  const title = STATUS_CODES[status] ?? 'Error';
  const code = title.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return new Problem({ code, title, status, detail: detailOf(error, status, request) ?? `${title}.` });
}

function detailOf(error: HttpException, status: number, request: Request): string | undefined {
  if (status === 404) return `There is nothing at ${request.method} ${request.path}.`;
  return error.cause instanceof URIError ? 'The path is not valid: a % must be followed by two digits.' : DETAILS.get(status);
}
