import type { InvitationView, UserView } from '@castellan/api';
import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { at, post } from '../api/ask.js';
import { DialogForm } from '../states/DialogForm.js';
import { InvitationShown } from './InvitationShown.js';
import { usersQuery } from './users-queries.js';

/** For who has lost the invitation, or forgotten the password. */
export function InviteAgain({ user, onClose }: { readonly user: UserView; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const invite = useMutation({
    mutationFn: () => post<InvitationView>(at('users', user.id, 'invitation')),
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
  if (invite.data !== undefined) return <InvitationShown name={user.name} invitation={invite.data} onDone={onClose} />;
  return (
    <DialogForm
      label="Make the invitation"
      isPending={invite.isPending}
      error={invite.error}
      onSubmit={() => invite.mutate()}
      onCancel={onClose}
    >
      <Text size="sm">
        With it {user.name} chooses a new password; all open sessions of {user.name} end then. An earlier invitation is void
        from now on{user.state === 'active' ? '; the present password stays good until the new one is set' : ''}.
      </Text>
    </DialogForm>
  );
}
