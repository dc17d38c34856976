import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import type { Caller } from '../src/callers/caller.js';
import type { CallerWatch } from '../src/callers/caller-watch.js';
import { CallersModule } from '../src/callers/callers.module.js';
import { Endpoint } from '../src/callers/endpoint.js';
import { Expensive } from '../src/throttle/expensive-work.js';
import { DEFAULT_LIMITS, type Limits } from '../src/throttle/limits.js';
import { ThrottleModule } from '../src/throttle/throttle.module.js';
import { EdgeApp, type RawAnswer } from './edge-app.js';
import { until } from './host-harness.js';

const VALID: CallerWatch = { isStillValid: async () => true };

let asked = 0;
const work: { readonly finish: () => void }[] = [];

@Controller('things')
class ThingsController {
  @Get()
  @Endpoint({ access: 'signed-in', summary: 'List' })
  list(): unknown {
    return {};
  }
  @Get('open')
  @Endpoint({ access: 'public', summary: 'Open' })
  open(): unknown {
    return {};
  }
  /** Takes as long as the test wants. */
  @Post('slow')
  @Expensive()
  @HttpCode(200)
  @Endpoint({ access: 'signed-in', summary: 'Slow' })
  async slow(): Promise<unknown> {
    await new Promise<void>((finish) => work.push({ finish }));
    return {};
  }
  @Post('export')
  @Expensive('exports')
  @HttpCode(200)
  @Endpoint({ access: 'signed-in', summary: 'Export' })
  async export(): Promise<unknown> {
    return this.slow();
  }
  @Post('question')
  @Expensive('questions')
  @HttpCode(200)
  @Endpoint({ access: 'signed-in', summary: 'Question' })
  async question(): Promise<unknown> {
    return this.slow();
  }
  @Post('quick')
  @Expensive()
  @HttpCode(200)
  @Endpoint({ access: 'signed-in', summary: 'Quick' })
  quick(): unknown {
    throw new Error('failed work is work');
  }
}

/** `Bearer WORKSPACE USER` */
function callerOf(credential: string): Caller {
  const [, workspaceId = '', id = ''] = credential.split(' ');
  const permissions = new Set<never>();
  return { kind: 'user', id, name: id, workspaceId, permissions, userId: id, sessionId: null, address: '' };
}

function start(limits: Limits): Promise<EdgeApp> {
  const callers = CallersModule.register(
    {
      authenticate: async ({ headers: { authorization } }) => {
        asked += 1;
        return authorization === undefined ? undefined : callerOf(authorization);
      },
    },
    VALID,
    { note: async () => undefined },
  );
  const imports = [ThrottleModule.byNetwork(limits), callers, ThrottleModule.byCaller(limits)];
  return EdgeApp.start({ imports, controllers: [ThingsController] }, { trustedProxies: ['127.0.0.1'] });
}

const as = (who: string, from = '192.0.2.1') => ({ authorization: `Bearer ${who}`, 'x-forwarded-for': from });
const from = (address: string) => ({ 'x-forwarded-for': address });
const PLENTY: Limits = { ...DEFAULT_LIMITS, network: 1_000, caller: 1_000, expensiveAtOnce: 2, expensivePerMinute: 20 };

let app: EdgeApp;
beforeEach(() => {
  asked = 0;
  work.length = 0;
});
afterEach(async () => {
  for (const { finish } of work) finish();
  await app.close();
});

function refused(answer: RawAnswer): void {
  expect(answer.status).toBe(429);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
  expect(JSON.parse(answer.text)).toMatchObject({ type: 'urn:castellan:problem:too-many-requests', status: 429 });
}

test('a caller has his own number of requests, over all addresses', async () => {
  app = await start({ ...PLENTY, caller: 3 });
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3'])
    expect((await app.raw('/api/things', as('w a', address))).status).toBe(200);
  refused(await app.raw('/api/things', as('w a', '192.0.2.4')));
  expect((await app.raw('/api/things', as('w b', '192.0.2.4'))).status).toBe(200);
});

test('a flood from one network is refused before anybody asks who it is; its /64 is one network', async () => {
  app = await start({ ...PLENTY, network: 4 });
  for (const tail of ['1', '2', '3', '4'])
    expect((await app.raw('/api/things', from(`2001:db8:0:1::${tail}`))).status).toBe(401);
  expect(asked).toBe(4);
  refused(await app.raw('/api/things', from('2001:db8:0:1:ffff::5')));
  refused(await app.raw('/api/things/open', from('2001:db8:0:1:ffff::6')));
  expect(asked).toBe(4);
  expect((await app.raw('/api/things/open', from('2001:db8:0:2::1'))).status).toBe(200);
});

test('X37: a workspace tries two connections at a time, and a place is free when the work is done', async () => {
  app = await start(PLENTY);
  const slow = (who: string): Promise<RawAnswer> => app.raw('/api/things/slow', as(who), '', 'POST');
  const running = [slow('w a'), slow('w b')];
  await until(() => work.length === 2);
  refused(await slow('w c'));
  const other = slow('v d');
  await until(() => work.length === 3);
  work[0]?.finish();
  expect((await Promise.race(running)).status).toBe(200);
  const next = slow('w c');
  await until(() => work.length === 4);
  for (const { finish } of work) finish();
  for (const answer of await Promise.all([...running, other, next])) expect(answer.status).toBe(200);
});

test('X37: exports have places of their own', async () => {
  app = await start(PLENTY);
  const ask = (what: string): Promise<RawAnswer> => app.raw(`/api/things/${what}`, as('w a'), '', 'POST');
  const running = ['slow', 'slow', 'export', 'export'].map(ask);
  await until(() => work.length === 4);
  refused(await ask('export'));
  refused(await ask('slow'));
  for (const { finish } of work) finish();
  for (const answer of await Promise.all(running)) expect(answer.status).toBe(200);
});

test('X37: questions over a whole workspace have places of their own, and other numbers', async () => {
  app = await start({ ...PLENTY, expensiveAtOnce: 1, questionsAtOnce: 3, questionsPerMinute: 4 });
  const ask = (what: string): Promise<RawAnswer> => app.raw(`/api/things/${what}`, as('w a'), '', 'POST');
  const running = ['slow', 'export', 'question', 'question', 'question'].map(ask);
  await until(() => work.length === 5);
  const beyond = await ask('question');
  refused(beyond);
  expect(beyond.text).toContain('3 questions of this workspace are being answered already.');
  for (const { finish } of work) finish();
  for (const answer of await Promise.all(running)) expect(answer.status).toBe(200);
  const fourth = ask('question');
  await until(() => work.length === 6);
  work.at(-1)?.finish();
  expect((await fourth).status).toBe(200);
  expect((await ask('question')).text).toContain('This workspace has had 4 questions in a minute.');
});

test('X37: and no more than so many in a minute, also such that fail', async () => {
  app = await start({ ...PLENTY, expensivePerMinute: 3 });
  const quick = (who: string): Promise<RawAnswer> => app.raw('/api/things/quick', as(who), '', 'POST');
  for (const who of ['w a', 'w b', 'w a']) expect((await quick(who)).status).toBe(500);
  refused(await quick('w a'));
  expect((await quick('v a')).status).toBe(500);
  expect((await app.raw('/api/things', as('w a'))).status).toBe(200);
});
