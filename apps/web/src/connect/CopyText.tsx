import { Button, Code, Group, Text, VisuallyHidden } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import styles from './connect.module.css';

interface CopyTextProps {
  readonly label: string;
  readonly text: string;
}

/** A text that must be entered elsewhere as it stands. */
export function CopyText({ label, text }: CopyTextProps) {
  const { copy, copied, error } = useClipboard({ timeout: 3_000 });
  return (
    <div>
      <Group justify="space-between" align="center" gap="xs" mb={4} wrap="nowrap">
        <Text size="sm" fw={550}>
          {label}
        </Text>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={copied ? <IconCheck size={13} aria-hidden /> : <IconCopy size={13} aria-hidden />}
          aria-label={`${copied ? 'Copied' : 'Copy'}: ${label}`}
          onClick={() => copy(text)}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </Group>
      <Code block className={styles['text']}>
        {text}
      </Code>
      <VisuallyHidden role="status">{copied ? `Copied: ${label}` : ''}</VisuallyHidden>
      {error !== null && (
        <Text size="xs" c="dimmed" role="alert" mt={4}>
          The browser does not let this page copy. Mark the text and copy it yourself.
        </Text>
      )}
    </div>
  );
}
