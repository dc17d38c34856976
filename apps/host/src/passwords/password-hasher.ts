import { hash, verify } from '@node-rs/argon2';

/** argon2id is the library's standard. OWASP's first choice: 19 MiB, two passes, one lane. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** argon2id. Each hash takes some 15 ms of a thread of its own. */
export class PasswordHasher {
  /** Of a password that nobody has: verifying against it takes as long as against a real one. */
  readonly #nobody: string;

  private constructor(nobody: string) {
    this.#nobody = nobody;
  }

  static async create(): Promise<PasswordHasher> {
    return new PasswordHasher(await hash('of nobody', OPTIONS));
  }

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFKC'), OPTIONS);
  }

  /** `null` (no such user, or no password): refused, after the same time. */
  async verify(stored: string | null, password: string): Promise<boolean> {
    const matches = await verify(stored ?? this.#nobody, password.normalize('NFKC'));
    return stored !== null && matches;
  }
}
