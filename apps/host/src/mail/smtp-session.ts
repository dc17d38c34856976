import { rootCertificates } from 'node:tls';
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpServer } from './mail-settings.js';

export interface SmtpMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

export interface SmtpLimits {
  /** Ends it at once. */
  readonly signal: AbortSignal;
  /** From the name of the server to its last answer. */
  readonly totalMs: number;
  /** PEM: believed beside those of Node. */
  readonly certificates?: string | undefined;
}

export type SmtpAnswer = SmtpConnection.SentMessageInfo;

/** The whole conversation did not end in time. */
export class SmtpTimeout extends Error {}
/** The server does not ask who is there, although we have been told what to say. */
export class NoSignIn extends Error {}

/** How long a server may take to say goodbye, when the mail is already its own. */
const GOODBYE_MS = 1_000;

/** One conversation with a mail server: one mail, then it is over. */
export class SmtpSession {
  readonly #server: SmtpServer;
  readonly #connection: SmtpConnection;

  /** @param onEnd nothing of it is open any more */
  constructor(server: SmtpServer, { totalMs, certificates }: Omit<SmtpLimits, 'signal'>, onEnd: () => void) {
    this.#server = server;
    const { host, port, secure, requireTls } = server;
    const times = { dnsTimeout: totalMs, connectionTimeout: totalMs, greetingTimeout: totalMs, socketTimeout: totalMs };
    const tls = certificates === undefined ? {} : { ca: [...rootCertificates, certificates] };
    this.#connection = new SmtpConnection({ host, port, secure, requireTLS: requireTls, ...times, socketCloseTimeout: 0, tls });
    this.#connection.once('end', onEnd);
  }

  /** @throws an error of nodemailer, SmtpTimeout, NoSignIn, or the signal's reason */
  async send(message: SmtpMessage, { signal, totalMs }: SmtpLimits): Promise<SmtpAnswer> {
    signal.throwIfAborted();
    let onAbort = (): void => undefined;
    let timer: NodeJS.Timeout | undefined;
    const broken = new Promise<never>((_, reject) => {
      onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort);
      timer = setTimeout(() => reject(new SmtpTimeout('The mail server did not answer in time.')), totalMs);
      // Stays: what breaks afterwards must not end the process.
      this.#connection.on('error', reject);
      // What it has said before comes a moment later, and is the better reason.
      this.#connection.once('end', () => setImmediate(reject, new Error('The mail server closed the connection.')));
    });
    try {
      const answer = await Promise.race([this.#converse(message), broken]);
      this.#leave();
      return answer;
    } catch (error) {
      this.#connection.close();
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  close(): void {
    this.#connection.close();
  }

  async #converse({ from, to, raw }: SmtpMessage): Promise<SmtpAnswer> {
    const connection = this.#connection;
    await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
    await this.#signIn();
    const envelope = { from, to: [...to], size: raw.length };
    return new Promise((resolve, reject) => {
      connection.send(envelope, raw, (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  }

  async #signIn(): Promise<void> {
    const { credentials } = this.#server;
    if (credentials === undefined) return;
    if (!this.#connection.allowsAuth) throw new NoSignIn('The mail server offers no sign-in.');
    const auth = { user: credentials.user, pass: credentials.password };
    await new Promise<void>((resolve, reject) => this.#connection.login(auth, (error) => (error ? reject(error) : resolve())));
  }

  #leave(): void {
    const timer = setTimeout(() => this.#connection.close(), GOODBYE_MS);
    this.#connection.once('end', () => clearTimeout(timer));
    this.#connection.quit();
  }
}
