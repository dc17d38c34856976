import { NoSignIn, SmtpTimeout } from './smtp-session.js';

/** What errors of nodemailer have, as far as we read it. */
export interface SmtpError {
  /** `EAUTH`, `ESOCKET`, ... */
  readonly code: string | undefined;
  /** Of the system, or of TLS. */
  readonly cause: string | undefined;
  /** What was said when it happened: `MAIL FROM`, `RCPT TO`, `DATA`, ... */
  readonly command: string | undefined;
  readonly status: number | undefined;
  /** The server's words. */
  readonly response: string | undefined;
  readonly recipient: string | undefined;
  /** Receivers that were refused, when all were. */
  readonly rejected: readonly SmtpError[];
}

export function smtpError(error: unknown): SmtpError {
  const text = (name: string): string | undefined => {
    const value = partOf(error, name);
    return typeof value === 'string' ? value : undefined;
  };
  const status = partOf(error, 'responseCode');
  const rejected = partOf(error, 'rejectedErrors');
  return {
    code: text('code'),
    cause: text('originalCode'),
    command: text('command'),
    status: typeof status === 'number' ? status : undefined,
    response: text('response'),
    recipient: text('recipient'),
    rejected: Array.isArray(rejected) ? rejected.map(smtpError) : [],
  };
}

const CERTIFICATE = /CERT|SIGNED|UNABLE_TO|ALTNAME/;

/** Why nobody got a mail, for whom it would not matter who it is for. The server's own words are not in it. */
export function failureWords(error: unknown): string {
  if (error instanceof SmtpTimeout) return 'The mail server did not answer in time.';
  if (error instanceof NoSignIn)
    return 'The mail server offers no sign-in. Take user and password out of CASTELLAN_SMTP_URL, or use a port that has one.';
  const { code, cause, command, status } = smtpError(error);
  const said = status === undefined ? '' : ` (${status})`;
  if (code === 'EAUTH') return `The mail server does not take user and password of CASTELLAN_SMTP_URL${said}.`;
  if (cause !== undefined && CERTIFICATE.test(cause)) return `The certificate of the mail server is not valid (${cause}).`;
  if (code === 'ETLS') return 'The connection to the mail server cannot be encrypted: it offers no STARTTLS, or breaks it off.';
  if (command === 'MAIL FROM' && status !== undefined)
    return `The mail server does not take mail from CASTELLAN_MAIL_FROM${said}.`;
  if (code === 'ETIMEDOUT') return 'The mail server did not answer in time.';
  if (code === 'EDNS') return 'The name of the mail server in CASTELLAN_SMTP_URL is unknown.';
  if (status !== undefined) return `The mail server takes no mail at the moment${said}.`;
  return `The mail server cannot be reached, or broke off (${cause ?? code ?? 'no reason given'}).`;
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
