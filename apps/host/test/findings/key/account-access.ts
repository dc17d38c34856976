import type { JsonObject, OktaObject, Org } from '@castellan/okta-simulator';
import { at, DAY, ids, isThere, type Keys, text, texts, time, usersOf } from './state.js';

const isSuspended = (user: OktaObject): boolean => user['status'] === 'SUSPENDED';

interface Held {
  readonly user: OktaObject;
  readonly object: JsonObject;
}

const tokensOf = (org: Org): readonly Held[] =>
  usersOf(org).flatMap((user) => org.refreshTokens.of(user).map((object) => ({ user, object })));
const consentsOf = (org: Org): readonly Held[] =>
  usersOf(org).flatMap((user) => org.consents.of(user).map((object) => ({ user, object })));
const devicesOf = (org: Org): readonly Held[] =>
  usersOf(org)
    .filter(isThere)
    .flatMap((user) => org.devices.of(user).map((object) => ({ user, object })));

const isLive = (now: number, { object }: Held): boolean => object['status'] === 'ACTIVE' && !(time(object, 'expiresAt') <= now);
const key = ({ user, object }: Held): string => `${user.id}|${text(object, 'id')}`;
const deviceKey = ({ user, object }: Held): string => `${user.id}|${text(object, 'device', 'id')}`;

const BROAD = new Set(['manage', 'write', 'readwrite', 'admin', 'full', 'impersonate']);
const scopesOf = (object: JsonObject): readonly string[] => [...texts(object, 'scopes'), text(object, 'scopeId')];
const isBroad = ({ object }: Held): boolean =>
  scopesOf(object).some((scope) =>
    scope
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .some((word) => BROAD.has(word)),
  );

/** What programs and devices have of people. */
export const ACCOUNT_ACCESS: Keys = {
  'device-of-several-people': (org) => {
    const active = devicesOf(org).filter(({ object }) => text(object, 'device', 'status') === 'ACTIVE');
    const devices = new Set(active.map(({ object }) => text(object, 'device', 'id')));
    return [...devices]
      .map((id) => active.filter(({ object }) => text(object, 'device', 'id') === id))
      .filter((held) => held.length > 1)
      .flatMap((held) => held.map(deviceKey));
  },
  'switched-off-device-still-enrolled': (org) =>
    devicesOf(org)
      .filter(({ object }) => ['DEACTIVATED', 'SUSPENDED'].includes(String(at(object, 'device', 'status'))))
      .map(deviceKey),
  'program-acts-for-gone-account': (org, now) => {
    const live = [...tokensOf(org), ...consentsOf(org)].filter((held) => isLive(now, held));
    return ids(
      usersOf(org).filter((user) => (isSuspended(user) || !isThere(user)) && live.some((one) => one.user.id === user.id)),
    );
  },
  'program-with-broad-consent': (org, now) =>
    [...tokensOf(org), ...consentsOf(org)]
      .filter((held) => isThere(held.user) && !isSuspended(held.user) && isLive(now, held) && isBroad(held))
      .map(key),
  'token-for-program-not-used': (org, now) =>
    tokensOf(org)
      .filter((held) => isThere(held.user) && !isSuspended(held.user) && isLive(now, held))
      .filter(({ object }) => Math.max(time(object, 'created'), time(object, 'lastUpdated')) < now - 90 * DAY)
      .map(key),
};
