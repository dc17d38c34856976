import { SMTPServer } from 'smtp-server';

/** A mail server on this machine: keeps whom it has taken a mail for, and refuses one receiver. */
export class Mailbox {
  /** Of each mail. */
  readonly received: (readonly string[])[] = [];
  refused = '';
  readonly #server: SMTPServer;
  #port = 0;

  private constructor() {
    this.#server = new SMTPServer({
      logger: false,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: ({ address }, _, done) => {
        if (address !== this.refused) return done();
        return done(Object.assign(new Error('There is no such mailbox'), { responseCode: 550 }));
      },
      onData: (stream, { envelope }, done) => {
        stream.resume().on('end', () => {
          this.received.push(envelope.rcptTo.map(({ address }) => address));
          done();
        });
      },
    });
  }

  static async start(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    await new Promise<void>((resolve) => {
      const listening = mailbox.#server.listen(0, '127.0.0.1', () => {
        const address = listening.address();
        mailbox.#port = typeof address === 'object' && address !== null ? address.port : 0;
        resolve();
      });
    });
    return mailbox;
  }

  /** For a host that hands its mail to it. */
  get settings() {
    const server = { host: '127.0.0.1', port: this.#port, secure: false, requireTls: false };
    return { server, from: 'castellan@castellan.example' };
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
