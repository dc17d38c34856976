import pg from 'pg';
import type { DataSource } from 'typeorm';
import { RECORD_TABLES } from '../schema/record-tables.js';
import { DatabaseRefusedError } from './open-database.js';

/** What the host's own role may do with a table. Everything, but for these. */
const USUAL = 'SELECT, INSERT, UPDATE, DELETE';
/** To tell the planner of rows that a sync has brought is a right of its own from here on; before, it was the owner's alone. */
export const WITH_MAINTAIN = 170_000;
const NARROWER: Readonly<Record<string, string>> = {
  audit_log: 'SELECT, INSERT',
  access_reviews: 'SELECT, INSERT',
  // TypeORM's list of what was migrated.
  migrations: 'SELECT',
};

/** Two roles: the owner makes and changes tables, the host's own works with their rows and cannot rewrite the audit log. */
export class AppRole {
  private constructor(
    private readonly owner: DataSource,
    private readonly name: string,
  ) {}

  /** @throws DatabaseRefusedError where the division would be none. */
  static async of(owner: DataSource, app: DataSource): Promise<AppRole> {
    const name = await currentRole(app);
    const role = new AppRole(owner, name);
    await role.refuseOwner();
    await role.refuseForeignTables();
    return role;
  }

  /** Exactly what the host needs, at every start: a table that a migration has added, or a right that somebody has. */
  async grant(tables: readonly string[]): Promise<void> {
    const [role, schema, database] = [
      quoted(this.name),
      quoted(await this.text('current_schema()')),
      await this.text('current_database()'),
    ];
    const statements = [
      // BullMQ makes a schema for its queues, which then belongs to this role.
      `GRANT CONNECT, CREATE ON DATABASE ${quoted(database)} TO ${role}`,
      `GRANT USAGE ON SCHEMA ${schema} TO ${role}`,
      ...[...tables, 'migrations'].flatMap((table) => [
        `REVOKE ALL ON TABLE ${quoted(table)} FROM ${role}`,
        `GRANT ${NARROWER[table] ?? USUAL} ON TABLE ${quoted(table)} TO ${role}`,
      ]),
      ...(await this.sequences(tables)).map((sequence) => `GRANT USAGE ON SEQUENCE ${sequence} TO ${role}`),
      `GRANT EXECUTE ON FUNCTION create_activity_partition TO ${role}`,
      ...(Number(await this.text(`current_setting('server_version_num')`)) < WITH_MAINTAIN
        ? []
        : RECORD_TABLES.map(({ table }) => `GRANT MAINTAIN ON TABLE ${quoted(table)} TO ${role}`)),
    ];
    await this.owner.transaction(async (manager) => {
      for (const statement of statements) await manager.query(statement);
    });
    await this.refuseLeftovers();
  }

  private async refuseOwner(): Promise<void> {
    const isOwner = await this.holds(`SELECT rolsuper OR pg_has_role(oid, current_user, 'MEMBER') AS found
      FROM pg_roles WHERE rolname = $1`);
    if (!isOwner) return;
    const text = `The role "${this.name}" of DATABASE_URL has the rights of the owner, so nothing could be kept from it. Make a role of its own for DATABASE_URL, or leave DATABASE_OWNER_URL away.`;
    throw new DatabaseRefusedError(text);
  }

  /** Of a database that was used without an owner so far. */
  private async refuseForeignTables(): Promise<void> {
    const isForeign = await this.holds(`SELECT NOT pg_has_role(current_user, relowner, 'MEMBER') AS found
      FROM pg_class WHERE oid = to_regclass('integrations') AND $1::text IS NOT NULL`);
    if (!isForeign) return;
    const [app, owner] = [quoted(this.name), quoted(await this.text('current_user'))];
    const text = `The tables do not belong to the role of DATABASE_OWNER_URL. Give them to it once, as a superuser in this database: DROP SCHEMA IF EXISTS castellan_queue CASCADE; REASSIGN OWNED BY ${app} TO ${owner};`;
    throw new DatabaseRefusedError(text);
  }

  /** What other grants (to PUBLIC, to a role that this one is a member of) leave, or the owner may not give. */
  private async refuseLeftovers(): Promise<void> {
    if (await this.holds(`SELECT has_table_privilege($1::name, 'audit_log', 'UPDATE, DELETE, TRUNCATE') AS found`)) {
      const text = `The role "${this.name}" of DATABASE_URL may change rows of audit_log by another grant. Revoke it from PUBLIC and from the roles that it is a member of.`;
      throw new DatabaseRefusedError(text);
    }
    if (await this.holds(`SELECT has_database_privilege($1::name, current_database(), 'CREATE') AS found`)) return;
    const text = `The role of DATABASE_OWNER_URL must own the database: it could not let "${this.name}" make the schema of the queues. Run ALTER DATABASE ... OWNER TO ... once.`;
    throw new DatabaseRefusedError(text);
  }

  /** Those that number rows of our tables; the schema may hold others. */
  private async sequences(tables: readonly string[]): Promise<readonly string[]> {
    // TypeORM's `query` does not know what the statement gives.
    const rows = (await this.owner.query(
      `SELECT s.oid::regclass::text AS name FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
       WHERE s.relkind = 'S' AND d.refobjid = ANY ($1::regclass[])`,
      [tables.map(quoted)],
    )) as readonly { readonly name: string }[];
    return rows.map(({ name }) => name);
  }

  private async holds(statement: string): Promise<boolean> {
    // As above.
    const [row] = (await this.owner.query(statement, [this.name])) as readonly { readonly found: boolean }[];
    return row?.found === true;
  }

  private text(expression: string): Promise<string> {
    return textOf(this.owner, expression);
  }
}

function currentRole(source: DataSource): Promise<string> {
  return textOf(source, 'current_user');
}

async function textOf(source: DataSource, expression: string): Promise<string> {
  // TypeORM's `query` does not know what the statement gives.
  const [row] = (await source.query(`SELECT ${expression}::text AS value`)) as readonly { readonly value: string }[];
  return row?.value ?? '';
}

function quoted(name: string): string {
  return pg.escapeIdentifier(name);
}
