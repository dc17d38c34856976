import type { SessionView } from '@castellan/api';
import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { post } from '../api/ask.js';
import { Failed } from '../states/Failed.js';
import { refused } from '../states/refused.js';
import { AtProvider } from './AtProvider.js';
import { Door } from './Door.js';
import { sessionQuery } from './session.js';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { to = '/' } = route.useSearch();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const session = useQuery(sessionQuery);
  const signIn = useMutation({
    mutationFn: () => post<SessionView>('/session', { email, password }),
    onSuccess: async (opened) => {
      queries.setQueryData(sessionQuery.queryKey, opened);
      await navigate({ to, replace: true });
    },
    onError: () => setPassword(''),
  });
  const problem = refused(signIn.error, ['email', 'password']);
  if (session.data !== null && session.data !== undefined) return <Navigate to={to} replace />;
  return (
    <Door title="Sign in" onSubmit={() => signIn.mutate()}>
      {problem.whole !== undefined && <Failed error={problem.whole} />}
      <TextInput
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        value={email}
        error={problem.of('email')}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        label="Password"
        name="password"
        autoComplete="current-password"
        value={password}
        error={problem.of('password')}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" loading={signIn.isPending}>
        Sign in
      </Button>
      <AtProvider label={(name) => `Continue with ${name}`} body={{}} />
      <Anchor component={Link} to="/invitation" size="sm">
        I have an invitation
      </Anchor>
    </Door>
  );
}
