import type { RuleFileDetail } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useMay } from '../session/session.js';
import { Confirm } from '../states/Confirm.js';
import { Failed } from '../states/Failed.js';
import { PageTitle } from '../states/PageTitle.js';
import { refused } from '../states/refused.js';
import { CodeArea, jumpToLine } from './CodeArea.js';
import { useDryRun, useSaveFile } from './detection-queries.js';
import { DetectionTabs } from './DetectionTabs.js';
import { DryRunPanel } from './DryRunPanel.js';
import { EditorHead } from './EditorHead.js';
import { FileState } from './FileState.js';
import { ProblemLines } from './ProblemLines.js';
import { checkedWords, FILTER_MEANS } from './rule-words.js';
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
    // What has become of it stands below the text: nothing is put over that.
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
  const tried = (run.variables?.content === content ? run.data?.problems : undefined) ?? [];
  // Also of what was tried: notes and filters are said by this alone.
  const checked = useCheckedText(content, mayManage && content !== (file?.content ?? first));
  const problems = tried.length > 0 ? tried : (checked?.problems ?? known);
  const noted = content === file?.content ? file.notes : (checked?.notes ?? []);
  const jump = (line: number): void => jumpToLine(field.current, line);
  const hasFilter = ((checked ?? file)?.filters ?? 0) > 0;
  const edit = <T,>(set: (value: T) => void, value: T): void => {
    isSaved.current = false;
    set(value);
  };
  return (
    <>
      <PageTitle title={file?.name ?? NEW_TITLE} />
      <DetectionTabs chosen="/detection/files" />
      <div className={styles['editor']}>
        <Stack gap="sm">
          <EditorHead
            name={name}
            enabled={enabled}
            isReadOnly={!mayManage}
            isSaving={save.isPending}
            obstacle={obstacleOf({ name, content }, isChanged)}
            standing={checked === undefined ? undefined : checkedWords(checked)}
            problem={problem}
            onName={(text) => edit(setName, text)}
            onEnabled={(isOn) => edit(setEnabled, isOn)}
            onSave={() => save.mutate({ name: name.trim(), content, enabled })}
          />
          <CodeArea
            label="Rules and filters, in YAML"
            value={content}
            onChange={(text) => edit(setContent, text)}
            marked={new Set(problems.map(({ line }) => line))}
            isReadOnly={!mayManage}
            field={field}
          >
            <ProblemLines problems={problems} onJump={jump} />
            <ProblemLines problems={noted} areNotes onJump={jump} />
          </CodeArea>
          {hasFilter && (
            <Text size="xs" c="dimmed">
              {FILTER_MEANS}
            </Text>
          )}
          {problem.whole !== undefined && <Failed error={problem.whole} />}
          {file !== undefined && (
            <FileState
              file={file}
              isChanged={isChanged}
              isPending={save.isPending}
              // What is written beside it stays as it is, and unsaved.
              onSwitchOn={mayManage ? () => save.mutate({ name: file.name, content: file.content, enabled: true }) : undefined}
            />
          )}
        </Stack>
        <Unsaved isUnsaved={() => isChanged && !isSaved.current} />
        {mayManage && <DryRunPanel run={run} content={content} name={name} />}
      </div>
    </>
  );
}

/** Why a file cannot be saved; `undefined`: it can, also with mistakes. What has one is not used. */
function obstacleOf(file: { readonly name: string; readonly content: string }, isChanged: boolean): string | undefined {
  if (file.name.trim() === '') return 'To save it, give the file a name.';
  if (file.content.trim() === '') return 'There is nothing to save: write a rule.';
  return isChanged ? undefined : 'Nothing has changed since it was saved.';
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
