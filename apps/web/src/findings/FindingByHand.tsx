import type { FindingDetail } from '@castellan/api';
import { Button, Group, Text, Textarea } from '@mantine/core';
import { IconTool } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { byHandWords } from './finding-words.js';
import { useFindingByHand } from './findings-queries.js';

/** What somebody has mended in the console of the provider, and what the looks since then say of it. */
export function FindingByHand({ finding: { id, status, byHand } }: { readonly finding: FindingDetail }) {
  const [isOpen, setOpen] = useState(false);
  const mayManage = useMay('findings:manage');
  if (status === 'resolved' || (byHand === null && !mayManage)) return null;
  const close = (): void => setOpen(false);
  return (
    <Group gap="sm" role="group" aria-label="Done by hand">
      {byHand !== null && (
        <Text size="sm">
          {byHandWords(byHand)}{' '}
          <Text span size="xs" c="dimmed">
            {byHand.by} · <Ago at={byHand.at} />
          </Text>
        </Text>
      )}
      {mayManage && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconTool size={14} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          Done by hand …
        </Button>
      )}
      <Dialog title="Done by hand" opened={isOpen} onClose={close}>
        <ByHandForm id={id} onClose={close} />
      </Dialog>
    </Group>
  );
}

function ByHandForm({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const [note, setNote] = useState('');
  const mend = useFindingByHand(id, onClose);
  const problem = refused(mend.error, ['note']);
  return (
    <DialogForm
      label="Done by hand"
      isPending={mend.isPending}
      error={problem.whole}
      isIncomplete={note.trim() === ''}
      onSubmit={() => mend.mutate(note.trim())}
      onCancel={onClose}
    >
      <Text size="sm">The next look after a sync resolves the finding, or says that it is there still.</Text>
      <Textarea
        label="What was done"
        description="For those who read the history, e.g. with the number of a ticket."
        data-autofocus
        autosize
        minRows={2}
        maxLength={500}
        value={note}
        error={problem.of('note')}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
    </DialogForm>
  );
}
