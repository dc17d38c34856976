import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person has done in the provider's own console. */
export class ActionsByHand1764410000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE action_requests ADD COLUMN by_hand boolean NOT NULL DEFAULT false`);
    // Each look asks for them, and there are few among all events.
    await runner.query(`CREATE INDEX findings_by_hand ON finding_events (finding_id, id) WHERE kind = 'by_hand'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX findings_by_hand`);
    await runner.query(`DELETE FROM finding_events WHERE kind IN ('by_hand', 'still_there')`);
    // What is not seen yet would be taken for something that we have done ourselves.
    await runner.query(`DELETE FROM action_requests WHERE by_hand`);
    await runner.query(`ALTER TABLE action_requests DROP COLUMN by_hand`);
  }
}
