import type { SavedQuestion } from '@castellan/api';
import { Button, Text, TextInput } from '@mantine/core';
import { IconBookmark, IconCheck, IconLink } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { notifications } from '@mantine/notifications';
import { post } from '../api/ask.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { useCopy } from '../states/use-copy.js';
import { savedQuery } from './access-queries.js';

/** Keeps the question of the page, or hands it to somebody. @param name suggested for it */
export function QuestionActions({ name }: { readonly name: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const { href } = useLocation();
  const { isCopied, copy } = useCopy(window.location.origin + href);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={isCopied ? <IconCheck size={15} aria-hidden /> : <IconLink size={15} aria-hidden />}
        onClick={copy}
      >
        {isCopied ? 'Copied' : 'Copy link'}
      </Button>
      <Button variant="default" size="xs" leftSection={<IconBookmark size={15} aria-hidden />} onClick={() => setIsOpen(true)}>
        Save
      </Button>
      <Dialog title="Save this question" opened={isOpen} onClose={() => setIsOpen(false)}>
        <SaveForm suggestion={name} address={href} onDone={() => setIsOpen(false)} />
      </Dialog>
    </>
  );
}

interface SaveFormProps {
  readonly suggestion: string;
  readonly address: string;
  readonly onDone: () => void;
}

function SaveForm({ suggestion, address, onDone }: SaveFormProps) {
  const [name, setName] = useState(suggestion.slice(0, 120));
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => post<SavedQuestion>('/saved-questions', { name: name.trim(), address }),
    onSuccess: async () => {
      await queries.invalidateQueries(savedQuery);
      notifications.show({ message: `“${name.trim()}” is kept in the access explorer.` });
      onDone();
    },
  });
  const problem = refused(save.error, ['name']);
  return (
    <DialogForm
      label="Save"
      isPending={save.isPending}
      error={problem.whole}
      isIncomplete={name.trim() === ''}
      onSubmit={() => save.mutate()}
      onCancel={onDone}
    >
      <Text size="sm">
        Everybody in the workspace sees it, with your name. It is kept with its filters and its date, and asked anew when it is
        opened.
      </Text>
      <TextInput
        label="Name"
        data-autofocus
        maxLength={120}
        value={name}
        error={problem.of('name')}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
    </DialogForm>
  );
}
