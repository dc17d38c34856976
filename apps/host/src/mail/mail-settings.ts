/** The server that mail is handed to, from `CASTELLAN_SMTP_URL`. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`); else STARTTLS, if the server offers it. */
  readonly secure: boolean;
  readonly credentials?: { readonly user: string; readonly password: string };
  /** Nothing is sent in clear text: it may not be said who signs in where others listen. */
  readonly requireTls: boolean;
}

export interface MailSettings {
  readonly server: SmtpServer;
  /** A plain address: who mail is from, and where a server reports what it could not deliver. */
  readonly from: string;
}

/** What a person is told where there is none. */
export const MAIL_VARIABLES = 'CASTELLAN_SMTP_URL and CASTELLAN_MAIL_FROM';
