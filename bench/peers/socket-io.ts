import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { listen } from './listen';
import { servePeer } from './peer';

/** Socket.IO over ws alone, a room for each topic. */
const server = createServer();
const io = new Server(server, { transports: ['websocket'], serveClient: false });
io.on('connection', (socket) => socket.join(`${socket.handshake.query.topic}`));

await servePeer({
  listen: () => listen(server),
  publish: (topic, event) => {
    io.to(`${topic}`).emit('event', event);
  },
});
