import type { UserView } from '@castellan/api';
import { Menu } from '@mantine/core';
import { IconCircleCheck, IconCircleOff, IconMail, IconPencil, IconTrash, IconUnlink } from '@tabler/icons-react';
import { useState } from 'react';
import { Dialog } from '../states/Dialog.js';
import { RowMenu } from '../states/RowMenu.js';
import { ChangeUser } from './ChangeUser.js';
import { InviteAgain } from './InviteAgain.js';
import type { UserActName } from './user-acts.js';
import { UserConfirm } from './UserConfirm.js';

interface UserMenuProps {
  readonly user: UserView;
  /** Nobody locks himself out by a slip: another administrator can do that. */
  readonly isSelf: boolean;
  readonly provider: string;
}

/** What an administrator can do with a user. */
export function UserMenu({ user, isSelf, provider }: UserMenuProps) {
  const [open, setOpen] = useState<UserActName | 'change' | 'invite'>();
  const close = (): void => setOpen(undefined);
  const confirm = (act: UserActName) => <UserConfirm user={user} act={act} opened={open === act} onClose={close} />;
  return (
    <>
      <RowMenu label={`Actions for ${user.name}`}>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setOpen('change')}>
          Change name or role
        </Menu.Item>
        {user.state !== 'disabled' && (
          <Menu.Item leftSection={<IconMail size={16} aria-hidden />} onClick={() => setOpen('invite')}>
            {user.state === 'invited' ? 'Invite again' : 'Let set a new password'}
          </Menu.Item>
        )}
        {user.signsInWith.includes('oidc') && (
          <Menu.Item leftSection={<IconUnlink size={16} aria-hidden />} onClick={() => setOpen('unlink')}>
            Unlink from {provider}
          </Menu.Item>
        )}
        {user.state === 'disabled' && (
          <Menu.Item leftSection={<IconCircleCheck size={16} aria-hidden />} onClick={() => setOpen('enable')}>
            Enable
          </Menu.Item>
        )}
        {!isSelf && user.state !== 'disabled' && (
          <Menu.Item leftSection={<IconCircleOff size={16} aria-hidden />} onClick={() => setOpen('disable')}>
            Disable
          </Menu.Item>
        )}
        {!isSelf && (
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setOpen('remove')}>
            Remove
          </Menu.Item>
        )}
      </RowMenu>
      <Dialog title={`Change ${user.name}`} opened={open === 'change'} onClose={close}>
        <ChangeUser user={user} onClose={close} />
      </Dialog>
      <Dialog title={`A new invitation for ${user.name}`} opened={open === 'invite'} onClose={close}>
        <InviteAgain user={user} onClose={close} />
      </Dialog>
      {confirm('unlink')}
      {confirm('enable')}
      {confirm('disable')}
      {confirm('remove')}
    </>
  );
}
