// Greenroom's mark: the door.
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="7" fill="var(--go-fill)" />
      <g fill="none" stroke="var(--on-go)" strokeWidth="2.4" strokeLinecap="round">
        <path d="M9 24V10a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2v14" />
        <path d="M6 24h20" />
      </g>
      <circle cx="19" cy="17" r="1.7" fill="var(--on-go)" />
    </svg>
  );
}
