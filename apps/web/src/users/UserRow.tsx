import { permissionsOf, ROLE_SUMMARIES, type UserView } from '@castellan/api';
import { Badge, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSession, waysInQuery } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { useNow } from '../states/now.js';
import { Look } from '../states/Look.js';
import { ROLE_WORDS, userLook, waysInWords } from './user-looks.js';
import { UserMenu } from './UserMenu.js';

export function UserRow({ user, mayManage }: { readonly user: UserView; readonly mayManage: boolean }) {
  const session = useSession();
  const provider = useQuery(waysInQuery).data?.oidc?.name ?? 'Identity provider';
  const now = useNow();
  // The host lets nobody change who may more than he does himself.
  const isAbove = [...permissionsOf(user.role, user.isOperator)].some(
    (permission) => !session.permissions.includes(permission),
  );
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6}>
          <Text size="sm" fw={550}>
            {user.name}
          </Text>
          {user.id === session.user?.id && (
            <Badge variant="default" size="sm" tt="none">
              you
            </Badge>
          )}
          {user.isOperator && (
            <Badge variant="light" size="sm" tt="none" autoContrast title="Manages the workspaces of this host.">
              operator
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {user.email}
        </Text>
      </Table.Td>
      <Table.Td maw={240}>
        <Text size="sm">{ROLE_WORDS[user.role]}</Text>
        <Text size="xs" c="dimmed">
          {ROLE_SUMMARIES[user.role]}
        </Text>
      </Table.Td>
      <Table.Td>
        <Look look={userLook(user, now)} />
        {user.state === 'invited' && user.invitedUntil !== null && Date.parse(user.invitedUntil) > now && (
          <Text size="xs" c="dimmed" mt={2}>
            ends <Ago at={user.invitedUntil} />
          </Text>
        )}
      </Table.Td>
      <Table.Td>{waysInWords(user.signsInWith, provider)}</Table.Td>
      <Table.Td>{user.lastSignInAt === null ? 'Never' : <Ago at={user.lastSignInAt} />}</Table.Td>
      {mayManage && (
        <Table.Td>
          {isAbove ? (
            <Text size="xs" c="dimmed">
              Only an operator changes an operator
            </Text>
          ) : (
            <UserMenu user={user} isSelf={user.id === session.user?.id} provider={provider} />
          )}
        </Table.Td>
      )}
    </Table.Tr>
  );
}
