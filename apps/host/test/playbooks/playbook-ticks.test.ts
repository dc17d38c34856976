import type { PlaybookRun, Storage } from '@castellan/storage';
import type { PlaybookStarts } from '../../src/playbooks/playbook-starts.js';
import { PlaybookTicks } from '../../src/playbooks/playbook-ticks.js';
import type { PlaybookWork } from '../../src/playbooks/playbook-work.js';

const LOG = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Runs by integration, and who drives them: the database and the work are played. */
class Played {
  readonly waiting = new Map<string, string[]>();
  readonly driven: string[] = [];
  readonly hanging = new Map<string, () => void>();
  readonly ticks: PlaybookTicks;

  constructor(readonly hangs: (run: string) => boolean = () => false) {
    const storage = {
      playbookLeases: {
        wake: async () => undefined,
        due: async (limit: number, except: readonly string[]) =>
          [...this.waiting].flatMap(([id, runs]) => (runs.length > 0 && !except.includes(id) ? [id] : [])).slice(0, limit),
        take: async (integrationId: string) => {
          const id = this.waiting.get(integrationId)?.shift();
          return id === undefined ? undefined : { id, integrationId };
        },
      },
    };
    const execute = async ({ id }: PlaybookRun, shutdown: AbortSignal) => {
      this.driven.push(id);
      if (!this.hangs(id)) return;
      await new Promise<void>((resolve) => {
        this.hanging.set(id, resolve);
        shutdown.addEventListener('abort', () => resolve());
      });
    };
    // Of the rest of these nothing is asked here.
    const work = { execute } as unknown as PlaybookWork;
    this.ticks = new PlaybookTicks(storage as unknown as Storage, {} as unknown as PlaybookStarts, work, LOG);
  }
}

test('one look drives all that is due, of each integration one after another', async () => {
  const played = new Played();
  for (const id of ['a', 'b'])
    played.waiting.set(
      id,
      Array.from({ length: 50 }, (_, n) => `${id} ${n}`),
    );
  await played.ticks.look();
  await settled();
  expect(played.driven).toHaveLength(100);
  expect(played.driven.filter((id) => id.startsWith('a'))).toEqual(Array.from({ length: 50 }, (_, n) => `a ${n}`));
  await played.ticks.onModuleDestroy();
});

test('providers that hang hold up their own runs only, and what becomes due meanwhile comes next', async () => {
  const played = new Played((run) => run.startsWith('hangs'));
  for (let n = 0; n < 8; n += 1) played.waiting.set(`hangs ${n}`, [`hangs ${n} first`, `hangs ${n} second`]);
  played.waiting.set('works', ['works first']);
  await played.ticks.look();
  await settled();
  expect(played.driven).toHaveLength(9);
  expect(played.driven).toContain('works first');
  // Somebody has answered there.
  played.ticks.drive('hangs 3');
  played.hanging.get('hangs 3 first')?.();
  await settled();
  expect(played.driven.slice(9)).toEqual(['hangs 3 second']);
  await played.ticks.onModuleDestroy();
  expect(played.driven).toHaveLength(10);
});

test('no more than 32 integrations at once, and a place that gets free is taken at once', async () => {
  const played = new Played((run) => run.startsWith('hangs'));
  for (let n = 0; n < 32; n += 1) played.waiting.set(`hangs ${n}`, [`hangs ${n}`]);
  await played.ticks.look();
  played.waiting.set('more', ['more first']);
  played.ticks.drive('more');
  await settled();
  expect(played.driven).toHaveLength(32);
  played.hanging.get('hangs 7')?.();
  await settled();
  expect(played.driven.at(-1)).toBe('more first');
  await played.ticks.onModuleDestroy();
});
