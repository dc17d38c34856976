interface Faults {
  /** How often, or how much: `few` in `npm test`, `all` by `npm run test:faults`. */
  howMany(few: number, all: number): number;
  /** What a scenario has measured, for the report. */
  seen(row: string, text: string): void;
}

// Of the repository: packages have scenarios of their own, and one report.
export const { howMany, seen }: Faults = await import('../../../test/faults/faults.mjs' as string);
