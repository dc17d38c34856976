/** The host's own log: what an administrator of the machine reads, not one of a workspace. */
export const AUDIT_LOGGER = Symbol('AuditLogger');
