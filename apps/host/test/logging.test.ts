import { NestLogger } from '../src/logging/nest-logger.js';
import { rootLogger } from '../src/logging/root-logger.js';
import { runLoggers } from '../src/logging/run-loggers.js';

function capture() {
  const lines: string[] = [];
  const root = rootLogger('trace', { write: (line) => void lines.push(line) });
  const parsed = (): readonly Record<string, unknown>[] => lines.map((line): Record<string, unknown> => JSON.parse(line));
  return { root, lines, parsed };
}

test('X1: no line of a run carries one of its secrets, in any spelling and at any depth', () => {
  const secret = 'S3cr"t/+ value\nsecond';
  const { root, lines } = capture();
  const logger = runLoggers(root)({ run: 'r1' }, [secret, 'abc']);
  const spellings = [
    secret,
    JSON.stringify(secret),
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll('%20', '+'),
    Buffer.from(secret).toString('base64'),
  ];
  for (const spelling of spellings) {
    logger.info(`message ${spelling}`, {
      text: spelling,
      deep: { list: [{ spelling }] },
      error: new Error(spelling),
      [spelling]: 1,
    });
    logger.error('x', { spelling });
  }
  const all = lines.join('\n');
  for (const leak of ['S3cr', 'czNjc', Buffer.from(secret).toString('base64').slice(0, 12)]) expect(all).not.toContain(leak);
  expect(all).toContain('[redacted]');
});

test('lines carry the fields of their run, and level and time as text', () => {
  const { root, parsed } = capture();
  runLoggers(root)({ run: 'r1', integration: 'i1' }, []).warn('stream stopped', { stream: 'roles' });
  expect(parsed()[0]).toMatchObject({ level: 'warn', run: 'r1', integration: 'i1', stream: 'roles', msg: 'stream stopped' });
  expect(parsed()[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test('Nest writes through it: context and stack become fields', () => {
  const { root, parsed } = capture();
  const nest = new NestLogger(root);
  nest.log('Mapped {/api}', 'RouterExplorer');
  nest.error('went wrong', 'Error: went wrong\n at x', 'Scheduler');
  nest.error(new Error('thrown'), 'Scheduler');
  expect(parsed()).toMatchObject([
    { level: 'debug', context: 'RouterExplorer', msg: 'Mapped {/api}' },
    { level: 'error', context: 'Scheduler', stack: 'Error: went wrong\n at x', msg: 'went wrong' },
    { level: 'error', context: 'Scheduler', msg: 'thrown', err: { message: 'thrown' } },
  ]);
});

test('X1: keys that hold credentials are blanked whoever logs them', () => {
  const { root, lines } = capture();
  root.info(
    { authorization: 'Bearer abc', request: { headers: { cookie: 'sid=1' } }, config: { clientSecret: 'x1' } },
    'careless',
  );
  expect(lines.join('')).not.toMatch(/Bearer abc|sid=1|x1/);
});
