import { MOST_MAIL_RECEIVERS, type WebhookFormat, type WebhookKind, type WebhookView } from '@castellan/api';
import { Alert, Input, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core';
import { IconMailOff, IconUnlink } from '@tabler/icons-react';
import type { Refused } from '../states/refused.js';
import { FormatChoice } from './FormatChoice.js';
import { addressesIn } from './receiver-name.js';

/** What is entered about who is told, as it stands in the fields. */
export interface EnteredReceiver {
  readonly kind: WebhookKind;
  readonly url: string;
  readonly format: WebhookFormat;
  readonly template: string;
  readonly mailTo: string;
}

/** As the API takes it: each kind has its own. */
export type ReceiverSettings =
  | {
      readonly kind: 'http';
      readonly url: string;
      readonly format: WebhookFormat;
      /** `null`: the format has none. */
      readonly template: string | null;
    }
  | { readonly kind: 'mail'; readonly mailTo: readonly string[] };

/** The fields at which `ReceiverFields` says what is wrong. */
export const RECEIVER_FIELDS = ['kind', 'url', 'format', 'template', 'mailTo'] as const;

export function enteredReceiver(webhook: WebhookView | undefined): EnteredReceiver {
  return {
    kind: webhook?.kind ?? 'http',
    url: webhook?.url ?? '',
    format: webhook?.format ?? 'castellan',
    template: webhook?.template ?? '',
    mailTo: webhook?.mailTo?.join('\n') ?? '',
  };
}

export function receiverSettings({ kind, url, format, template, mailTo }: EnteredReceiver): ReceiverSettings {
  if (kind === 'mail') return { kind, mailTo: addressesIn(mailTo) };
  return { kind, url: url.trim(), format, template: format === 'json' ? template : null };
}

const KINDS = [
  { value: 'http', label: 'Web address' },
  { value: 'mail', label: 'Mail' },
] as const satisfies readonly { readonly value: WebhookKind; readonly label: string }[];

interface ReceiverFieldsProps {
  readonly entered: EnteredReceiver;
  readonly onEntered: (entered: EnteredReceiver) => void;
  /** A webhook that is there keeps its kind. */
  readonly isNew: boolean;
  /** The host could send no mail. */
  readonly isWithoutServer: boolean;
  /** The host does not know the address that people use. */
  readonly isWithoutLinks: boolean;
  readonly problem: Refused;
}

/** Who is told, and what is posted. */
export function ReceiverFields({ entered, onEntered, isNew, isWithoutServer, isWithoutLinks, problem }: ReceiverFieldsProps) {
  const { kind, url, format, template, mailTo } = entered;
  return (
    <>
      {isNew && (
        <Input.Wrapper label="How it is told" labelElement="div" error={problem.of('kind')}>
          <SegmentedControl
            fullWidth
            mt={4}
            aria-label="How it is told"
            data={[...KINDS]}
            value={kind}
            onChange={(chosen) => onEntered({ ...entered, kind: chosen })}
          />
        </Input.Wrapper>
      )}
      {kind === 'mail' && isWithoutServer && <NoMailServer />}
      {isWithoutLinks && (kind === 'mail' || format === 'slack') && <NoLinks isMail={kind === 'mail'} />}
      {kind === 'mail' ? (
        <Textarea
          label="Receivers"
          description={`Mail addresses, one a line, at most ${MOST_MAIL_RECEIVERS}. Each sees the others. What they get are words for people, not signed.`}
          autosize
          minRows={2}
          maxRows={8}
          autoComplete="off"
          data-autofocus
          value={mailTo}
          error={problem.of('mailTo')}
          onChange={(event) => onEntered({ ...entered, mailTo: event.currentTarget.value })}
        />
      ) : (
        <>
          <TextInput
            label="Address"
            description="Where to post to. It begins with https:// and can be reached from the host."
            type="url"
            autoComplete="off"
            data-autofocus
            value={url}
            error={problem.of('url')}
            onChange={(event) => onEntered({ ...entered, url: event.currentTarget.value })}
          />
          <FormatChoice
            format={format}
            template={template}
            error={problem.of('template')}
            onFormat={(chosen) => onEntered({ ...entered, format: chosen })}
            onTemplate={(text) => onEntered({ ...entered, template: text })}
          />
        </>
      )}
    </>
  );
}

/** Whoever gets it would have to look for the incident. */
function NoLinks({ isMail }: { readonly isMail: boolean }) {
  return (
    <Alert variant="light" color="orange" icon={<IconUnlink size={18} aria-hidden />} title="Without links">
      <Text size="sm">
        {isMail ? 'Mails' : 'Messages'} will have no link to the incident: the host does not know the address that people use.
        Whoever runs it sets CASTELLAN_URL, and starts it again.
      </Text>
    </Alert>
  );
}

/** Said before somebody has filled in everything, and then could not have it. */
function NoMailServer() {
  return (
    <Alert variant="light" color="orange" icon={<IconMailOff size={18} aria-hidden />} title="The host has no mail server">
      <Text size="sm">
        Mail cannot be sent. Whoever runs the host sets CASTELLAN_SMTP_URL and CASTELLAN_MAIL_FROM, and starts it again. Until
        then, choose a web address.
      </Text>
    </Alert>
  );
}
