import { useTranslations } from 'next-intl';
import { cn } from '@/components/ui/cn';

/** The photo or signature that proves a handover, for those who may look at it. */
export function ProofPicture({ proofId, className }: { proofId: string; className?: string }) {
  const t = useTranslations('shared');
  return (
    // biome-ignore lint/performance/noImgElement: private, asked for with the session, and shown once.
    <img
      src={`/api/proofs/${proofId}`}
      alt={t('proof')}
      loading="lazy"
      className={cn(
        'max-h-80 w-full rounded-card border border-line bg-sunken object-contain',
        className,
      )}
    />
  );
}
