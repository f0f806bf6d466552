import { LoadingLabel } from '@/components/shared/loading-label';
import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div className="flex flex-col gap-4" aria-busy="true">
      <LoadingLabel />
      <Skeleton className="h-[32dvh] rounded-none" />
      <div className="flex flex-col gap-4 px-5 pt-3">
        <Skeleton className="h-9 w-56" />
        <Skeleton className="h-6 w-72 max-w-full" />
        <Skeleton className="h-18 rounded-card" />
      </div>
    </div>
  );
}
