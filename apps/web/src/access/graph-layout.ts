import type { AccessGraph } from '@castellan/api';
import { graphColumns } from './graph-columns.js';

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  /** The middle of each box, by id of the node. */
  readonly places: ReadonlyMap<string, Place>;
  /** By {@link wayId}: where a line bends on its way from box to box. Of a line that goes back, in a circle, there is none. */
  readonly ways: ReadonlyMap<string, readonly Place[]>;
}

/** Of a box, in pixels at full size. */
export const BOX = { width: 200, height: 26 } as const;
/** Between the middles of two columns: wide enough for lines to part between them. */
const COLUMN = 300;
/** What a box takes of its column, and what the lines take that pass there. */
const ROW = 34;
const LANE = 16;

/** A place in a column: of a box, or of lines that pass between boxes. */
interface Slot {
  readonly id: string;
  readonly height: number;
}

/**
 * Left to right along the edges: who is given something left of what they are given. A line that goes further than to the next column
 * has a lane of its own in each that it passes, so that it runs behind no box.
 */
export function graphLayout(graph: Pick<AccessGraph, 'nodes' | 'edges'>): GraphLayout {
  const columnOf = graphColumns(graph);
  const columns: Slot[][] = [];
  const into = (column: number, slot: Slot): void => {
    columns[column] = [...(columns[column] ?? []), slot];
  };
  for (const { id } of graph.nodes) into(columnOf.get(id) ?? 0, { id, height: ROW });
  const hops = hopsOf(graph, columnOf);
  for (const [id, column] of new Map([...hops.values()].flatMap((way) => way.lanes))) into(column, { id, height: LANE });
  const height = ordered(
    columns,
    [...hops.values()].map(({ slots }) => slots),
  );
  const at = (id: string, column: number): Place => ({ x: column * COLUMN, y: height.get(id) ?? 0 });
  const bends = ([id, column]: readonly [string, number]): readonly Place[] => {
    const { x, y } = at(id, column);
    return [
      { x: x - BOX.width / 2, y },
      { x: x + BOX.width / 2, y },
    ];
  };
  return {
    places: new Map(graph.nodes.map(({ id }) => [id, at(id, columnOf.get(id) ?? 0)])),
    ways: new Map([...hops].map(([id, { lanes }]) => [id, lanes.flatMap(bends)])),
  };
}

export function wayId({ from, to }: Pick<AccessGraph['edges'][number], 'from' | 'to'>): string {
  return JSON.stringify([from, to]);
}

interface Hops {
  /** Each with its column. */
  readonly lanes: readonly (readonly [id: string, column: number])[];
  /** All that the line touches, from left to right. */
  readonly slots: readonly string[];
}

/** Lines that share an end share its lanes: of an application that a hundred groups are given there is one bundle. */
function hopsOf({ edges }: Pick<AccessGraph, 'edges'>, columnOf: ReadonlyMap<string, number>): ReadonlyMap<string, Hops> {
  const column = (id: string): number => columnOf.get(id) ?? 0;
  const long = edges.filter(({ from, to }) => column(to) > column(from) + 1);
  const ends = new Map<string, number>();
  for (const { from, to } of long) for (const end of [`from ${from}`, `to ${to}`]) ends.set(end, (ends.get(end) ?? 0) + 1);
  return new Map(
    edges
      .filter(({ from, to }) => column(to) > column(from))
      .map(({ from, to }) => {
        const shared = (ends.get(`from ${from}`) ?? 0) >= (ends.get(`to ${to}`) ?? 0) ? `from ${from}` : `to ${to}`;
        const passed = Array.from({ length: column(to) - column(from) - 1 }, (_one, index) => column(from) + 1 + index);
        const lanes = passed.map((one) => [JSON.stringify([shared, one]), one] as const);
        return [wayId({ from, to }), { lanes, slots: [from, ...lanes.map(([id]) => id), to] }];
      }),
  );
}

/** Puts each column into an order in which few lines cross. @returns how far down the middle of each slot is */
function ordered(columns: Slot[][], ways: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const neighbours = new Map<string, string[]>();
  for (const way of ways)
    for (const [index, id] of way.entries()) {
      const beside = [way[index - 1], way[index + 1]].filter((one) => one !== undefined);
      neighbours.set(id, [...(neighbours.get(id) ?? []), ...beside]);
    }
  const height = new Map<string, number>();
  const stack = (slots: readonly Slot[]): void => {
    let top = slots.reduce((sum, slot) => sum - slot.height / 2, 0);
    for (const slot of slots) {
      height.set(slot.id, top + slot.height / 2);
      top += slot.height;
    }
  };
  for (const slots of columns) stack(slots);
  const pull = ({ id }: Slot): number => {
    const beside = (neighbours.get(id) ?? []).map((one) => height.get(one) ?? 0);
    return beside.length === 0 ? (height.get(id) ?? 0) : beside.reduce((sum, one) => sum + one, 0) / beside.length;
  };
  // There and back again is enough: what is left over is worth no more work.
  for (const index of [...columns.keys(), ...[...columns.keys()].toReversed()]) {
    const slots = columns[index] ?? [];
    const pulled = new Map(slots.map((slot) => [slot.id, pull(slot)]));
    stack(slots.toSorted((one, other) => (pulled.get(one.id) ?? 0) - (pulled.get(other.id) ?? 0)));
  }
  return height;
}
