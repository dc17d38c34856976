import { sqlState } from './sql-state.js';

/** Connections that are refused, broken or ended; too many of them; a lock or a place that was not to be had in time. */
const STATES = /^(08...|57P0.|53300|55P03|25P03)$/;
const CODES = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'];
/** The pool and the driver say these in words only. */
const WORDS = /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;

/** Whether it is the database that is away or too busy: the same may go well in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  // Only a system call says `syscall`: a file that is missing is no database that is away.
  const isSocket = CODES.includes(code) && 'syscall' in error && ['connect', 'read', 'write'].includes(String(error.syscall));
  return STATES.test(sqlState(error) ?? '') || isSocket || WORDS.test(error.message);
}
