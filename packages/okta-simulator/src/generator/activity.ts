import type { JsonObject, OktaObject } from '../json/json.js';
import { timeOf } from '../json/json.js';
import type { Org } from '../org/org.js';
import type { EventParty } from '../system-log/event.js';
import { buildEvent } from '../system-log/event.js';
import type { EventSource } from '../system-log/system-log.js';
import { AdministrationEvents } from './administration-events.js';
import { BROWSERS, placeOf, siteOf } from './event-place.js';
import { factorsFor } from './factors.js';
import { groupId } from './groups.js';
import { makeId, makeUuid } from './ids.js';
import { placeLastSignIns, secondOf } from './last-sign-ins.js';
import { userId } from './people.js';
import type { GeneratorPlan } from './plan.js';
import { DAY, randomOf } from './plan.js';
import type { Random } from './random.js';
import type { Common, Draft } from './sign-in-events.js';
import { failureDraft, mfaDraft, oddSignIn } from './sign-in-events.js';

/** Of the 90 days that the log keeps: the epoch is up to a day ago, and an event of the day before would be out of it by evening. */
const DAYS = 89;

/** Share of events that reach the log late: they are why a date is no checkpoint. */
const LATE_SHARE = 0.02;
const LATEST_MS = 6 * 3_600_000;

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
  /** Users by the number of the event that is their last sign-in. */
  readonly #lastSignIns: ReadonlyMap<number, string>;
  /** Apps that get tokens: the only ones that act themselves. */
  readonly #clients: readonly OktaObject[];
  readonly #administration: AdministrationEvents;

  constructor(
    readonly org: Org,
    readonly plan: GeneratorPlan,
  ) {
    const times = { length: plan.users === 0 ? 0 : plan.events, publishedAt: (index: number) => this.#timeAt(index) };
    this.length = times.length;
    this.#lastSignIns = placeLastSignIns(org, times);
    const people = [...org.directory.users.values()].flatMap((user): Person[] => {
      const lastLogin = timeOf(user['lastLogin']);
      return lastLogin === undefined ? [] : [{ id: user.id, lastLogin }];
    });
    this.#people = people.toSorted((left, right) => right.lastLogin - left.lastLogin || (left.id < right.id ? -1 : 1));
    this.#clients = [...org.applications.apps.values()].filter((app) => app['signOnMode'] === 'OPENID_CONNECT');
    this.#administration = new AdministrationEvents(org);
    if (people.length === 0) this.length = 0;
  }

  persistedAt(index: number): number {
    const span = DAYS * DAY - 60_000;
    return this.plan.epoch - span + Math.floor(((index + 1) * span) / this.length);
  }

  publishedAt(index: number): number {
    const time = this.#timeAt(index);
    return this.#lastSignIns.has(index) ? secondOf(time) : time;
  }

  #timeAt(index: number): number {
    const random = randomOf(this.plan, 'event-time', index);
    const late = random.chance(LATE_SHARE) ? random.below(LATEST_MS) : random.below(900);
    return this.persistedAt(index) - late;
  }

  eventAt(index: number): JsonObject {
    const random = randomOf(this.plan, 'event', index);
    const published = this.publishedAt(index);
    const last = this.#lastSignIns.get(index);
    const signedIn = last === undefined ? undefined : this.org.directory.users.get(last);
    const user = signedIn ?? this.#someoneSeenAfter(published, random);
    const kind = random.weighted(KINDS);
    const draft = this.#draft(signedIn === undefined ? kind : 'signIn', user, published, random);
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

  #draft(kind: EventKind, user: OktaObject, published: number, random: Random): Draft {
    const actor = this.org.userParty(user);
    const agent = random.pick(BROWSERS);
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
        return mfaDraft(common, factorsFor(this.org, this.plan, user), published, random);
      case 'policy':
        return {
          ...common,
          eventType: 'policy.evaluate_sign_on',
          displayMessage: 'Sign-on policy evaluated',
          targets: [actor],
          result: random.chance(0.9) ? 'ALLOW' : 'CHALLENGE',
        };
      case 'signOut':
        return signOutDraft(common);
      case 'failure':
        return failureDraft(common, actor, random);
      case 'oddSignIn':
        return oddSignIn(common, actor, random);
      case 'membership':
        return this.#administration.membership(common, this.#someGroup(random), published, random) ?? signOutDraft(common);
      case 'tokenGrant':
        return this.#tokenGrant(common, random);
      case 'admin':
        return this.#administration.change(common, published, random) ?? signOutDraft(common);
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

  #tokenGrant(common: Common, random: Random): Draft {
    const app = this.#clients.length > 0 ? random.pick(this.#clients) : undefined;
    const party = app ? { ...this.org.appParty(app), type: 'PublicClientApp' } : common.actor;
    return {
      ...common,
      actor: party,
      eventType: 'app.oauth2.token.grant.access_token',
      displayMessage: 'Access token granted',
      targets: [party],
    };
  }
}

function signOutDraft(common: Common): Draft {
  return { ...common, eventType: 'user.session.end', displayMessage: 'User signed out', targets: [common.actor] };
}
