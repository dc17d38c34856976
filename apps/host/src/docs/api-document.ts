import { PERMISSIONS } from '@castellan/api';
import { HttpStatus, RequestMethod } from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { type Access, type EndpointSpec, endpointOf } from '../callers/endpoint.js';
import { type ProblemCode, problemKind, PROBLEMS } from '../problems/problem-catalogue.js';
import type { RouteHandler } from '../routes/route-handlers.js';
import { inputsOf } from '../routes/route-inputs.js';
import { parametersOf } from '../routes/routes.js';
import { exampleSchema } from './example-schema.js';
import { examplesOf } from './examples.js';
import { inputSchema } from './input-schema.js';
import type { Answer, Content, Example, OpenApiDocument, Operation, Parameter } from './open-api.js';
import { PROBLEM_SCHEMA, problemExamples } from './problem-schema.js';
import { routeProblems } from './route-problems.js';

const ABOUT = `The REST API of Castellan. Send an API key as \`Authorization: Bearer KEY\`, or sign in and send the session's cookie.
Every error is a problem of RFC 9457: a program compares the code at the end of its \`type\`, a person reads \`detail\`.`;

/** The API document, from the routes themselves: what stands in it is what the application reads, so it cannot be out of date. */
export function apiDocument(routes: readonly RouteHandler[]): OpenApiDocument {
  const documented = routes.flatMap((route) => {
    const spec = endpointOf(route.handler);
    return spec === undefined ? [] : [{ route, spec, path: templateOf(route) }];
  });
  const lists = new Set(routes.filter(({ method }) => method === 'GET').map(templateOf));
  return {
    openapi: '3.1.0',
    // The API has one version, which grows: nothing is taken away from it.
    info: { title: 'Castellan', version: '1', description: ABOUT },
    servers: [{ url: '/' }],
    tags: [...new Set(documented.map(({ route }) => tagOf(route)))].map((name) => ({ name })),
    paths: grouped(
      documented,
      ({ path }) => path,
      (entries) =>
        Object.fromEntries(entries.map(({ route, spec }) => [route.method.toLowerCase(), operation(route, spec, lists)])),
    ),
    components: {
      schemas: { Problem: PROBLEM_SCHEMA },
      examples: problemExamples(),
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key.' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-castellan', description: 'A signed-in browser.' },
      },
    },
  };
}

function operation(route: RouteHandler, spec: EndpointSpec, lists: ReadonlySet<string>): Operation {
  const parameters = [...pathParameters(route, spec, lists), ...queryParameters(route)];
  const body = bodyOf(route, spec);
  const description = [accessText(spec.access), spec.description].filter((text) => text !== undefined).join(' ');
  return {
    operationId: operationIdOf(route),
    tags: [tagOf(route)],
    summary: spec.summary,
    description,
    security: securityOf(spec.access),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: body }),
    responses: { [statusOf(route)]: goodAnswer(spec), ...problemAnswers(routeProblems(route, spec)) },
  };
}

function templateOf({ path }: RouteHandler): string {
  return path.replaceAll(/:(\w+)/g, '{$1}');
}

/** A name that generators of clients can use as it is: `apiKeysMake`. */
function operationIdOf({ controller, name }: RouteHandler): string {
  const noun = controller.name.replace(/Controller$/, '');
  return `${noun.charAt(0).toLowerCase()}${noun.slice(1)}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** `IntegrationsController` -> `Integrations`, `ApiKeysController` -> `Api keys`. */
function tagOf({ controller }: RouteHandler): string {
  const [first = '', ...rest] = controller.name.replace(/Controller$/, '').split(/(?=[A-Z])/);
  return [first, ...rest.map((word) => word.toLowerCase())].join(' ');
}

function accessText(access: Access): string {
  if (access === 'public') return 'Anybody may ask.';
  if (access === 'signed-in') return 'Every signed-in caller may ask.';
  return `Needs the permission \`${access}\`: ${PERMISSIONS[access]}`;
}

function securityOf(access: Access): Operation['security'] {
  if (access === 'public') return [];
  const names = access === 'signed-in' ? [] : [access];
  return [{ key: names }, { session: names }];
}

/** What lists the values of a parameter is the route in front of it: `/integrations` for `/integrations/{id}`. */
function pathParameters(route: RouteHandler, spec: EndpointSpec, lists: ReadonlySet<string>): readonly Parameter[] {
  const template = templateOf(route);
  return parametersOf(route).map((name) => {
    const list = template.slice(0, template.indexOf(`/{${name}}`));
    const description = spec.parameters?.[name] ?? (lists.has(list) ? `One of \`GET ${list}\`.` : undefined);
    return { name, in: 'path', required: true, ...(description !== undefined && { description }), schema: { type: 'string' } };
  });
}

function queryParameters(route: RouteHandler): readonly Parameter[] {
  const types = inputsOf(route).flatMap(({ place, type }) => (place === RouteParamtypes.QUERY && type ? [type] : []));
  return types.flatMap((type) => {
    const { properties = {}, required = [] } = inputSchema(type);
    return Object.entries(properties).map(([name, { description, ...schema }]) => ({
      name,
      in: 'query' as const,
      required: required.includes(name),
      ...(description !== undefined && { description }),
      schema,
    }));
  });
}

function bodyOf(route: RouteHandler, spec: EndpointSpec): Operation['requestBody'] {
  const type = inputsOf(route).find(({ place }) => place === RouteParamtypes.BODY)?.type;
  if (type === undefined) return undefined;
  const schema = inputSchema(type);
  const required = schema.required !== undefined && schema.required.length > 0;
  return { required, content: { 'application/json': { schema, ...(spec.body && { examples: shown(spec.body) }) } } };
}

/** Nest's own rule, unless the handler says another. */
function statusOf({ method, handler }: RouteHandler): number {
  const said: unknown = Reflect.getMetadata(HTTP_CODE_METADATA, handler);
  if (typeof said === 'number') return said;
  return method === RequestMethod[RequestMethod.POST] ? HttpStatus.CREATED : HttpStatus.OK;
}

function goodAnswer({ answer, media }: EndpointSpec): Answer {
  if (media !== undefined) {
    const content = [media].flat().map((name) => [name, { schema: { type: 'string' } }] as const);
    return { description: 'Done.', content: Object.fromEntries(content) };
  }
  if (answer === undefined) return { description: 'Done; there is nothing to say.' };
  const { byName, more } = examplesOf(answer);
  const schema = exampleSchema([...Object.values(byName), ...more]);
  return { description: 'Done.', content: { 'application/json': { schema, examples: shown(answer) } } };
}

function shown(given: unknown): Readonly<Record<string, Example>> {
  return Object.fromEntries(Object.entries(examplesOf(given).byName).map(([name, value]) => [name, { value }]));
}

function problemAnswers(codes: readonly ProblemCode[]): Readonly<Record<string, Answer>> {
  return grouped(codes, (code) => String(PROBLEMS[code].status), problemAnswer);
}

/** `Object.groupBy` is not in Node 20. */
function grouped<T, R>(
  items: readonly T[],
  keyOf: (item: T) => string,
  made: (items: readonly T[]) => R,
): Readonly<Record<string, R>> {
  const keys = [...new Set(items.map(keyOf))];
  return Object.fromEntries(keys.map((key) => [key, made(items.filter((item) => keyOf(item) === key))]));
}

function problemAnswer(codes: readonly ProblemCode[]): Answer {
  const titles = codes.map((code) => problemKind(code).title);
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  const content: Content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, examples } };
  return { description: `${titles.join(', or: ')}.`, content };
}
