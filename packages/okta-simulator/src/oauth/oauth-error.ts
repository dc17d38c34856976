import type { JsonObject } from '../json/json.js';

/** An answer of the token endpoint, whose errors have a form of their own. */
export class OauthError extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    description: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(description);
  }

  body(): JsonObject {
    return { error: this.error, error_description: this.message };
  }
}

export const invalidClient = (description: string): OauthError => new OauthError(401, 'invalid_client', description);

export const invalidRequest = (description: string): OauthError => new OauthError(400, 'invalid_request', description);
