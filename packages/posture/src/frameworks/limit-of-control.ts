/** A figure that a control names. */
export interface LimitOfControl {
  readonly asks: 'at_most' | 'at_least';
  /** In the unit of the parameters below. */
  readonly value: number;
  /** By check: its parameter that is held against it. */
  readonly of: Readonly<Record<string, string>>;
}

/** Whether a check that goes by this value lets through what the control does not. */
export function isLaxer({ asks, value }: Pick<LimitOfControl, 'asks' | 'value'>, here: number): boolean {
  return asks === 'at_most' ? here > value : here < value;
}
