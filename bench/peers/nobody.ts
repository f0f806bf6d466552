import { servePeer } from './peer';

/** Makes the events and carries them nowhere. */
await servePeer({ listen: async () => 0, publish: () => undefined });
