import type { JsonObject } from '../json/json.js';

/** An answer that is an error. Thrown by handlers, turned into Okta's error body by the server. */
export class OktaError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    summary: string,
    readonly causes: readonly string[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(summary);
  }

  body(errorId: string): JsonObject {
    return {
      errorCode: this.code,
      errorSummary: this.message,
      errorLink: this.code,
      errorId,
      errorCauses: this.causes.map((errorSummary) => ({ errorSummary })),
    };
  }
}

export const notFound = (id: string, kind: string): OktaError =>
  new OktaError(404, 'E0000007', `Not found: Resource not found: ${id} (${kind})`);

export const unknownPath = (): OktaError => new OktaError(404, 'E0000008', 'The requested path was not found');

export const methodNotAllowed = (): OktaError =>
  new OktaError(405, 'E0000022', 'The endpoint does not support the provided HTTP method');

export const accessDenied = (): OktaError =>
  new OktaError(403, 'E0000006', 'You do not have permission to perform the requested action');

export const invalidToken = (scheme: string): OktaError =>
  new OktaError(401, 'E0000011', 'Invalid token provided', [], {
    'www-authenticate': `${scheme} realm="okta", error="invalid_token", error_description="The access token is invalid or has expired."`,
  });

export const tooManyRequests = (): OktaError =>
  new OktaError(429, 'E0000047', 'API call exceeded rate limit due to too many requests.');

export const internalError = (status = 500): OktaError => new OktaError(status, 'E0000009', 'Internal Server Error');

export const malformedBody = (): OktaError => new OktaError(400, 'E0000003', 'The request body was not well-formed.');

export const missingParameter = (name: string): OktaError =>
  new OktaError(400, 'E0000028', `The request is missing a required parameter: '${name}'.`);

/** What Okta calls a validation: of the object, with a sentence about what is wrong. */
export const invalid = (what: string, cause: string): OktaError =>
  new OktaError(400, 'E0000001', `Api validation failed: ${what}`, [cause]);

export const wrongStatus = (): OktaError =>
  new OktaError(403, 'E0000038', "This operation is not allowed in the user's current status.");

export const invalidPaging = (): OktaError => new OktaError(400, 'E0000029', 'Invalid paging request.', ['Invalid cursor.']);

export const invalidSearch = (cause: string): OktaError => new OktaError(400, 'E0000031', 'Invalid search criteria.', [cause]);

export const invalidParameter = (name: string, cause: string): OktaError =>
  new OktaError(400, 'E0000001', `Api validation failed: ${name}`, [`${name}: ${cause}`]);
