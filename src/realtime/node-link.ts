import type { DriverPosition } from '@/domain/driver';

/**
 * How the nodes of an installation tell each other at once what they would find in the database a little
 * later. Nothing is lost with it but time: it may be away, forget, repeat and reorder.
 */
export type NodeLink = {
  /** Something has been committed here. */
  committed(): void;
  /** A driver has moved, as this node has heard. */
  moved(position: DriverPosition): void;
  /** Whether what is said here is heard. */
  isUp(): boolean;
  stop(): void;
};

/** What a node does about what others say. */
export type NodeLinkListener = {
  onCommitted(): void;
  onMoved(positions: readonly DriverPosition[]): void;
  /** Told when the link is up, and when it is away. */
  onChange(up: boolean): void;
};
