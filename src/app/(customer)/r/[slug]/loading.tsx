import { LoadingLabel } from '@/components/shared/loading-label';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div className="flex flex-col gap-4 px-4 pt-6 sm:px-6" aria-busy="true">
      <LoadingLabel />
      <Skeleton className="h-6 w-64" />
      <Skeleton className="h-10 w-80 max-w-full" />
      <Skeleton className="h-12 w-full" />
      <div className="mt-4 grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <Skeleton key={key} className="h-52 rounded-card" />
        ))}
      </div>
    </div>
  );
}
