/** `next` when it is a path of this origin, else null: nobody is sent elsewhere after signing in. */
export function returnPath(next: string | string[] | undefined): string | null {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return null;
  const base = 'http://origin.invalid';
  return URL.canParse(next, base) && new URL(next, base).origin === base ? next : null;
}
