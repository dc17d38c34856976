/** What is known of an account beside its events. What is not known is left out. */
export interface KnownAccount {
  /** In ms since 1970. */
  readonly createdAt?: number | undefined;
  readonly lastUsedAt?: number | undefined;
  /** By type or name. */
  readonly roles?: readonly string[] | undefined;
  readonly isSuperAdmin?: boolean | undefined;
  readonly department?: string | undefined;
  readonly hasPhishingResistant?: boolean | undefined;
  readonly isBreakGlass?: boolean | undefined;
  readonly isEnded?: boolean | undefined;
}

export interface KnownGroup {
  /** Those that its members hold by it. */
  readonly roles?: readonly string[] | undefined;
  readonly isSuperAdmin?: boolean | undefined;
  readonly isRuled?: boolean | undefined;
}

/** What is known beside the log: of a host from what it has synced, of the command line from what the log says itself. */
export interface Known {
  /** @param at the moment that is asked about; a host knows of now alone */
  account(id: string, at: number): KnownAccount | undefined;
  group(id: string, at: number): KnownGroup | undefined;
}
