import type { Posted } from '@castellan/http-client';
import type { Attempt, DueMail } from '@castellan/storage';
import type { Mailed } from '../mail/mail.js';
import { askedDelayMs } from './retry-delay.js';

/** What an attempt has come to, and how long a receiver asks to be left alone. */
export type Judgement = Pick<Attempt, 'outcome' | 'status' | 'error' | 'receipts'> & { readonly askedMs: number };

/** @param error a sentence */
export function failed(error: string): Judgement {
  return { outcome: 'failed', status: null, error, askedMs: 0 };
}

export function judgedPost(posted: Posted): Judgement {
  if (posted.kind === 'none') return failed(posted.reason);
  const { status, headers } = posted;
  const about = { status, askedMs: askedDelayMs(headers['retry-after']?.[0], new Date()) };
  if (status >= 200 && status < 300) return { ...about, outcome: 'delivered', error: null };
  if (status === 410)
    return { ...about, outcome: 'gone', error: 'It answered 410: the receiver is there no more. The webhook was disabled.' };
  const redirect = status >= 300 && status < 400;
  const way = redirect ? ': redirects are not followed. Enter the address that it leads to.' : '.';
  return { ...about, outcome: 'failed', error: `It answered ${status}${way}` };
}

/** Over, when every receiver has accepted it or has refused it for good; delivered, when at least one has it. */
export function judgedMail(delivery: DueMail, { accepted, refused, status, error }: Mailed): Judgement {
  const receipts = { mailAccepted: accepted, mailRefused: refused };
  const have = new Set([...delivery.mailAccepted, ...accepted]);
  const settled = new Set([...have, ...delivery.mailRefused, ...refused]);
  const isOver = delivery.mailTo.every((address) => settled.has(address));
  const isThere = delivery.mailTo.some((address) => have.has(address));
  return { outcome: isOver ? (isThere ? 'delivered' : 'refused') : 'failed', status, error, receipts, askedMs: 0 };
}
