/** The mark: a stem and two arms, the lower one in accent. */
export function Mark({ size = 18 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0 fill-ink">
      <path d="M2 2h7v28H2z" />
      <path d="M11.5 14.6 21.8 2h8.6L20.1 14.6z" />
      <path d="M11.5 17.4h8.6L30.4 30h-8.6z" className="fill-accent" />
    </svg>
  );
}
