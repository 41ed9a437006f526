import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

export interface MetricsOptions {
  connections: () => number
  rooms: () => number
}

/** What `/metrics` shows, as Prometheus text (exposition format 0.0.4): no names, no texts, numbers alone. */
export function createMetrics({ connections, rooms }: MetricsOptions): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'chat_room_' })
  gauge(registry, 'chat_room_connections', 'Open WebSockets', connections)
  gauge(registry, 'chat_room_open_rooms', 'Rooms that this node has opened', rooms)
  return registry
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  registry.registerMetric(
    new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read())
      },
    }),
  )
}
