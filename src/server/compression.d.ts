/** Written for Express, it asks of requests and answers only what Node gives them; its types bring Express. */
declare module 'compression' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  import type { BrotliOptions, ZlibOptions } from 'node:zlib';

  /** Hooks `response`, then calls `next` at once. */
  type Compress = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

  export default function compression(options: ZlibOptions & { brotli: BrotliOptions }): Compress;
}
