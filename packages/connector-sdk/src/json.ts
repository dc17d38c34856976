/** A value that survives `JSON.parse(JSON.stringify(value))` unchanged. Everything that crosses the contract is one. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** An object with text keys, `{}` included. A key without a value is left out, never `undefined`. */
export interface JsonObject {
  readonly [key: string]: Json;
}
