import type { WorkspaceView } from '@castellan/api';
import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { at, patch, post } from '../api/ask.js';
import { sessionQuery } from '../session/session.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { workspacesQuery } from './workspace-queries.js';

interface WorkspaceFormProps {
  /** Left out: a new one. */
  readonly workspace?: WorkspaceView;
  readonly onClose: () => void;
}

/** Makes a workspace, or gives one another name. */
export function WorkspaceForm({ workspace, onClose }: WorkspaceFormProps) {
  const [name, setName] = useState(workspace?.name ?? '');
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      workspace === undefined
        ? post<WorkspaceView>('/workspaces', { name })
        : patch<WorkspaceView>(at('workspaces', workspace.id), { name }),
    onSuccess: async () => {
      onClose();
      // The own one stands in the session too.
      const changed = [workspacesQuery.queryKey, sessionQuery.queryKey];
      await Promise.all(changed.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  const problem = refused(save.error, ['name']);
  return (
    <DialogForm
      label={workspace === undefined ? 'Make the workspace' : 'Save'}
      isPending={save.isPending}
      error={problem.whole}
      isIncomplete={name === workspace?.name}
      onSubmit={() => save.mutate()}
      onCancel={onClose}
    >
      <TextInput
        label="Name"
        autoComplete="off"
        data-autofocus
        value={name}
        error={problem.of('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
