/** Something that was done, or refused. */
export interface AuditEntryView {
  /** Counts over all workspaces: numbers may be missing in one. */
  readonly seq: number;
  readonly at: string;
  readonly actor: {
    readonly kind: 'user' | 'api_key' | 'host' | 'anonymous';
    readonly id: string | null;
    readonly name: string;
  };
  readonly address: string | null;
  readonly action: string;
  readonly outcome: 'done' | 'refused';
  readonly target: { readonly kind: string; readonly id: string; readonly name?: string } | null;
  readonly before: object | null;
  readonly after: object | null;
}
