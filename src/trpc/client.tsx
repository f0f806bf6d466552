'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { httpBatchLink } from '@trpc/client/links/httpBatchLink';
import { splitLink } from '@trpc/client/links/splitLink';
import { createTRPCReact } from '@trpc/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { type ReactNode, useState } from 'react';
import type { AppRouter } from '@/api/router';
import type { ChannelSettings } from './hosted/rooms';
import { lazyLink } from './lazy-link';

export const trpc = createTRPCReact<AppRouter>();
/** What each procedure answers. */
export type RouterOutputs = inferRouterOutputs<AppRouter>;

const PATH = '/api/trpc';

/** Where the server has no sockets: the channels on which a page gets hints. */
export type LiveChannels = ChannelSettings;

function createClients(channels: LiveChannels | null) {
  const queryClient = new QueryClient({
    defaultOptions: {
      // Without a network a call fails at once and says so; nothing waits behind a spinner.
      queries: { staleTime: 5_000, retry: 1, refetchOnWindowFocus: false, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
  const http = httpBatchLink<AppRouter>({ url: PATH, maxItems: 10 });
  const client = trpc.createClient({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: lazyLink(async () =>
          channels
            ? (await import('./hosted/hint-link')).hintLink(channels, http)
            : (await import('./socket-link')).socketLink(PATH),
        ),
        false: http,
      }),
    ],
  });
  return { queryClient, client };
}

type Props = { channels: LiveChannels | null; children: ReactNode };

export function TRPCProvider({ channels, children }: Props) {
  const [{ queryClient, client }] = useState(() => createClients(channels));
  return (
    <trpc.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </trpc.Provider>
  );
}
