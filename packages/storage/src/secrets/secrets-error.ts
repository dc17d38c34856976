/** Something about keys or sealed secrets, in one line that says the way out. Never holds a key or a secret. */
export class SecretsError extends Error {
  constructor(
    readonly code:
      | 'bad_key'
      | 'key_missing'
      | 'key_exposed'
      | 'wrong_key'
      | 'cannot_open'
      | 'key_retired'
      | 'no_new_key'
      | 'rotation_busy'
      | 'rotation_stuck',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SecretsError';
  }
}
