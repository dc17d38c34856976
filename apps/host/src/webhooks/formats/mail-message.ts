import type { DueMail } from '@castellan/storage';
import type { OutgoingMail } from '../../mail/mail.js';
import { eventName } from '../event-payload.js';
import { eventWords } from './event-words.js';

/**
 * An event as a mail for people. Its id comes from the event and the sender alone: a mail program that gets it twice, because
 * an answer of a server was lost, can tell.
 * @param from a plain address
 * @param date of this attempt: servers take old mail for junk
 */
export function mailMessage(delivery: DueMail, from: string, publicUrl: string | undefined, date: Date): OutgoingMail {
  const { event, mailTo, mailAccepted, mailRefused } = delivery;
  const { title, facts, link } = eventWords(event, publicUrl);
  const name = eventName(event.id);
  const about = [...facts, ['Happened', event.occurredAt.toISOString()] as const];
  const why = `${event.type}, ${name}. Castellan sends this to whom a webhook names; who manages webhooks can change it.`;
  const severity = facts.find(([fact]) => fact === 'Severity')?.[1];
  const settled = new Set([...mailAccepted, ...mailRefused]);
  return {
    id: `<${name}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    date,
    to: mailTo,
    deliverTo: mailTo.filter((address) => !settled.has(address)),
    subject: `[Castellan] ${title}${severity === undefined ? '' : ` (${severity})`}`,
    text: textOf(title, about, link, why),
    html: htmlOf(title, about, link, why),
    headers: {
      // RFC 3834: no out-of-office note comes back.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'X-Castellan-Event': name,
      'X-Castellan-Event-Type': event.type,
    },
  };
}

/** Whoever gets it can have that mended. */
const NO_LINK = 'Without a link: whoever runs the host sets CASTELLAN_URL, and starts it again.';

type Facts = readonly (readonly [string, string])[];

function textOf(title: string, facts: Facts, link: string | null, why: string): string {
  const lines = facts.map(([name, value]) => `${name}: ${value}`);
  const more = ['', link === null ? NO_LINK : `Open in Castellan: ${link}`];
  return [title, '', ...lines, ...more, '', '-- ', why, ''].join('\n');
}

/** Names of others are in it: nothing of them may be a mark-up. */
function htmlOf(title: string, facts: Facts, link: string | null, why: string): string {
  const rows = facts.map(
    ([name, value]) => `<tr><td style="padding-right:16px;color:#555">${escaped(name)}</td><td>${escaped(value)}</td></tr>`,
  );
  const more = `<p>${link === null ? escaped(NO_LINK) : `<a href="${escaped(link)}">Open in Castellan</a>`}</p>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body style="font-family:sans-serif"><h1 style="font-size:18px">${escaped(title)}</h1>
<table style="border-collapse:collapse">${rows.join('\n')}</table>
${more}<p style="color:#555;font-size:12px">${escaped(why)}</p></body></html>
`;
}

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => MARKS[mark] ?? '');
}
