/** Why the host cannot start, in one line for the person at the terminal: what is wrong and what to do. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}

/** Turns whatever ended the start into that one line. Anything unknown is shown with its own words. */
export function startFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.replaceAll(/\s*\n\s*/g, ' ');
}
