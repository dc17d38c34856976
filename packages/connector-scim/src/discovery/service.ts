/** Attributes of a user that say what it may do (RFC 7643, section 4.1.2). */
export const ROLE_ATTRIBUTES = ['roles', 'entitlements'] as const;
export type RoleAttribute = (typeof ROLE_ATTRIBUTES)[number];

/** What a service says about itself, with `null` for what it does not say. */
export interface Service {
  /** Paths below the base URL. */
  readonly users: string;
  /** `null`: its resource types are known, and there are no groups among them. */
  readonly groups: string | null;
  /** Where it lists the roles and entitlements that exist; without one they are known by those who have them. */
  readonly roleTypes: Readonly<Partial<Record<RoleAttribute, string>>>;
  /** Resource types that are not read. */
  readonly otherTypes: readonly string[];
  readonly filter: boolean | null;
  readonly patch: boolean | null;
  readonly sort: boolean | null;
  readonly index: boolean | null;
  readonly cursor: boolean | null;
  /** The most resources that it gives in a page. */
  readonly mostResults: number | null;
  /** Attributes that nobody is to see (`mutability: writeOnly`, `returned: never`), in lower case: `password`, `keys.value`. */
  readonly secretAttributes: ReadonlySet<string>;
  /** What it did not say, a sentence each. */
  readonly untold: readonly string[];
}
