import type { FindingChangeInput, FindingView } from '@castellan/api';
import { Group, Text } from '@mantine/core';
import {
  IconClockPause,
  IconEye,
  IconMessage,
  IconPlayerPlay,
  IconUserCheck,
  IconUsers,
  IconUserX,
  type TablerIcon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useSession } from '../session/session.js';
import { Failed } from '../states/Failed.js';
import { Action } from './Action.js';
import { AssignDialog } from './AssignDialog.js';
import { CommentDialog } from './CommentDialog.js';
import { ExceptDialog } from './ExceptDialog.js';
import { type ChangeTarget, useFindingsChange } from './findings-queries.js';
import { TooMany } from './TooMany.js';

interface FindingActionsProps {
  /** What is to be changed; none: nothing can be pressed. */
  readonly findings: readonly FindingView[];
  readonly onDone?: () => void;
  /** Of one finding there is a box of its own for comments. */
  readonly hasComment?: boolean;
}

const targetOf = (findings: readonly FindingView[]): ChangeTarget => ({
  which: { ids: findings.map(({ id }) => id) },
  count: findings.length,
});

/** What can be done with findings. Only what would change any of them can be pressed. */
export function FindingActions({ findings, onDone = () => undefined, hasComment = true }: FindingActionsProps) {
  const { user } = useSession();
  const [dialog, setDialog] = useState<'except' | 'assign' | 'comment'>();
  const change = useFindingsChange(onDone);
  const button = (label: string, icon: TablerIcon, act: FindingChangeInput, own: readonly FindingView[]) => (
    <Action label={label} icon={icon} target={targetOf(own)} onPress={() => change.mutate({ change: act, ...targetOf(own) })} />
  );
  const all = targetOf(findings);
  const close = (): void => setDialog(undefined);
  const open = findings.filter(({ status }) => status === 'open');
  const acknowledged = findings.filter(({ status }) => status === 'acknowledged');
  const excepted = findings.filter(({ status }) => status === 'excepted');
  const exceptable = findings.filter(({ status }) => status !== 'resolved');
  const others = findings.filter(({ owner }) => owner?.id !== user?.id);
  const owned = findings.filter(({ owner }) => owner !== null);
  return (
    <>
      <Group gap={6} role="group" aria-label="Actions">
        {button('Acknowledge', IconEye, { do: 'acknowledge' }, open)}
        <Action label="Except …" icon={IconClockPause} target={targetOf(exceptable)} onPress={() => setDialog('except')} />
        {user !== null && button('Assign to me', IconUserCheck, { do: 'assign', owner: user.id }, others)}
        <Action label="Assign …" icon={IconUsers} target={all} onPress={() => setDialog('assign')} />
        {hasComment && <Action label="Comment …" icon={IconMessage} target={all} onPress={() => setDialog('comment')} />}
        {acknowledged.length > 0 && button('Take back acknowledgement', IconEye, { do: 'unacknowledge' }, acknowledged)}
        {excepted.length > 0 && button('End exception', IconPlayerPlay, { do: 'end_exception' }, excepted)}
        {owned.length > 0 && button('Take owner away', IconUserX, { do: 'assign', owner: null }, owned)}
        {change.isPending && (
          <Text size="sm" c="dimmed" role="status">
            Working …
          </Text>
        )}
      </Group>
      {change.error !== null && <Failed error={change.error} />}
      <TooMany target={all} />
      <ExceptDialog opened={dialog === 'except'} onClose={close} target={targetOf(exceptable)} onDone={onDone} />
      <AssignDialog opened={dialog === 'assign'} onClose={close} target={all} onDone={onDone} />
      <CommentDialog opened={dialog === 'comment'} onClose={close} target={all} onDone={onDone} />
    </>
  );
}
