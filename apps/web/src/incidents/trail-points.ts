import type { Stop } from './geo-trail.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A place of the picture: somebody may have been there more than once. */
export interface TrailPlace extends Point {
  readonly label: string;
  /** Which stops these are, from 1 on. */
  readonly numbers: readonly number[];
  readonly isFound: boolean;
}

export interface TrailPicture {
  readonly places: readonly TrailPlace[];
  /** Of each stop, the point of its place. */
  readonly points: readonly Point[];
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
}

/** Where stops stand in a picture, north above and west on the left, as far apart as there is room. */
export function trailPicture(stops: readonly Stop[], { width, height, margin }: Size): TrailPicture {
  const longitudes = unwrapped(stops.map(({ longitude }) => longitude));
  const latitudes = stops.map(({ latitude }) => latitude);
  // Degrees of longitude are the shorter the further one is from the equator.
  const middle = (Math.max(...latitudes) + Math.min(...latitudes)) / 2;
  const east = longitudes.map((degrees) => degrees * Math.cos((middle * Math.PI) / 180));
  const x = spread(east, width, margin);
  const y = spread(
    latitudes.map((degrees) => -degrees),
    height,
    margin,
  );
  const points = stops.map((_stop, index) => ({ x: x[index] ?? 0, y: y[index] ?? 0 }));
  const places = new Map<string, TrailPlace>();
  for (const [index, { label, isFound }] of stops.entries()) {
    const known = places.get(label);
    const point = points[index] ?? { x: 0, y: 0 };
    places.set(
      label,
      known === undefined
        ? { ...point, label, numbers: [index + 1], isFound }
        : { ...known, numbers: [...known.numbers, index + 1], isFound: known.isFound || isFound },
    );
  }
  return { places: [...places.values()], points: stops.map(({ label }) => places.get(label) ?? { x: 0, y: 0 }) };
}

/** The shorter way round from each to the next: from Tokyo to Los Angeles it leads over the Pacific. */
function unwrapped(longitudes: readonly number[]): readonly number[] {
  const result: number[] = [];
  for (const longitude of longitudes) {
    const before = result.at(-1);
    const turns = before === undefined ? 0 : Math.round((before - longitude) / 360);
    result.push(longitude + turns * 360);
  }
  return result;
}

function spread(values: readonly number[], size: number, margin: number): readonly number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (most === least) return values.map(() => size / 2);
  return values.map((value) => margin + ((value - least) / (most - least)) * (size - 2 * margin));
}
