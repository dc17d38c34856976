import type { FakeRequest } from './fake-request.js';

/** What a request must carry to be let in. */
export interface Credential {
  /** Secrets of this credential, tokens that are handed out for it included. */
  readonly secrets: readonly string[];
  admits(request: FakeRequest): boolean;
  /** Answers a question for a token; `undefined` when the request is none. */
  token?(request: FakeRequest): object | 'refused' | undefined;
}

/** `Authorization: Bearer <token>`. */
export function bearer(token: string): Credential {
  return { secrets: [token], admits: ({ headers }) => headers['authorization'] === `Bearer ${token}` };
}

/** A header of the provider's own, e.g. `x-api-key`. */
export function apiKey(header: string, key: string): Credential {
  return { secrets: [key], admits: ({ headers }) => headers[header.toLowerCase()] === key };
}

/** `Authorization: Basic <user:password>` (RFC 7617). */
export function basic(user: string, password: string): Credential {
  const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return {
    secrets: [password, expected.slice('Basic '.length)],
    admits: ({ headers }) => headers['authorization'] === expected,
  };
}

export interface ClientCredentials {
  readonly tokenPath: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Seconds that a token is good for. Default 3600. */
  readonly lifetime?: number;
}

/** OAuth 2.0 client credentials (RFC 6749, 4.4), the client's secret in the form or in the header. */
export function clientCredentials({ tokenPath, clientId, clientSecret, lifetime = 3_600 }: ClientCredentials): Credential {
  const token = `access-token-for-${clientId}-${Buffer.from(clientSecret).toString('base64url')}`;
  const header = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const isTheClient = ({ headers, body }: FakeRequest): boolean => {
    const form = new URLSearchParams(body);
    const inForm = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
    return form.get('grant_type') === 'client_credentials' && (inForm || headers['authorization'] === header);
  };
  return {
    secrets: [clientSecret, token],
    admits: ({ headers }) => headers['authorization'] === `Bearer ${token}`,
    token: (request) => {
      if (request.method !== 'POST' || request.path !== tokenPath) return undefined;
      if (!isTheClient(request)) return 'refused';
      return { access_token: token, token_type: 'Bearer', expires_in: lifetime };
    },
  };
}
