'use client';

import { useState } from 'react';
import { type Change, type HandsOn, seenOn } from '@/domain/hands-on';
import type { OrderView } from '@/domain/views';
import { changesSince } from './change-list';
import { useAdminNames } from './use-admin-names';

export type Seen = {
  /** Of the order as it was when the dialog was opened, or looked at again. */
  version: number;
  /** What has come in the way of it since. */
  changes: Change[];
  lookAgain: () => void;
};

/** What a dispatcher decides on: the order as it was when the dialog was opened, however it moves. */
export function useSeen(view: OrderView, action: HandsOn): Seen {
  const admins = useAdminNames();
  const [version, setVersion] = useState(() => seenOn(view));
  return {
    version,
    changes: changesSince(view, action, version, admins),
    lookAgain: () => setVersion(seenOn(view)),
  };
}
