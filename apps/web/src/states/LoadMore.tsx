import { Button, Group, Text } from '@mantine/core';

interface LoadMoreProps {
  /** A list by pages, as the query gives it. */
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly error: Error | null;
    readonly fetchNextPage: () => unknown;
  };
  /** What the button says: `Show older entries`. */
  readonly label: string;
}

/** The next page goes below what is there: nothing moves, and the focus stays. */
export function LoadMore({ list, label }: LoadMoreProps) {
  if (!list.hasNextPage) return null;
  return (
    <Group justify="center">
      {list.isFetchNextPageError && (
        <Text size="sm" role="alert" c="var(--castellan-red)">
          {list.error?.message}
        </Text>
      )}
      <Button variant="default" size="sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {list.isFetchNextPageError ? 'Try again' : label}
      </Button>
    </Group>
  );
}
