/**
 * Pages of a list to its end, the first of which is there already: what is wrong with a question is told before its file
 * begins.
 */
export async function* walkPages<Page extends { readonly next: string | null }>(
  first: Page,
  ask: (after: string) => Promise<Page | undefined>,
): AsyncGenerator<Page, void, void> {
  for (let page = first; ; ) {
    yield page;
    if (page.next === null) return;
    const following = await ask(page.next);
    if (following === undefined) throw new Error('what was asked about has gone meanwhile');
    page = following;
  }
}

/** The same of lists whose rows say all that there is to say. */
export async function* walkItems<Row>(
  first: PageOf<Row>,
  ask: (after: string) => Promise<PageOf<Row> | undefined>,
): AsyncGenerator<readonly Row[], void, void> {
  for await (const { items } of walkPages(first, ask)) yield items;
}

interface PageOf<Row> {
  readonly items: readonly Row[];
  readonly next: string | null;
}
