import { Button, Group } from '@mantine/core';

interface LoadMoreProps {
  /** A list by pages, as the query gives it. */
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
  readonly what: string;
}

/** The next page goes below what is there: nothing moves, and the focus stays. */
export function LoadMore({ list: { hasNextPage, isFetchingNextPage, fetchNextPage }, what }: LoadMoreProps) {
  if (!hasNextPage) return null;
  return (
    <Group justify="center">
      <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        Show older {what}
      </Button>
    </Group>
  );
}
