import { ALL_PERMISSIONS } from '@castellan/api';
import { inGroups } from '../src/users/permission-groups.js';

test('every permission stands in one group, and only those that are offered', () => {
  const listed = inGroups().flatMap(({ permissions }) => permissions);
  expect(listed.toSorted()).toEqual([...ALL_PERMISSIONS].toSorted());
  expect(inGroups(['users:read', 'integrations:read'])).toEqual([
    { title: 'What is connected', permissions: ['integrations:read'] },
    { title: 'People and programs', permissions: ['users:read'] },
  ]);
});
