import type { Operation } from './operation';
import { OPERATIONS } from './operations';
import { RestProblem } from './problem';

type Route = { operation: Operation; segments: string[] };

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

const isName = (segment: string): boolean => segment.startsWith('{');

/** Addresses without a variable part come first: `/drivers/offers` is no driver. */
const ROUTES: readonly Route[] = OPERATIONS.map((operation) => ({
  operation,
  segments: segmentsOf(operation.path),
})).sort((a, b) => a.segments.filter(isName).length - b.segments.filter(isName).length);

const decoded = (segment: string): string | null => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
};

function match({ segments }: Route, path: readonly string[]): Record<string, string> | null {
  if (segments.length !== path.length) return null;
  const raw: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const given = decoded(path[index] ?? '');
    if (given === null) return null;
    if (isName(segment)) raw[segment.slice(1, -1)] = given;
    else if (segment !== given) return null;
  }
  return raw;
}

export type Found = { operation: Operation; raw: Record<string, string> };

/** The operation for a method and a path below the prefix; refuses when there is none. */
export function findRoute(method: string, path: string): Found {
  const given = segmentsOf(path);
  const found = ROUTES.flatMap((route) => {
    const raw = match(route, given);
    return raw ? [{ operation: route.operation, raw }] : [];
  });
  const hit = found.find(({ operation }) => operation.method === method);
  if (hit) return hit;
  if (found.length === 0) {
    throw new RestProblem(404, {
      reason: 'not_found',
      detail: 'There is nothing under this address.',
      hint: 'All addresses stand in /api/openapi.json.',
    });
  }
  const allow = found.map(({ operation }) => operation.method.toUpperCase()).join(', ');
  throw new RestProblem(405, {
    reason: 'method_not_allowed',
    detail: 'This address does not take this method.',
    hint: `It takes ${allow}.`,
    headers: { allow },
  });
}
