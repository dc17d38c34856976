import type { SessionView } from '@castellan/api';
import { Anchor, Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { post } from '../api/ask.js';
import { Failed } from '../states/Failed.js';
import { refused } from '../states/refused.js';
import { AtProvider } from './AtProvider.js';
import { Door } from './Door.js';
import { sessionQuery } from './session.js';

/** Where an invited person, or one who has forgotten the password, comes in. */
export function InvitationPage() {
  const [token, setToken] = useState('');
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const accept = useMutation({
    mutationFn: () => post<SessionView>('/invitations/accept', { token, password }),
    onSuccess: async (opened) => {
      queries.setQueryData(sessionQuery.queryKey, opened);
      await navigate({ to: '/', replace: true });
    },
  });
  const problem = refused(accept.error, ['token', 'password']);
  return (
    <Door title="Take up an invitation" lead="Choose a password, and you are in." onSubmit={() => accept.mutate()}>
      {problem.whole !== undefined && <Failed error={problem.whole} />}
      <PasswordInput
        label="Invitation"
        description="The token that an administrator has given you."
        name="token"
        autoComplete="off"
        autoFocus
        value={token}
        error={problem.of('token')}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the invitation' }}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      <PasswordInput
        label="New password"
        description="A phrase of at least 15 characters."
        name="password"
        autoComplete="new-password"
        value={password}
        error={problem.of('password')}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" loading={accept.isPending}>
        Set the password and sign in
      </Button>
      <AtProvider
        label={(name) => `Use ${name} instead of a password`}
        body={token.trim() === '' ? undefined : { invitation: token }}
      />
      <Anchor component={Link} to="/sign-in" size="sm">
        Back to signing in
      </Anchor>
    </Door>
  );
}
