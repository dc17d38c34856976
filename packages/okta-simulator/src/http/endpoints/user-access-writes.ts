import type { OktaObject } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { noContent, ok, param } from '../endpoint.js';
import { notFound, wrongStatus } from '../okta-error.js';
import { grantOf, tokenOf } from './user-access.js';
import { userOf, USERS_SCOPES } from './users.js';

const MANAGE = ['okta.users.manage'] as const;

function clearSessions(request: EndpointRequest): Reply {
  const user = userOf(request, 'userId');
  request.org.clearSessions(user.id);
  if (request.query.get('oauthTokens') === 'true') request.org.revokeAllTokens(user.id);
  return noContent();
}

function factorOf(request: EndpointRequest): OktaObject {
  const id = param(request, 'factorId');
  const factor = request.org.factors.of(userOf(request, 'userId')).find((one) => one.id === id);
  if (!factor) throw notFound(id, 'UserFactor');
  return factor;
}

/** Factors of Okta Verify, which are one app on one phone: the first two take all of them along. */
const OKTA_VERIFY = ['push', 'signed_nonce', 'token:software:totp'] as const;
const LEADING: readonly unknown[] = OKTA_VERIFY.slice(0, 2);

const isOktaVerify = (factor: OktaObject): boolean =>
  factor['provider'] === 'OKTA' && OKTA_VERIFY.some((type) => type === factor['factorType']);

function removeFactor(request: EndpointRequest): Reply {
  const user = userOf(request, 'userId');
  const factor = factorOf(request);
  if (user['status'] === 'DEPROVISIONED') throw wrongStatus();
  const along = isOktaVerify(factor) && LEADING.includes(factor['factorType']);
  const others = along ? request.org.factors.of(user).filter((one) => one.id !== factor.id && isOktaVerify(one)) : [];
  for (const { id } of [factor, ...others]) request.org.removeFactor(user.id, id);
  return noContent();
}

const ofClient = (request: EndpointRequest): ((one: OktaObject) => boolean) => {
  const clientId = param(request, 'clientId');
  return (one) => one['clientId'] === clientId;
};

function revokeGrants(request: EndpointRequest): Reply {
  request.org.revokeConsents(userOf(request, 'userId').id, 'all', () => true);
  return noContent();
}

function revokeGrant(request: EndpointRequest): Reply {
  const { id } = grantOf(request);
  request.org.revokeConsents(userOf(request, 'userId').id, 'one', (consent) => consent.id === id);
  return noContent();
}

function revokeGrantsOfClient(request: EndpointRequest): Reply {
  request.org.revokeConsents(userOf(request, 'userId').id, 'client', ofClient(request));
  return noContent();
}

function revokeTokens(request: EndpointRequest): Reply {
  request.org.revokeRefreshTokens(userOf(request, 'userId').id, ofClient(request));
  return noContent();
}

function revokeToken(request: EndpointRequest): Reply {
  const { id } = tokenOf(request);
  request.org.revokeRefreshTokens(userOf(request, 'userId').id, (token) => token.id === id);
  return noContent();
}

const USER = '/api/v1/users/{userId}';

const removal = (path: string, handle: Endpoint['handle']): Endpoint => ({
  method: 'DELETE',
  template: `${USER}/${path}`,
  scopes: MANAGE,
  handle,
});

/** What is taken away from an account: sessions, factors, and what programs may do for it. */
export const userAccessWriteEndpoints: readonly Endpoint[] = [
  removal('sessions', clearSessions),
  { template: `${USER}/factors/{factorId}`, scopes: USERS_SCOPES, handle: (request) => ok(factorOf(request)) },
  removal('factors/{factorId}', removeFactor),
  removal('grants', revokeGrants),
  removal('grants/{grantId}', revokeGrant),
  removal('clients/{clientId}/grants', revokeGrantsOfClient),
  removal('clients/{clientId}/tokens', revokeTokens),
  removal('clients/{clientId}/tokens/{tokenId}', revokeToken),
];
