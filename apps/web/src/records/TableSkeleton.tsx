import { Skeleton, Stack } from '@mantine/core';

/** Rows to come, as high as rows are. */
export function TableSkeleton() {
  return (
    <Stack gap={18} p={12} aria-label="Loading" role="status">
      {Array.from({ length: 14 }, (_, index) => (
        <Skeleton key={index} height={18} width={`${92 - ((index * 7) % 30)}%`} />
      ))}
    </Stack>
  );
}
