import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { FormEvent, ReactNode } from 'react';
import { Brand } from '../shell/Brand.js';

interface DoorProps {
  readonly title: string;
  readonly lead?: string;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** The frame of the pages for who is not signed in. */
export function Door({ title, lead, onSubmit, children }: DoorProps) {
  useDocumentTitle(`${title} · Castellan`);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Center mih="100vh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={400} bg="var(--castellan-surface)">
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <Brand />
            <div>
              <Title order={1}>{title}</Title>
              {lead !== undefined && (
                <Text size="sm" c="dimmed" mt={4}>
                  {lead}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
