/**
 * Stands in for the file of `@trpc/client` that holds its socket client, where only the package's
 * index asks for it (see next.config.ts): the index needs one small function of it, and would bring
 * the whole of it into the first load of every page. The names are those of that file.
 */
const resultOf = (value: unknown, ...args: unknown[]): unknown =>
  typeof value === 'function' ? value(...args) : value;

/** What has the socket takes it from its own path: `@trpc/client/links/wsLink/wsLink`. */
const elsewhere = undefined;

export { elsewhere as i, elsewhere as n, elsewhere as t, resultOf as r };
