import { kilometres } from '../correlation/sphere.js';
import type { LogEvent, Party } from '../log-event.js';
import { type Later, LaterOf, type Parts, partsOf } from '../sigma/later.js';
import type { Surroundings } from './enricher.js';
import type { History, Place } from './history.js';
import type { KnownAccount } from './known.js';
import { isPrivate } from './networks.js';
import { GROUP, PERSON, type Person } from './person.js';
import { readSaid, type Said } from './said.js';
import { appUsedIn, EVERYBODY, hourOf, onlyAppIn, type Trace, traceOf } from './trace.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Before so long nothing is said of what is new. */
const LEARNED_MS = 7 * DAY_MS;
/** Of what somebody does once a week or once a month more has to be known. */
const HOURS_LEARNED_MS = 28 * DAY_MS;

/** Who acts, as a person and as whatever else it may be. */
interface Actor extends Person {
  readonly party: Party;
}

const ACTOR: Parts<Actor> = new Map<string, (of: Actor) => unknown>([
  ...partsOf<Actor>({
    isSystem: ({ party }) => party.type === 'SystemPrincipal',
    domain: ({ party }) => domainOf(party.name),
    isProgram: ({ party }) => party.type !== 'User' && party.type !== 'SystemPrincipal',
    hasPhishingResistant: ({ known }) => known?.hasPhishingResistant,
    isEnded: ({ known }) => known?.isEnded,
  }),
  ...PERSON,
]);

/** An account that something is done to. */
interface Affected extends Person {
  readonly party: Party;
  readonly isSelf: boolean;
}

const PARTY = {
  type: ({ party }: { readonly party: Party }) => party.type,
  id: ({ party }: { readonly party: Party }) => party.id,
};

const AFFECTED: Parts<Affected> = new Map<string, (of: Affected) => unknown>([
  ...partsOf<Affected>({ ...PARTY, isSelf: ({ isSelf }) => isSelf }),
  ...PERSON,
]);

type Target = { readonly party: Party; readonly at: number; readonly around: Surroundings };

const TARGET_GROUP: Parts<Target> = new Map<string, (of: Target) => unknown>([
  ...partsOf<Target>(PARTY),
  ...Array.from(GROUP, ([key, part]): [string, (of: Target) => unknown] => [
    key,
    ({ party, at, around }) => part(around.known.group(party.id, at)),
  ]),
]);

const TARGET: Parts<Target> = partsOf<Target>(PARTY);

const APP: Parts<Enriched> = partsOf<Enriched>({
  id: ({ event }) => onlyAppIn(event),
  firstForUser: (of) => of.isNew('app', of.usedApp),
  firstForPeers: ({ event, usedApp, known, around }) => {
    const history = usedApp === undefined ? undefined : around.memory.get('app', usedApp);
    return history?.isNew('department', known?.department ?? EVERYBODY, event.at, LEARNED_MS);
  },
});

const IP: Parts<Enriched> = partsOf<Enriched>({
  isNew: (of) => of.isNew('address', of.event.address),
  isKnown: ({ event: { address = '' }, around: { ownNetworks } }) =>
    !ownNetworks.isEmpty && ownNetworks.listsOf(address).length > 0,
  isPrivate: ({ event: { address = '' } }) => isPrivate(address),
  isListed: (of) => listsOf(of).length > 0,
  lists: listsOf,
});

const NO_LISTS: readonly string[] = [];

function listsOf({ event: { address = '' }, around: { threats } }: Enriched): readonly string[] {
  return threats.isEmpty ? NO_LISTS : threats.listsOf(address);
}

const newAs = (kind: string, of: (trace: Trace) => string | undefined): Parts<Enriched> =>
  partsOf<Enriched>({ isNew: (enriched) => enriched.isNew(kind, of(enriched.trace)) });

const NETWORK = newAs('network', ({ network }) => network);
const COUNTRY = newAs('country', ({ country }) => country);
const DEVICE = newAs('device', ({ device }) => device);
const HOUR: Parts<Enriched> = partsOf<Enriched>({
  isNew: ({ history, event }) => (history === undefined ? undefined : isOddHour(history, event.at)),
});
const SESSION: Parts<Enriched> = partsOf<Enriched>({ id: ({ event }) => event.session });

/** Two sign-ins, one after the other. */
interface Way {
  readonly from: Place;
  readonly to: Place;
}

const GEO: Parts<Way> = partsOf<Way>({
  km: (way) => Math.round(far(way)),
  speedKmh: (way) => Math.round((far(way) * HOUR_MS) / (way.to.at - way.from.at)),
});

const far = ({ from, to }: Way): number => kilometres([from.latitude, from.longitude], [to.latitude, to.longitude]);

/** All that is made of an event; as in `ENRICHED_FIELDS`. */
export const SECTIONS: Parts<Enriched> = partsOf<Enriched>({
  who: ({ event }) => event.actor?.id ?? event.address ?? 'nobody',
  account: ({ event }) => accountIn(event),
  actor: (of) => of.actor(),
  target: (of) => of.event.targets.map((one) => of.target(one)),
  // Two fields of a list may be met by two of it: whoever asks for an account does not mean a group beside it.
  targetUser: (of) => of.targets('User'),
  targetGroup: (of) => of.targets('UserGroup'),
  app: (of) => (onlyAppIn(of.event) === undefined && of.usedApp === undefined ? undefined : new LaterOf(APP, of)),
  session: (of) => (of.event.session === undefined ? undefined : new LaterOf(SESSION, of)),
  ip: (of) => (of.event.address === undefined ? undefined : new LaterOf(IP, of)),
  asn: (of) => (of.trace.network === undefined ? undefined : new LaterOf(NETWORK, of)),
  country: (of) => (of.trace.country === undefined ? undefined : new LaterOf(COUNTRY, of)),
  device: (of) => (of.trace.device === undefined ? undefined : new LaterOf(DEVICE, of)),
  hour: (of) => (of.history === undefined ? undefined : new LaterOf(HOUR, of)),
  geo: (of) => of.geo(),
  behaviors: (of) => of.said.behaviors,
  risk: (of) => of.said.risk,
});

/** An event among what is known, of which parts are made. What several of them need is found once. */
export class Enriched {
  #trace: Trace | undefined;
  #said: Said | undefined;
  #actor: Later | undefined;
  #known: KnownAccount | null | undefined;
  #history: History | null | undefined;

  constructor(
    readonly event: LogEvent,
    readonly around: Surroundings,
  ) {}

  get trace(): Trace {
    this.#trace ??= traceOf(this.event);
    return this.#trace;
  }

  get said(): Said {
    this.#said ??= readSaid(this.event.raw);
    return this.#said;
  }

  /** Of who acts. */
  get history(): History | undefined {
    const { actor } = this.event;
    if (this.#history === undefined)
      this.#history = (actor === undefined ? undefined : this.around.memory.get('account', actor.id)) ?? null;
    return this.#history ?? undefined;
  }

  /** The same. */
  get known(): KnownAccount | undefined {
    const { actor, at } = this.event;
    if (this.#known === undefined)
      this.#known = (actor === undefined ? undefined : this.around.known.account(actor.id, at)) ?? null;
    return this.#known ?? undefined;
  }

  /** The id of the application that somebody of whom something is known has opened. */
  get usedApp(): string | undefined {
    const { event, history } = this;
    return event.actor?.type === 'User' && history !== undefined ? appUsedIn(event)?.id : undefined;
  }

  isNew(kind: string, value: string | undefined): boolean | undefined {
    return value === undefined ? undefined : this.history?.isNew(kind, value, this.event.at, LEARNED_MS);
  }

  actor(): Later | undefined {
    const { actor: party, at } = this.event;
    if (party === undefined) return undefined;
    this.#actor ??= new LaterOf(ACTOR, { party, at, known: this.known, history: this.history });
    return this.#actor;
  }

  targets(type: string): readonly Later[] {
    const found: Later[] = [];
    for (const one of this.event.targets) if (one.type === type) found.push(this.target(one));
    return found;
  }

  target(party: Party): Later {
    const { around, event } = this;
    const { at } = event;
    if (party.type === 'UserGroup') return new LaterOf(TARGET_GROUP, { party, at, around });
    if (party.type !== 'User') return new LaterOf(TARGET, { party, at, around });
    const known = around.known.account(party.id, at);
    const history = around.memory.get('account', party.id);
    return new LaterOf(AFFECTED, { party, at, known, history, isSelf: party.id === event.actor?.id });
  }

  geo(): Later | undefined {
    const { place: to } = this.trace;
    const from = to === undefined ? undefined : this.history?.placeBefore(this.event.at);
    return to === undefined || from === undefined ? undefined : new LaterOf(GEO, { from, to });
  }
}

/** The account that it is about: the one that acts, and where the provider itself does, the only one that it is done to. */
function accountIn({ actor, targets }: LogEvent): string | undefined {
  if (actor?.type !== 'SystemPrincipal') return actor?.id;
  const accounts = new Set(targets.flatMap(({ type, id }) => (type === 'User' ? [id] : [])));
  const [only] = accounts;
  return accounts.size === 1 ? only : actor.id;
}

function isOddHour(history: History, at: number): boolean | undefined {
  const hours = [at - HOUR_MS, at, at + HOUR_MS].map((near) => history.isNew('hour', hourOf(near), at, HOURS_LEARNED_MS));
  return hours.includes(undefined) && !hours.includes(false) ? undefined : !hours.includes(false);
}

function domainOf(name: string): string | undefined {
  const at = name.lastIndexOf('@');
  return at > 0 && at < name.length - 1 ? name.slice(at + 1).toLowerCase() : undefined;
}
