import type { Severity, WebhookView } from '@castellan/api';
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { webhooksQuery } from './webhook-queries.js';
import { EventTypeChoice } from './EventTypeChoice.js';
import { LeastSeverity } from './LeastSeverity.js';
import { enteredReceiver, RECEIVER_FIELDS, ReceiverFields, type ReceiverSettings, receiverSettings } from './ReceiverFields.js';

export type WebhookSettings = ReceiverSettings & {
  readonly description: string | null;
  /** Empty: all. */
  readonly eventTypes: readonly string[];
  /** `null`: all. */
  readonly leastSeverity: Severity | null;
};

interface WebhookFormProps {
  readonly webhook?: WebhookView;
  readonly label: string;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onSubmit: (settings: WebhookSettings) => void;
  readonly onCancel: () => void;
}

export function WebhookForm({ webhook, error, onSubmit, ...form }: WebhookFormProps) {
  const [receiver, setReceiver] = useState(() => enteredReceiver(webhook));
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [eventTypes, setEventTypes] = useState<readonly string[]>(webhook?.eventTypes ?? []);
  const [isOfAll, setIsOfAll] = useState(eventTypes.length === 0);
  const [leastSeverity, setLeastSeverity] = useState(webhook?.leastSeverity ?? null);
  const { data: host } = useQuery(webhooksQuery);
  const isWithoutServer = host?.isMailSetUp === false;
  // One that was set up while there was a server can be changed.
  const isInVain = isWithoutServer && receiver.kind === 'mail' && webhook === undefined;
  const problem = refused(error, [...RECEIVER_FIELDS, 'description', 'eventTypes', 'leastSeverity']);
  return (
    <DialogForm
      {...form}
      error={problem.whole}
      // An empty list would mean all of them.
      isIncomplete={isInVain || (!isOfAll && eventTypes.length === 0)}
      onSubmit={() =>
        onSubmit({
          ...receiverSettings(receiver),
          description: description.trim() === '' ? null : description.trim(),
          eventTypes: isOfAll ? [] : eventTypes,
          leastSeverity,
        })
      }
    >
      <ReceiverFields
        entered={receiver}
        onEntered={setReceiver}
        isNew={webhook === undefined}
        isWithoutServer={isWithoutServer}
        isWithoutLinks={host?.hasLinks === false}
        problem={problem}
      />
      <TextInput
        label="Description"
        description="What receives it. Optional."
        autoComplete="off"
        value={description}
        error={problem.of('description')}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <EventTypeChoice
        isOfAll={isOfAll}
        isPosted={receiver.kind === 'http'}
        chosen={eventTypes}
        error={problem.of('eventTypes')}
        onOfAll={setIsOfAll}
        onChosen={setEventTypes}
      >
        <LeastSeverity value={leastSeverity} error={problem.of('leastSeverity')} onChange={setLeastSeverity} />
      </EventTypeChoice>
    </DialogForm>
  );
}
