import { AuthError, type ConnectorError, type HttpResponse, PermissionError, UpstreamError } from '@castellan/connector-sdk';
import type { ClientSecretAuth, PrivateKeyAuth } from '../config/okta-auth.js';
import { OKTA_SCOPES } from '../config/scopes.js';
import { textAt, unavailable } from './api-errors.js';

/**
 * What a refusal of the token endpoint means for the customer. Source: Okta, "OAuth 2.0 error codes"; RFC 6749 section 5.2.
 * Okta's own words go to the operator's detail only: they are long, and some repeat what was sent.
 */
export function tokenError(response: HttpResponse, auth: ClientSecretAuth | PrivateKeyAuth): ConnectorError {
  const error = textAt(response.body, 'error') ?? '';
  const description = (textAt(response.body, 'error_description') ?? '').slice(0, 300);
  const detail = `token endpoint: ${response.status} ${error} ${description}`.trim();
  switch (error) {
    case 'invalid_client':
      return invalidClient(description, auth, detail);
    case 'unauthorized_client':
      return wrongApp(detail);
    case 'consent_required':
    case 'invalid_scope':
      return new PermissionError({
        message: `None of the scopes is granted to the app. Grant them in Okta (Applications > the app > Okta API Scopes): ${OKTA_SCOPES.join(', ')}.`,
        missing: OKTA_SCOPES,
        detail,
      });
    case 'access_denied':
      return new AuthError({
        message:
          'Okta refuses the address that Castellan calls from: the app is limited to certain network zones. Add our outgoing IP address to them in Okta.',
        field: 'auth.clientId',
        detail,
      });
    case 'temporarily_unavailable':
    case 'server_error':
      return unavailable(detail);
    case 'invalid_dpop_proof':
    case 'use_dpop_nonce':
      return new AuthError({
        message: 'Okta demands DPoP of this app and does not accept our proof. Check the clock of the host.',
        detail,
      });
    default:
      return unknownRefusal(response, detail);
  }
}

function invalidClient(description: string, auth: ClientSecretAuth | PrivateKeyAuth, detail: string): ConnectorError {
  if (/application_type/i.test(description)) return wrongApp(detail);
  if (/client_id/i.test(description) && !/assertion/i.test(description)) {
    const message =
      'Okta does not know this client ID. Copy it again from the app, and check that the domain is the one that the app lives in.';
    return new AuthError({ message, field: 'auth.clientId', detail });
  }
  if (auth.method === 'private_key') return wrongKey(description, detail);
  if (/private_key_jwt/.test(description) && !/client_secret_basic/.test(description)) {
    const message =
      "Okta demands a key for this app: an app of your own cannot use a client secret here. Choose 'Private key' as credentials, or use an API service integration.";
    return new AuthError({ message, field: 'auth.method', detail });
  }
  const message = 'Okta does not accept the client secret. Copy it again, or make a new one in Okta: it is shown only once.';
  return new AuthError({ message, field: 'auth.clientSecret', detail });
}

function wrongKey(description: string, detail: string): ConnectorError {
  if (/\b(exp|iat|expired|clock|future)\b/i.test(description)) {
    return new AuthError({
      message: "Okta says that our signed request is out of date. Check the clock of Castellan's host.",
      detail,
    });
  }
  if (/client_secret/i.test(description) && !/private_key_jwt/i.test(description)) {
    const message = "This app takes a client secret, not a key. Choose 'Client secret' as credentials.";
    return new AuthError({ message, field: 'auth.method', detail });
  }
  const message =
    'Okta does not accept the private key. Check that its public half is saved and active in the app (General > Public keys), and that the key ID is right.';
  return new AuthError({ message, field: 'auth.privateKey', detail });
}

function wrongApp(detail: string): ConnectorError {
  const message =
    'This app is of the wrong type. Use an API service integration, or an app made in Okta as "API Services": apps that people sign in to cannot read the organisation.';
  return new AuthError({ message, field: 'auth.clientId', detail });
}

function unknownRefusal(response: HttpResponse, detail: string): ConnectorError {
  if (response.status === 401) {
    return new AuthError({
      message: 'Okta does not accept the credentials of this connection.',
      field: 'auth.clientId',
      detail,
    });
  }
  return new UpstreamError({ message: `Okta answered with status ${response.status} when asked for an access token.`, detail });
}
