import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../session/session.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { InviteUser } from './InviteUser.js';
import { RoleMatrix } from './RoleMatrix.js';
import { UserRow } from './UserRow.js';
import { usersQuery } from './users-queries.js';

const TITLE = 'Users and roles';

export function UsersPage() {
  return (
    <Guarded title={TITLE} needs="users:read">
      <Users />
    </Guarded>
  );
}

function Users() {
  const mayManage = useMay('users:manage');
  const { data, error, refetch } = useQuery(usersQuery);
  return (
    <>
      <PageTitle title={TITLE} actions={mayManage ? <InviteUser /> : undefined} />
      <Stack gap="xl">
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {(data !== undefined || error === null) && (
          <SmallTable
            label="Users"
            heads={['Name', 'Role', 'State', 'Signs in with', 'Last sign-in', ...(mayManage ? ['-Actions'] : [])]}
            hasActions={mayManage}
            minWidth={860}
          >
            {data?.map((user) => (
              <UserRow key={user.id} user={user} mayManage={mayManage} />
            ))}
          </SmallTable>
        )}
        <RoleMatrix />
      </Stack>
    </>
  );
}
