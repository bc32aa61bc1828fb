import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { AppFrame } from "@/components/shell/app-frame";
import { Providers } from "@/components/shell/providers";
import { themeScript } from "@/lib/client/theme-script";
import "./globals.css";

const inter = localFont({
  src: "./fonts/inter.woff2",
  variable: "--font-inter",
  weight: "400 600",
  display: "swap",
});
const mono = localFont({
  src: "./fonts/jetbrains-mono.woff2",
  variable: "--font-jetbrains",
  weight: "400",
  display: "swap",
  preload: false,
});

// The title of each page is made from its address by the frame.
export const metadata: Metadata = {
  applicationName: "Kafdeck",
  description: "A web UI for Apache Kafka clusters",
};
export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f1f4f6" },
    { media: "(prefers-color-scheme: dark)", color: "#0c1012" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A page made at build time has no nonce, and its scripts would be refused.
  await connection();
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" className={`${inter.variable} ${mono.variable}`} suppressHydrationWarning>
      <head>
        {/* Not among the metadata: they are taken out and put back when a page changes, and browsers then look for /favicon.ico. */}
        <link rel="icon" href="/icon.svg" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, run before the first paint under the page's nonce */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <Providers>
          <AppFrame>{children}</AppFrame>
        </Providers>
      </body>
    </html>
  );
}
