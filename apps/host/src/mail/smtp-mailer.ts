import { setMaxListeners } from 'node:events';
import { Redactor } from '@castellan/http-client';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mailed, Mailer, OutgoingMail } from './mail.js';
import type { MailSettings } from './mail-settings.js';
import { failureWords, type SmtpError, smtpError } from './smtp-failure.js';
import { type SmtpAnswer, type SmtpLimits, SmtpSession } from './smtp-session.js';

export interface MailerOptions extends Omit<SmtpLimits, 'totalMs'> {
  /** For one mail, from the connection to the last answer. Default 25 s. */
  readonly totalMs?: number | undefined;
}

/** Servers that ask others before they answer take their time; a mail that is given up too early comes twice. */
const TOTAL_MS = 25_000;
const LONGEST_ANSWER = 200;
const MOST_NAMED = 5;

/** Hands each mail to the server of the settings, in a conversation of its own. */
export function createMailer({ server, from }: MailSettings, options: MailerOptions): Mailer {
  const limits: SmtpLimits = { ...options, totalMs: options.totalMs ?? TOTAL_MS };
  // Every conversation listens to it, which Node else warns about.
  setMaxListeners(0, limits.signal);
  const open = new Set<SmtpSession>();
  const redactor = new Redactor(secretsOf(server.credentials));
  return {
    async send(mail) {
      const raw = await written(mail, from);
      const session = new SmtpSession(server, limits, () => open.delete(session));
      open.add(session);
      try {
        const answer = await session.send({ from, to: mail.deliverTo, raw }, limits);
        return answered(answer, redactor);
      } catch (error) {
        limits.signal.throwIfAborted();
        return broken(error, mail, redactor);
      }
    },
    close() {
      for (const session of open) session.close();
    },
  };
}

/** Also as they are sent to sign in: a server may repeat what it was told. */
function secretsOf(credentials: MailSettings['server']['credentials']): readonly string[] {
  return credentials === undefined ? [] : [credentials.password, `\0${credentials.user}\0${credentials.password}`];
}

function written({ id, date, to, subject, text, html, headers }: OutgoingMail, from: string): Promise<Buffer> {
  const sender = { name: 'Castellan', address: from };
  const parts = { from: sender, to: [...to], subject, text, html, date, messageId: id, headers: { ...headers } };
  // Nothing of an event is ever read as the name of a file or of a page.
  return new MailComposer({ ...parts, disableFileAccess: true, disableUrlAccess: true, newline: 'win' }).compile().build();
}

function answered(answer: SmtpAnswer, redactor: Redactor): Mailed {
  const rejected = (answer.rejectedErrors ?? []).map(smtpError);
  return {
    accepted: answer.accepted,
    refused: rejected.filter(isFinal).flatMap(recipientOf),
    status: Number(/^\d{3}/.exec(answer.response)?.[0] ?? 250),
    error: rejected.length === 0 ? null : refusalWords(rejected, redactor),
  };
}

/**
 * What is said against a receiver or the message with 5xx is final. What is said against us (the greeting, the sign-in, the
 * sender) is a matter of settings, which somebody can mend before a day is over.
 */
function broken(error: unknown, { deliverTo }: OutgoingMail, redactor: Redactor): Mailed {
  const failure = smtpError(error);
  const { command, status = null, rejected } = failure;
  if (rejected.length > 0) {
    const refused = rejected.filter(isFinal).flatMap(recipientOf);
    return { accepted: [], refused, status, error: refusalWords(rejected, redactor) };
  }
  if (command !== 'DATA' || status === null) return { accepted: [], refused: [], status, error: failureWords(error) };
  const refused = isFinal(failure) ? deliverTo : [];
  const word = isFinal(failure) ? 'refused' : 'does not take';
  return { accepted: [], refused, status, error: `The mail server ${word} the mail: ${saidBy(failure, redactor)}` };
}

function isFinal({ status }: SmtpError): boolean {
  return status !== undefined && status >= 500;
}

function recipientOf({ recipient }: SmtpError): readonly string[] {
  return recipient === undefined ? [] : [recipient];
}

function refusalWords(rejected: readonly SmtpError[], redactor: Redactor): string {
  const named = rejected.slice(0, MOST_NAMED).map((one) => {
    const word = isFinal(one) ? 'was refused' : 'was not taken yet';
    return `${one.recipient ?? 'A receiver'} ${word}: ${saidBy(one, redactor)}`;
  });
  const more = rejected.length - named.length;
  return [...named, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ');
}

/** The server's words, in one line that is no novel. */
function saidBy({ response = '' }: SmtpError, redactor: Redactor): string {
  const line = redactor
    .text(response)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const short = line.length > LONGEST_ANSWER ? `${line.slice(0, LONGEST_ANSWER - 1)}…` : line;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}
