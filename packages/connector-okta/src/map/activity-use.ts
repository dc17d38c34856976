import { type Activity, type ActivityParty, type ActivityUse, edgeKey } from '@castellan/connector-sdk';
import { administrationOf } from './administration-types.js';
import { isWellFormedId } from './ids.js';

/** What an event says about use. */
export type Use = Pick<Activity, 'use' | 'used'>;

type Event = Pick<Activity, 'type' | 'outcome' | 'actor' | 'targets'>;

/** A person who can be told from others. */
type Person = ActivityParty & { readonly id: string };

const NONE: Use = { use: null, used: null };

/** Okta's other results say that something was refused, left out, asked for or put off. */
const SUCCEEDED: ReadonlySet<string> = new Set(['SUCCESS', 'ALLOW']);

/**
 * What people do for themselves.
 *
 * One sign-in is one `user.session.start`, in Classic and in Identity Engine, however it came about. What leads to it has
 * events of its own and is left out, or the sign-in would count twice: `auth`, `auth_via_AD_agent`, `auth_via_LDAP_agent`,
 * `auth_via_IDP`, `auth_via_inbound_SAML`, `auth_via_inbound_delauth`, `auth_via_social`, `auth_via_iwa`, `policy.evaluate_sign_on`.
 * No session of Okta's comes of `user.device_session.start` and `device.platform_sso.authentication` (a desktop is unlocked) nor
 * of `system.ldapi.bind` (written only when it fails).
 *
 * An application is opened by `user.authentication.sso`. `app.oauth2.signon`, `app.oauth2.authorize*` and the tokens granted to
 * it are parts of the same opening. A VPN that asks by RADIUS has no browser, hence no `sso`. `auth_via_richclient` is left
 * out: nothing says whether the same request of an old mail program is written as `sso` as well.
 *
 * `auth_via_mfa` is written for each proof, in Identity Engine for the first one too, be it a password. `user.authentication.verify`
 * is left out: it sums up the proofs that an app's policy was content with, those of hours ago included. So is
 * `user.mfa.okta_verify`, which is Classic's word for a part of `auth_via_mfa`.
 */
const OF_THE_PERSON: ReadonlyMap<string, Exclude<ActivityUse, 'administration' | 'api'>> = new Map([
  ['user.session.start', 'sign_in'],
  ['user.authentication.sso', 'application'],
  ['user.authentication.auth_via_radius', 'application'],
  ['user.authentication.auth_via_mfa', 'authenticator'],
]);

/**
 * Okta names the client as the actor here, but it is a person's browser that comes, or a stolen token that is turned away:
 * neither is a call of the client's.
 */
const NOT_BY_THE_CLIENT =
  /^app\.oauth2\.(as\.)?(authorize|token\.detect_reuse)(\.|$)|^app\.oauth2\.invalid_client_credentials$/;

/**
 * What the actor has used.
 *
 * An administrative event that was caused with an API token is `api`, with the token as `used`: its last call is written nowhere
 * else. Its actor is the token's owner, whose rights were used, and storage counts it so (ADR 35).
 * @param token id of the API token that the event was caused with.
 */
export function useOf(event: Event, token: string | null): Use {
  const { actor, type } = event;
  if (actor === null || event.outcome === null || !SUCCEEDED.has(event.outcome)) return NONE;
  if (!isNamed(actor)) return NONE;
  if (actor.type === 'PublicClientApp') return NOT_BY_THE_CLIENT.test(type) ? NONE : { use: 'api', used: null };
  // Okta itself, its agents and its jobs use nothing that anybody could take away.
  if (actor.type !== 'User') return NONE;
  const own = OF_THE_PERSON.get(type);
  if (own !== undefined) return ownUse(own, actor, event.targets);
  // What is nobody's administration is no call either: an app signs people in with its token, and they are the actors.
  if (isKey(token)) return administrationOf(type) === 'none' ? NONE : { use: 'api', used: token };
  return administers(type, actor, event.targets) ? { use: 'administration', used: null } : NONE;
}

function ownUse(use: 'sign_in' | 'application' | 'authenticator', actor: Person, targets: Activity['targets']): Use {
  switch (use) {
    case 'sign_in':
      return { use, used: null };
    case 'application': {
      const used = idOfFirst('AppInstance', targets);
      // Nobody could say of which application it is the use.
      return used === null ? NONE : { use, used };
    }
    case 'authenticator': {
      const enrolment = idOfFirst('AuthenticatorEnrollment', targets);
      // The key of the authenticator's record: an enrolment's id is the factor's.
      return { use, used: enrolment === null ? null : edgeKey(actor.id, enrolment) };
    }
  }
}

function administers(type: string, actor: Person, targets: Activity['targets']): boolean {
  const administration = administrationOf(type);
  return administration === 'any' || (administration === 'others' && concernsAnother(actor, targets));
}

/** Only a target of type `User` names a person: an `AppUser` has the id of an assignment and the login of an app. Both stand in one event. */
function concernsAnother(actor: Person, targets: Activity['targets']): boolean {
  return targets.some((target) => target.type === 'User' && isNamed(target) && target.id !== actor.id);
}

function idOfFirst(type: string, targets: Activity['targets']): string | null {
  return targets.filter((target) => target.type === type).find(isNamed)?.id ?? null;
}

function isNamed(party: ActivityParty): party is Person {
  return isKey(party.id);
}

/** Okta writes the word "unknown" where it does not know whom. */
function isKey(id: string | null): id is string {
  return id !== null && id !== '' && id !== 'unknown' && id !== 'null' && isWellFormedId(id);
}
