import { permissionsOf, type WorkspaceView } from '@castellan/api';
import { Badge, Group, Menu, Table, Text } from '@mantine/core';
import { IconKey, IconPencil, IconTrash, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { at } from '../api/ask.js';
import { ApiKeyForm } from '../api-keys/ApiKeyForm.js';
import { useSession } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { Dialog } from '../states/Dialog.js';
import { RowMenu } from '../states/RowMenu.js';
import { InvitationForm } from '../users/InvitationForm.js';
import { DeleteWorkspace } from './DeleteWorkspace.js';
import { WorkspaceForm } from './WorkspaceForm.js';

/** What the administrator of a customer has; an operator's own rights stay above the workspaces. */
const FOR_A_CUSTOMER = [...permissionsOf('administrator')];

export function WorkspaceRow({ workspace }: { readonly workspace: WorkspaceView }) {
  const { id, name, users, integrations, createdAt } = workspace;
  const isOwn = useSession().workspace.id === id;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6}>
          <Text size="sm" fw={550}>
            {name}
          </Text>
          {isOwn && (
            <Badge variant="default" size="sm" tt="none">
              yours
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>{users}</Table.Td>
      <Table.Td>{integrations}</Table.Td>
      <Table.Td>
        <Ago at={createdAt} />
      </Table.Td>
      <Table.Td>
        <WorkspaceMenu workspace={workspace} isOwn={isOwn} />
      </Table.Td>
    </Table.Tr>
  );
}

function WorkspaceMenu({ workspace, isOwn }: { readonly workspace: WorkspaceView; readonly isOwn: boolean }) {
  const { id, name, users } = workspace;
  const [open, setOpen] = useState<'rename' | 'invite' | 'key' | 'delete'>();
  const close = (): void => setOpen(undefined);
  return (
    <>
      <RowMenu label={`Actions for ${name}`}>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setOpen('rename')}>
          Rename
        </Menu.Item>
        <Menu.Item leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setOpen('invite')}>
          {users === 0 ? 'Invite its first administrator' : 'Invite somebody'}
        </Menu.Item>
        <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => setOpen('key')}>
          Make an API key
        </Menu.Item>
        {!isOwn && (
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setOpen('delete')}>
            Delete
          </Menu.Item>
        )}
      </RowMenu>
      <Dialog title={`Rename ${name}`} opened={open === 'rename'} onClose={close}>
        <WorkspaceForm workspace={workspace} onClose={close} />
      </Dialog>
      <Dialog title={`Invite into ${name}`} opened={open === 'invite'} onClose={close}>
        <InvitationForm path={at('workspaces', id, 'users')} role="administrator" onClose={close} />
      </Dialog>
      <Dialog title={`An API key for ${name}`} opened={open === 'key'} onClose={close} size="lg">
        <ApiKeyForm path={at('workspaces', id, 'api-keys')} offered={FOR_A_CUSTOMER} onClose={close} />
      </Dialog>
      <DeleteWorkspace workspace={workspace} opened={open === 'delete'} onClose={close} />
    </>
  );
}
