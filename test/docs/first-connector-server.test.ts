import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { ROOT } from '../planted-repository.js';

const FOLDER = join(ROOT, 'docs/examples/first-connector');
const description = parse(readFileSync(join(FOLDER, 'openapi.yaml'), 'utf8'));
// `nullable` by a list of types, and words of OpenAPI that are no rule: both are fine in what is described here.
const ajv = new Ajv2020({ strict: false });
ajv.addSchema(description, 'api');

/** Whether a body is what the description says of an answer with this status. */
function isDescribed(path: string, status: number, body: unknown): boolean {
  const said = description.paths[path].get.responses[status];
  if (said === undefined) return false;
  const answer = said.$ref === undefined ? said : description.components.responses[said.$ref.split('/').at(-1)];
  const { $ref } = answer.content['application/json'].schema;
  return ajv.validate({ $ref: `api${$ref}` }, body);
}

describe('the provider of the tutorial answers as its description says', () => {
  let server: ChildProcess;
  let url: string;
  let key: string;
  beforeAll(async () => {
    server = spawn(process.execPath, [join(FOLDER, 'server.mjs')], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = await once(server.stdout ?? server, 'data');
    ({
      url,
      config: { key },
    } = JSON.parse(String(line)));
  });
  afterAll(async () => {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
  });

  const ask = async (path: string, withKey = key): Promise<{ readonly status: number; readonly body: unknown }> => {
    const response = await fetch(`${url}${path}`, { headers: { [description.components.securitySchemes.key.name]: withKey } });
    return { status: response.status, body: await response.json() };
  };

  test.each([
    ['/v1/workspace', '/v1/workspace', 200],
    ['/v1/people', '/v1/people', 200],
    ['/v1/people', '/v1/people?page=3&per_page=100', 200],
    ['/v1/people', '/v1/people?page=0', 400],
    ['/v1/people', '/v1/people?per_page=101', 400],
    ['/v1/teams', '/v1/teams?page=2&per_page=5', 200],
    ['/v1/teams/{team}/people', '/v1/teams/team_1/people', 200],
    ['/v1/teams/{team}/people', '/v1/teams/team_2/people?page=2', 200],
    ['/v1/teams/{team}/people', '/v1/teams/team_99/people', 404],
  ])('%s: %s is %d', async (path, asked, expected) => {
    const { status, body } = await ask(asked);
    expect(status).toBe(expected);
    expect(isDescribed(path, status, body)).toBe(true);
  });

  test.each(Object.keys(description.paths))('%s without its key', async (path) => {
    const { status, body } = await ask(path, 'hk_another');
    expect(status).toBe(401);
    expect(isDescribed(path, status, body)).toBe(true);
  });

  test('and the comparison finds what is described otherwise', () => {
    expect(isDescribed('/v1/workspace', 200, { id: 'w' })).toBe(false);
    expect(isDescribed('/v1/people', 200, { data: [{ id: 'p' }], page: 1, pages: 1 })).toBe(false);
    expect(isDescribed('/v1/people', 418, {})).toBe(false);
  });
});
