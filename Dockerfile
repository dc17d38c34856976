# The same two commands as in the README: npm ci, npm run build. It was never run on the machine that it was written on,
# which has no container engine; test/container.test.ts checks what can be checked without one.
FROM node:22-slim AS build
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
# Once more without what only builds and tests need; the built code stays.
RUN npm ci --omit=dev

FROM node:22-slim
ENV NODE_ENV=production
# In a container only what is published reaches the host; it still refuses to start without an https CASTELLAN_URL.
ENV CASTELLAN_ADDRESS=0.0.0.0
ENV CASTELLAN_DATA_DIR=/var/lib/castellan
WORKDIR /app
RUN install --directory --owner=node --group=node --mode=0711 /var/lib/castellan
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/packages ./packages
COPY --from=build /app/apps ./apps
USER node
EXPOSE 4400
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 4400}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/host/dist/main.js"]
