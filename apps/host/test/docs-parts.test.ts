import { Controller, Get } from '@nestjs/common';
import { IsHexColor, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { Authentication } from '../src/callers/caller.guard.js';
import { CallersModule } from '../src/callers/callers.module.js';
import { Endpoint } from '../src/callers/endpoint.js';
import { DocsModule } from '../src/docs/docs.module.js';
import { exampleSchema } from '../src/docs/example-schema.js';
import { Examples, freeForm, keyed } from '../src/docs/examples.js';
import { html } from '../src/docs/html.js';
import { inputSchema } from '../src/docs/input-schema.js';
import { routesOf } from '../src/routes/routes.js';
import { differences, unknownPlaces } from './answer-form.js';
import { EdgeApp } from './edge-app.js';

describe('the form that examples have together', () => {
  test('what differs between them is optional, or may be null', () => {
    const schema = exampleSchema([
      { id: 1, at: '2026-11-25T06:00:00.000Z', note: null, extra: true },
      { id: 2.5, at: new Date('2026-11-25T06:00:00Z'), note: 'x' },
    ]);
    expect(schema).toEqual({
      type: 'object',
      properties: {
        id: { type: 'number' },
        at: { type: 'string', format: 'date-time' },
        note: { type: ['string', 'null'] },
        extra: { type: 'boolean' },
      },
      required: ['id', 'at', 'note'],
    });
  });

  test('items of all lists count; keys may be data, or nobody’s business', () => {
    const schema = exampleSchema([
      { list: [1], counts: keyed({ a: 1 }), config: freeForm({ any: 'thing' }) },
      { list: [null], counts: keyed({ b: 2 }), config: freeForm({}) },
    ]);
    expect(schema.properties).toEqual({
      list: { type: 'array', items: { type: ['integer', 'null'] } },
      counts: { type: 'object', additionalProperties: { type: 'integer' } },
      config: { type: 'object', additionalProperties: true },
    });
  });

  test('of several kinds of values each is told', () => {
    expect(exampleSchema(['a', { b: 1 }, null])).toEqual({
      anyOf: [
        { type: 'string' },
        { type: 'object', properties: { b: { type: 'integer' } }, required: ['b'] },
        { type: 'null' },
      ],
    });
  });

  test('a mark is in no JSON, and does not change the object that was given', () => {
    const given = { a: 1 };
    expect(JSON.stringify(keyed(given))).toBe('{"a":1}');
    expect(exampleSchema([given])).toMatchObject({ properties: { a: { type: 'integer' } } });
  });
});

describe('the comparison that the tests of the API rest on', () => {
  const schema = exampleSchema([
    { id: '109b2025-43f3-43e3-a795-18c64f369d1b', name: null, tags: ['x'], more: { a: 1 } },
    { id: '209b2025-43f3-43e3-a795-18c64f369d1b', name: 'n', tags: [], at: '2026-11-25T06:00:00.000Z', more: { a: 2 } },
  ]);
  const good = { id: '309b2025-43f3-43e3-a795-18c64f369d1b', name: null, tags: ['y', 'z'], more: { a: 3 } };

  test('finds nothing in what has the form', () => expect(differences(schema, good)).toEqual([]));

  test.each([
    [{ ...good, id: 7 }, ['$.id is 7, and not string']],
    [{ ...good, id: 'x' }, ['$.id is "x", and no uuid']],
    [{ ...good, at: 'yesterday' }, ['$.at is "yesterday", and no date-time']],
    [{ ...good, tags: [1] }, ['$.tags[0] is 1, and not string']],
    [{ ...good, more: {} }, ['$.more.a is missing']],
    [{ ...good, more: { a: 1.5 } }, ['$.more.a is 1.5, and not integer']],
    [{ ...good, secret: 1 }, ['$.secret is not documented']],
    [{ ...good, more: null }, ['$.more is null, and not object']],
    [null, ['$ is null, and not object']],
  ])('finds what is wrong with %j', (value, wrong) => expect(differences(schema, value)).toEqual(wrong));

  test('finds the places of which no example tells anything', () => {
    expect(unknownPlaces(exampleSchema([{ a: null, b: [], c: { d: null }, e: 1 }]))).toEqual(['$.a', '$.b[]', '$.c.d']);
  });
});

describe('the rules of an input', () => {
  test('are told as the decorators judge it', () => {
    class Input {
      @IsString({ message: 'Must be text.' })
      @MaxLength(5, { message: 'Must be short.' })
      readonly name!: string;
      @IsOptional()
      @IsIn(['a', 'b'])
      readonly choice?: string;
    }
    expect(inputSchema(Input)).toEqual({
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 5, description: 'Must be text. Must be short.' },
        choice: { type: 'string', enum: ['a', 'b'] },
      },
      required: ['name'],
      additionalProperties: false,
    });
  });

  test('an unknown decorator is an error that says where it is missing', () => {
    class Unknown {
      @IsHexColor()
      readonly colour!: string;
    }
    expect(() => inputSchema(Unknown)).toThrow('Unknown.colour: add the rule "isHexColor" to docs/input-schema.');
  });
});

test('a page escapes every value', () => {
  const value = `<script>alert("1" & '2')</script>`;
  expect(html`<p title="${value}">${[html`${value}`]}</p>`.text).toBe(
    '<p title="&#60;script&#62;alert(&#34;1&#34; &#38; &#39;2&#39;)&#60;/script&#62;">&#60;script&#62;alert(&#34;1&#34; &#38; &#39;2&#39;)&#60;/script&#62;</p>',
  );
});

@Controller(['things', 'items'])
class ThingsController {
  @Get(':name')
  @Endpoint({ access: 'public', summary: 'Show a <thing>', answer: new Examples({ one: { note: '</pre><b>' } }) })
  get(): unknown {
    return {};
  }
  @Get()
  list(): unknown {
    return [];
  }
}

describe('a host that nobody has signed in to', () => {
  const nobody: Authentication = { authenticate: async () => undefined };
  let app: EdgeApp;
  let url: string;

  beforeAll(async () => {
    app = await EdgeApp.start({
      imports: [
        CallersModule.register(nobody, { isStillValid: async () => false }, { note: async () => undefined }),
        DocsModule,
      ],
      controllers: [ThingsController],
    });
    url = `http://127.0.0.1:${app.port}`;
  });
  afterAll(() => app.close());

  test.each([
    ['/api/docs', 'text/html'],
    ['/api/docs', '*/*'],
    ['/api/docs/openapi.json', '*/*'],
  ])('%s as %s tells it nothing', async (path, accept) => {
    const response = await fetch(`${url}${path}`, { headers: { accept } });
    const text = await response.text();
    expect(response.status).toBe(401);
    expect(JSON.parse(text)).toMatchObject({ type: 'urn:castellan:problem:not-signed-in' });
    expect(text).not.toMatch(/things|openapi|version/i);
  });

  test('its table of routes has each path of a controller, and shows the route without a rule', () => {
    const routes = routesOf(app.modules).filter(({ handlerName }) => handlerName.startsWith('Things'));
    expect(routes.map(({ method, path, access, params }) => [method, path, access, params])).toEqual([
      ['GET', '/api/things/:name', 'public', ['name']],
      ['GET', '/api/items/:name', 'public', ['name']],
      ['GET', '/api/things', undefined, []],
      ['GET', '/api/items', undefined, []],
    ]);
  });

  test('a route without a rule is closed to everybody', async () => {
    expect((await fetch(`${url}/api/things`)).status).toBe(403);
    expect((await fetch(`${url}/api/things/x`)).status).toBe(200);
  });
});
