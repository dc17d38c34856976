import type { UserView } from '@castellan/api';
import { Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/api-error.js';
import { at, patch } from '../api/ask.js';
import { useSession } from '../session/session.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { RoleChoice } from './RoleChoice.js';
import { usersQuery } from './users-queries.js';

const FIELDS = ['name', 'role', 'isOperator'];
/** Of the host as a whole, and mended at one field. */
const PLACES: Readonly<Record<string, string>> = { 'last-administrator': 'role', 'last-operator': 'isOperator' };

export function ChangeUser({ user, onClose }: { readonly user: UserView; readonly onClose: () => void }) {
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState(user.role);
  const [isOperator, setIsOperator] = useState(user.isOperator);
  const session = useSession();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () =>
      patch<UserView>(at('users', user.id), {
        ...(name !== user.name && { name }),
        ...(role !== user.role && { role }),
        ...(isOperator !== user.isOperator && { isOperator }),
      }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: usersQuery.queryKey });
    },
  });
  const { of, whole } = refused(change.error, FIELDS);
  const place = change.error instanceof ApiError ? PLACES[change.error.code] : undefined;
  const errorOf = (field: string): string | undefined => of(field) ?? (place === field ? change.error?.message : undefined);
  const signsOut = role !== user.role || isOperator !== user.isOperator;
  return (
    <DialogForm
      label="Save"
      isPending={change.isPending}
      error={place === undefined ? whole : undefined}
      isIncomplete={!signsOut && name === user.name}
      onSubmit={() => change.mutate()}
      onCancel={onClose}
    >
      <TextInput
        label="Name"
        autoComplete="off"
        data-autofocus
        value={name}
        error={errorOf('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RoleChoice value={role} error={errorOf('role')} onChange={setRole} />
      {session.user?.isOperator === true && (
        <Switch
          label="Operator of this host"
          description="Makes workspaces for customers, and reads the metrics of the host."
          checked={isOperator}
          error={errorOf('isOperator')}
          onChange={(event) => setIsOperator(event.currentTarget.checked)}
        />
      )}
      <Text size="sm" role="status">
        {signsOut ? `${user.name} is signed out everywhere, and signs in again with the new rights.` : ''}
      </Text>
    </DialogForm>
  );
}
