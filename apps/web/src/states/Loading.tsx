import { Skeleton } from '@mantine/core';

interface LoadingProps {
  readonly height: number;
  readonly maw?: number;
}

/** In place of what is asked for. A box without a role may have no name. */
export function Loading(props: LoadingProps) {
  return <Skeleton {...props} role="status" aria-label="Loading" />;
}
