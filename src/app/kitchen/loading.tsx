import { LoadingLabel } from '@/components/shared/loading-label';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div className="flex flex-col gap-4 p-4 sm:px-6" aria-busy="true">
      <LoadingLabel />
      <Skeleton className="h-9 w-64" />
      <div className="grid gap-3 md:grid-cols-3">
        <Skeleton className="h-80 rounded-card" />
        <Skeleton className="h-80 rounded-card max-md:hidden" />
        <Skeleton className="h-80 rounded-card max-md:hidden" />
      </div>
    </div>
  );
}
