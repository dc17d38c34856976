import { steadyWarnings } from '../src/queues/steady-warnings.js';

test('the same trouble is said once in a while, another one at once', () => {
  const said: string[] = [];
  let now = 0;
  const log = {
    debug: () => undefined,
    warn: (message: string, fields?: object) => void said.push(`${message} ${JSON.stringify(fields)}`),
  };
  const warn = steadyWarnings(log, 1_000, () => now);
  for (now = 0; now < 2_500; now += 100) warn('queue worker failed', 'ECONNREFUSED');
  expect(said).toHaveLength(3);
  warn('queue worker failed', 'ENOENT');
  expect(said.at(-1)).toBe('queue worker failed {"error":"ENOENT"}');
});
