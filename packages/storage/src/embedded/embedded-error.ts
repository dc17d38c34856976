/** What keeps the embedded server from starting, in one line that says the way out. */
export class EmbeddedDatabaseError extends Error {
  constructor(
    readonly code: 'no_binaries' | 'in_use' | 'other_version' | 'foreign_folder' | 'not_permitted' | 'not_started',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EmbeddedDatabaseError';
  }
}
