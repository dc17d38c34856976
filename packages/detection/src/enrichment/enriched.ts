import { kilometres } from '../correlation/sphere.js';
import type { LogEvent, Party, Raw } from '../log-event.js';
import { Later } from '../sigma/later.js';
import type { Surroundings } from './enricher.js';
import type { History } from './history.js';
import { accountSubject, appSubject } from './memory.js';
import { isPrivate } from './networks.js';
import { groupFacts, personOf } from './person.js';
import { readSaid, type Said } from './said.js';
import { appUsedIn, EVERYBODY, hourOf, onlyAppIn, type Trace, traceOf } from './trace.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Before so long nothing is said of what is new. */
const LEARNED_MS = 7 * DAY_MS;
/** Of what somebody does once a week or once a month more has to be known. */
const HOURS_LEARNED_MS = 28 * DAY_MS;

type Section = (of: Enriched) => unknown;

/** As in `ENRICHED_FIELDS`. */
const SECTIONS: Readonly<Record<string, Section>> = {
  who: ({ event }) => event.actor?.id ?? event.address ?? 'nobody',
  actor: (of) => of.actor(),
  target: ({ event, around }) => event.targets.map((one) => targetOf(one, event, around)),
  // Two fields of a list may be met by two of it: whoever asks for an account does not mean a group beside it.
  targetUser: (of) => of.targets('User'),
  targetGroup: (of) => of.targets('UserGroup'),
  app: (of) => of.app(),
  session: ({ event: { session } }) => (session === undefined ? undefined : { id: session }),
  ip: (of) => of.ip(),
  asn: (of) => of.newOf('network', of.trace.network),
  country: (of) => of.newOf('country', of.trace.country),
  device: (of) => of.newOf('device', of.trace.device),
  hour: ({ history, event }) => (history === undefined ? undefined : { isNew: isOddHour(history, event.at) }),
  geo: (of) => of.geo(),
  behaviors: (of) => of.said.behaviors,
  risk: (of) => of.said.risk,
};
const KEYS = Object.keys(SECTIONS);
const PLACES = new Map(KEYS.map((key, place) => [key, place]));
const NOT_YET = Symbol('not yet');

/** What is known of an event, part by part. */
export class Enriched extends Later {
  override readonly keys = KEYS;
  /** By the places of their keys. */
  #made: unknown[] | undefined;
  #trace: Trace | undefined;
  #said: Said | undefined;

  constructor(
    readonly event: LogEvent,
    readonly around: Surroundings,
  ) {
    super();
  }

  override at(key: string): unknown {
    const place = PLACES.get(key);
    if (place === undefined) return undefined;
    this.#made ??= KEYS.map(() => NOT_YET);
    let made = this.#made[place];
    if (made === NOT_YET) this.#made[place] = made = SECTIONS[key]?.(this);
    return made;
  }

  get trace(): Trace {
    this.#trace ??= traceOf(this.event);
    return this.#trace;
  }

  get said(): Said {
    this.#said ??= readSaid(this.event.raw);
    return this.#said;
  }

  get history(): History | undefined {
    const { actor } = this.event;
    return actor === undefined ? undefined : this.around.memory.get(accountSubject(actor.id));
  }

  actor(): Raw | undefined {
    const { actor, at } = this.event;
    if (actor === undefined) return undefined;
    const known = this.around.known.account(actor.id);
    return {
      isSystem: actor.type === 'SystemPrincipal',
      domain: domainOf(actor.name),
      isProgram: actor.type !== 'User' && actor.type !== 'SystemPrincipal',
      hasPhishingResistant: known?.hasPhishingResistant,
      isEnded: known?.isEnded,
      ...personOf(known, at, this.history),
    };
  }

  targets(type: string): readonly Raw[] {
    const { event, around } = this;
    return event.targets.flatMap((one) => (one.type === type ? [targetOf(one, event, around)] : []));
  }

  app(): Raw | undefined {
    const { event, around, history } = this;
    const id = onlyAppIn(event);
    const app = appUsedIn(event);
    if (app === undefined || event.actor?.type !== 'User' || history === undefined)
      return id === undefined ? undefined : { id };
    const department = around.known.account(event.actor.id)?.department ?? EVERYBODY;
    return {
      id,
      firstForUser: history.isNew('app', app.id, event.at, LEARNED_MS),
      firstForPeers: around.memory.get(appSubject(app.id))?.isNew('department', department, event.at, LEARNED_MS),
    };
  }

  ip(): Raw | undefined {
    const { address } = this.event;
    const { threats, ownNetworks } = this.around;
    if (address === undefined) return undefined;
    const lists = threats.isEmpty ? [] : threats.listsOf(address);
    return {
      isNew: this.history?.isNew('address', address, this.event.at, LEARNED_MS),
      isKnown: !ownNetworks.isEmpty && ownNetworks.listsOf(address).length > 0,
      isPrivate: isPrivate(address),
      isListed: lists.length > 0,
      lists,
    };
  }

  newOf(kind: string, value: string | undefined): Raw | undefined {
    if (value === undefined) return undefined;
    return { isNew: this.history?.isNew(kind, value, this.event.at, LEARNED_MS) };
  }

  geo(): Raw | undefined {
    const { place } = this.trace;
    const { at } = this.event;
    const before = this.history?.placeBefore(at);
    if (place === undefined || before === undefined) return undefined;
    const km = kilometres([before.latitude, before.longitude], [place.latitude, place.longitude]);
    return { km: Math.round(km), speedKmh: Math.round((km * HOUR_MS) / (at - before.at)) };
  }
}

function targetOf(target: Party, { at, actor }: LogEvent, { known, memory }: Surroundings): Raw {
  const { type, id } = target;
  if (type === 'UserGroup') return { type, id, ...groupFacts(known.group(id)) };
  if (type !== 'User') return { type, id };
  return { type, id, isSelf: id === actor?.id, ...personOf(known.account(id), at, memory.get(accountSubject(id))) };
}

function isOddHour(history: History, at: number): boolean | undefined {
  const hours = [at - HOUR_MS, at, at + HOUR_MS].map((near) => history.isNew('hour', hourOf(near), at, HOURS_LEARNED_MS));
  return hours.includes(undefined) && !hours.includes(false) ? undefined : !hours.includes(false);
}

function domainOf(name: string): string | undefined {
  const at = name.lastIndexOf('@');
  return at > 0 && at < name.length - 1 ? name.slice(at + 1).toLowerCase() : undefined;
}
