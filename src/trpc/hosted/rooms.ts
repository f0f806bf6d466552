import Pusher, { type Channel } from 'pusher-js';
import { HINTS, type HintMessage, MOVED, POSITION } from '@/domain/live-hints';
import type { ChannelListener, CourierMessage } from './follower';

/** What the server tells a page of its channels. */
export type ChannelSettings = { key: string; cluster?: string; origin?: string };

type Room = { channel: Channel; listeners: Set<ChannelListener>; open: boolean };

const AUTH = '/api/pusher/auth';
/** A subscription that was refused or not answered is tried again after this, milliseconds. */
const RETRY_MS = 3_000;

function connect({ key, cluster = '', origin }: ChannelSettings): Pusher {
  const at = origin ? new URL(origin) : null;
  const secure = at?.protocol !== 'http:';
  const port = at?.port ? Number(at.port) : undefined;
  return new Pusher(key, {
    cluster,
    forceTLS: secure,
    enabledTransports: ['ws', 'wss'],
    ...(at ? { wsHost: at.hostname } : {}),
    ...(port ? { wsPort: port, wssPort: port } : {}),
    channelAuthorization: { endpoint: AUTH, transport: 'ajax' },
    activityTimeout: 20_000,
    pongTimeout: 5_000,
  });
}

/** The page's one connection to Pusher, and the channels that somebody on it listens to. */
export class Rooms {
  readonly #pusher: Pusher;
  readonly #rooms = new Map<string, Room>();

  constructor(settings: ChannelSettings) {
    this.#pusher = connect(settings);
    this.#pusher.connection.bind('state_change', ({ current }: { current: string }) => {
      if (current !== 'connected') for (const room of this.#rooms.values()) this.#close(room);
    });
  }

  join(name: string, listener: ChannelListener): () => void {
    const room = this.#rooms.get(name) ?? this.#enter(name);
    room.listeners.add(listener);
    if (room.open) queueMicrotask(() => listener.onOpen());
    return () => {
      room.listeners.delete(listener);
      if (room.listeners.size > 0 || this.#rooms.get(name) !== room) return;
      this.#rooms.delete(name);
      room.channel.unbind();
      this.#pusher.unsubscribe(name);
    };
  }

  #enter(name: string): Room {
    const room: Room = {
      channel: this.#pusher.subscribe(name),
      listeners: new Set(),
      open: false,
    };
    this.#rooms.set(name, room);
    this.#listen(name, room);
    return room;
  }

  #listen(name: string, room: Room): void {
    const tell = (what: (listener: ChannelListener) => void) => {
      for (const listener of [...room.listeners]) what(listener);
    };
    room.channel.bind('pusher:subscription_succeeded', () => {
      room.open = true;
      tell((listener) => listener.onOpen());
    });
    room.channel.bind('pusher:subscription_error', () => {
      this.#close(room);
      setTimeout(() => this.#tryAgain(name, room), RETRY_MS);
    });
    room.channel.bind(HINTS, (message: HintMessage) => tell((one) => one.onHints(message)));
    room.channel.bind(POSITION, (message: CourierMessage) =>
      tell((one) => one.onPosition(message)),
    );
    room.channel.bind(MOVED, () => tell((one) => one.onMoved()));
  }

  #tryAgain(name: string, room: Room): void {
    if (this.#rooms.get(name) !== room || room.open) return;
    room.channel.unbind();
    this.#pusher.unsubscribe(name);
    room.channel = this.#pusher.subscribe(name);
    this.#listen(name, room);
  }

  #close(room: Room): void {
    if (!room.open) return;
    room.open = false;
    for (const listener of [...room.listeners]) listener.onClosed();
  }
}
