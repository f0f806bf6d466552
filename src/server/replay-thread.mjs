// A flag for the loader does not reach into threads: it is registered here.
import { register } from 'tsx/esm/api';

register();
await import('./replay-thread.ts');
