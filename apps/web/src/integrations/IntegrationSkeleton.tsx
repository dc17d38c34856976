import { Group, Skeleton, Stack } from '@mantine/core';

/** In the shape of the overview. */
export function IntegrationSkeleton() {
  return (
    <Stack aria-label="Loading" role="status">
      <Group gap="md">
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} height={18} width={70} />
        ))}
      </Group>
      <Skeleton height={86} />
      <Group grow align="start">
        <Skeleton height={220} />
        <Skeleton height={220} visibleFrom="sm" />
      </Group>
    </Stack>
  );
}
