'use client';

import { BellOff, BellRing } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { trpc } from '@/trpc/client';
import {
  closeSubscription,
  openSubscription,
  type PushState,
  readPushState,
} from './push-subscription';

/** Notifications on this very device: asked for only by this button. */
export function PushSwitch() {
  const t = useTranslations('notices.settings.push');
  const [state, setState] = useState<PushState | null>(null);
  const [busy, setBusy] = useState(false);
  const key = trpc.notices.pushKey.useQuery(undefined, { enabled: state === 'off' });
  const look = () => void readPushState().then(setState);
  const subscribe = useAction(trpc.notices.subscribePush.useMutation(), { onDone: look });
  const unsubscribe = useAction(trpc.notices.unsubscribePush.useMutation(), { onDone: look });
  // The browser knows; it is asked once the page is there.
  useEffect(look, []);

  async function turn(): Promise<void> {
    setBusy(true);
    try {
      if (state === 'on') {
        const endpoint = await closeSubscription();
        if (endpoint) unsubscribe.run({ endpoint });
      } else if (key.data) {
        const target = await openSubscription(key.data);
        if (target) subscribe.run(target);
      }
    } finally {
      setBusy(false);
      look();
    }
  }

  if (!state) return <Card aria-busy="true" className="h-20" />;
  const Icon = state === 'on' ? BellRing : BellOff;
  const settled = state === 'unsupported' || state === 'blocked';
  return (
    <Card className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
      <Icon aria-hidden="true" className="size-5 shrink-0 text-quiet" />
      <p role="status" className="min-w-0 flex-1 text-sm">
        {t(state)}
      </p>
      {!settled && (
        <Button
          size="sm"
          onClick={() => void turn()}
          disabled={busy || (state === 'off' && !key.data)}
          className="h-11"
        >
          {t(state === 'on' ? 'turnOff' : 'turnOn')}
        </Button>
      )}
    </Card>
  );
}
