import type { SessionView } from '@castellan/api';
import { Anchor, Button, PasswordInput, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { post } from '../api/ask.js';
import { Failed } from '../states/Failed.js';
import { refused } from '../states/refused.js';
import { Door } from './Door.js';
import { sessionQuery, waysInQuery } from './session.js';

const EMPTY = { token: '', workspace: '', name: '', email: '', password: '' };
const FIELDS = Object.keys(EMPTY);

/** Makes the first administrator: once, by whoever sees the console of the host. */
export function SetUpPage() {
  const [input, setInput] = useState(EMPTY);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const ways = useQuery(waysInQuery);
  const setUp = useMutation({
    mutationFn: () => {
      const { workspace, ...rest } = input;
      return post<SessionView>('/set-up', { ...rest, ...(workspace.trim() !== '' && { workspace }) });
    },
    onSuccess: async (opened) => {
      queries.setQueryData(waysInQuery.queryKey, (before) => before && { ...before, needsSetUp: false });
      queries.setQueryData(sessionQuery.queryKey, opened);
      await navigate({ to: '/', replace: true });
    },
  });
  const problem = refused(setUp.error, FIELDS);
  const bind = (name: keyof typeof EMPTY) => ({
    name,
    value: input[name],
    error: problem.of(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      const { value } = event.currentTarget;
      setInput((before) => ({ ...before, [name]: value }));
    },
  });
  if (ways.data?.needsSetUp === false)
    return (
      <Door title="This host is set up" onSubmit={() => undefined}>
        <Text size="sm">Somebody has made the first administrator already.</Text>
        <Anchor component={Link} to="/sign-in" size="sm">
          Sign in
        </Anchor>
      </Door>
    );
  return (
    <Door
      title="Set up Castellan"
      lead="You become the first administrator. The token stands on the console that the host was started from."
      onSubmit={() => setUp.mutate()}
    >
      {problem.whole !== undefined && <Failed error={problem.whole} />}
      <PasswordInput
        label="Set-up token"
        autoComplete="off"
        autoFocus
        visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
        {...bind('token')}
      />
      <TextInput label="Organisation" description="What the workspace is called. Optional." {...bind('workspace')} />
      <TextInput label="Your name" autoComplete="name" {...bind('name')} />
      <TextInput label="E-mail" type="email" autoComplete="username" {...bind('email')} />
      <PasswordInput
        label="Password"
        description="A phrase of at least 15 characters."
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        {...bind('password')}
      />
      <Button type="submit" loading={setUp.isPending}>
        Set up
      </Button>
    </Door>
  );
}
