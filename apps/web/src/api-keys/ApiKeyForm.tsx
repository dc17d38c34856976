import type { NewApiKeyView, Permission } from '@castellan/api';
import { Code, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../api/ask.js';
import { Ago } from '../states/Ago.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { ShownOnce } from '../states/ShownOnce.js';
import { apiKeysQuery } from './api-key-queries.js';
import { PermissionChoice } from './PermissionChoice.js';

/** What the host takes when nothing is said. */
const STANDARD_DAYS = 90;

interface ApiKeyFormProps {
  /** Of the list of keys: of the own workspace, or of another one. */
  readonly path: string;
  /** What a key can be given: no more than its maker has. */
  readonly offered: readonly Permission[];
  readonly onClose: () => void;
}

export function ApiKeyForm({ path, offered, onClose }: ApiKeyFormProps) {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Permission[]>([]);
  const [days, setDays] = useState<string | number>(STANDARD_DAYS);
  const queries = useQueryClient();
  const make = useMutation({
    mutationFn: () => post<NewApiKeyView>(path, { name, scopes, ...(days !== '' && { expiresInDays: days }) }),
    // The key must not outlive the dialog.
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: apiKeysQuery.queryKey }),
  });
  const problem = refused(make.error, ['name', 'scopes', 'expiresInDays']);
  if (make.data !== undefined)
    return (
      <ShownOnce label="API key" secret={make.data.key} onDone={onClose}>
        The program sends it with each request: <Code>Authorization: Bearer KEY</Code>. It ends <Ago at={make.data.expiresAt} />
        .
      </ShownOnce>
    );
  return (
    <DialogForm
      label="Make the key"
      isPending={make.isPending}
      error={problem.whole}
      onSubmit={() => make.mutate()}
      onCancel={onClose}
    >
      <TextInput
        label="Name"
        description="What it is for: whoever reads the list in a year should know whether it is still needed."
        autoComplete="off"
        data-autofocus
        value={name}
        error={problem.of('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PermissionChoice offered={offered} value={scopes} error={problem.of('scopes')} onChange={setScopes} />
      <NumberInput
        label="Days until it ends"
        description="From 1 to 366."
        value={days}
        error={problem.of('expiresInDays')}
        allowNegative={false}
        allowDecimal={false}
        maw={200}
        onChange={setDays}
      />
    </DialogForm>
  );
}
