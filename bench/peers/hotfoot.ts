import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { guardedSockets, SOCKET_LIMITS } from '@/server/guarded-socket';
import { TrpcSocket } from '@/server/trpc-socket';
import { customerRouter, publishToHub } from './customer-feed';
import { listen } from './listen';
import { servePeer } from './peer';

/** Our sockets, protocol and hub, as the live gateway puts them together. */
const server = createServer();
const wss = new WebSocketServer({ noServer: true, WebSocket: guardedSockets(SOCKET_LIMITS) });
const options = {
  router: customerRouter,
  maxBatchSize: SOCKET_LIMITS.batch,
  maxSubscriptions: SOCKET_LIMITS.subscriptions,
  keepAlive: { pingMs: 25_000, pongWaitMs: 10_000 },
  createContext: async () => ({}),
  onError: console.error,
};
server.on('upgrade', (request, wire, head) => {
  wss.handleUpgrade(request, wire, head, (socket) => {
    socket.adopt(wire);
    socket.expectWord();
    new TrpcSocket(options, socket, request);
  });
});

await servePeer({ listen: () => listen(server), publish: publishToHub });
