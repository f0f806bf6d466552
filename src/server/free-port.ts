import { createServer } from 'node:net';
import { ensured } from '@/domain/errors';

/** A port of loopback that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        resolve(typeof address === 'object' ? ensured(address, 'an address').port : 0),
      );
    });
  });
}
