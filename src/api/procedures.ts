import type { Role } from '@/domain/roles';
import { appRouter } from './router';

export type ProcedureEntry = {
  /** With dots, as in addresses. */
  path: string;
  kind: 'query' | 'mutation' | 'subscription';
  /** Whom it hears; null: anybody. */
  roles: readonly Role[] | null;
};

type Flat = Record<string, { _def: { type: ProcedureEntry['kind']; meta?: { roles?: Role[] } } }>;

/** tRPC keeps procedures flat, by their paths, and types them as nested. */
const flat = appRouter._def.procedures as unknown as Flat;

/** Every procedure that there is. */
export const PROCEDURES: readonly ProcedureEntry[] = Object.entries(flat)
  .map(([path, { _def }]) => ({ path, kind: _def.type, roles: _def.meta?.roles ?? null }))
  .sort((a, b) => (a.path < b.path ? -1 : 1));
