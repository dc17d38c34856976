import type { JsonObject, OktaObject } from '../../json/json.js';
import { textAt } from '../../json/json.js';
import type { Endpoint, EndpointRequest, Reply } from '../endpoint.js';
import { noContent, ok } from '../endpoint.js';
import { invalid, missingParameter, notFound, OktaError, wrongStatus } from '../okta-error.js';
import { userOf } from './users.js';

const MANAGE = ['okta.users.manage'] as const;

const asked = (request: EndpointRequest, name: string): boolean => request.query.get(name) === 'true';

/** A user in one of these states; in every other the call is refused. */
function userIn(request: EndpointRequest, statuses: readonly string[], refusal: () => OktaError): OktaObject {
  const user = userOf(request, 'id');
  if (!statuses.includes(textAt(user, 'status') ?? '')) throw refusal();
  return user;
}

function suspend(request: EndpointRequest): Reply {
  const refusal = () => invalid('suspendUser', 'Cannot suspend a user that is not active');
  request.org.setStatus(userIn(request, ['ACTIVE'], refusal).id, 'SUSPENDED');
  return ok({});
}

function unsuspend(request: EndpointRequest): Reply {
  const refusal = () => invalid('unsuspendUser', 'Cannot unsuspend a user that is not suspended');
  request.org.setStatus(userIn(request, ['SUSPENDED'], refusal).id, 'ACTIVE');
  return ok({});
}

/** At once, or a while after the answer where the caller does not want to wait: until then the user says where they are going. */
function endAccount({ org, headers, deferred }: EndpointRequest, user: OktaObject): void {
  if (deferred.ms <= 0 || headers['prefer'] !== 'respond-async') {
    org.setStatus(user.id, 'DEPROVISIONED');
    return;
  }
  org.directory.users.set(user.id, { ...user, transitioningToStatus: 'DEPROVISIONED' });
  const later = org.sameCircumstances(() => {
    const now = org.directory.users.get(user.id);
    if (now === undefined || now['status'] === 'DEPROVISIONED') return;
    const { transitioningToStatus: _reached, ...rest } = now;
    org.directory.users.set(user.id, { ...rest, id: now.id });
    org.setStatus(user.id, 'DEPROVISIONED');
  });
  deferred.add(later);
}

/** A user who is deactivated already is not found, though reading shows them. */
function deactivate(request: EndpointRequest): Reply {
  const user = userOf(request, 'id');
  if (user['status'] === 'DEPROVISIONED') throw notFound(user.id, 'User');
  endAccount(request, user);
  return ok({});
}

/** Deactivates, and only the second time deletes; the answer is the same. */
function deleteUser(request: EndpointRequest): Reply {
  const user = userOf(request, 'id');
  if (user['status'] === 'DEPROVISIONED') request.org.deleteUser(user.id);
  else endAccount(request, user);
  return noContent();
}

/** The link that Okta sends by mail, or gives to the caller who wants to send it. */
function activation(request: EndpointRequest, user: OktaObject, mailed: boolean): JsonObject {
  if (mailed) return {};
  const activationToken = oneTimeToken(user);
  return { activationToken, activationUrl: `${request.base}/tokens/${activationToken}/verify` };
}

/** Nobody can use it: the simulator has no page that takes it. */
const oneTimeToken = (user: OktaObject): string => `simulated${user.id}`;

function activate(request: EndpointRequest): Reply {
  const refusal = () => new OktaError(403, 'E0000016', 'Activation failed because the user is already active');
  const user = userIn(request, ['STAGED', 'DEPROVISIONED'], refusal);
  request.org.activate(user.id);
  return ok(activation(request, user, request.query.get('sendEmail') !== 'false'));
}

function reactivate(request: EndpointRequest): Reply {
  const user = userIn(request, ['PROVISIONED', 'RECOVERY'], wrongStatus);
  request.org.setStatus(user.id, 'PROVISIONED');
  return ok(activation(request, user, asked(request, 'sendEmail')));
}

/** Not for accounts of a directory: those are unlocked there. */
function unlock(request: EndpointRequest): Reply {
  const user = userOf(request, 'id');
  const provider = textAt(user, 'credentials', 'provider', 'type');
  const refusal = (causes: readonly string[]) => new OktaError(403, 'E0000032', 'Unlock is not allowed for this user.', causes);
  if (provider === 'ACTIVE_DIRECTORY' || provider === 'LDAP') throw refusal([]);
  if (user['status'] !== 'LOCKED_OUT') throw refusal(['The user is not locked out.']);
  request.org.unlock(user.id);
  return ok({});
}

const WITH_PASSWORD = ['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT'] as const;

function expirePassword(request: EndpointRequest): Reply {
  const user = userIn(request, WITH_PASSWORD, wrongStatus);
  return ok(request.org.setStatus(user.id, 'PASSWORD_EXPIRED'));
}

function resetPassword(request: EndpointRequest): Reply {
  const sendEmail = request.query.get('sendEmail');
  const user = userOf(request, 'id');
  if (sendEmail === null) throw missingParameter('sendEmail');
  userIn(request, [...WITH_PASSWORD, 'PROVISIONED'], wrongStatus);
  request.org.setStatus(user.id, 'RECOVERY');
  if (asked(request, 'revokeSessions')) request.org.clearSessions(user.id);
  if (sendEmail === 'true') return ok({});
  return ok({ resetPasswordUrl: `${request.base}/signin/reset-password/${oneTimeToken(user)}` });
}

function resetFactors(request: EndpointRequest): Reply {
  request.org.resetFactors(userOf(request, 'id').id);
  return ok({});
}

const lifecycle = (action: string, handle: Endpoint['handle']): Endpoint => ({
  method: 'POST',
  template: `/api/v1/users/{id}/lifecycle/${action}`,
  scopes: MANAGE,
  handle,
});

/** What can be done to an account as a whole. */
export const userWriteEndpoints: readonly Endpoint[] = [
  lifecycle('suspend', suspend),
  lifecycle('unsuspend', unsuspend),
  lifecycle('deactivate', deactivate),
  lifecycle('activate', activate),
  lifecycle('reactivate', reactivate),
  lifecycle('unlock', unlock),
  lifecycle('expire_password', expirePassword),
  lifecycle('reset_password', resetPassword),
  lifecycle('reset_factors', resetFactors),
  { method: 'DELETE', template: '/api/v1/users/{id}', scopes: MANAGE, handle: deleteUser },
];
