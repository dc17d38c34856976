import { setTimeout as passed } from 'node:timers/promises';
import { keepLease } from '../../src/actions/action-lease.js';

const LOG = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
/** A thousandth of a minute is too short to tell anything apart; this is a hundredth. */
const TIMES = { lease: 600, renewed: 200, margin: 100 };

const held = (keep: () => Promise<boolean>) => keepLease(keep, LOG, { request: 'r' }, TIMES);

test('a lease that is renewed lasts', async () => {
  const lease = held(async () => true);
  await passed(1_000);
  expect(lease.lost.aborted).toBe(false);
  lease.end();
});

test('once somebody else has it nothing is sent any more', async () => {
  const lease = held(async () => false);
  await passed(300);
  expect(lease.lost.aborted).toBe(true);
  lease.end();
});

test.each([
  ['cannot be asked', async (): Promise<boolean> => Promise.reject(new Error('no connection'))],
  ['does not answer', () => new Promise<boolean>(() => undefined)],
])('a database that %s: nothing is sent any more before the lease is over', async (_, keep) => {
  const lease = held(keep);
  await passed(300);
  expect(lease.lost.aborted).toBe(false);
  await passed(290);
  expect(lease.lost.aborted).toBe(true);
  lease.end();
});
