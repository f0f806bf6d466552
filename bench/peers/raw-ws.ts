import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { listen } from './listen';
import { servePeer } from './peer';

/** The least that can be done with ws: text to each socket of a topic, and nothing to go on from. */
const server = createServer();
const readers = new Map<string, Set<WebSocket>>();
new WebSocketServer({ server }).on('connection', (socket, request) => {
  const topic = new URL(request.url ?? '/', 'http://localhost').searchParams.get('topic') ?? '';
  const others = readers.get(topic) ?? new Set();
  readers.set(topic, others.add(socket));
  socket.on('close', () => others.delete(socket));
});

await servePeer({
  listen: () => listen(server),
  publish(topic, event) {
    const text = JSON.stringify(event);
    for (const socket of readers.get(`${topic}`) ?? []) socket.send(text);
  },
});
