import type { Metadata } from 'next';
import { Brand } from '@/components/shared/brand';
import { LinkButton } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main
      id="main"
      className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center px-6 text-center"
    >
      <Brand />
      <h1 className="mt-8 text-xl">Nobody lives at this address</h1>
      <p className="mt-2 text-pretty text-quiet">
        The page was moved, or the link is missing a piece. Check it, or start again from the
        restaurants.
      </p>
      <LinkButton href="/" variant="primary" className="mt-6">
        See restaurants
      </LinkButton>
    </main>
  );
}
