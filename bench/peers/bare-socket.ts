import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { listen } from './listen';
import { servePeer } from './peer';

/**
 * What nobody goes below: the event as JSON in a frame of the ws protocol, written to each bare socket of a topic
 * at once. No protocol, nothing read, no limits. What it takes is JSON, the stream and the system's write.
 */
const server = createServer();
const readers = new Map<string, Set<Duplex>>();
server.on('upgrade', ({ url, headers }, wire) => {
  const accept = createHash('sha1')
    .update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  wire.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  const topic = new URL(url ?? '/', 'http://localhost').searchParams.get('topic') ?? '';
  const others = readers.get(topic) ?? new Set();
  readers.set(topic, others.add(wire));
  wire.on('close', () => others.delete(wire));
  wire.on('error', () => wire.destroy());
  wire.resume();
});

await servePeer({
  listen: () => listen(server),
  publish(topic, event) {
    const text = JSON.stringify(event);
    const frame = String.fromCharCode(0x81, 126, text.length >> 8, text.length & 0xff) + text;
    for (const wire of readers.get(`${topic}`) ?? []) wire.write(frame, 'latin1');
  },
});
