import type { StreamInfo } from '@castellan/connector-sdk';

/** Whether the stream lists an area of the settings: by its name once a row says it, and before that by the name of the area. */
export function listsArea({ kind, name }: StreamInfo, wanted: string): boolean {
  return kind === 'org_setting' && (name === wanted || name.replaceAll('-', '_') === wanted);
}
