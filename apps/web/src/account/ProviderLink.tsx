import type { WayOfSignIn } from '@castellan/api';
import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../api/api-error.js';
import { post, remove } from '../api/ask.js';
import { sessionQuery } from '../session/session.js';
import { Confirm } from '../states/Confirm.js';
import { Failed } from '../states/Failed.js';
import { Panel } from '../states/Panel.js';

interface ProviderLinkProps {
  readonly provider: string;
  readonly ways: readonly WayOfSignIn[];
}

/** Whether the identity provider lets this user in. */
export function ProviderLink({ provider, ways }: ProviderLinkProps) {
  return (
    <Panel title={provider}>
      {ways.includes('oidc') ? (
        <Unlink provider={provider} hasPassword={ways.includes('password')} />
      ) : (
        <Link provider={provider} hasPassword={ways.includes('password')} />
      )}
    </Panel>
  );
}

interface WayProps {
  readonly provider: string;
  readonly hasPassword: boolean;
}

function Link({ provider, hasPassword }: WayProps) {
  const [password, setPassword] = useState('');
  const begin = useMutation({
    mutationFn: () => post<{ readonly url: string }>('/oidc', { link: true, ...(hasPassword && { password }) }),
    gcTime: 0,
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const isWrong = begin.error instanceof ApiError && begin.error.code === 'wrong-credentials';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!begin.isPending) begin.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={400}>
        <Text size="sm">Not linked. Once it is, you can sign in over {provider} as well.</Text>
        {begin.error !== null && !isWrong && <Failed error={begin.error} />}
        {hasPassword && (
          <PasswordInput
            label="Your password, to be sure that it is you"
            autoComplete="current-password"
            value={password}
            error={isWrong ? 'This is not your password.' : undefined}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password that links' }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        <Button type="submit" variant="default" loading={begin.isPending} style={{ alignSelf: 'start' }}>
          Link to {provider}
        </Button>
      </Stack>
    </form>
  );
}

function Unlink({ provider, hasPassword }: WayProps) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const queries = useQueryClient();
  const unlink = useMutation({
    mutationFn: () => remove('/session/identities'),
    onSuccess: async () => {
      close();
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  if (!hasPassword)
    return (
      <Text size="sm">
        Linked. It is your only way in: to unlink it, ask an administrator for an invitation first, and set a password with it.
      </Text>
    );
  return (
    <>
      <Text size="sm">Linked: you can sign in over {provider}.</Text>
      <Button variant="default" onClick={open} style={{ alignSelf: 'start' }}>
        Unlink
      </Button>
      <Confirm
        title={`Unlink from ${provider}?`}
        label="Unlink"
        danger
        opened={isOpen}
        onClose={() => {
          close();
          unlink.reset();
        }}
        isPending={unlink.isPending}
        error={unlink.error}
        onConfirm={() => unlink.mutate()}
      >
        From then on you sign in with your password only.
      </Confirm>
    </>
  );
}
