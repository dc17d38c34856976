import type { WebhookFormat } from '@castellan/api';
import { invalidWebhook } from '../webhook-url.js';
import { templateFault } from './template.js';

/** What a webhook posts: a template belongs to `json`, and `json` needs one. */
export interface FormatOfWebhook {
  readonly format: WebhookFormat;
  readonly template: string | null;
}

export interface AskedFormat {
  readonly format?: WebhookFormat | undefined;
  readonly template?: string | null | undefined;
}

/**
 * The format that somebody asks for; what is left out stays as it is, but for the template of a format that has none.
 * @throws Problem (422) that says what is wrong with the template
 */
export function readFormat(before: FormatOfWebhook, asked: AskedFormat): FormatOfWebhook {
  const format = asked.format ?? before.format;
  if (format !== 'json') {
    if (asked.template !== undefined && asked.template !== null)
      throw invalidWebhook('template', `Belongs to the format json, not to ${format}.`);
    return { format, template: null };
  }
  const template = asked.template === undefined ? before.template : asked.template;
  if (template === null) throw invalidWebhook('template', 'Is required by the format json: the JSON to post.');
  const fault = templateFault(template);
  if (fault !== undefined) throw invalidWebhook('template', fault);
  return { format, template };
}
