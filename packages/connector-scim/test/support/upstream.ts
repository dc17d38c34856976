import type { RunningUpstream, Upstream, UpstreamOptions } from '@castellan/connector-testkit';
import { Directory, personId, personNumber } from './directory.js';
import { expectedKeys } from './expected.js';
import { BASE, FakeScim, type Manners } from './fake-scim.js';
import { PASSWORD_HASH, userResource } from './resources.js';

const PEOPLE = 26;
const TEAMS = 9;
/** Makes several pages of what there is. */
const PAGE_SIZE = 10;
/** Newcomers on each page of a long list, beside the last one of the page before. */
const LONG_PAGE = 1;

/** The settings for a running service. */
export function configFor({ url, tenant }: RunningUpstream): object {
  return { url: `${url}${BASE}`, auth: { method: 'bearer', token: tokenOf(tenant) }, pageSize: PAGE_SIZE };
}

/** A SCIM service for the conformance suite: the same tenant is the same each time, two tenants share nothing. */
export const upstream: Upstream = upstreamWith({});

/** The same, with manners of its own. */
export function upstreamWith(manners: Partial<Manners>): Upstream {
  return { start: (options) => start(options, manners) };
}

async function start({ tenant, pages }: UpstreamOptions, manners: Partial<Manners>): Promise<RunningUpstream> {
  const directory = Directory.of(PEOPLE, TEAMS, tenant);
  const fake = await FakeScim.start(directory, manners);
  fake.admits = `Bearer ${tokenOf(tenant)}`;
  if (pages !== undefined) makeLong(fake, tenant, pages);
  const person = (at: number): string => personId(tenant, at);
  const [group = '', team] = [...directory.teams].find(([, { members }]) => members.length > 3) ?? [];
  const member = team?.members[1] ?? '';
  let turn = 0;
  return {
    url: fake.url.slice(0, -BASE.length),
    tenant,
    holds: () => expectedKeys(directory),
    secrets: [PASSWORD_HASH],
    change() {
      turn += 1;
      changeSome(directory, turn);
    },
    actions: {
      'deactivate-account': {
        input: { account: person(1) },
        isDone: () => directory.people.get(person(1))?.isActive === false,
      },
      // The fifth is not active at first: see `personNumber`.
      'reactivate-account': {
        input: { account: person(4) },
        isDone: () => directory.people.get(person(4))?.isActive === true,
      },
      'remove-from-group': {
        input: { group, member },
        isDone: () => directory.teams.get(group)?.members.includes(member) === false,
      },
    },
    close: () => fake.close(),
  };
}

function tokenOf(tenant: string): string {
  return `token-of-${tenant}`;
}

function changeSome(directory: Directory, turn: number): void {
  const people = [...directory.people.keys()];
  const teams = [...directory.teams.keys()];
  const [changed = '', promoted = '', gone = ''] = [turn, turn + 4, turn * 5].map((at) => people[at % people.length]);
  const [renamed = '', grown = '', dissolved = ''] = [turn, turn + 2, turn + 5].map((at) => teams[at % teams.length]);
  const newcomer = directory.hire(turn);
  directory.change(changed, { department: `Room ${turn}`, isActive: turn % 2 === 0 });
  directory.change(promoted, { roles: [[`lead-${turn}`, `Lead ${turn}`]], entitlements: [] });
  directory.rename(renamed, `Renamed ${turn}`);
  directory.addMember(grown, newcomer.id);
  directory.found(`Founded ${turn}`, [newcomer.id, renamed]);
  directory.leave(gone);
  directory.dissolve(dissolved);
}

/** People who are made while they are asked for, so that the service itself holds none of them. */
function makeLong(fake: FakeScim, tenant: string, pages: number): void {
  const people = pages * LONG_PAGE;
  fake.remembers = false;
  fake.manners.instead = ({ path, query, headers }) => {
    if (path !== '/Users' || headers.authorization !== fake.admits || query.has('filter')) return undefined;
    const from = Number(query.get('startIndex') ?? 1) - 1;
    // The last of the page before, and as many new ones.
    const count = Math.min(Number(query.get('count') ?? PAGE_SIZE), LONG_PAGE + 1, people - from);
    const numbers = Array.from({ length: Math.max(0, count) }, (_, at) => from + at);
    const Resources = numbers.map((at) => userResource(personNumber(tenant, at), fake.url, fake.directory));
    return { body: { totalResults: people, startIndex: from + 1, itemsPerPage: count, Resources } };
  };
}
