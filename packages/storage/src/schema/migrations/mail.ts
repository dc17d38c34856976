import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `ALTER TABLE webhooks
    ADD COLUMN kind text NOT NULL DEFAULT 'http' CHECK (kind IN ('http', 'mail')),
    -- Of mail: who gets it. One that is posted has an address and a format in their place.
    ADD COLUMN mail_to text[],
    ALTER COLUMN url DROP NOT NULL,
    ALTER COLUMN format DROP NOT NULL,
    ADD CONSTRAINT webhooks_receiver_check CHECK (CASE kind
      WHEN 'http' THEN url IS NOT NULL AND format IS NOT NULL AND mail_to IS NULL
      ELSE url IS NULL AND format IS NULL AND template IS NULL AND mail_to IS NOT NULL AND cardinality(mail_to) BETWEEN 1 AND 20
    END)`,
  // Whom a later attempt need not ask again: a mail that some have is sent to the others alone.
  `ALTER TABLE deliveries
    ADD COLUMN mail_accepted text[] NOT NULL DEFAULT '{}',
    ADD COLUMN mail_refused text[] NOT NULL DEFAULT '{}'`,
];

const DOWN = [
  'ALTER TABLE deliveries DROP COLUMN mail_accepted, DROP COLUMN mail_refused',
  // There is no place for them in the tables of before.
  `DELETE FROM webhooks WHERE kind = 'mail'`,
  `ALTER TABLE webhooks DROP CONSTRAINT webhooks_receiver_check, DROP COLUMN kind, DROP COLUMN mail_to,
    ALTER COLUMN url SET NOT NULL, ALTER COLUMN format SET NOT NULL`,
];

/** Events by mail, beside those that are posted. */
export class Mail1764350000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
