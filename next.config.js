/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check` (TypeScript 7); checking again here would only make the build slower.
  typescript: { ignoreBuildErrors: true },
  // The Kafka clients are large and load themselves lazily at run time; bundling them gains nothing.
  serverExternalPackages: ["kafkajs", "@platformatic/kafka"],
  images: { unoptimized: true },
  devIndicators: false,
};

export default config;
