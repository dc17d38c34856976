import type { RuleFileDetail } from '@castellan/api';
import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useBlocker, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useMay } from '../session/session.js';
import { Confirm } from '../states/Confirm.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { refused } from '../states/refused.js';
import { CodeArea, jumpToLine } from './CodeArea.js';
import { ruleFileQuery, useDryRun, useSaveFile } from './detection-queries.js';
import { DetectionTabs } from './DetectionTabs.js';
import { DryRunPanel, ProblemLines } from './DryRunPanel.js';
import { Loading } from '../states/Loading.js';
import styles from './detection.module.css';

const TITLE = 'Own rules';
const NEW_TITLE = 'New file of rules';
const route = getRouteApi('/signed-in/detection/files/$file');

/** Where somebody begins with an empty page. */
const FIRST = `title: Say in a line what was done
id: 
status: experimental
description: Say why it matters.
author: 
logsource:
  product: 
detection:
  selection:
    eventType: 
  condition: selection
falsepositives:
  - 
level: medium
`;

export function NewFilePage() {
  return (
    <Guarded title={NEW_TITLE} needs="detection:manage">
      <Editor file={undefined} />
    </Guarded>
  );
}

export function FilePage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Stored />
    </Guarded>
  );
}

function Stored() {
  const { file: id } = route.useParams();
  const { data, error, refetch } = useQuery(ruleFileQuery(id));
  if (data !== undefined) return <Editor key={id} file={data} />;
  return (
    <>
      <PageTitle title={TITLE} />
      {error === null ? <Loading height={480} /> : <Failed error={error} retry={() => void refetch()} />}
    </>
  );
}

/** @param file as it is stored; `undefined`: a new one */
function Editor({ file }: { readonly file: RuleFileDetail | undefined }) {
  const [name, setName] = useState(file?.name ?? '');
  const [content, setContent] = useState(file?.content ?? FIRST);
  const [enabled, setEnabled] = useState(file?.enabled ?? false);
  const mayManage = useMay('detection:manage');
  const navigate = useNavigate();
  const field = useRef<HTMLTextAreaElement>(null);
  const isSaved = useRef(false);
  const run = useDryRun();
  const save = useSaveFile(file?.id, ({ id }) => {
    notifications.show({ message: 'The file is saved.' });
    isSaved.current = true;
    if (file === undefined) void navigate({ to: '/detection/files/$file', params: { file: id }, replace: true });
  });
  const isChanged = content !== (file?.content ?? FIRST) || name !== (file?.name ?? '') || enabled !== (file?.enabled ?? false);
  const problem = refused(save.error, ['name', 'content']);
  // Of a text that is as it is stored the host has said already what is wrong.
  const known = content === file?.content ? file.problems : [];
  const tried = run.variables?.content === content ? (run.data?.problems ?? []) : [];
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
          <Group gap="md" align="flex-end">
            <TextInput
              label="Name of the file"
              placeholder="our-rules.yml"
              flex="1 1 200px"
              readOnly={!mayManage}
              value={name}
              error={problem.of('name')}
              onChange={({ currentTarget }) => edit(setName, currentTarget.value)}
            />
            <Switch
              mb={8}
              label="In use"
              disabled={!mayManage}
              checked={enabled}
              onChange={({ currentTarget }) => edit(setEnabled, currentTarget.checked)}
            />
          </Group>
          <CodeArea
            label="Rules and filters, in YAML"
            value={content}
            onChange={(text) => edit(setContent, text)}
            marked={new Set([...known, ...tried].map(({ line }) => line))}
            isReadOnly={!mayManage}
            field={field}
          />
          {problem.of('content') !== undefined && (
            <Text size="sm" c="var(--castellan-red)" role="alert">
              {problem.of('content')}
            </Text>
          )}
          {problem.whole !== undefined && <Failed error={problem.whole} />}
          <ProblemLines problems={tried.length === 0 ? known : []} onJump={jump} />
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
        {mayManage && <DryRunPanel run={run} content={content} onJump={jump} />}
      </div>
    </>
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
