import type { JsonObject, OktaObject } from '../json/json.js';
import { textAt, timeOf } from '../json/json.js';
import type { Org } from '../org/org.js';
import type { EventAgent, EventDraft, EventParty, EventPlace } from '../system-log/event.js';
import { buildEvent } from '../system-log/event.js';
import type { EventSource } from '../system-log/system-log.js';
import { adminCount } from './administration.js';
import { appId } from './applications.js';
import { groupId } from './groups.js';
import { makeId, makeUuid } from './ids.js';
import { userId } from './people.js';
import type { GeneratorPlan } from './plan.js';
import { DAY, randomOf } from './plan.js';
import type { Random } from './random.js';
import type { Site } from './words.js';
import { ODD_SITES, SITES } from './words.js';

/** Of the 90 days that the log keeps: the epoch is up to a day ago, and an event of the day before would be out of it by evening. */
const DAYS = 89;

/** Share of events that reach the log late: they are why a date is no checkpoint. */
const LATE_SHARE = 0.02;
const LATEST_MS = 6 * 3_600_000;

const AGENTS: readonly EventAgent[] = [
  { raw: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0', os: 'Windows 10', browser: 'CHROME', device: 'Computer' },
  {
    raw: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) Safari/605.1',
    os: 'Mac OS 14.6 (Sonoma)',
    browser: 'SAFARI',
    device: 'Computer',
  },
  {
    raw: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)',
    os: 'iOS 18.1 (iPhone)',
    browser: 'SAFARI',
    device: 'Mobile',
  },
  { raw: 'python-requests/2.32', os: 'Unknown', browser: 'UNKNOWN', device: 'Unknown' },
];

type EventKind =
  | 'signIn'
  | 'sso'
  | 'mfa'
  | 'failure'
  | 'oddSignIn'
  | 'admin'
  | 'membership'
  | 'policy'
  | 'signOut'
  | 'tokenGrant';

const KINDS: readonly (readonly [EventKind, number])[] = [
  ['sso', 46],
  ['signIn', 20],
  ['mfa', 14],
  ['policy', 8],
  ['signOut', 4],
  ['failure', 3],
  ['membership', 2],
  ['tokenGrant', 2],
  ['admin', 0.7],
  ['oddSignIn', 0.3],
];

interface Person {
  readonly id: string;
  readonly lastLogin: number;
}

/** The events of the days that the log keeps, each computed from its number when it is read. */
export class GeneratedActivity implements EventSource {
  readonly length: number;
  readonly #people: readonly Person[];

  constructor(
    readonly org: Org,
    readonly plan: GeneratorPlan,
  ) {
    const people = [...org.directory.users.values()].flatMap((user): Person[] => {
      const lastLogin = timeOf(user['lastLogin']);
      return lastLogin === undefined ? [] : [{ id: user.id, lastLogin }];
    });
    this.#people = people.toSorted((left, right) => right.lastLogin - left.lastLogin || (left.id < right.id ? -1 : 1));
    this.length = people.length === 0 ? 0 : plan.events;
  }

  persistedAt(index: number): number {
    const span = DAYS * DAY - 60_000;
    return this.plan.epoch - span + Math.floor(((index + 1) * span) / this.length);
  }

  publishedAt(index: number): number {
    const random = randomOf(this.plan, 'event-time', index);
    const late = random.chance(LATE_SHARE) ? random.below(LATEST_MS) : random.below(900);
    return this.persistedAt(index) - late;
  }

  eventAt(index: number): JsonObject {
    const random = randomOf(this.plan, 'event', index);
    const published = this.publishedAt(index);
    const user = this.#someoneSeenAfter(published, random);
    const draft = this.#draft(random.weighted(KINDS), user, random);
    return buildEvent({
      uuid: makeUuid(this.plan.seed, 'event', index),
      published: new Date(published).toISOString(),
      transactionId: makeId('req', this.plan.seed, index),
      ...draft,
    });
  }

  /** Somebody whose last sign-in is not before the event: the log never contradicts `lastLogin`. */
  #someoneSeenAfter(time: number, random: Random): OktaObject {
    let low = 0;
    let high = this.#people.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#people[middle]?.lastLogin ?? 0) >= time) low = middle + 1;
      else high = middle;
    }
    const person = this.#people[random.below(Math.max(1, low))];
    const user = person && this.org.directory.users.get(person.id);
    return user ?? { id: person?.id ?? userId(this.plan, 0) };
  }

  #draft(kind: EventKind, user: OktaObject, random: Random): Omit<EventDraft, 'uuid' | 'published'> {
    const actor = this.org.userParty(user);
    const agent = random.pick(AGENTS.slice(0, 3));
    const common = {
      actor,
      agent,
      place: placeOf(siteOf(user, random), random),
      sessionId: makeId('102', this.plan.seed, random.below(4e8)),
    };
    switch (kind) {
      case 'signIn':
        return {
          ...common,
          eventType: 'user.session.start',
          displayMessage: 'User signed in',
          targets: [actor],
          riskLevel: 'LOW',
          credentialType: 'PASSWORD',
        };
      case 'sso':
        return {
          ...common,
          eventType: 'user.authentication.sso',
          displayMessage: 'Single sign-on to app',
          targets: this.#ssoTargets(actor, random),
        };
      case 'mfa':
        return mfaDraft(common, actor, random);
      case 'policy':
        return {
          ...common,
          eventType: 'policy.evaluate_sign_on',
          displayMessage: 'Sign-on policy evaluated',
          targets: [actor],
          result: random.chance(0.9) ? 'ALLOW' : 'CHALLENGE',
        };
      case 'signOut':
        return { ...common, eventType: 'user.session.end', displayMessage: 'User signed out', targets: [actor] };
      case 'failure':
        return failureDraft(common, actor, random);
      case 'oddSignIn':
        return oddSignIn(common, actor, random);
      case 'membership':
        return this.#byAdmin(common, random, 'group.user_membership.add', 'User added to group', [
          actor,
          this.#someGroup(random),
        ]);
      case 'tokenGrant':
        return this.#tokenGrant(common, random);
      case 'admin':
        return this.#adminChange(common, actor, random);
    }
  }

  #ssoTargets(actor: EventParty, random: Random): readonly EventParty[] {
    const app = this.#appOf(actor.id, random);
    return app ? [this.org.appParty(app), { ...actor, type: 'AppUser' }] : [actor];
  }

  /** An app that the user has: through a group if there is one, which most have. */
  #appOf(user: string, random: Random): OktaObject | undefined {
    const { applications, directory } = this.org;
    const apps = [...directory.groupsOf(user)].flatMap((group) => [...applications.appsOfGroup(group)]);
    return apps.length > 0 ? applications.apps.get(random.pick(apps)) : undefined;
  }

  #someGroup(random: Random): EventParty {
    const group = this.org.directory.groups.get(groupId(this.plan, random.below(Math.max(1, this.plan.groups))));
    return group
      ? this.org.groupParty(group)
      : { id: 'unknown', type: 'UserGroup', alternateId: 'unknown', displayName: 'unknown' };
  }

  #byAdmin(common: Common, random: Random, eventType: string, displayMessage: string, targets: readonly EventParty[]): Draft {
    const admin = this.org.directory.users.get(userId(this.plan, random.below(adminCount(this.plan))));
    return { ...common, ...(admin ? { actor: this.org.userParty(admin) } : {}), eventType, displayMessage, targets };
  }

  #tokenGrant(common: Common, random: Random): Draft {
    const app = this.org.applications.apps.get(appId(this.plan, random.below(Math.max(1, this.plan.apps))));
    const party = app ? { ...this.org.appParty(app), type: 'PublicClientApp' } : common.actor;
    return {
      ...common,
      actor: party,
      eventType: 'app.oauth2.token.grant.access_token',
      displayMessage: 'Access token granted',
      targets: [party],
    };
  }

  #adminChange(common: Common, actor: EventParty, random: Random): Draft {
    const changes = [
      ['user.account.privilege.grant', 'Privilege granted to user'],
      ['user.mfa.factor.reset_all', 'All factors of user reset'],
      ['user.lifecycle.suspend', 'User suspended'],
      ['policy.rule.update', 'Policy rule changed'],
      ['application.lifecycle.update', 'Application changed'],
    ] as const;
    const [eventType, displayMessage] = random.pick(changes);
    return this.#byAdmin(common, random, eventType, displayMessage, [actor]);
  }
}

type Draft = Omit<EventDraft, 'uuid' | 'published'>;
type Common = Pick<EventDraft, 'actor' | 'agent' | 'place' | 'sessionId'>;

function mfaDraft(common: Common, actor: EventParty, random: Random): Draft {
  const failed = random.chance(0.05);
  const factor = random.pick(['OKTA_VERIFY_PUSH', 'FIDO_WEBAUTHN', 'SMS_FACTOR', 'GOOGLE_AUTH']);
  return {
    ...common,
    eventType: 'user.authentication.auth_via_mfa',
    displayMessage: 'Authentication with a factor',
    targets: [actor],
    result: failed ? 'FAILURE' : 'SUCCESS',
    ...(failed ? { reason: 'INVALID_CREDENTIALS' } : {}),
    credentialType: 'OTP',
    debugData: { factor },
  };
}

function failureDraft(common: Common, actor: EventParty, random: Random): Draft {
  const locked = random.chance(0.15);
  return {
    ...common,
    eventType: locked ? 'user.account.lock' : 'user.session.start',
    displayMessage: locked ? 'Account locked' : 'User sign-in failed',
    targets: [actor],
    severity: 'WARN',
    result: 'FAILURE',
    reason: locked ? 'LOCKED_OUT' : 'INVALID_CREDENTIALS',
    riskLevel: 'MEDIUM',
  };
}

function oddSignIn(common: Common, actor: EventParty, random: Random): Draft {
  const place = { ...placeOf(random.pick(ODD_SITES), random), isProxy: true };
  const agent = AGENTS[3];
  return {
    ...common,
    place,
    ...(agent ? { agent } : {}),
    eventType: 'user.session.start',
    displayMessage: 'User signed in',
    targets: [actor],
    severity: 'WARN',
    riskLevel: 'HIGH',
    debugData: { behaviors: '{New Geo-Location=POSITIVE, New Device=POSITIVE, New IP=POSITIVE}' },
  };
}

function siteOf(user: OktaObject, random: Random): Site {
  const city = textAt(user, 'profile', 'city');
  return SITES.find((site) => site.city === city) ?? random.pick(SITES);
}

/** Addresses out of the ranges kept for documentation: they are nobody's. */
function placeOf(site: Site, random: Random): EventPlace {
  const net = random.pick(['192.0.2', '198.51.100', '203.0.113']);
  return {
    ip: `${net}.${1 + random.below(254)}`,
    city: site.city,
    state: site.state,
    country: site.country,
    postalCode: site.postalCode,
    lat: site.lat,
    lon: site.lon,
    isp: 'Example Telecom',
    asNumber: 64_500,
    isProxy: false,
  };
}
