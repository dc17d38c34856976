import type { UserView } from '@castellan/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Confirm } from '../states/Confirm.js';
import { USER_ACTS, type UserActName } from './user-acts.js';
import { usersQuery } from './users-queries.js';

interface UserConfirmProps {
  readonly user: UserView;
  readonly act: UserActName;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function UserConfirm({ user, act, opened, onClose }: UserConfirmProps) {
  const queries = useQueryClient();
  const { title, what, label, danger, ask } = USER_ACTS[act];
  const doing = useMutation({
    mutationFn: async () => void (await ask(user)),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: usersQuery.queryKey });
    },
  });
  const close = (): void => {
    doing.reset();
    onClose();
  };
  return (
    <Confirm
      title={title(user.name)}
      label={label}
      danger={danger}
      opened={opened}
      onClose={close}
      isPending={doing.isPending}
      error={doing.error}
      onConfirm={() => doing.mutate()}
    >
      {what(user.name)}
    </Confirm>
  );
}
