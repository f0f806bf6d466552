'use client';

import { useEffect, useRef } from 'react';
import { stored } from '@/components/shared/stored';
import { useAction } from '@/components/shared/use-action';
import { ADDRESS_LABELS, MOST_ADDRESSES, type SavedAddress } from '@/domain/saved-address';
import { trpc } from '@/trpc/client';
import { newKey } from '@/trpc/idempotency';
import { parseAddresses } from './stored-address';

const NONE: SavedAddress[] = [];
/** A guest's addresses stay on this device. */
const kept = stored<SavedAddress[]>('hotfoot.addresses', NONE, parseAddresses);

type Draft = Omit<SavedAddress, 'id'> & { id?: string };

/** Home and work are one of a kind: a new one takes the place of the old. */
function keepHere(draft: Draft): void {
  const single = ADDRESS_LABELS.some((label) => label === draft.label);
  const others = kept
    .get()
    .filter(({ id, label }) => id !== draft.id && !(single && label === draft.label));
  kept.set([{ ...draft, id: draft.id ?? newKey() }, ...others].slice(0, MOST_ADDRESSES));
}

/**
 * The addresses that somebody kept, the last used first: a customer's with their account, a guest's on
 * the device. What a guest kept moves into the account with the first look after signing in.
 */
export function useSavedAddresses() {
  const here = kept.use();
  const me = trpc.auth.me.useQuery(undefined, { staleTime: 60_000 });
  const signedIn = me.data?.role === 'customer';
  const saved = trpc.addresses.saved.useQuery(undefined, { enabled: signedIn, staleTime: 60_000 });
  const utils = trpc.useUtils();
  const refresh = () => void utils.addresses.saved.invalidate();
  const keep = useAction(trpc.addresses.keep.useMutation(), { onDone: refresh });
  const remove = useAction(trpc.addresses.remove.useMutation(), { onDone: refresh });
  const touch = trpc.addresses.touch.useMutation({ onSuccess: refresh });
  const move = trpc.addresses.keep.useMutation();

  // The account, which is elsewhere, gets what this device held, once; after the first look into it, so
  // that the next look comes after the move.
  const moving = useRef(false);
  const { mutateAsync: moveOne } = move;
  const { invalidate } = utils.addresses.saved;
  const looked = saved.isSuccess;
  useEffect(() => {
    if (!looked || here.length === 0 || moving.current) return;
    moving.current = true;
    const moveAll = async () => {
      for (const { id, ...address } of [...here].reverse()) {
        // The id is the key: what was moved before the line broke is not moved twice.
        const moved = await moveOne({ ...address, idempotencyKey: id }).catch(() => null);
        if (moved) kept.set(kept.get().filter((other) => other.id !== id));
      }
      await invalidate();
      moving.current = false;
    };
    void moveAll();
  }, [looked, here, moveOne, invalidate]);

  return {
    addresses: signedIn ? (saved.data ?? NONE) : here,
    loading: me.isPending || (signedIn && saved.isPending),
    keep: (draft: Draft) => (signedIn ? keep.run(draft) : keepHere(draft)),
    remove: (id: string) =>
      signedIn ? remove.run({ id }) : kept.set(here.filter((address) => address.id !== id)),
    touch(id: string) {
      if (signedIn) touch.mutate({ id, idempotencyKey: newKey() });
      else kept.set([...here].sort((a, b) => Number(b.id === id) - Number(a.id === id)));
    },
  };
}
