import { AuditDamagedError, isDatabaseAway, SecretsError, StatementEndedError } from '@castellan/storage';
import { Problem } from './problem.js';
import { PROBLEMS } from './problem-catalogue.js';

/** What only the administrator of the machine can mend, and the caller should be able to tell him. */
export function storageProblem(error: unknown): Problem | undefined {
  if (error instanceof SecretsError && error.code === 'key_retired') {
    return new Problem({ code: 'key-retired', detail: error.message });
  }
  if (error instanceof StatementEndedError) {
    const { meaning, remedy } = PROBLEMS['took-too-long'];
    return new Problem({ code: 'took-too-long', detail: `${meaning} ${remedy}`, cause: error });
  }
  if (isDatabaseAway(error)) {
    const detail = 'The database is away, or too busy. Nothing was changed; try again.';
    return new Problem({ code: 'database-away', detail, retryAfterSeconds: 5, cause: error });
  }
  if (!(error instanceof AuditDamagedError)) return undefined;
  const detail = `Nothing can be changed, because it could not be written down. ${error.message}`;
  return new Problem({ code: 'audit-log-damaged', detail });
}
