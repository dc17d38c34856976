import type { ConnectionCheck } from '@castellan/connector-sdk';
import { requireConnection } from '../src/integrations/connection-verdict.js';
import { Problem } from '../src/problems/problem.js';

const ok: ConnectionCheck = { name: 'organisation', status: 'ok' };
const scope = (name: string, blocks?: 'connection' | 'stream'): ConnectionCheck => ({
  name,
  status: 'failed',
  error: { kind: 'permission', message: 'Grant okta.roles.read.', missing: ['okta.roles.read'] },
  ...(blocks !== undefined && { blocks }),
});
const skipped: ConnectionCheck = { name: 'stream roles', status: 'skipped' };

function verdict(checks: readonly ConnectionCheck[], acceptIncomplete: boolean): Problem['body'] | undefined {
  try {
    requireConnection({ tenant: null, checks }, acceptIncomplete);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error.body;
    throw error;
  }
}

test('a report without failures passes', () => {
  expect(verdict([ok, skipped], false)).toBeUndefined();
});

test('a stream that cannot be read is refused, unless the caller accepts it', () => {
  const checks = [ok, scope('stream roles', 'stream'), scope('stream role-assignments', 'stream')];
  expect(verdict(checks, true)).toBeUndefined();
  expect(verdict(checks, false)).toMatchObject({
    status: 422,
    type: 'urn:castellan:problem:connection-incomplete',
    errors: [{ field: 'okta.roles.read', message: 'Grant okta.roles.read.' }],
    checks: [{ name: 'stream roles' }, { name: 'stream role-assignments' }],
    detail: expect.stringContaining('acceptIncomplete'),
  });
});

test.each(['connection', undefined] as const)('a failure that blocks %s is never accepted', (blocks) => {
  const body = verdict([ok, scope('stream roles', 'stream'), scope('credential', blocks)], true);
  expect(body).toMatchObject({ status: 422, title: 'The connection was refused' });
  expect(body?.detail).not.toContain('acceptIncomplete');
});
