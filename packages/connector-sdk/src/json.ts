/** A value that survives `JSON.parse(JSON.stringify(value))` unchanged. Everything that crosses the contract is one. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}
