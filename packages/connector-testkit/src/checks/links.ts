import { type Check, withTrial } from '../suite/check.js';
import { fullRun } from '../suite/full-run.js';
import { exchangesOf, hostWithout } from '../suite/ownership.js';
import type { Trial } from '../suite/trial.js';
import { few, hold, LeftOut } from '../suite/verdict.js';
import type { Exchange, Rule, WireAnswer } from '../wire/wire.js';
import type { MemoryHost } from '../host/memory-host.js';

/** Many times what a good run asks for: whoever comes here goes round and round. */
const PATIENCE = 20;

export const linkLoops: Check = {
  title: 'pages that lead back to earlier ones end in an error, not in an endless run or half a list',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const whole = await fullRun(trial);
      let lists = 0;
      for (const stream of whole.streams) {
        for (const pages of pagedLists(await exchangesOf(trial, whole, stream))) {
          lists += 1;
          // The same page again and again, and then two pages that lead to each other.
          await inCircle(trial, whole, stream, pages, () => pages[0]?.answer);
          if (pages.length > 2) await inCircle(trial, whole, stream, pages, (index) => pages[index % 2]?.answer);
        }
      }
      if (lists === 0) throw new LeftOut('no list of the upstream has a second page; give it more objects than fit on one');
    }),
};

/** Lists of which several pages were asked for: the first answer to each of their addresses, in order. */
function pagedLists(trace: readonly Exchange[]): readonly (readonly Exchange[])[] {
  const byPath = new Map<string, Exchange[]>();
  for (const exchange of trace) {
    const { method, path } = exchange.request;
    if (method !== 'GET' || exchange.answer.status !== 200) continue;
    byPath.set(path, [...(byPath.get(path) ?? []), exchange]);
  }
  return [...byPath.values()].map(connected).filter((pages) => pages.length > 1);
}

/** Pages of ONE listing: the questions differ in one parameter only, which the first may lack. */
function connected(exchanges: readonly Exchange[]): readonly Exchange[] {
  const [first] = exchanges;
  if (first === undefined) return [];
  const asked = new Set<string>();
  return exchanges.filter(({ request }) => {
    const differs = differences(first.request.query, request.query);
    if (differs.length > 1 || asked.has(request.query)) return false;
    asked.add(request.query);
    return true;
  });
}

function differences(one: string, other: string): readonly string[] {
  const [ours, theirs] = [new URLSearchParams(one), new URLSearchParams(other)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].filter((name) => ours.get(name) !== theirs.get(name));
}

async function inCircle(
  trial: Trial,
  whole: MemoryHost,
  stream: string,
  pages: readonly Exchange[],
  answerAt: (index: number) => WireAnswer | undefined,
): Promise<void> {
  const path = pages[0]?.request.path ?? '';
  const most = whole.pages * PATIENCE + 500;
  const stop = new AbortController();
  let asked = 0;
  const rule: Rule = (request) => {
    if (request.path !== path || request.method !== 'GET') return undefined;
    asked += 1;
    if (asked > most) stop.abort();
    const answer = answerAt(asked - 1);
    return answer === undefined ? undefined : { kind: 'answer', answer };
  };
  trial.wire.reset(rule);
  const host = hostWithout(trial, whole, stream);
  await host.run({ streams: [stream], signal: stop.signal });
  trial.wire.reset();
  hold(!stop.signal.aborted, `The pages of ${path} lead in a circle, and the connector asked ${asked} times without noticing.`);
  if (!host.completed.has(stream) || host.unlisted.some((one) => one.stream === stream)) return;
  const missing = whole.rows.keysOf(stream).filter((key) => !host.rows.keysOf(stream).includes(key));
  hold(
    missing.length === 0,
    `The pages of ${path} lead in a circle, and stream ${stream} says that it is complete without ${few(missing)}.`,
  );
}

const FOREIGN = 'https://castellan-foreign.example';

export const foreignHosts: Check = {
  title: 'a link to another host is not followed, and nothing is sent there',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const whole = await fullRun(trial);
      const followed = absoluteLinks(trial);
      if (followed.length === 0) throw new LeftOut('no answer of the upstream holds an absolute link that is followed');
      trial.origins.length = 0;
      trial.wire.reset(() => ({
        kind: 'change',
        change: (answer) => ({
          ...answer,
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [
              name,
              typeof value === 'string' ? elsewhere(value, followed) : value.map((one) => elsewhere(one, followed)),
            ]),
          ),
          body: elsewhere(answer.body, followed),
        }),
      }));
      const host = trial.host();
      await host.run();
      const named = trial.origins.find((origin) => origin.includes('castellan-foreign'));
      hold(
        named === undefined,
        'The connector opens a connection to the host of a link that the provider sent: credentials would go there.',
      );
      for (const stream of host.streams) {
        if (!host.completed.has(stream) || host.unlisted.some((one) => one.stream === stream)) continue;
        const missing = whole.rows.keysOf(stream).filter((key) => !host.rows.keysOf(stream).includes(key));
        hold(
          missing.length === 0,
          `A link to the next page led to another host, and stream ${stream} says that it is complete without ${few(missing)}.`,
        );
      }
    }),
};

/** Addresses that stood whole in an answer and were asked for afterwards, as they stand there. */
function absoluteLinks({ wire }: Trial): readonly string[] {
  const links = new Set<string>();
  for (const [index, { request }] of wire.trace.entries()) {
    const address = `${wire.url}${request.path}${request.query}`;
    const earlier = wire.trace.slice(0, index);
    if (earlier.some(({ answer }) => textOf(answer).includes(address))) links.add(address);
  }
  return [...links];
}

function textOf({ headers, body }: WireAnswer): string {
  return `${JSON.stringify(headers)}${body}`;
}

function elsewhere(text: string, links: readonly string[]): string {
  return links.reduce(
    (changed, link) => changed.replaceAll(link, `${FOREIGN}${new URL(link).pathname}${new URL(link).search}`),
    text,
  );
}
