import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    // An http server that listens on a port has such an address.
    server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });
}
