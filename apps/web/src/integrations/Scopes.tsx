import { ActionIcon, Badge, Code, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useCopy } from '../states/use-copy.js';

interface ScopesProps {
  /** What needs them. */
  readonly of: string;
  readonly scopes: readonly string[];
  readonly missing: readonly string[];
}

/** Permissions at the provider, to be taken to its console. Those that are missing first. */
export function Scopes({ of, scopes, missing }: ScopesProps) {
  const { isCopied, copy } = useCopy((missing.length > 0 ? missing : scopes).join(' '));
  const all = [...new Set([...missing, ...scopes])];
  if (all.length === 0)
    return (
      <Text size="sm" c="dimmed">
        None of its own
      </Text>
    );
  return (
    <Group gap={6}>
      {all.map((scope) => (
        <Group key={scope} gap={4} wrap="nowrap">
          <Code>{scope}</Code>
          {missing.includes(scope) && (
            <Badge size="sm" variant="light" color="orange" tt="none">
              missing
            </Badge>
          )}
        </Group>
      ))}
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        onClick={copy}
        aria-label={isCopied ? 'Copied' : `Copy the ${missing.length > 0 ? 'missing ' : ''}permissions of ${of}`}
      >
        {isCopied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      </ActionIcon>
    </Group>
  );
}
