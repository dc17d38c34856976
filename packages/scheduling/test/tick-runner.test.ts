import { TickRunner } from '../src/index.js';

test('what goes on failing is told again every 15 minutes', async () => {
  const said: unknown[] = [];
  let minutes = 0;
  const log = { debug: () => undefined, warn: () => void said.push(minutes) };
  const runner = new TickRunner(log, () => minutes * 60_000);
  for (; minutes < 40; minutes += 1) await runner.once('look', () => Promise.reject(new Error('no database')));
  expect(said).toEqual([0, 15, 30]);
});

test('a tick that fails again and again says so once, and again after it has worked', async () => {
  const said: unknown[] = [];
  const runner = new TickRunner({ debug: () => undefined, warn: (message, fields) => void said.push({ message, ...fields }) });
  const fails = (text: string) => () => Promise.reject(new Error(text));
  for (let time = 0; time < 3; time += 1) await runner.once('look', fails('no database'));
  await runner.once('look', fails('no disk'));
  await runner.once('look', () => Promise.resolve());
  await runner.once('look', fails('no disk'));
  expect(said).toEqual([
    { message: 'tick failed', tick: 'look', error: 'no database' },
    { message: 'tick failed', tick: 'look', error: 'no disk' },
    { message: 'tick failed', tick: 'look', error: 'no disk' },
  ]);
});
