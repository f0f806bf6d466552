import { PROCEDURES } from '@/api/procedures';
import { OPERATIONS } from '@/api/rest/operations';
import { ROLES } from '@/domain/roles';

const head = (...columns: string[]) => [
  `| ${columns.join(' | ')} |`,
  `|${columns.map(() => '---').join('|')}|`,
];

/** Every procedure, and whom it hears at all. */
export function proceduresTable(): string {
  const rows = PROCEDURES.map(({ path, kind, roles }) => {
    const marks = ['guest', ...ROLES].map((who) =>
      !roles || roles.some((role) => role === who) ? '✓' : '',
    );
    return `| \`${path}\` | ${kind} | ${marks.join(' | ')} |`;
  });
  return [...head('procedure', 'kind', 'guest', ...ROLES), ...rows].join('\n');
}

/** Every operation of REST, and what a key has to be good for. */
export function operationsTable(): string {
  const rows = OPERATIONS.map(
    ({ method, path, access }) => `| \`${method.toUpperCase()} ${path}\` | ${access} |`,
  );
  return [...head('operation', 'who'), ...rows].join('\n');
}
