import type { DueAction, Storage } from '@castellan/storage';
import { ActionTicks } from '../../src/actions/action-ticks.js';
import type { ActionWork } from '../../src/actions/action-work.js';

const LOG = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const A: DueAction = { id: 'a', integrationId: 'one' };

// The database and the work are played: what matters is which of them are waited for.
function ticks(work: () => Promise<boolean>, isDue: () => boolean): ActionTicks {
  const due = ({ except = [] }: { except?: readonly string[] } = {}) => (isDue() && !except.includes('one') ? [A] : []);
  const storage = { actions: { due: async (_limit: number, among?: object) => due(among) } };
  return new ActionTicks(storage as unknown as Storage, { execute: work } as unknown as ActionWork, LOG);
}

test('what a long row of actions goes on with is waited for when the host ends', async () => {
  let done = 0;
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  // Twenty in a row, then its place is given back and taken again: the next one is under way when the host ends.
  const runner = ticks(
    async () => {
      if (done === 20) await held;
      done += 1;
      return true;
    },
    () => done < 22,
  );
  runner.begin(A);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(done).toBe(20);
  let isOver = false;
  const over = runner.onModuleDestroy().then(() => (isOver = true));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isOver).toBe(false);
  release();
  await over;
  expect(done).toBe(21);
});
