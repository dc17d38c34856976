/** What the page is asked in its address. */
export interface PathsSearch {
  /** Its id; left out: the first. */
  readonly integration?: string;
  /** Only the way of this one: `account:00u1`. */
  readonly from?: string;
  readonly view?: 'graph';
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export function readPathsSearch(search: Readonly<Record<string, unknown>>): PathsSearch {
  const integration = text(search['integration']);
  const from = text(search['from']);
  return {
    ...(integration !== undefined && { integration }),
    ...(from !== undefined && { from }),
    ...(search['view'] === 'graph' && { view: 'graph' as const }),
  };
}
