/** A question that somebody has kept, for all of the workspace. */
export interface SavedQuestion {
  readonly id: string;
  readonly name: string;
  /** The page that asks it: path and query, `/access?...`. */
  readonly address: string;
  /** `null`: a user who was removed since. */
  readonly createdBy: { readonly id: string; readonly name: string } | null;
  readonly createdAt: string;
}
