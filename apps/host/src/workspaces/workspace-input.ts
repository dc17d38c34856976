import { IsLabel } from '../input/is-label.js';

export class WorkspaceInput {
  @IsLabel()
  readonly name!: string;
}
