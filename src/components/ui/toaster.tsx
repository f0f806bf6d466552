'use client';

import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { Toaster as Sonner } from 'sonner';
import { toasterListens } from './toast';

/** Where what `toast` says appears. */
export default function Toaster() {
  useEffect(toasterListens, []);
  return (
    <Sonner
      position="top-center"
      offset={72}
      style={{ fontFamily: 'inherit' }}
      mobileOffset={{ top: 68, left: 12, right: 12 }}
      icons={{
        success: <CircleCheck aria-hidden="true" className="size-5 text-good-ink" />,
        error: <CircleAlert aria-hidden="true" className="size-5 text-bad-ink" />,
        warning: <TriangleAlert aria-hidden="true" className="size-5 text-warn-ink" />,
        info: <Info aria-hidden="true" className="size-5 text-info-ink" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-start gap-3 rounded-card bg-raised p-4 text-sm text-ink shadow-float sm:w-96',
          content: 'min-w-0 flex-1',
          title: 'font-medium',
          description: 'mt-0.5 text-quiet',
          icon: 'mt-px shrink-0',
          actionButton:
            'h-9 shrink-0 rounded-control bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong',
          cancelButton: 'h-9 shrink-0 rounded-control px-3 font-medium hover:bg-hover',
        },
      }}
    />
  );
}
