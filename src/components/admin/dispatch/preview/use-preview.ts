'use client';

import { useEffect, useRef, useState } from 'react';
import { useRefusal } from '@/components/shared/use-refusal';
import type { PreviewHours, PreviewStep } from '@/domain/replay/preview';
import { trpc } from '@/trpc/client';
import type { RefusalWords } from '@/trpc/refusal';

type Asked = { zoneId: string; policy: Record<string, unknown>; hours: PreviewHours };

export type PreviewState =
  | { kind: 'idle' }
  | { kind: 'asked' }
  | PreviewStep
  | { kind: 'refused'; refusal: RefusalWords };

/** One preview at a time; a new one, or leaving the page, breaks off the one before. */
export function usePreview() {
  const { client } = trpc.useUtils();
  const refusalOf = useRefusal();
  const [state, setState] = useState<PreviewState>({ kind: 'idle' });
  const [asked, setAsked] = useState<Asked | null>(null);
  const running = useRef<{ unsubscribe(): void } | null>(null);
  const breakOff = () => {
    running.current?.unsubscribe();
    running.current = null;
  };
  // The server's thread goes on for as long as somebody listens.
  useEffect(() => () => running.current?.unsubscribe(), []);

  function start(input: Asked): void {
    breakOff();
    setAsked(input);
    setState({ kind: 'asked' });
    running.current = client.admin.previewDispatchPolicy.subscribe(input, {
      onData: setState,
      onError: (error) => setState({ kind: 'refused', refusal: refusalOf(error) }),
    });
  }

  return {
    state,
    /** What the present state is about. */
    asked,
    start,
    stop() {
      breakOff();
      setState({ kind: 'idle' });
    },
  };
}
export type PreviewControl = ReturnType<typeof usePreview>;
