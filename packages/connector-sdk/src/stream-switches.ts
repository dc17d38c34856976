import { fieldsOf } from '@castellan/form-schema';
import type { Connector } from './connector.js';

/** The setting by which people decide whether a stream is read. */
export interface StreamSwitch {
  /** Name of the setting. */
  readonly setting: string;
  /** What its field is called, and the part of the form that it stands in; `null`: the main part. */
  readonly title: string;
  readonly group: string | null;
  /** How it must stand for the stream to be read. */
  readonly on: boolean;
}

/**
 * By stream; one that is always read is not there. Found by asking the connector with each switch in both places, so that nobody
 * writes it a second time.
 */
export function streamSwitches<C extends object>({
  config,
  streamsOf,
}: Pick<Connector<C>, 'config' | 'streamsOf'>): ReadonlyMap<string, StreamSwitch> {
  const switches = new Map<string, StreamSwitch>();
  const namesWith = (setting: string, on: boolean): ReadonlySet<string> => {
    const settings: C = Object.assign(new config(), { [setting]: on });
    return new Set(streamsOf(settings).map(({ name }) => name));
  };
  for (const { widget, key: setting, label: title, group = null } of fieldsOf(config)) {
    if (widget !== 'switch') continue;
    for (const on of [true, false]) {
      const otherwise = namesWith(setting, !on);
      for (const stream of namesWith(setting, on))
        if (!otherwise.has(stream)) switches.set(stream, { setting, title, group, on });
    }
  }
  return switches;
}
