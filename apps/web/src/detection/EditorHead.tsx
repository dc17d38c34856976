import { Button, Group, Switch, Text, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { Refused } from '../states/refused.js';

interface EditorHeadProps {
  readonly name: string;
  readonly enabled: boolean;
  readonly isReadOnly: boolean;
  readonly isSaving: boolean;
  /** Why it cannot be saved; `undefined`: it can. */
  readonly obstacle: string | undefined;
  /** How much of what is written works; `undefined`: not known yet. */
  readonly standing: string | undefined;
  readonly problem: Refused;
  readonly onName: (name: string) => void;
  readonly onEnabled: (enabled: boolean) => void;
  readonly onSave: () => void;
}

/** What is decided about a file, above its text: in sight for whoever writes, however long that is. */
export function EditorHead(props: EditorHeadProps) {
  const { name, enabled, isReadOnly, isSaving, obstacle, standing, problem, onName, onEnabled, onSave } = props;
  const why = useId();
  return (
    <div>
      <Group gap="md" align="flex-end">
        <TextInput
          label="Name of the file"
          placeholder="our-rules.yml"
          flex="1 1 200px"
          readOnly={isReadOnly}
          value={name}
          error={problem.of('name')}
          onChange={({ currentTarget }) => onName(currentTarget.value)}
        />
        <Switch
          mb={8}
          label="In use"
          disabled={isReadOnly}
          checked={enabled}
          onChange={({ currentTarget }) => onEnabled(currentTarget.checked)}
        />
        {!isReadOnly && (
          <Button loading={isSaving} disabled={obstacle !== undefined} aria-describedby={why} onClick={onSave}>
            Save
          </Button>
        )}
      </Group>
      {/* As high when nothing is said: the text below does not move while somebody writes it. */}
      <Group gap="4px 12px" mt={6} mih={18} justify="space-between">
        <Text size="xs" c="dimmed" role="status">
          {standing}
        </Text>
        {!isReadOnly && (
          <Text size="xs" c="dimmed" id={why}>
            {obstacle}
          </Text>
        )}
      </Group>
      {problem.of('content') !== undefined && (
        <Text size="sm" c="var(--castellan-red)" role="alert">
          {problem.of('content')}
        </Text>
      )}
    </div>
  );
}
