import { DAY, type Line, line, target, user } from './log-line.js';

/** An event of `name`, who came from an address. */
export function of(name: string, eventType: string, address: string, after: number, more: Line = {}): Line {
  const actor = { ...user(name), detailEntry: null };
  return line(eventType, { actor, client: { ipAddress: address }, ...more }, after);
}

/** The name is nobody's. */
export const STRANGER = (name: string): Line => ({ id: 'unknown', type: 'User', alternateId: name, displayName: 'unknown' });

export const FAILURE = { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' };

export function failure(name: string, address: string, after: number, more: Line = {}): Line {
  return of(name, 'user.session.start', address, after, { outcome: FAILURE, ...more });
}

export function success(name: string, address: string, after: number, more: Line = {}): Line {
  return of(name, 'user.session.start', address, after, more);
}

/** A second factor, by push if nothing else is said. */
export function factor(name: string, address: string, after: number, result: string, data: Line = {}): Line {
  return of(name, 'user.authentication.auth_via_mfa', address, after, {
    outcome: { result, reason: result === 'FAILURE' ? 'INVALID_CREDENTIALS' : null },
    target: [target('AuthenticatorEnrollment', 'Okta Verify')],
    debugContext: { debugData: { factor: 'OKTA_VERIFY_PUSH', ...data } },
  });
}

/** A sign-in of long ago, after which it is known what is new to `name`: an address or a device, and a network. */
export function known(name: string, more: Line = {}): Line {
  return success(name, '192.0.2.10', -8 * DAY, more);
}

/** `make` for each of so many names: `u0`, `u1`, … */
export function people(count: number, make: (name: string, n: number) => Line): readonly Line[] {
  return Array.from({ length: count }, (_, n) => make(`u${n}`, n));
}

export const ADMIN = (name: string) => ({ [user(name).id]: { roles: ['APP_ADMIN'] } });
export const SUPER_ADMIN = (name: string) => ({ [user(name).id]: { roles: ['SUPER_ADMIN'], isSuperAdmin: true } });
export const PROXY: Line = { securityContext: { isProxy: true } };
