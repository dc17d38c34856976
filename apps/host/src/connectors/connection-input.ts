import { IsDefined } from 'class-validator';

export class ConnectionInput {
  /** Judged by the connector alone. */
  @IsDefined({ message: 'Is required: the settings of the connection, an object.' })
  readonly config: unknown;
}
