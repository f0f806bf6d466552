import { PROCEDURES } from '@/api/procedures';

const TRPC = '/api/trpc/';
const procedures = new Set(PROCEDURES.map(({ path }) => path));

/** What was asked for, in few words: a label with an id in it would make a series for each. */
export function requestName(path: string): string {
  if (path.startsWith(TRPC)) {
    const name = path.slice(TRPC.length);
    return procedures.has(name) ? name : name.includes(',') ? 'batch' : 'unknown';
  }
  if (path.startsWith('/api/')) return path.split('/', 3).join('/');
  return path.startsWith('/_next/static/') ? 'files' : 'pages';
}
