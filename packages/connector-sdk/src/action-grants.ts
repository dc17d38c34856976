/** Which of the permissions that actions need a connection has, by the provider's names. One that is in neither list is not known. */
export interface ActionGrants {
  readonly granted: readonly string[];
  readonly missing: readonly string[];
  /** For people: where a missing one is granted, in one sentence. */
  readonly where: string;
}
