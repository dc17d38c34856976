import type { WebhookView } from '@castellan/api';

/** How people tell a webhook from others that nobody has described: its host, or who gets its mail. */
export function receiverName({ url, mailTo }: Pick<WebhookView, 'url' | 'mailTo'>): string {
  if (url !== null) return new URL(url).host;
  const [first = 'Mail', ...more] = mailTo ?? [];
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** The whole of it: the address, or everybody. */
export function receiverText({ url, mailTo }: Pick<WebhookView, 'url' | 'mailTo'>): string {
  return url ?? mailTo?.join(', ') ?? '';
}

/** Addresses as people write them: one a line, or with commas. */
export function addressesIn(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== '');
}
