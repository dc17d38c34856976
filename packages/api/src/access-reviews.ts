/** A list of who reaches an application that somebody has signed. The file is not kept: its digest says whether a file is it. */
export interface AccessReview {
  readonly id: string;
  readonly application: { readonly key: string; readonly label: string };
  readonly reviewer: { readonly kind: 'user' | 'api_key'; readonly id: string; readonly name: string };
  readonly note: string | null;
  /** The instant that the file is about. */
  readonly asOf: string;
  readonly format: 'csv' | 'jsonl';
  /** Rows of the file, one for each account. */
  readonly accounts: number;
  /** In hexadecimal, of all bytes before the last line: the rows, and who has signed them and when. */
  readonly sha256: string;
  readonly createdAt: string;
}

/** What prints the `sha256` of the review that a file says it is, where the file is whole. The `head` of macOS takes no `-n -1`. */
export const REVIEW_CHECKS = {
  Linux: 'head -n -1 FILE | sha256sum',
  macOS: "sed '$d' FILE | shasum -a 256",
} as const;
