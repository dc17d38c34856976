import { kilometres } from '../correlation/sphere.js';
import { asRaw, type LogEvent, type Party, type Raw, textIn } from '../log-event.js';
import { type History, isNew, lastUse, NOTHING_SEEN, type Place, type Sighting, withSighting } from './history.js';
import type { Known, KnownAccount, KnownGroup } from './known.js';
import { accountSubject, appSubject, type Memory } from './memory.js';
import { isPrivate, type Networks } from './networks.js';
import { readSaid } from './said.js';

export interface Surroundings {
  readonly known: Known;
  readonly memory: Memory;
  /** Those that the workspace calls its own. */
  readonly ownNetworks: Networks;
  readonly threats: Networks;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Before so long nothing is said of what is new. */
const LEARNED_MS = 7 * DAY_MS;
/** Of what somebody does once a week or once a month more has to be known. */
const HOURS_LEARNED_MS = 28 * DAY_MS;
const NEW_DAYS = 7;
const DORMANT_DAYS = 90;
/** Of who belongs to no department that is known. */
const EVERYBODY = '*';

/**
 * Says of events what rules may ask for under `x`. What it says of one depends on those of up to an hour before in no way that
 * their order could change; {@link learn} comes first, for all events that came together.
 */
export class Enricher {
  constructor(private readonly around: Surroundings) {}

  /** Remembers a sign-in that has succeeded, and where it led. */
  learn(event: LogEvent): void {
    const { actor } = event;
    if (actor?.type !== 'User' || !event.isSuccess || !isSignIn(event.type)) return;
    const { memory, known } = this.around;
    const trace = traceOf(event);
    const app = appOf(event);
    const values = SEEN.flatMap(({ kind, of }) => {
      const value = of(trace);
      return value === undefined ? [] : [[kind, value] as const];
    });
    values.push(['hour', hourOf(event.at)]);
    const subject = accountSubject(actor.id);
    const sighting: Sighting = {
      at: event.at,
      values: app === undefined ? values : [...values, ['app', app.id]],
      place: trace.place,
    };
    memory.set(subject, withSighting(memory.get(subject) ?? NOTHING_SEEN, sighting));
    if (app === undefined) return;
    const users = memory.get(appSubject(app.id)) ?? NOTHING_SEEN;
    const department = known.account(actor.id)?.department ?? EVERYBODY;
    const departments = [...new Set([department, EVERYBODY])].map((one) => ['department', one] as const);
    memory.set(appSubject(app.id), withSighting(users, { at: event.at, values: departments }));
  }

  /** The event with what is known of it; an `x` of its own is overwritten. */
  enrich(event: LogEvent): Raw {
    const { raw, actor, address } = event;
    const history = actor === undefined ? undefined : this.around.memory.get(accountSubject(actor.id));
    const trace = traceOf(event);
    const { behaviors, risk } = readSaid(raw);
    const target = event.targets.map((one) => this.#target(one, event));
    const x = {
      who: actor?.id ?? address ?? 'nobody',
      actor: actor === undefined ? undefined : this.#account(actor, event, history),
      target,
      // Two fields of a list may be met by two of it: whoever asks for an account does not mean a group beside it.
      targetUser: target.filter(({ type }) => type === 'User'),
      targetGroup: target.filter(({ type }) => type === 'UserGroup'),
      app: this.#app(event, history),
      ...this.#new(event.at, trace, history),
      ...(event.session !== undefined && { session: { id: event.session } }),
      ...(address !== undefined && { ip: this.#address(address, event.at, history) }),
      geo: geoOf(event.at, trace.place, history),
      behaviors,
      risk,
    };
    return { ...raw, x };
  }

  #account(party: Party, { at }: LogEvent, history: History | undefined): Raw {
    const known = this.around.known.account(party.id);
    return {
      isSystem: party.type === 'SystemPrincipal',
      domain: domainOf(party.name),
      isProgram: party.type !== 'User' && party.type !== 'SystemPrincipal',
      hasPhishingResistant: known?.hasPhishingResistant,
      isEnded: known?.isEnded,
      ...personOf(known, at, history),
    };
  }

  #target(target: Party, { at, actor }: LogEvent): Raw {
    const { type, id } = target;
    const named = { type, id };
    if (type === 'UserGroup') return { ...named, ...groupFacts(this.around.known.group(id)) };
    if (type !== 'User') return named;
    const history = this.around.memory.get(accountSubject(id));
    return { ...named, isSelf: id === actor?.id, ...personOf(this.around.known.account(id), at, history) };
  }

  #app(event: LogEvent, history: History | undefined): Raw | undefined {
    const { actor, at } = event;
    const id = onlyAppIn(event);
    const app = appOf(event);
    if (app === undefined || actor?.type !== 'User' || history === undefined) return id === undefined ? undefined : { id };
    const department = this.around.known.account(actor.id)?.department ?? EVERYBODY;
    return {
      id,
      firstForUser: isNew(history, 'app', app.id, at, LEARNED_MS),
      firstForPeers: isNew(
        this.around.memory.get(appSubject(app.id)) ?? NOTHING_SEEN,
        'department',
        department,
        at,
        LEARNED_MS,
      ),
    };
  }

  #address(address: string, at: number, history: History | undefined): Raw {
    const lists = this.around.threats.isEmpty ? [] : this.around.threats.listsOf(address);
    return {
      isNew: history === undefined ? undefined : isNew(history, 'address', address, at, LEARNED_MS),
      isKnown: !this.around.ownNetworks.isEmpty && this.around.ownNetworks.listsOf(address).length > 0,
      isPrivate: isPrivate(address),
      isListed: lists.length > 0,
      lists,
    };
  }

  #new(at: number, trace: Trace, history: History | undefined): Raw {
    const said = (kind: string, value: string | undefined): Raw | undefined =>
      value === undefined || history === undefined ? undefined : { isNew: isNew(history, kind, value, at, LEARNED_MS) };
    return {
      asn: said('network', trace.network),
      country: said('country', trace.country),
      device: said('device', trace.device),
      hour: history === undefined ? undefined : { isNew: isOddHour(history, at) },
    };
  }
}

function personOf(known: KnownAccount | undefined, at: number, history: History | undefined): Raw {
  const ageDays = known?.createdAt === undefined ? undefined : daysBetween(known.createdAt, at);
  const before = history === undefined ? undefined : lastUse(history, at);
  // What was synced may be of a use that the log tells of, too: only what lies before counts.
  const synced = known?.lastUsedAt !== undefined && known.lastUsedAt < at - DAY_MS ? known.lastUsedAt : undefined;
  const used = before === undefined ? synced : Math.max(before, synced ?? 0);
  const dormantDays = used === undefined ? undefined : daysBetween(used, at);
  return {
    isAdmin: known?.roles === undefined ? undefined : known.roles.length > 0,
    isSuperAdmin: known?.isSuperAdmin,
    roles: known?.roles,
    isBreakGlass: known?.isBreakGlass,
    ageDays,
    isNew: ageDays === undefined ? undefined : ageDays < NEW_DAYS,
    dormantDays,
    isDormant: dormantDays === undefined ? undefined : dormantDays >= DORMANT_DAYS,
  };
}

function groupFacts(known: KnownGroup | undefined): Raw {
  return {
    isAdmin: known?.roles === undefined ? undefined : known.roles.length > 0,
    isSuperAdmin: known?.isSuperAdmin,
    isRuled: known?.isRuled,
  };
}

function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / DAY_MS));
}

/** Where an event comes from. */
interface Trace {
  readonly address: string | undefined;
  readonly network: string | undefined;
  readonly country: string | undefined;
  readonly device: string | undefined;
  readonly place: Place | undefined;
}

const SEEN: readonly { readonly kind: string; readonly of: (trace: Trace) => string | undefined }[] = [
  { kind: 'address', of: ({ address }) => address },
  { kind: 'network', of: ({ network }) => network },
  { kind: 'country', of: ({ country }) => country },
  { kind: 'device', of: ({ device }) => device },
];

function traceOf({ raw, at, address }: LogEvent): Trace {
  const where = asRaw(asRaw(raw['client'])?.['geographicalContext']);
  const point = asRaw(where?.['geolocation']);
  const [latitude, longitude] = [Number(point?.['lat'] ?? Number.NaN), Number(point?.['lon'] ?? Number.NaN)];
  const data = asRaw(asRaw(raw['debugContext'])?.['debugData']);
  return {
    address,
    network: textIn(asRaw(raw['securityContext']), 'asNumber'),
    country: textIn(where, 'country'),
    device: textIn(asRaw(raw['device']), 'id') ?? textIn(data, 'dtHash') ?? textIn(data, 'deviceFingerprint'),
    place: Number.isFinite(latitude) && Number.isFinite(longitude) ? { at, latitude, longitude } : undefined,
  };
}

/** Weekdays and weekends apart. In UTC: where somebody is does not matter, for theirs are the same hours. */
function hourOf(at: number): string {
  const moment = new Date(at);
  const isWeekend = moment.getUTCDay() % 6 === 0;
  return `${isWeekend ? 'weekend' : 'weekday'} ${moment.getUTCHours()}`;
}

function isOddHour(history: History, at: number): boolean | undefined {
  const hours = [at - HOUR_MS, at, at + HOUR_MS].map((near) => isNew(history, 'hour', hourOf(near), at, HOURS_LEARNED_MS));
  return hours.includes(undefined) && !hours.includes(false) ? undefined : !hours.includes(false);
}

function domainOf(name: string): string | undefined {
  const at = name.lastIndexOf('@');
  return at > 0 && at < name.length - 1 ? name.slice(at + 1).toLowerCase() : undefined;
}

function geoOf(at: number, place: Place | undefined, history: History | undefined): Raw | undefined {
  const before = history?.places.findLast((one) => one.at < at);
  if (place === undefined || before === undefined) return undefined;
  const km = kilometres([before.latitude, before.longitude], [place.latitude, place.longitude]);
  return { km: Math.round(km), speedKmh: Math.round((km * 3_600_000) / (at - before.at)) };
}

function isSignIn(type: string): boolean {
  return type === 'user.session.start' || type.startsWith('user.authentication.');
}

/** Of several it is not known which is meant. */
function onlyAppIn({ targets }: LogEvent): string | undefined {
  const ids = new Set(targets.flatMap((target) => (target.type === 'AppInstance' ? [target.id] : [])));
  const [id] = ids;
  return ids.size === 1 ? id : undefined;
}

function appOf({ type, targets }: LogEvent): Party | undefined {
  return type === 'user.authentication.sso' ? targets.find((target) => target.type === 'AppInstance') : undefined;
}
