import { connect } from 'node:net';
import type { Dial } from './pool';

/** Sockets of Node's, for processes that have them. */
export const dialTcp: Dial = ({ host, port, path }) => (path ? connect(path) : connect(port, host));
