import type { ProblemBody } from '@castellan/api';
import type { OpenApiDocument, Operation } from '../../src/docs/open-api.js';
import { settingsFor, temporaryFolder, TestHost } from '../host-harness.js';
import { Organisation, ownWorkspace, UNREAD } from './organisation.js';
import { type QuestionRoute, questionRoutes } from './question-routes.js';

const folder = temporaryFolder();
let host: TestHost;
let operations: ReadonlyMap<string, Operation>;
let routes: readonly QuestionRoute[];

beforeAll(async () => {
  host = await TestHost.start(settingsFor(folder));
  await new Organisation(host, await ownWorkspace(host), UNREAD, 'Unread').seed();
  await host.query(`DELETE FROM stream_state WHERE integration_id = '${UNREAD}'`);
  const { body } = await host.api.get<OpenApiDocument>('/docs/openapi.json');
  operations = new Map(
    Object.entries(body.paths).flatMap(([path, byMethod]) =>
      Object.entries(byMethod).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
    ),
  );
  routes = questionRoutes(host, UNREAD);
}, 60_000);
afterAll(() => host.close());

const nameOf = ({ method, template }: QuestionRoute): string => `${method} ${template}`;

function declaring(status: string, problem: string): readonly string[] {
  const says = ({ responses }: Operation): boolean =>
    Object.hasOwn(responses[status]?.content?.['application/problem+json']?.examples ?? {}, problem);
  return [...operations].flatMap(([name, operation]) => (says(operation) ? [name] : [])).toSorted();
}

test('every question that is ended when it takes too long says so in the API document, and nothing else does', () => {
  expect(declaring('503', 'took-too-long')).toEqual(routes.map(nameOf).toSorted());
});

test('every question that is refused of a time that nobody has observed says so in the API document, and nothing else does', async () => {
  const refused: string[] = [];
  for (const route of routes) {
    const { path, method, body } = route;
    const parameters = operations.get(nameOf(route))?.parameters ?? [];
    const isOfPast = parameters.some(({ name }) => name === 'at');
    const answer = await host.api.send(method, isOfPast ? `${path}&at=2026-05-15T00:00:00Z` : path, body);
    const text = await answer.text();
    // An error is a problem.
    if (answer.status === 400 && (JSON.parse(text) as ProblemBody).type === 'urn:castellan:problem:not-observed')
      refused.push(nameOf(route));
    else expect([nameOf(route), answer.status]).toEqual([nameOf(route), 200]);
  }
  expect(declaring('400', 'not-observed')).toEqual(refused.toSorted());
});
