import { asRaw, type LogEvent, type Party, textIn } from '../log-event.js';
import type { Place } from './history.js';

/** Of who belongs to no department that is known. */
export const EVERYBODY = '*';

/** Where an event comes from. */
export interface Trace {
  readonly address: string | undefined;
  readonly network: string | undefined;
  readonly country: string | undefined;
  readonly device: string | undefined;
  readonly place: Place | undefined;
}

export function traceOf({ raw, at, address }: LogEvent): Trace {
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

const HOUR_MS = 3_600_000;
const HOURS = Array.from({ length: 48 }, (_, n) => `${n < 24 ? 'weekday' : 'weekend'} ${n % 24}`);

/** Weekdays and weekends apart. In UTC: where somebody is does not matter, for theirs are the same hours. */
export function hourOf(at: number): string {
  const hours = Math.floor(at / HOUR_MS);
  const hour = ((hours % 24) + 24) % 24;
  // The first of 1970 was a Thursday.
  const day = ((Math.floor(hours / 24) % 7) + 7 + 4) % 7;
  return HOURS[day % 6 === 0 ? hour + 24 : hour] ?? '';
}

/** Of several it is not known which is meant. */
export function onlyAppIn({ targets }: LogEvent): string | undefined {
  const [first, ...others] = targets.filter(({ type }) => type === 'AppInstance');
  return others.every(({ id }) => id === first?.id) ? first?.id : undefined;
}

/** The application that somebody has opened. */
export function appUsedIn({ type, targets }: LogEvent): Party | undefined {
  return type === 'user.authentication.sso' ? targets.find((target) => target.type === 'AppInstance') : undefined;
}
