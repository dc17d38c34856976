import type { FindingChangeInput, FindingStatus } from '@castellan/api';
import { Group } from '@mantine/core';
import { IconClockPause, IconEye, IconMessage, IconPlayerPlay, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { Confirm } from '../states/Confirm.js';
import { Action } from './Action.js';
import { AssignDialog } from './AssignDialog.js';
import { CommentDialog } from './CommentDialog.js';
import { ExceptDialog } from './ExceptDialog.js';
import { countedFindings } from './finding-words.js';
import { type ChangeTarget, tooManyWords, useFindingsChange } from './findings-queries.js';
import { type Matching, matchingTarget } from './matching.js';
import { TooMany } from './TooMany.js';

interface Simple {
  readonly act: FindingChangeInput & { readonly do: 'acknowledge' | 'unacknowledge' | 'end_exception' };
  readonly label: string;
  /** What it can be done to. */
  readonly from: FindingStatus;
  /** What becomes of them. */
  readonly so: string;
}

const SIMPLE: readonly (Simple & { readonly icon: typeof IconEye })[] = [
  { act: { do: 'acknowledge' }, label: 'Acknowledge', from: 'open', so: 'acknowledged', icon: IconEye },
  { act: { do: 'unacknowledge' }, label: 'Take back acknowledgement', from: 'acknowledged', so: 'opened again', icon: IconEye },
  { act: { do: 'end_exception' }, label: 'End exception', from: 'excepted', so: 'counted again', icon: IconPlayerPlay },
];

interface MatchingActionsProps {
  readonly matching: Matching;
  readonly onDone: () => void;
}

/** What can be done with all findings of a list, also those that are not shown. Each asks once more, with their number. */
export function MatchingActions({ matching, onDone }: MatchingActionsProps) {
  const [dialog, setDialog] = useState<Simple['label']>();
  const close = (): void => setDialog(undefined);
  const all = matchingTarget(matching);
  const open = (label: string) => () => setDialog(label);
  return (
    <>
      <Group gap={6} role="group" aria-label="Actions for all that match">
        {SIMPLE.map(({ label, from, icon }) => {
          const target = matchingTarget(matching, [from]);
          return target.count > 0 && <Action key={label} label={label} icon={icon} target={target} onPress={open(label)} />;
        })}
        <Action label="Except …" icon={IconClockPause} target={all} onPress={open('except')} />
        <Action label="Assign …" icon={IconUsers} target={all} onPress={open('assign')} />
        <Action label="Comment …" icon={IconMessage} target={all} onPress={open('comment')} />
      </Group>
      {SIMPLE.map((simple) => (
        <ConfirmChange
          key={simple.label}
          opened={dialog === simple.label}
          onClose={close}
          simple={simple}
          target={matchingTarget(matching, [simple.from])}
          onDone={onDone}
        />
      ))}
      <ExceptDialog opened={dialog === 'except'} onClose={close} target={all} onDone={onDone} />
      <AssignDialog opened={dialog === 'assign'} onClose={close} target={all} onDone={onDone} />
      <CommentDialog opened={dialog === 'comment'} onClose={close} target={all} onDone={onDone} />
    </>
  );
}

interface ConfirmChangeProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly simple: Simple;
  readonly target: ChangeTarget;
  readonly onDone: () => void;
}

function ConfirmChange({ opened, onClose, simple: { act, label, so }, target, onDone }: ConfirmChangeProps) {
  const change = useFindingsChange(() => {
    onDone();
    onClose();
  });
  const isTooMany = tooManyWords(target) !== undefined;
  return (
    <Confirm
      title={`${label}: ${countedFindings(target.count)}`}
      opened={opened}
      onClose={onClose}
      label={label}
      isPending={change.isPending}
      isImpossible={isTooMany}
      error={change.error}
      onConfirm={() => change.mutate({ change: act, ...target })}
    >
      {isTooMany ? (
        <TooMany target={target} />
      ) : (
        `${countedFindings(target.count)} of this list will be ${so}, also those that are not shown. What matches only later, before you confirm, is changed with them.`
      )}
    </Confirm>
  );
}
