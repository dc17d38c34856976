import type { CheckStatus } from './posture.js';

/** A control that a check speaks to. */
export interface FrameworkControl {
  readonly framework: string;
  readonly control: string;
  readonly title: string;
}

/** A figure that a control names, beside the one that a check goes by here. */
export interface ControlLimit {
  readonly type: 'days' | 'minutes' | 'count' | 'percent';
  readonly here: number;
  readonly asked: number;
  /** Whether `here` lets through what the control does not. */
  readonly laxer: boolean;
}

/** A check as it speaks to a control. */
export interface CheckOfControl {
  readonly id: string;
  readonly title: string;
  /** What has passed by a limit that is laxer than the control's is `unknown`. */
  readonly status: CheckStatus | null;
  readonly open: number;
  /** `null`: the control names no figure, or the check has none. */
  readonly limit: ControlLimit | null;
}

export interface ControlView {
  readonly control: string;
  readonly title: string;
  /** `null`: no check speaks to it. */
  readonly status: CheckStatus | null;
  readonly checks: readonly CheckOfControl[];
}

export interface FrameworkView {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  /** Whether all of its controls are here, or those that a check speaks to. */
  readonly whole: boolean;
  readonly failed: number;
  readonly passed: number;
  readonly unknown: number;
  readonly unchecked: number;
  readonly controls: readonly ControlView[];
}
