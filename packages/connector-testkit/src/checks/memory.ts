import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Check, withTrial } from '../suite/check.js';
import type { Trial } from '../suite/trial.js';
import { hold, LeftOut } from '../suite/verdict.js';
import { stoppedText } from '../suite/full-run.js';
import type { MemoryHost } from '../host/memory-host.js';

const PAGES = 10_000;
/** Where the first look is taken: caches are warm by then. */
const FROM = 2_000;
/** Every so many pages there is another look, so that a leak need not be waited for. A look costs seconds where much else is in the heap. */
const LOOK_EVERY = 2_000;
/** What the heap may have grown by from there to the end. A connector that keeps 100 bytes a record of these pages goes beyond. */
const MOST_GROWTH = 4 * 1024 * 1024;

export const flatMemory: Check = {
  title: `memory stays flat over ${PAGES.toLocaleString('en')} pages`,
  run: (bench) =>
    withTrial(bench, { pages: PAGES, direct: true }, async (trial) => {
      const collect = garbageCollector();
      const host = trial.host();
      host.recorder.keeps = false;
      const first = firstPagedStream(trial, host);
      let [from, pages] = [0, 0];
      await host.run({
        streams: [first],
        onPage: async () => {
          pages += 1;
          if (pages === FROM) from = await usedAfter(collect);
          if (pages > FROM && pages % LOOK_EVERY === 0) judge((await usedAfter(collect)) - from, pages);
        },
      });
      const [stopped] = host.stopped;
      hold(stopped === undefined, `A long run stops: ${stopped === undefined ? '' : stoppedText(stopped)}`);
      hold(
        pages >= PAGES,
        `The upstream gave ${pages} pages of stream ${first} and not ${PAGES}: let start({ pages }) make its list so long, or leave the check out with a reason.`,
      );
    }),
};

function judge(growth: number, pages: number): void {
  const grown = `From page ${FROM} to page ${pages} the heap has grown by ${Math.round(growth / 1024)} kB`;
  hold(growth < MOST_GROWTH, `${grown}: something is kept for every page.`);
}

/** The first stream that depends on none: the one whose list `start({ pages })` makes long. */
function firstPagedStream({ connector, config }: Trial, host: MemoryHost): string {
  const first = connector.streamsOf(config).find(({ dependsOn }) => dependsOn.length === 0)?.name;
  return first ?? host.streams[0] ?? '';
}

/** Twice, with a turn between: what is released by a finalizer is free only then. */
async function usedAfter(collect: () => void): Promise<number> {
  collect();
  await nextTurn();
  collect();
  return process.memoryUsage().heapUsed;
}

/** Without a flag on the command line: tests are started in many ways. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new LeftOut('the garbage collector cannot be called in this process');
  return () => void Reflect.apply(collect, undefined, []);
}
