# Kafdeck alone, without a Kafka: KAFKA_BROKERS or a kafdeck.yaml names the clusters.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npx next build && npm prune --omit=dev && rm -rf node_modules/node-linux-* .next/cache

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 MALLOC_ARENA_MAX=2 KAFDECK_HOST=0.0.0.0 KAFDECK_PORT=9000
COPY --from=build --chown=node:node /app/package.json /app/next.config.js /app/server.ts /app/instrumentation.ts ./
COPY --from=build --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/lib ./lib
COPY --from=build --chown=node:node /app/public ./public
COPY --from=build --chown=node:node /app/.next ./.next
# The history of lag is kept here; mount a volume over it to keep it longer than the container.
RUN mkdir .kafdeck && chown node:node .kafdeck
VOLUME /app/.kafdeck
USER node
EXPOSE 9000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.KAFDECK_PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=2", "server.ts"]
