/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check` (TypeScript 7); checking again here would only make the build slower.
  typescript: { ignoreBuildErrors: true },
  // The Kafka clients are large and load themselves lazily at run time; bundling them gains nothing.
  serverExternalPackages: ["kafkajs", "@platformatic/kafka"],
  // The browser needs the contract's addresses and types, never its schemas: see the file.
  turbopack: { resolveAlias: { zod: { browser: "./lib/client/no-zod.ts" } } },
  images: { unoptimized: true },
  devIndicators: false,
  // Loading every route before the first request made the start take more than twice as long; each is loaded with its first request.
  experimental: { preloadEntriesOnStart: false },
};

export default config;
