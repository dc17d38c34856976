import { isDeepStrictEqual } from 'node:util';

/** As `toEqual`, which needs many times as long as Node to find that large things are the same, and says how they differ. */
export function expectEqual(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}
