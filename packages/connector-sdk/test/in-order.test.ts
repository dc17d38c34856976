import fc from 'fast-check';
import { inOrder } from '../src/index.js';

test('results come in the order of the items, with at most `ahead` in work', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 25 }),
      fc.integer({ min: 1, max: 6 }),
      async (delays, ahead) => {
        let working = 0;
        let most = 0;
        const results: number[] = [];
        const work = async ([index, delay]: readonly [number, number]): Promise<number> => {
          working += 1;
          most = Math.max(most, working);
          await new Promise((resolve) => setTimeout(resolve, delay));
          working -= 1;
          return index;
        };
        for await (const result of inOrder([...delays.entries()], ahead, work)) results.push(result);
        expect(results).toEqual(delays.map((_, index) => index));
        expect(most).toBeLessThanOrEqual(ahead);
      },
    ),
    { numRuns: 40 },
  );
});

test('an error surfaces at its turn, after the results before it', async () => {
  const results: number[] = [];
  const fail = async () => {
    for await (const result of inOrder([1, 2, 3, 4], 4, async (item) => {
      if (item === 3) throw new Error('third');
      return item;
    }))
      results.push(result);
  };
  await expect(fail()).rejects.toThrow('third');
  expect(results).toEqual([1, 2]);
});
