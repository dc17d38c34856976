import type { SessionView } from '@castellan/api';
import { QueryClient } from '@tanstack/react-query';
import { forgetOthers } from '../src/session/forget-others.js';
import { sessionQuery } from '../src/session/session.js';

/** As far as it says who somebody is. */
const of = (user: string, role = 'viewer') => ({ user: { id: user, role }, workspace: { id: 'w' } }) as unknown as SessionView;

test.each([
  ['nobody', null, true],
  ['somebody else', of('bo'), true],
  ['the same person, looked at once more', of('ada', 'analyst'), false],
])('after the session is that of %s', (_, next, isForgotten) => {
  const queries = new QueryClient();
  forgetOthers(queries);
  queries.setQueryData(['sign-in'], 'before');
  queries.setQueryData(sessionQuery.queryKey, of('ada'));
  expect(queries.getQueryData(['sign-in'])).toBe('before');
  queries.setQueryData(['users'], ['of Ada']);
  queries.setQueryData(sessionQuery.queryKey, next);
  expect(queries.getQueryData(['users'])).toEqual(isForgotten ? undefined : ['of Ada']);
  expect(queries.getQueryData(sessionQuery.queryKey)).toEqual(next);
  queries.clear();
});
