import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { makeQueryClient } from '../api/query-client.js';
import { forgetOthers } from '../session/forget-others.js';
import { sessionQuery } from '../session/session.js';
import { theme } from '../theme.js';
import { makeRouter } from './router.js';

/** The pages' policy lets only styles in that carry the nonce of this answer; Mantine makes three `<style>` elements. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

export function App() {
  const [{ queries, router }] = useState(() => {
    const client = makeQueryClient(() => void client.setQueryData(sessionQuery.queryKey, null));
    forgetOthers(client);
    return { queries: client, router: makeRouter(client) };
  });
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-right" limit={3} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
