import { createServer } from 'node:http';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import { customerRouter, publishToHub } from './customer-feed';
import { listen } from './listen';
import { servePeer } from './peer';

/** The same feed through tRPC's own adapter, which reads it as an async iterable. */
const server = createServer();
applyWSSHandler({
  wss: new WebSocketServer({ server }),
  router: customerRouter,
  createContext: async () => ({}),
  keepAlive: { enabled: true, pingMs: 25_000, pongWaitMs: 10_000 },
});

await servePeer({ listen: () => listen(server), publish: publishToHub });
