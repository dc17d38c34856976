import type { TimelineEvent } from '@castellan/api';

type Placed = TimelineEvent & { readonly latitude: number; readonly longitude: number };

/** Where somebody was for a while: events one after the other from about the same place. */
export interface Stop {
  /** `Berlin, Germany`; coordinates where nobody says a name. */
  readonly label: string;
  /** In degrees. */
  readonly latitude: number;
  readonly longitude: number;
  /** Instants. */
  readonly firstAt: string;
  readonly lastAt: string;
  readonly events: number;
  /** Whether any of them is part of a finding. */
  readonly isFound: boolean;
  readonly addresses: readonly string[];
}

/** From one stop to the next. */
export interface Leg {
  readonly km: number;
  readonly seconds: number;
  /** `null`: at the same moment. */
  readonly kmPerHour: number | null;
}

const EARTH_KM = 6_371;
/** What a look-up of addresses has of one city is often that far apart. */
const SAME_PLACE_KM = 50;
/** Airliners do 900, with wind behind them a little more. */
export const FASTEST_KM_PER_HOUR = 1_000;

/** Great circle over a sphere, in km. */
export function distanceKm(one: Pick<Stop, 'latitude' | 'longitude'>, other: Pick<Stop, 'latitude' | 'longitude'>): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const up = Math.sin(rad(other.latitude - one.latitude) / 2) ** 2;
  const along = Math.sin(rad(other.longitude - one.longitude) / 2) ** 2;
  const square = up + Math.cos(rad(one.latitude)) * Math.cos(rad(other.latitude)) * along;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(square)));
}

/** @param events in the order of their time; those without coordinates are passed over */
export function stopsOf(events: readonly TimelineEvent[]): readonly Stop[] {
  const stops: Stop[] = [];
  for (const event of events.filter(isPlaced)) {
    const last = stops.at(-1);
    const stays = last !== undefined && (last.label === placeName(event) || distanceKm(last, event) < SAME_PLACE_KM);
    if (stays) stops[stops.length - 1] = prolonged(last, event);
    else stops.push(begun(event));
  }
  return stops;
}

export function legBetween(from: Stop, to: Stop): Leg {
  const km = distanceKm(from, to);
  const seconds = Math.max(0, (Date.parse(to.firstAt) - Date.parse(from.lastAt)) / 1_000);
  return { km, seconds, kmPerHour: seconds === 0 ? null : km / (seconds / 3_600) };
}

/** Nobody travels like this. */
export function isTooFast({ kmPerHour }: Leg): boolean {
  return kmPerHour === null || kmPerHour > FASTEST_KM_PER_HOUR;
}

function isPlaced(event: TimelineEvent): event is Placed {
  return event.latitude !== null && event.longitude !== null;
}

function begun(event: Placed): Stop {
  return {
    label: placeName(event),
    latitude: event.latitude,
    longitude: event.longitude,
    firstAt: event.published,
    lastAt: event.published,
    events: 1,
    isFound: event.findings.length > 0,
    addresses: event.address === null ? [] : [event.address],
  };
}

function prolonged(stop: Stop, { published, findings, address }: Placed): Stop {
  const isKnown = address === null || stop.addresses.includes(address);
  return {
    ...stop,
    lastAt: published,
    events: stop.events + 1,
    isFound: stop.isFound || findings.length > 0,
    addresses: isKnown ? stop.addresses : [...stop.addresses, address],
  };
}

/** `Berlin, Germany`, `Germany`, or `52.5°, 13.4°`. */
export function placeName({ city, country, latitude, longitude }: Placed): string {
  const named = [city, country].filter((part) => part !== null).join(', ');
  return named === '' ? `${latitude.toFixed(1)}°, ${longitude.toFixed(1)}°` : named;
}
