import { WEBHOOK_FORMATS, type WebhookFormat } from '@castellan/api';
import { JsonInput, Select } from '@mantine/core';

export const FORMAT_WORDS: Readonly<Record<WebhookFormat, string>> = {
  castellan: 'Castellan: the event, signed',
  slack: 'Slack: a message for a channel',
  json: 'JSON of your own',
};

const CHOICES = WEBHOOK_FORMATS.map((value) => ({ value, label: FORMAT_WORDS[value] }));

interface FormatChoiceProps {
  readonly format: WebhookFormat;
  readonly template: string;
  readonly error: string | undefined;
  readonly onFormat: (format: WebhookFormat) => void;
  readonly onTemplate: (template: string) => void;
}

/** What is posted. */
export function FormatChoice({ format, template, error, onFormat, onTemplate }: FormatChoiceProps) {
  return (
    <>
      <Select
        label="What is posted"
        description="Each is signed. For Slack, enter the address of an incoming webhook."
        data={CHOICES}
        value={format}
        allowDeselect={false}
        onChange={(chosen) => onFormat(WEBHOOK_FORMATS.find((known) => known === chosen) ?? format)}
      />
      {format === 'json' && (
        <JsonInput
          label="Template"
          description="JSON. In its texts {{title}}, {{link}}, {{id}}, {{type}}, {{timestamp}} and {{data.rule.title}}, or whatever an event has, stand for what happened."
          placeholder={'{"summary": "{{title}}", "priority": "{{data.severity}}"}'}
          autosize
          minRows={4}
          maxRows={16}
          value={template}
          error={error}
          onChange={onTemplate}
        />
      )}
    </>
  );
}
