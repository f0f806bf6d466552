import { createServer } from 'node:http';
import { connect } from 'amqplib';
import { Server } from 'socket.io';
import { listen } from '../listen';
import { type PlacedOrder, QUEUE } from './tables';

/** Brings orders from the broker to the screens of their customers, each in a room of their own. */
const [brokerUrl = '', nagle = ''] = process.argv.slice(2);
const PREFETCH = 100;
const server = createServer();
const io = new Server(server, { transports: ['websocket'], serveClient: false });
io.on('connection', (socket) => socket.join(`customer:${socket.handshake.query.topic}`));

const broker = await connect(brokerUrl, nagle === 'nodelay' ? { noDelay: true } : {});
const channel = await broker.createChannel();
await channel.assertQueue(QUEUE, { durable: true });
await channel.prefetch(PREFETCH);
await channel.consume(QUEUE, (message) => {
  if (!message) return;
  const order: PlacedOrder = JSON.parse(message.content.toString());
  io.to(`customer:${order.customerId}`).emit('order.placed', order);
  channel.ack(message);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ port: await listen(server) });
