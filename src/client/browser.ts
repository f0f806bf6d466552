import { type ClientOptions, createClient } from './create-client';

export * from './parts';

/** A client for scripts in a browser, on pages of the platform's own origin. */
export const createHotfootClient = (options: ClientOptions) => createClient(options, WebSocket);
