import type { SourceRecord } from '@castellan/connector-sdk';
import { FenceLostError, type ClaimedRun, type PageCommit } from '@castellan/sync-engine';
import fc from 'fast-check';
import type { Storage } from '../src/index.js';
import { ACCOUNTS, account, EVENTS, event, GROUPS, group, guarded, LAST, more, page } from './fixtures/samples.js';
import { claim, newIntegration, newRun, sync, TestDatabases } from './fixtures/test-database.js';

const databases = new TestDatabases();
let storage: Storage;

beforeAll(async () => {
  storage = await databases.open();
});
afterAll(() => databases.close());

const STREAMS = [ACCOUNTS, GROUPS, EVENTS];

/** An organisation as one full sync sees it: numbers of rows, small enough to collide between two syncs. */
interface Org {
  readonly accounts: readonly { readonly key: number; readonly name: number }[];
  readonly groups: readonly number[];
  readonly events: readonly number[];
}

const org: fc.Arbitrary<Org> = fc.record({
  accounts: fc.uniqueArray(fc.record({ key: fc.nat(15), name: fc.nat(2) }), { selector: ({ key }) => key, maxLength: 12 }),
  groups: fc.uniqueArray(fc.nat(9), { maxLength: 8 }),
  events: fc.uniqueArray(fc.nat(9), { maxLength: 8 }),
});

function pagesOf(stream: typeof ACCOUNTS, records: readonly SourceRecord[], size: number): readonly PageCommit[] {
  const pages: PageCommit[] = [];
  for (let from = 0; from < records.length; from += size)
    pages.push(page(stream, records.slice(from, from + size), more(String(from + size))));
  return [...pages, page(stream, [], LAST)];
}

function scriptOf({ accounts, groups, events }: Org, size: number): ReadonlyMap<string, readonly PageCommit[]> {
  return new Map([
    [
      'accounts',
      pagesOf(
        ACCOUNTS,
        accounts.map(({ key, name }) => account(`u${key}`, { displayName: `n${name}` })),
        size,
      ),
    ],
    [
      'groups',
      pagesOf(
        GROUPS,
        groups.map((key) => group(`g${key}`)),
        size,
      ),
    ],
    [
      'activity',
      pagesOf(
        EVENTS,
        events.map((key) => event(`e${key}`, `2020-0${(key % 9) + 1}-01T00:00:00.000Z`)),
        size,
      ),
    ],
  ]);
}

/** More rows than any stream has. */
const LONGEST = 100;

/** What happens at each step: the next page of a stream, or something that goes wrong. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('page' as const), stream: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), stream: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take over' as const), stream: fc.nat(2) }) },
);
type Step = { readonly do: 'page' | 'cut' | 'take over'; readonly stream: number };

/** A host that holds a lease and knows, from the database, where each stream stands. */
class Host {
  private readonly index = new Map<string, number>();
  constructor(
    readonly lease: ClaimedRun,
    private readonly script: ReadonlyMap<string, readonly PageCommit[]>,
    private readonly size: number,
  ) {}

  async open(): Promise<this> {
    for (const { stream, complete, cursor } of await storage.runStore.openStreams(this.lease, STREAMS)) {
      const pages = this.script.get(stream) ?? [];
      const at = complete ? pages.length : cursor === undefined ? 0 : Number(cursor) / this.size;
      this.index.set(stream, Math.min(at, pages.length));
    }
    return this;
  }

  next(stream: string): PageCommit | undefined {
    return (this.script.get(stream) ?? [])[this.index.get(stream) ?? 0];
  }

  async commit(stream: string, rule = guarded): Promise<void> {
    const next = this.next(stream);
    if (next === undefined) return;
    await storage.runStore.commitPage(this.lease, next, rule);
    this.index.set(stream, (this.index.get(stream) ?? 0) + 1);
  }
}

async function disturbed(id: string, target: Org, size: number, steps: readonly Step[]): Promise<void> {
  const script = scriptOf(target, size);
  // A lease that has run out at once: it can be taken over at any moment.
  let host = await new Host(await newRun(storage, id, 0), script, size).open();
  for (const { do: what, stream } of steps) {
    const name = STREAMS[stream]?.name ?? '';
    if (what === 'page') await host.commit(name);
    if (what === 'cut') {
      // The host dies inside the transaction, after everything was written.
      const cut = async () => {
        const dying = host.next(name);
        if (dying === undefined) return;
        const poisoned = {
          ...dying,
          unlisted: [
            {
              partition: 'p',
              get reason(): string {
                throw new Error('cut');
              },
            },
          ],
        };
        await storage.runStore.commitPage(host.lease, poisoned, guarded);
      };
      await cut().catch((error: Error) => expect(error.message).toBe('cut'));
      host = await new Host(await claim(storage, host.lease.runId, 0), script, size).open();
    }
    if (what === 'take over') {
      const old = host;
      host = await new Host(await claim(storage, old.lease.runId, 0), script, size).open();
      // The old holder does not know yet, and goes on.
      if (old.next(name) !== undefined) await expect(old.commit(name)).rejects.toThrow(FenceLostError);
    }
  }
  for (const { name } of STREAMS) while (host.next(name) !== undefined) await host.commit(name);
  await storage.runStore.finish(host.lease, { state: 'complete' });
}

test('cuts, take-overs and any order of pages end in the rows of an undisturbed run', async () => {
  let runs = 0;
  const property = fc.asyncProperty(
    fc.array(org, { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 1, max: 4 }),
    fc.array(fc.array(step, { maxLength: 14 }), { minLength: 3, maxLength: 3 }),
    async (orgs, size, steps) => {
      runs += 1;
      const [calm, wild] = [await newIntegration(storage, `calm ${runs}`), await newIntegration(storage, `wild ${runs}`)];
      for (const [index, target] of orgs.entries()) {
        // In as few pages as there can be: how long they are must not show either, and each is a transaction.
        await sync(storage, calm, STREAMS, [...scriptOf(target, LONGEST).values()].flat());
        await disturbed(wild, target, size, steps[index] ?? []);
        const [a, b] = [await dump(calm), await dump(wild)];
        expect(b).toEqual(a);
      }
      expect(b64(await storage.canonicalDump(calm))).toBe(b64(await storage.canonicalDump(wild)));
    },
  );
  await fc.assert(property, { numRuns: Number(process.env['CASTELLAN_PROPERTY_RUNS'] ?? 15) });
}, 80_000);

test('the dump differs where a row differs', async () => {
  const dumps = new Set<string>();
  const variants = [
    account('a'),
    account('b'),
    account('a', { status: 'locked' }),
    { ...account('a'), raw: {} },
    { ...account('a'), hint: { n: 1 } },
  ];
  for (const [index, variant] of variants.entries()) {
    const id = await newIntegration(storage, `dump ${index}`);
    await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [variant], LAST)]);
    dumps.add((await storage.canonicalDump(id)).sha256);
    await sync(storage, id, [ACCOUNTS], [page(ACCOUNTS, [], LAST)]);
    const { holds } = await storage.holds.list('00000000-0000-4000-8000-000000000001', { integrationId: id, state: 'open' });
    const [hold] = holds;
    await storage.holds.accept('00000000-0000-4000-8000-000000000001', hold?.id ?? '', 'ana');
    dumps.add((await storage.canonicalDump(id)).sha256);
  }
  expect(dumps.size).toBe(10);
});

async function dump(id: string): Promise<readonly string[]> {
  const lines: string[] = [];
  await storage.canonicalDump(id, (line) => lines.push(line));
  return lines;
}

function b64({ sha256, rows }: { readonly sha256: string; readonly rows: number }): string {
  return `${sha256} ${rows}`;
}
