import { Progress } from '@mantine/core';

interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; `null`: it moves, and nobody knows how far it is. */
  readonly share: number | null;
  readonly size?: 'xs' | 'sm';
}

export function ProgressBar({ label, share, size = 'sm' }: ProgressBarProps) {
  if (share !== null)
    return <Progress size={size} value={share * 100} aria-label={label} transitionDuration={200} color="castle" />;
  return (
    <Progress.Root size={size} color="castle">
      {/* No value: a reader says that it is busy, and no percentage. */}
      <Progress.Section value={100} striped animated withAria={false} role="progressbar" aria-label={label} opacity={0.6} />
    </Progress.Root>
  );
}
