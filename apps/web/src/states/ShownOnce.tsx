import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useHeldOpen } from './held-open.js';
import styles from './shown-once.module.css';

interface ShownOnceProps {
  /** What it is: `API key`. */
  readonly label: string;
  readonly secret: string;
  /** What to do with it. */
  readonly children: ReactNode;
  readonly onDone: () => void;
}

/** A secret that the host tells once and never again. It lives in this dialog only, which stays open until somebody is done. */
export function ShownOnce({ label, secret, children, onDone }: ShownOnceProps) {
  useHeldOpen();
  const clipboard = useClipboard({ timeout: 4_000 });
  return (
    <Stack gap="md">
      <Alert
        variant="default"
        icon={<IconAlertTriangle size={18} color="var(--castellan-amber)" />}
        title="Copy it now: it is shown only once"
      >
        <Text size="sm">Nobody can look it up later, and whoever has it can use it.</Text>
      </Alert>
      <Group align="end" gap="xs" wrap="nowrap">
        <TextInput
          label={label}
          value={secret}
          readOnly
          flex={1}
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: styles['secret'] ?? '' }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          variant="default"
          data-autofocus
          leftSection={clipboard.copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          onClick={() => clipboard.copy(secret)}
        >
          {clipboard.copied ? 'Copied' : 'Copy'}
        </Button>
      </Group>
      <Text size="sm" role="status" className={styles['said']}>
        {clipboard.error !== null ? 'The browser does not let it be copied. Select the text and copy it by hand.' : ''}
      </Text>
      <Text size="sm" component="div">
        {children}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
