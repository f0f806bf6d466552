import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { z } from 'zod';
import type { Database } from '@/db/client';

const Plan: z.ZodType<PlanNode> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  Plans: z.lazy(() => z.array(Plan)).optional(),
});
type PlanNode = {
  'Node Type': string;
  'Relation Name'?: string | undefined;
  Plans?: PlanNode[] | undefined;
};
const Explained = z.object({ 'Query Text': z.string(), Plan });

/** A statement that read a whole table. */
export type Scan = { table: string; query: string };

function* nodesOf(plan: PlanNode): Generator<PlanNode> {
  yield plan;
  for (const part of plan.Plans ?? []) yield* nodesOf(part);
}

/** `duration: 0.1 ms  plan:` and the plan, as auto_explain says it. */
function scansIn(notice: string): Scan[] {
  const start = notice.indexOf('{');
  if (start < 0) return [];
  const { 'Query Text': query, Plan: plan } = Explained.parse(JSON.parse(notice.slice(start)));
  return [...nodesOf(plan)].flatMap(({ 'Node Type': kind, 'Relation Name': table }) =>
    kind === 'Seq Scan' && table !== undefined ? [{ table, query }] : [],
  );
}

/**
 * Connections on which the server explains every statement as it ran, those inside triggers and functions
 * too. Needs a real server, and a role that may load auto_explain.
 */
export function watchScans(url: string) {
  const seen: Scan[] = [];
  let explained = 0;
  const client = postgres(url, {
    max: 6,
    onnotice: ({ message }) => {
      if (!message?.startsWith('duration:')) return;
      explained += 1;
      seen.push(...scansIn(message));
    },
    connection: {
      ...{ TimeZone: 'UTC', jit: 'off', random_page_cost: '1.1', client_min_messages: 'notice' },
      session_preload_libraries: 'auto_explain',
      'auto_explain.log_min_duration': '0',
      'auto_explain.log_nested_statements': 'on',
      'auto_explain.log_level': 'notice',
      'auto_explain.log_format': 'json',
    },
  });
  const db: Database = drizzle(client);
  return {
    db,
    sql: client,
    /** What was scanned since the last call, and how many statements were looked at. */
    take(): { scans: Scan[]; explained: number } {
      const taken = { scans: seen.splice(0), explained };
      explained = 0;
      return taken;
    },
    close: () => client.end({ timeout: 2 }),
  };
}
