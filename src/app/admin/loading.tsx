import { LoadingLabel } from '@/components/shared/loading-label';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div className="flex h-[calc(100dvh-3.5rem)] flex-col gap-4 p-4" aria-busy="true">
      <LoadingLabel />
      <Skeleton className="h-10 w-96 max-w-full" />
      <div className="grid flex-1 gap-3 sm:grid-cols-3 lg:grid-cols-5">
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <Skeleton key={key} className="rounded-card" />
        ))}
      </div>
    </div>
  );
}
