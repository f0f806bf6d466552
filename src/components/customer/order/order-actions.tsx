'use client';

import { LifeBuoy, Share2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { useOrderWords } from './use-order-words';

type Asked = 'share' | 'help' | 'cancel' | null;

/** What can be asked for, and the dialogs that answer. */
export function useOrderActions() {
  const [asked, setAsked] = useState<Asked>(null);
  const dialog = (which: Asked) => ({
    open: asked === which,
    onOpenChange: (open: boolean) => setAsked(open ? which : null),
  });
  return { ask: setAsked, dialog };
}

export type Actions = ReturnType<typeof useOrderActions>;

/** Share and help, side by side. */
export function OrderActions({ actions: { ask } }: { actions: Actions }) {
  const { t } = useOrderWords();
  return (
    <div className="mt-3 flex gap-2">
      <Button className="flex-1" onClick={() => ask('share')}>
        <Share2 aria-hidden="true" />
        {t('actions.share')}
      </Button>
      <Button className="flex-1" onClick={() => ask('help')}>
        <LifeBuoy aria-hidden="true" />
        {t('actions.help')}
      </Button>
    </div>
  );
}
