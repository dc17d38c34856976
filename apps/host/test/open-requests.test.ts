import { Controller, Get } from '@nestjs/common';
import { EdgeApp } from './edge-app.js';
import { until } from './host-harness.js';

const waiting: (() => void)[] = [];

@Controller('things')
class ThingsController {
  @Get('slow')
  async slow(): Promise<unknown> {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return { done: true };
  }
  @Get('quick')
  quick(): unknown {
    return {};
  }
}

let app: EdgeApp;
beforeEach(async () => {
  waiting.length = 0;
  app = await EdgeApp.start({ controllers: [ThingsController] });
});
afterEach(() => app.close());

test('waits for the request at work, and gives no connection to a next one', async () => {
  const order: string[] = [];
  const slow = app.raw('/api/things/slow').then((answer) => order.push(`answer ${answer.text}`));
  await until(() => waiting.length === 1);
  const drained = app.openRequests.drain(20_000).then(() => order.push('drained'));
  // It is asked meanwhile, as a balancer does; the answer says that the connection ends.
  const { status, headers } = await app.raw('/api/things/quick', { connection: 'keep-alive' });
  expect([status, headers['connection']]).toEqual([200, 'close']);
  expect(order).toEqual([]);
  waiting[0]?.();
  await Promise.all([slow, drained]);
  expect(order.toSorted()).toEqual(['answer {"done":true}', 'drained']);
});

test('ends at once when nothing is at work, and after its patience when something stays', async () => {
  await app.openRequests.drain(20_000);
  const slow = app.raw('/api/things/slow');
  await until(() => waiting.length === 1);
  await app.openRequests.drain(50);
  waiting[0]?.();
  expect((await slow).status).toBe(200);
});
