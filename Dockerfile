# docker build -t chat-room .
# docker run -d --name chat-room -p 8088:8088 -v chat-room:/data --restart unless-stopped --stop-timeout 40 chat-room
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package's script is needed: no compiler, and nothing but the registry is asked.
RUN npm ci --include=dev --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# The bird reads its brain there, and `bot new` what it copies.
COPY --from=build /app/src ./src
COPY --from=build /app/static ./static
COPY --from=build /app/templates ./templates
COPY --from=build /app/LICENSE ./
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 8088
# Settings by variables (-e CHAT_ROOM_TITLE=Ours), or -v ./config.ini:/data/config.ini:ro -e CHAT_ROOM_CONFIG=/data/config.ini
ENV CHAT_ROOM_DATA=/data
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.CHAT_ROOM_PORT || 8088) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node is the first process of the container, so that a signal gets to it.
CMD ["node", "--enable-source-maps", "dist/cli.js"]
