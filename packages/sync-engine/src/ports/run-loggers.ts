import type { LogFields, Logger } from '@castellan/connector-sdk';

/** Makes the logger of one run: every line carries `fields`, and no line carries one of `secrets`. */
export type RunLoggers = (fields: LogFields, secrets: readonly string[]) => Logger;
