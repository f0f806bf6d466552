import { randomUUID } from 'node:crypto';
import { connect } from '@/db/client';
import { runDispatchRound } from '@/services/run-dispatch-round';
import { contextOf } from '@/services/testing';

/** A dispatcher of its own: `node --import tsx dispatcher.testing.ts <database url>`. Says each offer. */
const [url = ''] = process.argv.slice(2);
const { db } = connect(url, { max: 2 });
const holder = randomUUID();
const ROUND_MS = 100;

const round = async (): Promise<void> => {
  const { offered } = await runDispatchRound(contextOf(db, 'dispatch'), { holder });
  if (offered > 0) process.stdout.write(`offered ${offered}\n`);
  setTimeout(() => void round(), ROUND_MS);
};
process.stdout.write(`holder ${holder}\n`);
void round();
