/**
 * Works on several items at once and gives the results back in the items' order, so that a fan-out's cursor stays one
 * position. At most `ahead` items are worked on at a time; a slow first one holds back the rest, which bounds memory.
 * An error surfaces at its item's turn; what runs behind it is left to end by itself (give `work` the run's signal).
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  ahead: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, void> {
  const running: Promise<Result>[] = [];
  for await (const item of items) {
    const result = work(item);
    // A rejection behind the head is handled when its turn comes; until then it must not count as unhandled.
    result.catch(() => undefined);
    running.push(result);
    if (running.length >= ahead) {
      const head = running.shift();
      if (head !== undefined) yield await head;
    }
  }
  for (const result of running) yield await result;
}
