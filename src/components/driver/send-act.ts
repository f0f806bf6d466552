import type { trpc } from '@/trpc/client';
import { refusalFrom } from '@/trpc/plain-refusal';
import type { Brought, QueuedAct } from './step-queue';

type Client = ReturnType<typeof trpc.useUtils>['client'];

/** What was done longer ago than this says when that was, milliseconds. */
const LATE_MS = 5_000;

/** Brings a picture to the server; its id is what proves the handover. */
async function upload(deliveryId: string, kind: string, picture: string): Promise<string> {
  const bytes = await (await fetch(picture)).blob();
  const query = new URLSearchParams({ delivery: deliveryId, kind });
  const response = await fetch(`/api/proofs?${query}`, {
    method: 'POST',
    headers: { 'content-type': bytes.type },
    body: bytes,
  });
  if (!response.ok) throw await refusalFrom(response);
  const { proofId }: { proofId: string } = await response.json();
  return proofId;
}

/** A picture that is with the server by now; anything else as it was. */
export async function deliverPicture(deliveryId: string, proof: Brought): Promise<Brought> {
  if (!('picture' in proof)) return proof;
  const { kind, picture } = proof;
  const proofId = await upload(deliveryId, kind, picture);
  return kind === 'photo' ? { kind, proofId } : { kind, proofId };
}

/** Sends one act; what was done a while ago says when. */
export async function sendAct(client: Client, queued: QueuedAct): Promise<void> {
  const { key: idempotencyKey, deliveryId, act, at } = queued;
  const late = Date.now() - new Date(at).getTime() > LATE_MS;
  const base = { idempotencyKey, deliveryId };
  const timed = late ? { ...base, occurredAt: at } : base;
  switch (act.kind) {
    case 'fail':
      await client.drivers.fail.mutate({ ...timed, reason: act.reason });
      return;
    case 'hand_back':
      await client.drivers.handBack.mutate({ ...base, reason: act.reason });
      return;
    case 'step': {
      const { step, proof } = act;
      if (proof && 'picture' in proof) throw new Error('a picture is uploaded before its step');
      await client.drivers.step.mutate({ ...timed, step, ...(proof ? { proof } : {}) });
    }
  }
}
