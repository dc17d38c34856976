import type { FindingChangeInput, FindingView } from '@castellan/api';
import { Button, Group, Text } from '@mantine/core';
import {
  IconClockPause,
  IconEye,
  IconMessage,
  IconPlayerPlay,
  IconUserCheck,
  IconUserX,
  type TablerIcon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useSession } from '../session/session.js';
import { Failed } from '../states/Failed.js';
import { CommentDialog } from './CommentDialog.js';
import { ExceptDialog } from './ExceptDialog.js';
import { useFindingsChange } from './findings-queries.js';

interface FindingActionsProps {
  /** What is to be changed; none: nothing can be pressed. */
  readonly findings: readonly FindingView[];
  readonly onDone?: () => void;
  /** Of one finding there is a box of its own for comments. */
  readonly hasComment?: boolean;
}

const idsOf = (findings: readonly FindingView[]): readonly string[] => findings.map(({ id }) => id);

/** What can be done with findings. Only what would change any of them can be pressed. */
export function FindingActions({ findings, onDone = () => undefined, hasComment = true }: FindingActionsProps) {
  const { user } = useSession();
  const [dialog, setDialog] = useState<'except' | 'comment'>();
  const change = useFindingsChange(onDone);
  const button = (label: string, icon: TablerIcon, act: FindingChangeInput, own: readonly FindingView[]) => (
    <Action label={label} icon={icon} count={own.length} onPress={() => change.mutate({ change: act, ids: idsOf(own) })} />
  );
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
        <Action label="Except …" icon={IconClockPause} count={exceptable.length} onPress={() => setDialog('except')} />
        {user !== null && button('Assign to me', IconUserCheck, { do: 'assign', owner: user.id }, others)}
        {hasComment && (
          <Action label="Comment …" icon={IconMessage} count={findings.length} onPress={() => setDialog('comment')} />
        )}
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
      <ExceptDialog opened={dialog === 'except'} onClose={() => setDialog(undefined)} ids={idsOf(exceptable)} onDone={onDone} />
      <CommentDialog opened={dialog === 'comment'} onClose={() => setDialog(undefined)} ids={idsOf(findings)} onDone={onDone} />
    </>
  );
}

interface ActionProps {
  readonly label: string;
  readonly icon: TablerIcon;
  /** How many it would change. */
  readonly count: number;
  readonly onPress: () => void;
}

function Action({ label, icon: Icon, count, onPress }: ActionProps) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Icon size={14} aria-hidden />}
      disabled={count === 0}
      onClick={onPress}
    >
      {label}
    </Button>
  );
}
