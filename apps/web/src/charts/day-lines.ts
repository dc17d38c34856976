export interface DayValue {
  /** In UTC, `2026-11-26`. */
  readonly day: string;
  /** `null`: not known. */
  readonly value: number | null;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export const DAY_MS = 86_400_000;
export const HEIGHT = 100;
/** So that a line at the very top or bottom is whole. */
export const EDGE = 4;
/** Of one day, in units of the picture. */
export const STEP = 10;

/** Never more than it is: 99.6 of 100 is not all. */
export function valueText(value: number): string {
  return Math.floor(value).toLocaleString('en');
}

/** Lines between days that follow each other; where a day is not known there is none. @param today in days since 1970 */
export function linesOf(days: readonly DayValue[], span: number, most: number, today: number): readonly (readonly Point[])[] {
  const lines: Point[][] = [];
  let last: number | undefined;
  for (const { day, value } of days) {
    const place = span - 1 - (today - Math.floor(Date.parse(day) / DAY_MS));
    if (value === null || place < 0) continue;
    const point = { x: (place + 0.5) * STEP, y: HEIGHT - EDGE - (value / most) * (HEIGHT - 2 * EDGE) };
    if (last === place - 1) lines.at(-1)?.push(point);
    else lines.push([point]);
    last = place;
  }
  return lines;
}
