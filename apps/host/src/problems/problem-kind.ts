export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What has happened, for people who read the API document. */
  readonly meaning: string;
  /** What a caller can do about it. */
  readonly remedy: string;
  /** A real answer, where the meaning alone would not show its form. */
  readonly example?: {
    readonly detail: string;
    readonly errors?: readonly { readonly field: string; readonly message: string }[];
    readonly observedSince?: string;
  };
}
