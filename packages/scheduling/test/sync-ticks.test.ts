import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { SYNC_TICKS_PORTS, SyncTicks, type SyncTicksPorts } from '../src/ticks/sync-ticks.js';

interface Warning {
  readonly message: string;
  readonly fields: unknown;
}

function harness(overrides: Partial<SyncTicksPorts> = {}) {
  const announced: number[] = [];
  const warnings: Warning[] = [];
  const ports: SyncTicksPorts = {
    runs: { dueRuns: async () => ['r1', 'r2'] },
    schedules: { startDue: async () => 3 },
    announcer: { announce: async () => void announced.push(1), announceAll: async (due) => void announced.push(due) },
    log: { debug: () => undefined, warn: (message, fields) => void warnings.push({ message, fields }) },
    ...overrides,
  };
  return { ticks: new SyncTicks(ports), ports, announced, warnings };
}

test('announces due runs and the runs of due schedules', async () => {
  const { ticks, announced } = harness();
  await ticks.reconcile();
  await ticks.startDueSchedules();
  expect(announced).toEqual([2, 3]);
});

test('a tick that still runs is not started again, and the other one is not held up', async () => {
  let asked = 0;
  let answer: (runs: readonly string[]) => void = () => undefined;
  const dueRuns = (): Promise<readonly string[]> => {
    asked += 1;
    return new Promise((resolve) => {
      answer = resolve;
    });
  };
  const { ticks, announced } = harness({ runs: { dueRuns } });
  const first = ticks.reconcile();
  await ticks.reconcile();
  await ticks.startDueSchedules();
  expect(asked).toBe(1);
  expect(announced).toEqual([3]);
  answer(['late']);
  await first;
  expect(announced).toEqual([3, 1]);
});

test('a failing database is logged, and the next tick tries again', async () => {
  let down = true;
  const dueRuns = async (): Promise<readonly string[]> => {
    if (down) throw new Error('connection refused');
    return ['r1'];
  };
  const { ticks, announced, warnings } = harness({ runs: { dueRuns } });
  await ticks.reconcile();
  expect(warnings).toEqual([{ message: 'tick failed', fields: { tick: 'reconcile', error: 'connection refused' } }]);
  down = false;
  await ticks.reconcile();
  expect(announced).toEqual([1]);
});

test('a stop waits for the tick at work; later ticks do nothing', async () => {
  let answer: (runs: readonly string[]) => void = () => undefined;
  const { ticks, announced } = harness({
    runs: {
      dueRuns: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    },
  });
  void ticks.reconcile();
  let stopped = false;
  const stop = (async () => {
    await ticks.onModuleDestroy();
    stopped = true;
  })();
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  answer([]);
  await stop;
  await ticks.startDueSchedules();
  // Of the one that was at work, and none after it.
  expect(announced).toEqual([0]);
});

test('Nest finds both intervals and clears them at the end', async () => {
  const { ports } = harness();

  @Module({ imports: [ScheduleModule.forRoot()], providers: [SyncTicks, { provide: SYNC_TICKS_PORTS, useValue: ports }] })
  class TestModule {}

  const app = await NestFactory.createApplicationContext(TestModule, { logger: false });
  await app.init();
  const registry = app.get(SchedulerRegistry);
  expect(registry.getIntervals()).toHaveLength(2);
  await app.close();
  expect(registry.getIntervals()).toHaveLength(0);
});
