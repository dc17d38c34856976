/**
 * A Harbour to try a connector with, on 127.0.0.1: what openapi.yaml says, with made-up people.
 *
 *     node docs/examples/first-connector/server.mjs > harbour.json
 *
 * The line on stdout is what `castellan check` and `castellan sync` take with --config.
 */
import { createServer } from 'node:http';

const KEY = 'hk_made_up_for_the_tutorial';
const PEOPLE = 250;
const TEAMS = 12;
const STATES = ['active', 'active', 'active', 'invited', 'active', 'paused', 'active', 'left'];

const people = Array.from({ length: PEOPLE }, (_, at) => {
  const state = STATES[at % STATES.length];
  return {
    id: `psn_${at + 1}`,
    handle: `sailor${at + 1}`,
    full_name: `Sailor ${at + 1}`,
    email: at % 20 === 19 ? null : `sailor${at + 1}@harbour.example`,
    kind: at % 20 === 19 ? 'bot' : 'person',
    state,
    joined_at: 1_700_000_000 + at * 3_600,
    last_seen_at: state === 'invited' ? null : 1_790_000_000 + at * 60,
  };
});
const teams = Array.from({ length: TEAMS }, (_, at) => ({
  id: `team_${at + 1}`,
  name: `Crew ${at + 1}`,
  about: at % 3 === 0 ? null : `Everything about pier ${at + 1}`,
  archived: at === TEAMS - 1,
  created_at: 1_699_000_000 + at * 86_400,
}));
// The first has nobody, the second more than fit on a page. Every seventh has left again.
const crews = new Map(
  teams.map(({ id, archived }, at) => [
    id,
    people
      .filter((_, place) => place % TEAMS < at * 2 - 1)
      .map((one, place) => ({
        person: one.id,
        lead: place === 0,
        until: archived || place % 7 === 6 ? 1_780_000_000 : null,
      })),
  ]),
);

const problem = (status, code, message, headers = {}) => ({ status, body: { error: { code, message } }, headers });

function answer({ method, url, headers }) {
  const { pathname, searchParams } = new URL(url, 'http://harbour');
  if (headers['x-harbour-key'] !== KEY) return problem(401, 'bad_key', 'This key is not known here.');
  if (method !== 'GET') return problem(404, 'not_found', 'There is no such thing.');
  if (pathname === '/v1/workspace') return { status: 200, body: { id: 'wsp_1', title: 'Harbour of the tutorial' } };
  if (pathname === '/v1/people') return page(people, searchParams);
  if (pathname === '/v1/teams') return page(teams, searchParams);
  const crew = crews.get(/^\/v1\/teams\/([^/]+)\/people$/.exec(pathname)?.[1]);
  return crew === undefined ? problem(404, 'not_found', 'There is no such thing.') : page(crew, searchParams);
}

function page(all, query) {
  const number = Number(query.get('page') ?? 1);
  const size = Number(query.get('per_page') ?? 20);
  const whole = Number.isInteger(number) && Number.isInteger(size);
  if (!whole || number < 1 || size < 1 || size > 100) return problem(400, 'bad_page', 'There is no such page.');
  const data = all.slice((number - 1) * size, number * size);
  return { status: 200, body: { data, page: number, pages: Math.max(1, Math.ceil(all.length / size)) } };
}

const server = createServer((request, response) => {
  const { status, body, headers = {} } = answer(request);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
});
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  process.stdout.write(`${JSON.stringify({ url, config: { address: url, key: KEY } })}\n`);
  const open = teams.filter(({ archived }) => !archived);
  const places = [...crews.values()].flat().filter(({ until }) => until === null);
  process.stderr.write(
    `Harbour has ${PEOPLE} people and ${open.length} teams with ${places.length} places in them. Ctrl-C ends it.\n`,
  );
});
