import { EndedLink } from '@/components/share/ended-link';

export default function NotFound() {
  return <EndedLink />;
}
