import { AuthError, type ConnectorError, type HttpResponse, TransientError, UpstreamError } from '@castellan/connector-sdk';
import { textIn } from '../map/member.js';
import { quoted } from './scim-error.js';

/**
 * What a refusal of the token endpoint means (RFC 6749, section 5.2). Its own words go to the operator's detail only: some repeat
 * what was sent.
 */
export function tokenError(response: HttpResponse, host: string, secrets: readonly string[]): ConnectorError {
  const code = textIn(response.body, 'error') ?? '';
  const said = quoted(textIn(response.body, 'error_description') ?? '', secrets);
  const detail = `token endpoint: ${response.status} ${quoted(code, secrets)} ${said}`.trim();
  switch (code) {
    case 'invalid_client':
      return new AuthError({
        message: `${host} does not accept the client ID and secret. Copy both again, and check how the client authenticates.`,
        field: 'auth.clientSecret',
        detail,
      });
    case 'invalid_scope':
      return new AuthError({
        message: `${host} does not grant the scope. Enter one that this client may have, or none.`,
        field: 'auth.scope',
        detail,
      });
    case 'unauthorized_client':
    case 'unsupported_grant_type':
    case 'access_denied':
      return new AuthError({
        message: `${host} does not let this client have a token for itself. Allow it the client credentials grant.`,
        field: 'auth.clientId',
        detail,
      });
    case 'temporarily_unavailable':
    case 'server_error':
      return new TransientError({ message: `${host} could not issue an access token just now.`, detail });
    default:
      return unknownRefusal(response, host, detail);
  }
}

function unknownRefusal({ status }: HttpResponse, host: string, detail: string): ConnectorError {
  if (status === 401 || status === 403) {
    return new AuthError({ message: `${host} does not accept the client ID and secret.`, field: 'auth.clientSecret', detail });
  }
  if (status === 404) {
    return new AuthError({ message: `${host} issues no tokens at the token URL.`, field: 'auth.tokenUrl', detail });
  }
  return new UpstreamError({ message: `${host} answered with status ${status} when asked for an access token.`, detail });
}

export function noToken(host: string): UpstreamError {
  return new UpstreamError({
    message: `${host} answered without an access token. Check the token URL in the settings.`,
    detail: 'token endpoint: no access_token',
  });
}
