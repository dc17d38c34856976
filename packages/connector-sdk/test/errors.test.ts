import { AuthError, ConfigError, ConnectorError, edgeKey, InternalError, RateLimitError, todoFor } from '../src/index.js';

test('errors are known by their brand, so that two copies of the SDK agree', async () => {
  const brand = Symbol.for('castellan.ConnectorError');
  const fromAnotherCopy = Object.assign(new Error('x'), { [brand]: true, kind: 'auth' });
  expect(fromAnotherCopy).not.toBeInstanceOf(ConnectorError);
  expect(ConnectorError.is(fromAnotherCopy)).toBe(true);
  expect(ConnectorError.is(new Error('x'))).toBe(false);
});

test('what a customer sees holds neither detail nor cause', () => {
  const error = new ConfigError({
    message: 'Enter a domain.',
    field: 'domain',
    detail: 'dns: ENOTFOUND',
    cause: new Error('socket'),
  });
  expect(error.view()).toEqual({ kind: 'config', message: 'Enter a domain.', field: 'domain' });
  expect(new AuthError({ message: 'no', field: 'auth.token' }).view()).toEqual({
    kind: 'auth',
    message: 'no',
    field: 'auth.token',
  });
  expect(new RateLimitError({ message: 'later', retryAt: new Date(0) }).view().retryAt).toBe('1970-01-01T00:00:00.000Z');
});

test.each([ConfigError, AuthError])('%p: an empty field is none', (Kind) => {
  for (const error of [new Kind({ message: 'no', field: '' }), new Kind({ message: 'no' })]) {
    expect(Object.keys(error.view())).toEqual(['kind', 'message']);
    expect(todoFor(error)).not.toContain('setting ,');
  }
});

test('anything else becomes internal and keeps its cause for the log', () => {
  const cause = new TypeError('x is undefined');
  const wrapped = ConnectorError.from(cause);
  expect(wrapped).toBeInstanceOf(InternalError);
  expect(wrapped.cause).toBe(cause);
  expect(wrapped.message).not.toContain('undefined');
  expect(ConnectorError.from(wrapped)).toBe(wrapped);
});

test('edge keys of different edges differ, also when an id holds the separator', () => {
  expect(edgeKey('a|b', 'c')).not.toBe(edgeKey('a', 'b|c'));
  expect(edgeKey('a%7Cb', 'c')).not.toBe(edgeKey('a|b', 'c'));
  expect(edgeKey('g', 'u')).toBe('g|u');
});
