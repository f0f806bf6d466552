import { NotFoundMessage } from '@/components/shared/not-found-message';

export default function NotFound() {
  return (
    <div className="grid min-h-[70dvh] place-items-center">
      <NotFoundMessage />
    </div>
  );
}
