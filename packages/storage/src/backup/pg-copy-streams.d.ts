// The library has no types of its own; these are the parts that are used here.
declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  export interface CopyToStream extends Readable, Submittable {
    readonly rowCount: number;
  }
  export interface CopyFromStream extends Writable, Submittable {
    readonly rowCount: number;
  }
  const copyStreams: { to(sql: string): CopyToStream; from(sql: string): CopyFromStream };
  export default copyStreams;
}
