import { setTimeout as sleep } from 'node:timers/promises';
import type { RunWait } from '../src/index.js';
import { ProgressNotes } from '../src/run/progress-notes.js';
import { MemoryRunStore } from './memory-run-store.js';

const LOGGER = { debug() {}, info() {}, warn() {}, error() {} };

test('that nothing is waited for any more is noted, also of a run without a plan', async () => {
  const runs = new MemoryRunStore();
  const claimed = await runs.claim('r', 'host-1');
  if (claimed === undefined) throw new Error('the run could not be claimed');
  const limited: RunWait = { bucket: 'users', until: '2026-11-23T10:00:00.000Z', reason: 'rate_limit' };
  let waits: readonly RunWait[] = [];
  const notes = new ProgressNotes(runs, claimed, () => waits, LOGGER);
  const noted = async (count: number): Promise<void> => {
    const end = Date.now() + 5_000;
    while (runs.progress.length < count && Date.now() < end) await sleep(20);
  };
  try {
    waits = [limited];
    await noted(1);
    waits = [];
    await noted(2);
  } finally {
    notes.end();
  }
  expect(runs.progress.map((note) => note.waits)).toEqual([[limited], []]);
});
