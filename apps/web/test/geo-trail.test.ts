import type { TimelineEvent } from '@castellan/api';
import { distanceKm, isTooFast, legBetween, stopsOf } from '../src/incidents/geo-trail.js';
import { trailPicture } from '../src/incidents/trail-points.js';

const BERLIN = { city: 'Berlin', country: 'Germany', latitude: 52.52, longitude: 13.405 };
const POTSDAM = { city: 'Potsdam', country: 'Germany', latitude: 52.39, longitude: 13.06 };
const LONDON = { city: 'London', country: 'United Kingdom', latitude: 51.5074, longitude: -0.1278 };
const NOWHERE = { city: null, country: null, latitude: null, longitude: null };

const at = (time: string, where: Partial<TimelineEvent>, findings: readonly string[] = []): TimelineEvent => ({
  key: time,
  published: `2026-11-26T${time}:00Z`,
  type: 'acme.session.start',
  message: null,
  outcome: null,
  outcomeReason: null,
  actor: null,
  targets: [],
  address: '192.0.2.7',
  ...NOWHERE,
  userAgent: null,
  findings,
  ...where,
});

test('a distance is that of the great circle', () => {
  // As tables of distances have it, within half a percent: the earth is no sphere.
  expect(distanceKm(BERLIN, LONDON)).toBeCloseTo(932, -1);
  expect(distanceKm({ latitude: 40.7128, longitude: -74.006 }, LONDON)).toBeGreaterThan(5_542);
  expect(distanceKm({ latitude: 40.7128, longitude: -74.006 }, LONDON)).toBeLessThan(5_598);
  expect(distanceKm({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(20_015, 0);
});

test('events from about the same place are one stop, and those without a place none', () => {
  const stops = stopsOf([
    at('09:00', BERLIN),
    at('09:05', POTSDAM, ['f1']),
    at('09:10', NOWHERE),
    at('09:30', { ...BERLIN, address: '192.0.2.8' }),
    at('10:00', LONDON),
    at('11:00', BERLIN),
  ]);
  expect(stops.map(({ label, events, isFound }) => [label, events, isFound])).toEqual([
    ['Berlin, Germany', 3, true],
    ['London, United Kingdom', 1, false],
    ['Berlin, Germany', 1, false],
  ]);
  expect(stops[0]).toMatchObject({ lastAt: '2026-11-26T09:30:00Z', addresses: ['192.0.2.7', '192.0.2.8'] });
});

test('a leg is from the last event there to the first here, and one that nobody can travel is told', () => {
  const [berlin, london, back] = stopsOf([at('09:00', BERLIN), at('09:30', BERLIN), at('10:00', LONDON), at('13:00', BERLIN)]);
  if (berlin === undefined || london === undefined || back === undefined) throw new Error('There are three stops.');
  const there = legBetween(berlin, london);
  expect(there.seconds).toBe(1_800);
  expect(there.kmPerHour).toBeCloseTo(there.km * 2);
  expect([isTooFast(there), isTooFast(legBetween(london, back))]).toEqual([true, false]);
  expect(legBetween(london, { ...back, firstAt: london.lastAt }).kmPerHour).toBeNull();
});

test('a place has one point however often somebody was there, north is above, and the shorter way round is drawn', () => {
  const size = { width: 300, height: 200, margin: 20 };
  const { places, points } = trailPicture(stopsOf([at('09:00', BERLIN), at('10:00', LONDON), at('11:00', BERLIN)]), size);
  expect(places.map(({ numbers }) => numbers)).toEqual([[1, 3], [2]]);
  expect(points[0]).toEqual(points[2]);
  const [berlin, london] = places;
  expect([berlin?.x, london?.x]).toEqual([280, 20]);
  expect(berlin?.y).toBeLessThan(london?.y ?? 0);
  // Over the Pacific Los Angeles is east of Tokyo.
  const pacific = trailPicture(
    stopsOf([at('09:00', { latitude: 35.7, longitude: 139.7 }), at('10:00', { latitude: 34.05, longitude: -118.2 })]),
    size,
  );
  expect(pacific.points.map(({ x }) => x)).toEqual([20, 280]);
});
