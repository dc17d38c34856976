import { isDeepStrictEqual } from 'node:util';
import type { StreamInfo } from '@castellan/connector-sdk';
import type { MemoryHost } from '../host/memory-host.js';
import { type Check, withTrial } from '../suite/check.js';
import { fullRun } from '../suite/full-run.js';
import type { Trial } from '../suite/trial.js';
import { few, hold, LeftOut } from '../suite/verdict.js';
import { type Leaf, leavesOf, parametersOf, parsed } from '../wire/question.js';
import type { Exchange, Rule, WireAnswer, WireRequest } from '../wire/wire.js';

/** Lists of one kind, e.g. the members of groups, that are tried. */
const MOST_ALIKE = 2;
/** Many times what a good run asks for: whoever comes here begins the list again and again. */
const PATIENCE = 20;

type Place = Leaf['place'];

/** Where the answer to a list's question holds what the question for its next page is made of. */
interface Lead {
  readonly first: Exchange;
  /** The last page of the same list: how the provider says that there is no more. */
  readonly last: Exchange;
  /** Parameters in which the questions for the first page and for the second differ. */
  readonly parameters: readonly string[];
  /** The same value may stand in several. */
  readonly places: readonly Place[];
}

interface Damage {
  /** For people, before the name of the place. */
  readonly what: string;
  readonly change: (parent: object, key: string | number) => void;
}

const DAMAGES: readonly Damage[] = [
  { what: 'lacks', change: (parent, key) => void Reflect.deleteProperty(parent, key) },
  { what: 'holds an object as', change: (parent, key) => void Reflect.set(parent, key, {}) },
];

export const lostCursor: Check = {
  title: 'a page that has lost what leads to the next is an error, not the end',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const whole = await fullRun(trial);
      const most = trial.wire.count * PATIENCE;
      const leads = fewOfEachKind(leadsIn(trial), whole);
      if (leads.length === 0)
        throw new LeftOut(
          'no list of the upstream has in its body what leads to the next page (three pages, where that is a number)',
        );
      const alike = new Map<string, string>();
      for (const lead of leads) {
        for (const damage of DAMAGES) {
          if (!looksLikeTheEnd(lead, damage)) await withoutLead(trial, whole, lead, damage, most);
          else alike.set(`${damage.what} "${namesOf(lead)}"`, lead.first.request.path);
        }
      }
      for (const [what, path] of alike)
        bench.leaveOutPart(
          `a page of ${path} that ${what}: the last page of this list does so too, and nobody can tell them apart`,
        );
    }),
};

/** What the provider writes at one of these places of a list's last page is the end: no connector can know that it was something else. */
function looksLikeTheEnd({ first, last, places }: Lead, damage: Damage): boolean {
  const body = parsed(damaged(first.answer, places, damage).body);
  const end = parsed(last.answer.body);
  return places.some((place) => isDeepStrictEqual(kindsAlong(body, place), kindsAlong(end, place)));
}

/** What stands at each key of a place, as far as they lead. */
function kindsAlong(json: unknown, place: Place): readonly string[] {
  const kinds: string[] = [];
  let here = json;
  for (const key of place) {
    here = within(here, key);
    kinds.push(here === null ? 'null' : typeof here);
    if (here === undefined) break;
  }
  return kinds;
}

async function withoutLead(trial: Trial, whole: MemoryHost, lead: Lead, damage: Damage, most: number): Promise<void> {
  const page = `A page of ${lead.first.request.path} that is not the last ${damage.what} "${namesOf(lead)}"`;
  const given = parametersOf(lead.first.request);
  const isFirst = (request: WireRequest): boolean => {
    const here = parametersOf(request);
    return isSameList(request, lead.first.request) && lead.parameters.every((name) => here.get(name) === given.get(name));
  };
  const host = trial.host();
  const run = async (rule: Rule, streams: readonly string[]): Promise<void> => {
    const stop = new AbortController();
    let asked = 0;
    trial.wire.reset((request) => {
      asked += 1;
      if (asked > most) stop.abort();
      return rule(request);
    });
    await host.run({ streams, signal: stop.signal });
    trial.wire.reset();
    hold(!stop.signal.aborted, `${page}, and the connector asked ${asked} times without coming to an end.`);
  };
  const change = (answer: WireAnswer): WireAnswer => damaged(answer, lead.places, damage);
  await run((request) => (isFirst(request) ? { kind: 'change', change } : undefined), host.streams);
  // A log may end anywhere: it loses nothing that it reads from where it stopped.
  const logs = infosOf(host).flatMap(({ name, semantics }) => (semantics === 'changes' ? [name] : []));
  const ended = logs.filter((name) => host.completed.delete(name));
  if (ended.length > 0) await run(() => undefined, ended);
  judge(host, whole, page);
}

function judge(host: MemoryHost, whole: MemoryHost, page: string): void {
  for (const { name, semantics } of infosOf(host)) {
    if (!host.completed.has(name)) continue;
    const keys = new Set(host.rows.keysOf(name));
    const parts = new Set(host.unlisted.filter(({ stream }) => stream === name).map(({ partition }) => partition));
    const missing = whole.rows
      .of(name)
      .filter(({ key, partition }) => !keys.has(key) && (partition === undefined || !parts.has(partition)));
    const lost = `${missing.length} records behind it ${semantics === 'changes' ? 'are never read, not by the next run either' : 'would be swept'}`;
    const wayOut =
      semantics === 'changes'
        ? 'throw, or give a "resumeFrom" that leads to them.'
        : 'throw at everything else, or name the part in "unlisted".';
    hold(
      missing.length === 0,
      `${page}, and stream ${name} says that it is complete: ${lost} (${few(missing.map(({ key }) => key))}). Only what the provider writes on its last page is the end; ${wayOut}`,
    );
  }
}

function infosOf(host: MemoryHost): readonly StreamInfo[] {
  return host.connector.streamsOf(host.config);
}

function namesOf({ places }: Lead): string {
  return places.map((place) => place.join('.')).join(' and ');
}

function damaged(answer: WireAnswer, places: readonly Place[], { change }: Damage): WireAnswer {
  const body = parsed(answer.body);
  for (const place of places) {
    const key = place.at(-1);
    const parent = place.slice(0, -1).reduce<unknown>(within, body);
    // `null` and the like: this list has no second page.
    const isThere = leavesOf(within(parent, key)).some((leaf) => leaf.place.length === 0);
    if (typeof parent === 'object' && parent !== null && key !== undefined && isThere) change(parent, key);
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
  const last = pages.at(-1);
  if (first === undefined || second === undefined || last === undefined) return [];
  const [from, to] = [parametersOf(first.request), parametersOf(second.request)];
  const parameters = [...new Set([...from.keys(), ...to.keys()])].filter((name) => from.get(name) !== to.get(name));
  const byValue = new Map<string, Place[]>();
  for (const { place, value } of leavesOf(parsed(first.answer.body))) {
    if (!leadsOn(place, value, pages, origin)) continue;
    byValue.set(`${value}`, [...(byValue.get(`${value}`) ?? []), place]);
  }
  return [...byValue.values()].map((places) => ({ first, last, parameters, places }));
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
  return leads.filter(({ first, places }) => {
    const { method, path } = first.request;
    const segments = path.split('/').map((segment) => (keys.has(decodeURIComponent(segment)) ? '*' : segment));
    const kind = JSON.stringify([method, segments, places]);
    const paths = tried.get(kind) ?? new Set();
    // One address with several lists: the first pages of all are damaged at once.
    if (paths.has(path) || paths.size === MOST_ALIKE) return false;
    tried.set(kind, paths.add(path));
    return true;
  });
}
