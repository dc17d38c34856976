import { ROLE_SUMMARIES } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSession, waysInQuery } from '../session/session.js';
import { Facts } from '../states/Facts.js';
import { PageTitle } from '../states/PageTitle.js';
import { ROLE_WORDS, waysInWords } from '../users/user-looks.js';
import { OpenSessions } from './OpenSessions.js';
import { PasswordForm } from './PasswordForm.js';
import { ProviderLink } from './ProviderLink.js';

export function AccountPage() {
  const { user, workspace } = useSession();
  const provider = useQuery(waysInQuery).data?.oidc ?? null;
  // A page is never signed in with an API key.
  if (user === null) return null;
  return (
    <>
      <PageTitle title="My account" />
      <Stack gap="xl">
        <Facts
          facts={[
            ['Name', user.name],
            ['E-mail', user.email],
            [
              'Role',
              <>
                {ROLE_WORDS[user.role]}
                {user.isOperator && ', operator of this host'}
                <Text size="xs" c="dimmed">
                  {ROLE_SUMMARIES[user.role]}
                </Text>
              </>,
            ],
            ['Workspace', workspace.name],
            ['Signs in with', waysInWords(user.signsInWith, provider?.name ?? 'Identity provider')],
          ]}
        />
        <OpenSessions />
        {user.signsInWith.includes('password') && <PasswordForm email={user.email} />}
        {provider !== null && <ProviderLink provider={provider.name} ways={user.signsInWith} />}
      </Stack>
    </>
  );
}
