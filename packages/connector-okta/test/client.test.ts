import type { HttpResponse } from '@castellan/connector-sdk';
import { apiError, CursorRefusedError, unauthorized } from '../src/client/api-errors.js';
import { bucketOf } from '../src/client/buckets.js';
import { wrappedListOf } from '../src/client/okta-client.js';
import { fetchOrganisation } from '../src/client/organisation.js';

const answer = (status: number, body: unknown, headers: HttpResponse['headers'] = {}): HttpResponse => ({
  status,
  body,
  headers,
  next: undefined,
  date: undefined,
});
const okta = (status: number, errorCode: string, cause = ''): HttpResponse =>
  answer(status, { errorCode, errorSummary: 'summary', errorCauses: cause === '' ? [] : [{ errorSummary: cause }] });

describe('buckets', () => {
  it.each([
    ['/api/v1/users', '/api/v1/users'],
    ['/api/v1/users?limit=200', '/api/v1/users'],
    ['/api/v1/users/00u1', '/api/v1/users/{id}'],
    ['/api/v1/users/00u1/factors', '/api/v1/users'],
    ['/api/v1/groups/rules', '/api/v1/groups'],
    ['/api/v1/groups/00g1', '/api/v1/groups/{id}'],
    ['/api/v1/groups/00g1/users', '/api/v1/groups'],
    ['/api/v1/apps/0oa1/users', '/api/v1/apps'],
    ['/api/v1/apps/0oa1', '/api/v1/apps/{id}'],
    ['/api/v1/logs', '/api/v1/logs'],
    ['/api/v1/iam/assignees/users', '/api/v1/iam'],
    ['/api/v1/idps/1/users', '/api/v1'],
    ['/oauth2/v1/clients/0oa1/roles', '/oauth2/v1/clients'],
    ['/oauth2/v1/token', '/oauth2/v1/token'],
    ['/.well-known/okta-organization', '/'],
  ])('%s -> %s', (path, bucket) => expect(bucketOf('GET', path)).toBe(bucket));
});

describe('errors', () => {
  const scopeHeader = {
    'www-authenticate': ['Bearer authorization_uri="https://a.test", scope="okta.groups.read", error="insufficient_scope"'],
  };
  it.each([
    [
      'a missing scope',
      answer(403, undefined, scopeHeader),
      '/api/v1/groups',
      { kind: 'permission', missing: ['okta.groups.read'] },
    ],
    [
      'a missing admin role',
      okta(403, 'E0000006'),
      '/api/v1/apps',
      { kind: 'permission', missing: [expect.stringContaining('Read-Only')] },
    ],
    [
      'a missing right to see roles',
      okta(403, 'E0000006'),
      '/api/v1/iam/roles',
      { kind: 'permission', missing: [expect.stringContaining('Super Administrator')] },
    ],
    ['a lost session', okta(403, 'E0000005'), '/api/v1/apps', { kind: 'auth' }],
    ["a proxy's refusal", answer(403, '<html>no</html>'), '/api/v1/apps', { kind: 'upstream' }],
    ['a feature that is off', okta(404, 'E0000008'), '/api/v1/iam/roles', { kind: 'upstream' }],
    ['a mistake of ours', okta(400, 'E0000031', 'bad filter'), '/api/v1/users', { kind: 'upstream' }],
  ])('%s', (_, response, path, expected) => expect(apiError(response, path).view()).toMatchObject(expected));

  it.each([['E0000029'], ['E0000031']])('a cursor that is refused (%s)', (code) => {
    expect(apiError(okta(400, code, 'Invalid cursor.'), '/api/v1/users')).toBeInstanceOf(CursorRefusedError);
    expect(apiError(okta(400, code, 'something else'), '/api/v1/users')).not.toBeInstanceOf(CursorRefusedError);
  });

  it('a token that is refused, and a feature that is not licensed', () => {
    expect(unauthorized(okta(401, 'E0000011'), { method: 'api_token', token: 'CANARY' }).view()).toMatchObject({
      kind: 'auth',
      field: 'auth.token',
    });
    expect(unauthorized(okta(401, 'E0000015'), { method: 'api_token', token: 'CANARY' }).view()).toMatchObject({
      kind: 'permission',
    });
  });
});

describe('lists inside objects', () => {
  it('follow the link in the body first', () => {
    const body = { roles: [1], _links: { next: { href: 'https://a.test/2' } } };
    expect(wrappedListOf({ ...answer(200, body), next: 'https://a.test/header' }, '/x', 'roles')).toEqual({
      items: [1],
      next: 'https://a.test/2',
    });
    expect(wrappedListOf({ ...answer(200, { roles: [] }), next: 'https://a.test/header' }, '/x', 'roles').next).toBe(
      'https://a.test/header',
    );
    expect(() => wrappedListOf(answer(200, {}), '/x', 'roles')).toThrow(/form/);
  });

  it.each([{}, null, { next: null }, { self: { href: 'https://a.test/1' } }])(
    'end where there is no next link: %j',
    (_links) => {
      expect(wrappedListOf(answer(200, { roles: [1], _links }), '/x', 'roles')).toEqual({ items: [1], next: undefined });
    },
  );

  it.each([{}, { href: {} }, { href: '' }, 'https://a.test/2'])('do not end with a link that leads nowhere: %j', (next) => {
    expect(() => wrappedListOf(answer(200, { roles: [1], _links: { next } }), '/x', 'roles')).toThrow(/form/);
  });
});

describe('the organisation', () => {
  const ask = (body: unknown, date?: Date): ReturnType<typeof fetchOrganisation> =>
    fetchOrganisation(
      { send: () => Promise.resolve({ ...answer(200, body), date }) },
      'https://login.acme.test',
      () => new Date(0),
    );

  it('names its hosts, the console included, and nothing over plain http', async () => {
    const _links = {
      organization: { href: 'https://acme.okta.com' },
      alternate: { href: 'https://login.acme.test' },
      odd: { href: 'http://evil.test' },
    };
    expect(await ask({ id: '00o1', pipeline: 'idx', _links }, new Date(90_000))).toEqual({
      id: '00o1',
      engine: 'idx',
      linkHosts: ['acme.okta.com', 'acme-admin.okta.com'],
      clockSkewMs: 90_000,
    });
  });

  it.each([[{}], [{ id: 5 }], [[]], [undefined]])('is none without an id: %j', async (body) => {
    await expect(ask(body)).rejects.toMatchObject({ kind: 'config', field: 'domain' });
  });
});
