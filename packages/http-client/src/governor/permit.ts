import type { HttpResponse } from '@castellan/connector-sdk';

/** The right to send one request. To be released whatever happens. */
export interface Permit {
  /** Books the head of the answer as soon as it is there, so that the rest of the bucket need not wait for the body. */
  answered(status: number, headers: HttpResponse['headers']): void;
  release(): void;
}
