import { startEmbedded } from './start';

const { url, pid } = await startEmbedded({ dataDir: process.argv[2] ?? '' });
process.send?.({ url, pid });
