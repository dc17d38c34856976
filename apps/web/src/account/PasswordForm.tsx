import type { SessionView } from '@castellan/api';
import { Button, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../api/api-error.js';
import { post } from '../api/ask.js';
import { sessionQuery } from '../session/session.js';
import { Failed } from '../states/Failed.js';
import { Panel } from '../states/Panel.js';
import { refused } from '../states/refused.js';
import { openSessionsQuery } from './account-queries.js';

export function PasswordForm({ email }: { readonly email: string }) {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () => post<SessionView>('/session/password', { currentPassword, newPassword }),
    gcTime: 0,
    onSuccess: async (session) => {
      setCurrent('');
      setNew('');
      queries.setQueryData(sessionQuery.queryKey, session);
      notifications.show({ color: 'green', title: 'The password is changed', message: 'All your other sessions have ended.' });
      await queries.invalidateQueries({ queryKey: openSessionsQuery.queryKey });
    },
  });
  const { of, whole } = refused(change.error, ['currentPassword', 'newPassword']);
  // The address is not asked for here, so it can only be the password.
  const isWrong = change.error instanceof ApiError && change.error.code === 'wrong-credentials';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  return (
    <Panel title="Change the password">
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={400}>
          {whole !== undefined && !isWrong && <Failed error={whole} />}
          {/* For the browser's own store of passwords. */}
          <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
          <PasswordInput
            label="Current password"
            autoComplete="current-password"
            value={currentPassword}
            error={isWrong ? 'This is not your password.' : of('currentPassword')}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the current password' }}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label="New password"
            description="A phrase of at least 15 characters. All your other sessions end."
            autoComplete="new-password"
            value={newPassword}
            error={of('newPassword')}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the new password' }}
            onChange={(event) => setNew(event.currentTarget.value)}
          />
          <Button type="submit" loading={change.isPending} style={{ alignSelf: 'start' }}>
            Change the password
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}
