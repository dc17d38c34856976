/** The end of the audit log is not what a host has written: nothing more is written after it, or the damage would be covered. */
export class AuditDamagedError extends Error {
  constructor() {
    super('The head of the audit log is missing or was changed by hand. "castellan audit verify" says more.');
    this.name = 'AuditDamagedError';
  }
}
