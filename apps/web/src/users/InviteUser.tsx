import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { Dialog } from '../states/Dialog.js';
import { InvitationForm } from './InvitationForm.js';

export function InviteUser() {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={open}>
        Invite somebody
      </Button>
      <Dialog title="Invite somebody" opened={isOpen} onClose={close}>
        <InvitationForm path="/users" role="viewer" onClose={close} />
      </Dialog>
    </>
  );
}
