import { useMemo } from 'react';
import { trpc } from '@/trpc/client';

/** The names of those who dispatch, by id. */
export function useAdminNames(): ReadonlyMap<string, string> {
  const { data } = trpc.admin.admins.useQuery(undefined, { staleTime: 300_000 });
  return useMemo(() => new Map(data?.map(({ id, name }) => [id, name])), [data]);
}
