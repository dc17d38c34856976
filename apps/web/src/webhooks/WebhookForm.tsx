import type { Severity, WebhookFormat, WebhookView } from '@castellan/api';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { EventTypeChoice } from './EventTypeChoice.js';
import { FormatChoice } from './FormatChoice.js';
import { LeastSeverity } from './LeastSeverity.js';

export interface WebhookSettings {
  readonly url: string;
  readonly description: string | null;
  /** Empty: all. */
  readonly eventTypes: readonly string[];
  /** `null`: all. */
  readonly leastSeverity: Severity | null;
  readonly format: WebhookFormat;
  /** `null`: the format has none. */
  readonly template: string | null;
}

interface WebhookFormProps {
  readonly webhook?: WebhookView;
  readonly label: string;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onSubmit: (settings: WebhookSettings) => void;
  readonly onCancel: () => void;
}

export function WebhookForm({ webhook, error, onSubmit, ...form }: WebhookFormProps) {
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [eventTypes, setEventTypes] = useState<readonly string[]>(webhook?.eventTypes ?? []);
  const [isOfAll, setIsOfAll] = useState(eventTypes.length === 0);
  const [leastSeverity, setLeastSeverity] = useState(webhook?.leastSeverity ?? null);
  const [format, setFormat] = useState<WebhookFormat>(webhook?.format ?? 'castellan');
  const [template, setTemplate] = useState(webhook?.template ?? '');
  const problem = refused(error, ['url', 'description', 'eventTypes', 'leastSeverity', 'template']);
  return (
    <DialogForm
      {...form}
      error={problem.whole}
      // An empty list would mean all of them.
      isIncomplete={!isOfAll && eventTypes.length === 0}
      onSubmit={() =>
        onSubmit({
          url: url.trim(),
          description: description.trim() === '' ? null : description.trim(),
          eventTypes: isOfAll ? [] : eventTypes,
          leastSeverity,
          format,
          template: format === 'json' ? template : null,
        })
      }
    >
      <TextInput
        label="Address"
        description="Where to post to. It begins with https:// and can be reached from the host."
        type="url"
        autoComplete="off"
        data-autofocus
        value={url}
        error={problem.of('url')}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <TextInput
        label="Description"
        description="What receives it. Optional."
        autoComplete="off"
        value={description}
        error={problem.of('description')}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <FormatChoice
        format={format}
        template={template}
        error={problem.of('template')}
        onFormat={setFormat}
        onTemplate={setTemplate}
      />
      <EventTypeChoice
        isOfAll={isOfAll}
        chosen={eventTypes}
        error={problem.of('eventTypes')}
        onOfAll={setIsOfAll}
        onChosen={setEventTypes}
      />
      <LeastSeverity value={leastSeverity} error={problem.of('leastSeverity')} onChange={setLeastSeverity} />
    </DialogForm>
  );
}
