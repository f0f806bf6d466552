import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants } from 'node:zlib';
import compression from 'compression';

/** A tenth smaller than gzip, in as much time. */
const QUALITY = 5;
/** Power of two of the bytes that are looked back: pages are smaller. */
const WINDOW = 18;

const compress = compression({
  // A page comes in pieces, each as soon as it can be shown.
  flush: constants.Z_SYNC_FLUSH,
  brotli: {
    flush: constants.BROTLI_OPERATION_FLUSH,
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  },
});

/** Has what is read answered in Brotli or gzip where the client takes it, unless it is known to be short. */
export function compressAnswer(request: IncomingMessage, response: ServerResponse): void {
  if (request.method === 'GET') compress(request, response, () => undefined);
}
