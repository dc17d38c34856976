import { RECORD_KINDS } from '@castellan/connector-sdk';

/** What the API document says of `:kind`. */
export const KIND = { kind: `One of: ${RECORD_KINDS.join(', ')}.` };
