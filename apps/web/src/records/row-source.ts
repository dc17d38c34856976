import type { RecordRow } from '@castellan/api';

/** Rows of a table, by their place in it; most of them are not here, but at the host. */
export interface RowSource {
  readonly count: number;
  /** How many there are in all, where that is known: of the log it may not be. */
  readonly total: number | null;
  /** `undefined`: not here yet. */
  readonly rowAt: (index: number) => RecordRow | undefined;
  /** Says which rows are in sight, so that they and their neighbours are fetched. */
  readonly see: (first: number, last: number) => void;
  /** Names the rows: other rows begin at the top again. */
  readonly name: string;
  /** Other rows were asked for, and those of before are still shown. */
  readonly isWaiting: boolean;
  /** Nothing was ever here. */
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
  /** Of the log: how far back it was looked without finding enough; asking goes on from there. */
  readonly further: { readonly searchedTo: string; readonly ask: () => void; readonly isAsking: boolean } | null;
}
