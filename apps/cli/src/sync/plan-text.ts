import type { BucketPlan, SyncPlan } from '@castellan/connector-sdk';

/** A plan for people: what the run costs, what takes the time, which ways were chosen. */
export function planText(plan: SyncPlan): readonly string[] {
  const calls = plan.buckets.reduce((sum, bucket) => sum + bucket.calls, 0);
  const isShort = plan.floorMinutes !== null && plan.floorMinutes * 60 < 1;
  const floor = plan.floorMinutes === null || isShort ? '' : `, at least ${minutes(plan.floorMinutes)} by the rate limits`;
  const longest = plan.dominates === null || isShort ? '' : ` (${plan.dominates} dominates)`;
  return [
    `Plan, as far as known: ${counted(calls)}${floor}${longest}`,
    ...plan.buckets.filter((bucket) => bucket.calls > 0).map(bucketText),
    ...plan.routes.map((route) => `  ${route}`),
    ...plan.leftOut.map((left) => `  Left out: ${left}`),
  ];
}

function bucketText({ bucket, calls, perMinute, minutes: needed }: BucketPlan): string {
  const limit = perMinute === null || needed === null ? '' : `, ${number(perMinute)} a minute: ${minutes(needed)}`;
  return `  ${bucket}: ${counted(calls)}${limit}`;
}

export function minutes(value: number): string {
  return value < 1 ? `${Math.max(1, Math.round(value * 60))} s` : `${value.toFixed(1)} min`;
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function counted(calls: number): string {
  return `${number(calls)} ${calls === 1 ? 'call' : 'calls'}`;
}
