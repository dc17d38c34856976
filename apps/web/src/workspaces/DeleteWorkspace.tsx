import type { WorkspaceView } from '@castellan/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { at, remove } from '../api/ask.js';
import { Confirm } from '../states/Confirm.js';
import { workspacesQuery } from './workspace-queries.js';

interface DeleteWorkspaceProps {
  readonly workspace: WorkspaceView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function DeleteWorkspace({ workspace: { id, name, users, integrations }, opened, onClose }: DeleteWorkspaceProps) {
  const queries = useQueryClient();
  const deletion = useMutation({
    mutationFn: () => remove(at('workspaces', id)),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: workspacesQuery.queryKey });
    },
  });
  const people = users === 1 ? 'The one user of it is' : `All ${users} users of it are`;
  return (
    <Confirm
      title={`Delete ${name}?`}
      label="Delete"
      danger
      typed={name}
      opened={opened}
      onClose={() => {
        deletion.reset();
        onClose();
      }}
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate()}
    >
      {users > 0 && `${people} removed and signed out. `}
      Its API keys stop at once and its webhooks are told nothing more. This cannot be taken back.
      {integrations > 0 &&
        ` It has ${integrations} integrations: they have to be deleted from inside the workspace first, until then the host refuses.`}
    </Confirm>
  );
}
