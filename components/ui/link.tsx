import NextLink from "next/link";
import type { ComponentProps, ReactNode } from "react";

const looks = {
  plain: "",
  // Among other words colour alone does not tell a link.
  text: "text-accent hover:underline [p_&]:underline",
  button:
    "inline-flex h-control shrink-0 items-center justify-center gap-1.5 rounded-control border border-border-strong bg-raised px-2.5 font-medium whitespace-nowrap hover:bg-hover",
  primary:
    "inline-flex h-control shrink-0 items-center justify-center gap-1.5 rounded-control border border-accent bg-accent px-2.5 font-medium whitespace-nowrap text-on-accent hover:bg-accent-hover",
} as const;

type Props = Omit<ComponentProps<typeof NextLink>, "href" | "prefetch"> & {
  /** Made with the `url` tag of lib/api/url.ts, which escapes names. */
  href: string;
  look?: keyof typeof looks;
  children: ReactNode;
};

/**
 * Every link inside Kafdeck. Never prefetched: a list of 50 topics would render 43 pages on the server before anyone clicked.
 * The only file that imports next/link.
 */
export function Link({ href, look = "plain", className = "", children, ...rest }: Props) {
  return (
    <NextLink href={href} prefetch={false} className={`${looks[look]} ${className}`} {...rest}>
      {children}
    </NextLink>
  );
}
