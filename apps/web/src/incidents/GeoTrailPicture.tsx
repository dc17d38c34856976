import { useElementSize } from '@mantine/hooks';
import { isTooFast, legBetween, type Stop } from './geo-trail.js';
import styles from './timeline.module.css';
import { type Point, type TrailPlace, trailPicture } from './trail-points.js';

const HEIGHT = 190;
const MARGIN = 36;
/** Of a letter, about: names must not run over each other. */
const LETTER = 6.6;
const RADIUS = 11;

/** The places without a map, as far apart as there is room; the list below has all that is in it. */
export function GeoTrailPicture({ stops }: { readonly stops: readonly Stop[] }) {
  // Letters keep their size, however wide the page is.
  const { ref, width } = useElementSize();
  const drawn = Math.min(width, 760);
  const { places, points } = trailPicture(stops, { width: drawn, height: HEIGHT, margin: MARGIN });
  return (
    <div ref={ref} className={styles['places']}>
      {width > 0 && (
        <svg width={drawn} height={HEIGHT} aria-hidden>
          {stops.slice(1).map((stop, index) => {
            const [before, from, to] = [stops[index], points[index], points[index + 1]];
            if (before === undefined || from === undefined || to === undefined) return null;
            const fast = isTooFast(legBetween(before, stop));
            // biome-ignore lint/suspicious/noArrayIndexKey: they never move
            return <path key={index} className={styles['way']} data-fast={fast} d={bow(from, to)} />;
          })}
          {places.map((place) => (
            <g key={place.label} className={styles['place']} data-found={place.isFound}>
              <circle cx={place.x} cy={place.y} r={RADIUS} />
              <text x={place.x} y={place.y + 4} textAnchor="middle">
                {place.numbers[0]}
              </text>
            </g>
          ))}
          {named(places, drawn).map(({ label, x, y, anchor }) => (
            <text key={label} className={styles['name']} x={x} y={y} textAnchor={anchor}>
              {label}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}

/** Bent to the right of its direction: there and back are two lines. */
function bow(from: Point, to: Point): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const [mx, my] = [(from.x + to.x) / 2 + dy * 0.12, (from.y + to.y) / 2 - dx * 0.12];
  return `M ${from.x} ${from.y} Q ${mx} ${my} ${to.x} ${to.y}`;
}

interface Name extends Point {
  readonly label: string;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** Names stand below their places; one that would run over another is left to the list. */
function named(places: readonly TrailPlace[], width: number): readonly Name[] {
  const taken: { readonly left: number; readonly right: number; readonly y: number }[] = [];
  const names: Name[] = [];
  for (const { label, x, y } of places) {
    const long = label.length * LETTER;
    const anchor = x - long / 2 < 0 ? 'start' : x + long / 2 > width ? 'end' : 'middle';
    const at = { start: Math.max(0, x - RADIUS), middle: x, end: Math.min(width, x + RADIUS) }[anchor];
    const left = { start: at, middle: at - long / 2, end: at - long }[anchor];
    const own = { left, right: left + long, y: y + RADIUS + 15 };
    if (taken.some((one) => Math.abs(one.y - own.y) < 16 && one.left < own.right && own.left < one.right)) continue;
    taken.push(own);
    names.push({ label, x: at, y: own.y, anchor });
  }
  return names;
}
