import type { DetectionListKind, DetectionListView } from '@castellan/api';
import { Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { useSaveList } from './detection-queries.js';
import { countedEntries, entriesOf, LIST_WORDS } from './list-words.js';

/** What is written. `list` is `undefined` of a new one. */
export interface ListEdited {
  readonly kind: DetectionListKind;
  readonly list: DetectionListView | undefined;
}

interface ListDialogProps {
  readonly edited: ListEdited | undefined;
  readonly onClose: () => void;
}

export function ListDialog({ edited, onClose }: ListDialogProps) {
  const title = edited === undefined ? '' : (edited.list?.name ?? `${LIST_WORDS[edited.kind].title}: a new list`);
  return (
    <Dialog title={title} size="lg" opened={edited !== undefined} onClose={onClose}>
      {edited !== undefined && <ListForm edited={edited} onClose={onClose} />}
    </Dialog>
  );
}

interface ListFormProps {
  readonly edited: ListEdited;
  readonly onClose: () => void;
}

function ListForm({ edited: { kind, list }, onClose }: ListFormProps) {
  const [name, setName] = useState(list?.name ?? '');
  const [text, setText] = useState(list?.entries.join('\n') ?? '');
  const mayManage = useMay('detection:manage');
  const save = useSaveList(() => {
    notifications.show({ message: 'The list is saved. Rules go by it from the next event on.' });
    onClose();
  });
  const problem = refused(save.error, ['name', 'entries']);
  const entries = entriesOf(text);
  const { example } = LIST_WORDS[kind];
  return (
    <DialogForm
      label="Save"
      isPending={save.isPending}
      error={problem.whole}
      isIncomplete={!mayManage || name.trim() === ''}
      onSubmit={() => save.mutate({ kind, name: name.trim(), entries })}
      onCancel={onClose}
    >
      <Stack gap="sm">
        {list === undefined && (
          <TextInput
            label="Name"
            description={kind === 'placeholder' ? 'As between the % in a rule: letters, digits, _ and -.' : undefined}
            withAsterisk
            data-autofocus
            value={name}
            error={problem.of('name')}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
        )}
        <Textarea
          label="Entries"
          description={`One a line, such as ${example}. ${countedEntries(entries.length)}.`}
          autosize
          minRows={6}
          maxRows={18}
          spellCheck={false}
          readOnly={!mayManage}
          value={text}
          error={problem.of('entries')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </Stack>
    </DialogForm>
  );
}
