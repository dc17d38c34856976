import type { InvitedUser, Role } from '@castellan/api';
import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../api/ask.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { InvitationShown } from './InvitationShown.js';
import { RoleChoice } from './RoleChoice.js';
import { usersQuery } from './users-queries.js';

interface InvitationFormProps {
  /** Of the list of users: of the own workspace, or of another one. */
  readonly path: string;
  /** The one that is chosen at first. */
  readonly role: Role;
  readonly onClose: () => void;
}

export function InvitationForm({ path, role: standard, onClose }: InvitationFormProps) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState(standard);
  const queries = useQueryClient();
  const invite = useMutation({
    mutationFn: () => post<InvitedUser>(path, { name, email, role }),
    // The token must not outlive the dialog.
    gcTime: 0,
    onSuccess: () =>
      Promise.all([usersQuery.queryKey, ['workspaces']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  const problem = refused(invite.error, ['name', 'email', 'role']);
  if (invite.data !== undefined)
    return <InvitationShown name={invite.data.name} invitation={invite.data.invitation} onDone={onClose} />;
  return (
    <DialogForm
      label="Make the invitation"
      isPending={invite.isPending}
      error={problem.whole}
      onSubmit={() => invite.mutate()}
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
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="off"
        description="What the person signs in with. Castellan sends nothing there."
        value={email}
        error={problem.of('email')}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <RoleChoice value={role} error={problem.of('role')} onChange={setRole} />
    </DialogForm>
  );
}
