import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tests and redeliveries on their way are counted before another one is made, whatever else waits for their webhook. */
export class AskedDeliveries1764250000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX deliveries_asked ON deliveries (webhook_id) WHERE state = 'pending' AND cause <> 'event'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX deliveries_asked`);
  }
}
