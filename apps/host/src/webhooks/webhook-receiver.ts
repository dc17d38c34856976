import { MOST_MAIL_RECEIVERS } from '@castellan/api';
import type { MailReceiver, WebhookChanges, WebhookKind, WebhookReceiver } from '@castellan/storage';
import { mailAddress } from '../mail/mail-address.js';
import { MAIL_VARIABLES } from '../mail/mail-settings.js';
import { Problem } from '../problems/problem.js';
import { type AskedFormat, readFormat } from './formats/webhook-format.js';
import type { WebhookSettings } from './webhook-settings.js';
import { invalidWebhook, webhookUrl } from './webhook-url.js';

interface AskedChange extends AskedFormat {
  readonly url?: string | null | undefined;
  readonly mailTo?: readonly string[] | null | undefined;
}

interface AskedReceiver extends AskedChange {
  readonly kind?: WebhookKind | undefined;
}

/** @throws Problem (409 without a mail server, 422) */
export function newReceiver(asked: AskedReceiver, settings: WebhookSettings): WebhookReceiver {
  if (asked.kind !== 'mail') {
    refuse(asked, ['mailTo'], 'http');
    const url = webhookUrl(asked.url ?? '', settings.allowedHosts);
    return { kind: 'http', url, mailTo: null, ...readFormat({ format: 'castellan', template: null }, asked) };
  }
  refuse(asked, OF_POSTS, 'mail');
  if (settings.mail === undefined) throw mailNotSetUp();
  return { kind: 'mail', mailTo: mailReceivers(asked.mailTo ?? []), url: null, format: null, template: null };
}

/** What is left out stays as it is. @throws Problem (422), also for what belongs to the other kind */
export function changedReceiver(before: WebhookReceiver, asked: AskedChange, settings: WebhookSettings): WebhookChanges {
  if (before.kind === 'http') {
    refuse(asked, ['mailTo'], 'http');
    const { url } = asked;
    const address = url === undefined ? {} : { url: webhookUrl(url ?? '', settings.allowedHosts) };
    return { ...address, ...readFormat(before, asked) };
  }
  refuse(asked, OF_POSTS, 'mail');
  return asked.mailTo === undefined ? {} : { mailTo: mailReceivers(asked.mailTo ?? []) };
}

/** What an audit log, a dialog or a list calls a webhook that nobody has described: nothing secret is in it. */
export function receiverName(receiver: WebhookReceiver): string {
  if (receiver.kind === 'http') return new URL(receiver.url).host;
  const [first, ...more] = receiver.mailTo;
  return more.length === 0 ? String(first) : `${first} and ${more.length} more`;
}

const OF_POSTS = ['url', 'format', 'template'] as const;

function refuse(asked: AskedChange, fields: readonly (keyof AskedChange)[], kind: WebhookKind): void {
  const other = kind === 'http' ? 'mail' : 'http';
  for (const field of fields)
    if (asked[field] !== undefined && asked[field] !== null)
      throw invalidWebhook(
        field,
        `Belongs to the kind ${other}, and this one is ${kind}. Leave it out, or set up another webhook.`,
      );
}

/** In one spelling, each once. @throws Problem (422) that names what is none */
function mailReceivers(texts: readonly string[]): MailReceiver['mailTo'] {
  if (texts.length === 0 || texts.length > MOST_MAIL_RECEIVERS)
    throw invalidWebhook('mailTo', `Must have 1 to ${MOST_MAIL_RECEIVERS} addresses.`);
  const found = texts.map((text, index) => {
    const address = mailAddress(text);
    if (address !== undefined) return address;
    // Not the text itself: what is no address may be anything.
    throw invalidWebhook(
      'mailTo',
      `Number ${index + 1} is no plain address such as soc@example.com: no name, no brackets, no quotes.`,
    );
  });
  if (new Set(found).size < found.length) throw invalidWebhook('mailTo', 'Must not name an address twice.');
  return found;
}

function mailNotSetUp(): Problem {
  const message = `This host has no mail server. Whoever runs it sets ${MAIL_VARIABLES}.`;
  return new Problem({ code: 'mail-not-set-up', detail: message, errors: [{ field: 'kind', message }] });
}
