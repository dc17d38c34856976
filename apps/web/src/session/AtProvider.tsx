import { Button, Divider } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { post } from '../api/ask.js';
import { Failed } from '../states/Failed.js';
import { waysInQuery } from './session.js';

interface AtProviderProps {
  /** For the name of the identity provider: `Continue with Acme SSO`. */
  readonly label: (provider: string) => string;
  /** What the host is asked with; `undefined`: something is missing for it. */
  readonly body: object | undefined;
}

/** The way in over an identity provider, where the host knows one. */
export function AtProvider({ label, body }: AtProviderProps) {
  const { data } = useQuery(waysInQuery);
  const begin = useMutation({
    mutationFn: () => post<{ readonly url: string }>('/oidc', body),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const provider = data?.oidc ?? null;
  if (provider === null) return null;
  return (
    <>
      <Divider label="or" />
      {begin.error !== null && <Failed error={begin.error} />}
      <Button variant="default" loading={begin.isPending} disabled={body === undefined} onClick={() => begin.mutate()}>
        {label(provider.name)}
      </Button>
    </>
  );
}
