/** A customer of a product, or the one organisation of a host. */
export interface WorkspaceView {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly users: number;
  readonly integrations: number;
}
