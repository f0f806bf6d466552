import postgres from 'postgres';

/** `url` with another database name. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function administer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

export const createDatabase = (url: string, name: string, template?: string): Promise<void> =>
  administer(url, `CREATE DATABASE "${name}"${template ? ` TEMPLATE "${template}"` : ''}`);

/** As `createDatabase`, by copying files: a migrated template takes less of the processor so than through the log. */
export const copyDatabase = (url: string, name: string, template: string): Promise<void> =>
  administer(url, `CREATE DATABASE "${name}" TEMPLATE "${template}" STRATEGY file_copy`);

export const dropDatabase = (url: string, name: string): Promise<void> =>
  administer(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
