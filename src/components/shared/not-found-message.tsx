import { LinkButton } from '@/components/ui/button';

export const NotFoundMessage = () => (
  <div className="flex flex-col items-center px-6 text-center">
    <h1 className="text-xl">Nobody lives at this address</h1>
    <p className="mt-2 max-w-sm text-pretty text-quiet">
      The page was moved, or the link is missing a piece. Check it, or start again from the
      restaurants.
    </p>
    <LinkButton href="/" variant="primary" className="mt-6">
      See restaurants
    </LinkButton>
  </div>
);
