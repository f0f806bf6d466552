type LogoProps = { className?: string; title?: string };

/** The print of a running foot: its toes are sparks, its sole an ember. */
export function Logo({ className, title }: LogoProps) {
  return (
    <svg
      viewBox="0 0 32 32"
      fill="currentColor"
      className={className}
      role={title === undefined ? 'presentation' : 'img'}
      aria-hidden={title === undefined}
      aria-label={title}
    >
      <path
        transform="translate(-4.6) scale(1.26 1)"
        d="M20.8 9.2c3 3.1 4.1 6.3 2.6 9.6-1.2 2.7-3.8 3.6-4.7 6.4-.9 3-2.9 5-5.7 4.6-3-.4-4.6-3-4.2-6.1.5-3.6 3.4-5 4-8.2.2-1.3.1-2.5-.3-3.9 1.9.9 3 2.3 3.3 4.1 2.2-1.5 4.1-3.5 5-6.5Z"
      />
      <circle cx="8.9" cy="8.7" r="2.1" />
      <circle cx="14.3" cy="5.5" r="2.5" />
      <circle cx="20.9" cy="4" r="3.1" />
    </svg>
  );
}
