import { WebSocket } from 'ws';
import { type ClientOptions, createClient, type SocketClass } from './create-client';

export * from './parts';

/** A client for Node. */
export const createHotfootClient = (options: ClientOptions) =>
  // The ws package is a browser WebSocket in all that the client uses.
  createClient(options, WebSocket as unknown as SocketClass);
