import { sqlState } from './sql-state.js';

/** For how long, and for whom, statements are run. */
export interface StatementBounds {
  /** That one statement may take, in milliseconds. */
  readonly mostMs: number;
  /** Aborted once nobody waits for the answer any more. */
  readonly unwanted: AbortSignal;
}

/** A statement that was ended on its way. Nothing of it was done. */
export class StatementEndedError extends Error {
  constructor(
    readonly reason: 'too long' | 'unwanted',
    options?: ErrorOptions,
  ) {
    super(
      reason === 'unwanted' ? 'Nobody waits for the answer any more.' : 'A statement took too long and was ended.',
      options,
    );
    this.name = 'StatementEndedError';
  }
}

/** To end a statement costs a connection: most are over before, also those that a search has left behind while somebody typed. */
const PATIENCE_MS = 1_000;
/** Until the next try, where the server takes no connection. */
const AGAIN_MS = 5_000;
const CANCELED = '57014';

/**
 * Ends what runs too long, or for nobody. A statement that is quick pays for a timer and no more: nothing is sent for it.
 * @param cancel ends at the server what this connection runs
 * @throws StatementEndedError
 */
export async function bounded<T>(
  run: () => Promise<T>,
  cancel: () => Promise<void>,
  { mostMs, unwanted }: StatementBounds,
): Promise<T> {
  if (unwanted.aborted) throw new StatementEndedError('unwanted');
  let reason: StatementEndedError['reason'] | undefined;
  let isOver = false;
  let canceling: Promise<void> | undefined;
  const canceled = async (why: StatementEndedError['reason']): Promise<void> => {
    // It says itself what keeps it from doing so.
    await cancel().catch(() => undefined);
    // One after the other: one that arrives late would end what the next one runs on this connection.
    if (!isOver) timer = setTimeout(end, AGAIN_MS, why);
  };
  const end = (why: StatementEndedError['reason']): void => {
    clearTimeout(timer);
    reason = why;
    canceling = canceled(why);
  };
  let timer = setTimeout(end, mostMs, 'too long' as const);
  const onUnwanted = (): void => {
    if (reason !== undefined) return;
    clearTimeout(timer);
    timer = setTimeout(end, PATIENCE_MS, 'unwanted' as const);
  };
  unwanted.addEventListener('abort', onUnwanted);
  try {
    return await run();
  } catch (error) {
    if (reason === undefined || sqlState(error) !== CANCELED) throw error;
    throw new StatementEndedError(reason, { cause: error });
  } finally {
    isOver = true;
    clearTimeout(timer);
    unwanted.removeEventListener('abort', onUnwanted);
    await canceling;
  }
}
