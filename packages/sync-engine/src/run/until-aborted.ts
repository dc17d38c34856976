/** How long an aborted connector may take to end its iteration before it is left behind, in milliseconds. */
const GRACE_MS = 5_000;

/** The same messages, but an iterator that ignores the signal cannot hold the run. */
export async function* untilAborted<Message>(
  messages: AsyncIterable<Message>,
  signal: AbortSignal,
): AsyncGenerator<Message, void, void> {
  const iterator = messages[Symbol.asyncIterator]();
  let giveUp: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  // Kept beside the call: the time may run out while the consumer is busy with a commit, when there is no turn to end.
  let gaveUp = false;
  const onAbort = (): void => {
    timer = setTimeout(() => {
      gaveUp = true;
      giveUp?.();
    }, GRACE_MS);
  };
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  try {
    for (;;) {
      // One promise a turn: racing a promise that lives as long as the run would leave a reaction on it for each page.
      const turn = await new Promise<IteratorResult<Message> | undefined>((resolve, reject) => {
        giveUp = () => resolve(undefined);
        if (gaveUp) giveUp();
        iterator.next().then(resolve, reject);
      });
      if (turn === undefined || turn.done === true) return;
      yield turn.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(timer);
    // Not awaited: a generator that hangs in its own await would hold us here for ever.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  }
}
