/** A mail as it leaves, to whom it is still to go. */
export interface OutgoingMail {
  /** With angle brackets. */
  readonly id: string;
  readonly date: Date;
  /** All that it is for. */
  readonly to: readonly string[];
  /** Those of them who do not have it yet. */
  readonly deliverTo: readonly string[];
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How one attempt went. Whoever is in neither list is to be tried again. */
export interface Mailed {
  readonly accepted: readonly string[];
  /** For good. */
  readonly refused: readonly string[];
  /** Of the answer that decided; `null`: none came. */
  readonly status: number | null;
  /** What went wrong, as sentences without any secret; `null`: nothing. */
  readonly error: string | null;
}

/** No state is kept between two mails but what is under way. */
export interface Mailer {
  /** Sends once. @throws the signal's reason when it is aborted, and nothing else. */
  send(mail: OutgoingMail): Promise<Mailed>;
  /** Breaks off whatever is still open. */
  close(): void;
}
