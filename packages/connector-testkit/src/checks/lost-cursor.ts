import { isDeepStrictEqual } from 'node:util';
import type { MemoryHost } from '../host/memory-host.js';
import { type Check, withTrial } from '../suite/check.js';
import { fullRun } from '../suite/full-run.js';
import type { Trial } from '../suite/trial.js';
import { few, hold, LeftOut } from '../suite/verdict.js';
import { type Leaf, leavesOf, parametersOf, parsed } from '../wire/question.js';
import type { Exchange, WireAnswer, WireRequest } from '../wire/wire.js';

/** Lists of one kind, e.g. the members of groups, that are tried. */
const MOST_ALIKE = 2;
/** Many times what a good run asks for: whoever comes here begins the list again and again. */
const PATIENCE = 20;

type Place = Leaf['place'];

/** Where the answer to a list's question holds what the question for its next page is made of. */
interface Lead {
  readonly first: WireRequest;
  /** Parameters in which the two questions differ. */
  readonly parameters: readonly string[];
  /** The same value may stand in several. */
  readonly places: readonly Place[];
}

export const lostCursor: Check = {
  title: 'a page that has lost what leads to the next is an error, not the end',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const whole = await fullRun(trial);
      const leads = fewOfEachKind(leadsIn(trial), whole);
      if (leads.length === 0)
        throw new LeftOut(
          'no list of the upstream has in its body what leads to the next page (three pages, where that is a number)',
        );
      for (const lead of leads) {
        await withoutLead(trial, whole, lead, 'lacks', (parent, key) => void Reflect.deleteProperty(parent, key));
        await withoutLead(trial, whole, lead, 'holds an object as', (parent, key) => void Reflect.set(parent, key, {}));
      }
    }),
};

async function withoutLead(
  trial: Trial,
  whole: MemoryHost,
  lead: Lead,
  what: string,
  damage: (parent: object, key: string | number) => void,
): Promise<void> {
  const most = whole.pages * PATIENCE + 500;
  const stop = new AbortController();
  const given = parametersOf(lead.first);
  let asked = 0;
  const isFirst = (request: WireRequest): boolean => {
    const here = parametersOf(request);
    return isSameList(request, lead.first) && lead.parameters.every((name) => here.get(name) === given.get(name));
  };
  trial.wire.reset((request) => {
    asked += 1;
    if (asked > most) stop.abort();
    return isFirst(request) ? { kind: 'change', change: (answer) => damaged(answer, lead.places, damage) } : undefined;
  });
  const host = trial.host();
  await host.run({ signal: stop.signal });
  trial.wire.reset();
  const names = lead.places.map((place) => place.join('.')).join(' and ');
  const page = `A page of ${lead.first.path} that is not the last ${what} "${names}"`;
  hold(!stop.signal.aborted, `${page}, and the connector asked ${asked} times without coming to an end.`);
  await judge(host, whole, page);
}

async function judge(host: MemoryHost, whole: MemoryHost, page: string): Promise<void> {
  const complete = host.connector.streamsOf(host.config).filter(({ name }) => host.completed.has(name));
  // A log loses nothing that it reads from where it stopped.
  const logs = complete.filter(({ semantics }) => semantics === 'changes').map(({ name }) => name);
  if (logs.length > 0) await host.run({ streams: logs });
  for (const { name } of complete) {
    const keys = new Set(host.rows.keysOf(name));
    const parts = new Set(host.unlisted.filter(({ stream }) => stream === name).map(({ partition }) => partition));
    const missing = whole.rows
      .of(name)
      .filter(({ key, partition }) => !keys.has(key) && (partition === undefined || !parts.has(partition)));
    hold(
      missing.length === 0,
      `${page}, and stream ${name} says that it is complete: ${missing.length} records behind it would be swept (${few(missing.map(({ key }) => key))}). Only what the provider writes on its last page is the end; throw at everything else, or name the part in "unlisted".`,
    );
  }
}

function damaged(
  answer: WireAnswer,
  places: readonly Place[],
  damage: (parent: object, key: string | number) => void,
): WireAnswer {
  const body = parsed(answer.body);
  for (const place of places) {
    const key = place.at(-1);
    const parent = place.slice(0, -1).reduce<unknown>(within, body);
    // `null` and the like: this list has no second page.
    const isThere = leavesOf(within(parent, key)).some((leaf) => leaf.place.length === 0);
    if (typeof parent === 'object' && parent !== null && key !== undefined && isThere) damage(parent, key);
  }
  return body === undefined ? answer : { ...answer, body: JSON.stringify(body) };
}

function within(json: unknown, key: string | number | undefined): unknown {
  return typeof json === 'object' && json !== null && key !== undefined && Object.hasOwn(json, key)
    ? Reflect.get(json, key)
    : undefined;
}

/** Of each list the first page, with what leads from there. */
function leadsIn({ wire }: Trial): readonly Lead[] {
  const good = wire.trace.filter(({ answer }) => answer.status === 200);
  const leads: Lead[] = [];
  for (const [index, exchange] of good.entries()) {
    const earlier = good.slice(0, index).some(({ request }) => isSameList(request, exchange.request));
    if (earlier) continue;
    const list = good.slice(index).filter(({ request }) => isSameList(request, exchange.request));
    leads.push(...listingsOf(list).flatMap((pages) => leadsOf(pages, wire.url)));
  }
  return leads;
}

function isSameList(one: WireRequest, other: WireRequest): boolean {
  return one.method === other.method && one.path === other.path;
}

/** One address may show several lists: pages of one have the same parameters but for one, and what the first alone has. */
function listingsOf(exchanges: readonly Exchange[]): readonly (readonly Exchange[])[] {
  const names = new Set(exchanges.flatMap(({ request }) => [...parametersOf(request).keys()]));
  return [...names].flatMap((name) => {
    const listings: { readonly others: ReadonlyMap<string, string>; readonly pages: Map<string | undefined, Exchange> }[] = [];
    for (const exchange of exchanges) {
      const others = new Map(parametersOf(exchange.request));
      const position = others.get(name);
      others.delete(name);
      const own = listings.find((listing) => [...others].every(([key, value]) => listing.others.get(key) === value));
      if (own === undefined) listings.push({ others, pages: new Map([[position, exchange]]) });
      else if (!own.pages.has(position)) own.pages.set(position, exchange);
    }
    return listings.map(({ pages }) => [...pages.values()]).filter((pages) => pages.length > 1);
  });
}

function leadsOf(pages: readonly Exchange[], origin: string): readonly Lead[] {
  const [first, second] = pages;
  if (first === undefined || second === undefined) return [];
  const [from, to] = [parametersOf(first.request), parametersOf(second.request)];
  const parameters = [...new Set([...from.keys(), ...to.keys()])].filter((name) => from.get(name) !== to.get(name));
  const byValue = new Map<string, Place[]>();
  for (const { place, value } of leavesOf(parsed(first.answer.body))) {
    if (!leadsOn(place, value, pages, origin)) continue;
    byValue.set(`${value}`, [...(byValue.get(`${value}`) ?? []), place]);
  }
  return [...byValue.values()].map((places) => ({ first: first.request, parameters, places }));
}

/** Whether the second page was asked for with this value of the first. A number may be there by chance: then all pages must agree. */
function leadsOn(place: Place, value: Leaf['value'], pages: readonly Exchange[], origin: string): boolean {
  if (!standsFor(place, value, pages, 0, origin)) return false;
  if (!/^\d+$/.test(String(value))) return true;
  const later = pages.slice(0, -1).every(({ answer }, index) => {
    const there = place.reduce<unknown>(within, parsed(answer.body));
    return (typeof there === 'string' || typeof there === 'number') && standsFor(place, there, pages, index, origin);
  });
  return pages.length > 2 && later;
}

function standsFor(place: Place, value: Leaf['value'], pages: readonly Exchange[], at: number, origin: string): boolean {
  const [page, next] = [pages[at]?.request, pages[at + 1]?.request];
  if (page === undefined || next === undefined) return false;
  if (isAddressOf(next, String(value), `${origin}${page.path}`)) return true;
  // What stands in an array belongs to a row: the id of the last one is no cursor of the provider's.
  if (place.some((key) => typeof key === 'number')) return false;
  const here = parametersOf(page);
  return [...parametersOf(next)].some(([name, given]) => given === String(value) && here.get(name) !== given);
}

/** A link, whole or without its beginning. */
function isAddressOf({ path, query }: WireRequest, link: string, base: string): boolean {
  if (!link.includes('?') || !URL.canParse(link, base)) return false;
  const url = new URL(link, base);
  return url.pathname === path && isDeepStrictEqual([...url.searchParams], [...new URLSearchParams(query)]);
}

/** Lists of one kind differ in the id that stands in their address. */
function fewOfEachKind(leads: readonly Lead[], whole: MemoryHost): readonly Lead[] {
  const keys = new Set(whole.streams.flatMap((name) => whole.rows.keysOf(name)));
  const tried = new Map<string, Set<string>>();
  return leads.filter(({ first: { method, path }, places }) => {
    const segments = path.split('/').map((segment) => (keys.has(decodeURIComponent(segment)) ? '*' : segment));
    const kind = JSON.stringify([method, segments, places]);
    const paths = tried.get(kind) ?? new Set();
    // One address with several lists: the first pages of all are damaged at once.
    if (paths.has(path) || paths.size === MOST_ALIKE) return false;
    tried.set(kind, paths.add(path));
    return true;
  });
}
