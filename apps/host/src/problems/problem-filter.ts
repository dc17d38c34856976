import { ConnectorError } from '@castellan/connector-sdk';
import { StatementEndedError } from '@castellan/storage';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { Request, Response } from 'express';
import { requestIdOf } from '../edge/request-id.js';
import type { RootLogger } from '../logging/root-logger.js';
import { connectorProblem } from './connector-problem.js';
import { methodsAt } from '../routes/methods-at.js';
import type { RouteHandler } from '../routes/route-handlers.js';
import { Problem } from './problem.js';
import { PROBLEMS } from './problem-catalogue.js';
import { sendProblem } from './send-problem.js';
import { storageProblem } from './storage-problem.js';

/** Every error answer of the API is an RFC 9457 problem, and none shows a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: RootLogger;
  readonly #routes: readonly RouteHandler[];

  constructor(logger: RootLogger, routes: readonly RouteHandler[]) {
    this.#logger = logger;
    this.#routes = routes;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    sendProblem(http.getResponse<Response>(), this.#problemOf(error, request));
  }

  #problemOf(error: unknown, request: Request): Problem {
    if (error instanceof Problem) {
      // What a caller must not see may be all that an operator has to go by.
      if (error.cause !== undefined) this.#logger.warn({ path: request.path, reason: wordsOf(error.cause) }, error.body.title);
      return error;
    }
    if (ConnectorError.is(error) && error.kind !== 'internal') return connectorProblem(error);
    if (error instanceof HttpException && error.getStatus() < 500) return this.#httpProblem(error, request);
    const known = storageProblem(error);
    if (known !== undefined) {
      const asked = { method: request.method, path: request.path };
      // Whoever has gone is told nothing, and there is nothing for an operator to do.
      if (error instanceof StatementEndedError && error.reason === 'unwanted') this.#logger.debug(asked, error.message);
      else this.#logger.error(asked, known.message);
      return known;
    }
    const reference = requestIdOf(request);
    this.#logger.error({ err: error, reference, method: request.method, path: request.path }, 'request failed');
    const detail = `Something went wrong inside Castellan. The log has the details under reference ${reference}.`;
    return new Problem({ code: 'internal', detail, reference });
  }

  /** Nest makes errors of its own, also of the body parser's. Their texts are not meant for callers. */
  #httpProblem(error: HttpException, request: Request): Problem {
    switch (error.getStatus()) {
      case 401:
        return new Problem({ code: 'not-signed-in', detail: PROBLEMS['not-signed-in'].remedy });
      case 403:
        return new Problem({ code: 'not-allowed', detail: PROBLEMS['not-allowed'].meaning });
      case 404:
        return this.#nothingThere(request);
      case 413:
        return new Problem({ code: 'payload-too-large', detail: PROBLEMS['payload-too-large'].meaning });
      case 415:
        return new Problem({ code: 'unsupported-media-type', detail: 'The body must be JSON in UTF-8.' });
      case 429:
        return new Problem({ code: 'too-many-requests', detail: PROBLEMS['too-many-requests'].meaning });
      default: {
        const isPath = error.cause instanceof URIError;
        const detail = isPath ? 'The path is not valid: a % must be followed by two digits.' : 'The body is not valid JSON.';
        return new Problem({ code: 'invalid-request', detail });
      }
    }
  }

  #nothingThere(request: Request): Problem {
    const path = pathOf(request);
    // As it is routed: short names are written out by then.
    const allow = methodsAt(this.#routes, `${request.baseUrl}${request.path}`);
    if (allow.length === 0) return new Problem({ code: 'not-found', detail: `There is nothing at ${path}.` });
    const detail = `${path} takes ${allow.join(', ')}, not ${request.method}.`;
    return new Problem({ code: 'method-not-allowed', detail, allow });
  }
}

/** Its words and code alone: what else an error of a library carries may be a token. */
function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause ? `${cause.message} (${String(cause.code)})` : cause.message;
}

/** As it was asked; without the query, which may hold what is not to be shown. */
function pathOf({ originalUrl }: Request): string {
  return originalUrl.split('?', 1)[0] ?? originalUrl;
}
