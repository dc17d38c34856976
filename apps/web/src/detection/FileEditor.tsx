import type { RuleFileDetail } from '@castellan/api';
import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useMay } from '../session/session.js';
import { Confirm } from '../states/Confirm.js';
import { Failed } from '../states/Failed.js';
import { PageTitle } from '../states/PageTitle.js';
import { type Refused, refused } from '../states/refused.js';
import { CodeArea, jumpToLine } from './CodeArea.js';
import { useDryRun, useSaveFile } from './detection-queries.js';
import { DetectionTabs } from './DetectionTabs.js';
import { DryRunPanel, ProblemLines } from './DryRunPanel.js';
import { FileState } from './FileState.js';
import { checkedWords } from './rule-words.js';
import { useCheckedText } from './use-checked-text.js';
import styles from './detection.module.css';

export const NEW_TITLE = 'New file of rules';

interface FileEditorProps {
  /** As it is stored; `undefined`: a new one. */
  readonly file: RuleFileDetail | undefined;
  /** What stands in a new one. */
  readonly first?: string;
}

/** The text of a file, what is wrong with it, and what it would have found. */
export function FileEditor({ file, first = '' }: FileEditorProps) {
  const [name, setName] = useState(file?.name ?? '');
  const [content, setContent] = useState(file?.content ?? first);
  const [enabled, setEnabled] = useState(file?.enabled ?? false);
  const mayManage = useMay('detection:manage');
  const navigate = useNavigate();
  const field = useRef<HTMLTextAreaElement>(null);
  const isSaved = useRef(false);
  const run = useDryRun();
  const save = useSaveFile(file?.id, (saved) => {
    // What has become of it stands above the button: nothing is put over that.
    setName(saved.name);
    setEnabled(saved.enabled);
    if (file !== undefined) return;
    isSaved.current = true;
    void navigate({ to: '/detection/files/$file', params: { file: saved.id }, replace: true });
  });
  const isChanged = content !== (file?.content ?? first) || name !== (file?.name ?? '') || enabled !== (file?.enabled ?? false);
  const problem = refused(save.error, ['name', 'content']);
  // Of a text that is as it is stored the host has said already what is wrong.
  const known = content === file?.content ? file.problems : [];
  const triedAs = run.variables?.content === content ? run.data : undefined;
  const tried = triedAs?.problems ?? [];
  const checked = useCheckedText(content, mayManage && content !== (file?.content ?? first) && triedAs === undefined);
  const written = checked?.problems ?? [];
  const noted = content === file?.content ? file.notes : (checked?.notes ?? []);
  const edit = <T,>(set: (value: T) => void, value: T): void => {
    isSaved.current = false;
    set(value);
  };
  const jump = (line: number): void => jumpToLine(field.current, line);
  return (
    <>
      <PageTitle title={file?.name ?? NEW_TITLE} />
      <DetectionTabs chosen="/detection/files" />
      <div className={styles['editor']}>
        <Stack gap="sm">
          <NameAndUse
            name={name}
            enabled={enabled}
            isReadOnly={!mayManage}
            problem={problem}
            onName={(text) => edit(setName, text)}
            onEnabled={(isOn) => edit(setEnabled, isOn)}
          />
          <CodeArea
            label="Rules and filters, in YAML"
            value={content}
            onChange={(text) => edit(setContent, text)}
            marked={new Set([...known, ...tried, ...written].map(({ line }) => line))}
            isReadOnly={!mayManage}
            field={field}
          />
          {problem.of('content') !== undefined && (
            <Text size="sm" c="var(--castellan-red)" role="alert">
              {problem.of('content')}
            </Text>
          )}
          {problem.whole !== undefined && <Failed error={problem.whole} />}
          <ProblemLines problems={tried.length === 0 ? [...known, ...written] : []} onJump={jump} />
          <ProblemLines problems={noted} areNotes onJump={jump} />
          <Text size="xs" c="dimmed" role="status">
            {checked !== undefined && checkedWords(checked)}
          </Text>
          {file !== undefined && (
            <FileState
              file={file}
              isChanged={isChanged}
              isPending={save.isPending}
              // What is written beside it stays as it is, and unsaved.
              onSwitchOn={mayManage ? () => save.mutate({ name: file.name, content: file.content, enabled: true }) : undefined}
            />
          )}
          {mayManage && (
            <Group justify="flex-end">
              <Button
                loading={save.isPending}
                disabled={!isChanged || name.trim() === '' || content.trim() === ''}
                onClick={() => save.mutate({ name: name.trim(), content, enabled })}
              >
                Save
              </Button>
            </Group>
          )}
        </Stack>
        <Unsaved isUnsaved={() => isChanged && !isSaved.current} />
        {mayManage && <DryRunPanel run={run} content={content} name={name} onJump={jump} />}
      </div>
    </>
  );
}

interface NameAndUseProps {
  readonly name: string;
  readonly enabled: boolean;
  readonly isReadOnly: boolean;
  readonly problem: Refused;
  readonly onName: (name: string) => void;
  readonly onEnabled: (enabled: boolean) => void;
}

function NameAndUse({ name, enabled, isReadOnly, problem, onName, onEnabled }: NameAndUseProps) {
  return (
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
    </Group>
  );
}

/** What was written and not saved is not lost by a slip of the hand. @param isUnsaved asked when somebody leaves */
function Unsaved({ isUnsaved }: { readonly isUnsaved: () => boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: isUnsaved,
    enableBeforeUnload: isUnsaved,
    withResolver: true,
  });
  return (
    <Confirm
      title="Leave without saving?"
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      label="Leave it"
      danger
      isPending={false}
      error={null}
      onConfirm={() => proceed?.()}
    >
      What you have written is not saved.
    </Confirm>
  );
}
