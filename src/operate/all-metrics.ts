import cluster, { type Worker } from 'node:cluster'
import { AggregatorRegistry, type MetricObject } from 'prom-client'
import { z } from 'zod'
import { registry } from '#src/operate/metrics.ts'

const PATIENCE = 2_000
const question = z.object({ metrics: z.literal('all'), id: z.number() })
const part = z.object({
  metrics: z.literal('part'),
  id: z.number(),
  values: z.array(z.custom<MetricObject>()),
})
const answer = z.object({ metrics: z.literal('sum'), id: z.number(), text: z.string() })

let count = 0

/** Waits for the one message that `schema` and `id` fit; undefined when it doesn't come in time. */
const reply = <T extends { id: number }>(from: Worker | NodeJS.Process, schema: z.ZodType<T>, id: number) =>
  new Promise<T | undefined>((resolve) => {
    const listen = (message: unknown) => {
      const parsed = schema.safeParse(message)
      if (parsed.success && parsed.data.id === id) end(parsed.data)
    }
    const end = (value?: T) => {
      clearTimeout(timer)
      from.off('message', listen)
      resolve(value)
    }
    const timer = setTimeout(end, PATIENCE)
    from.on('message', listen)
  })

const sum = async (): Promise<string> => {
  const others = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
  const parts = others.map(async (worker) => {
    const id = ++count
    const answered = reply(worker, part, id)
    worker.send({ metrics: 'ask', id })
    return (await answered)?.values
  })
  const own: MetricObject[] = await registry.getMetricsAsJSON()
  const known = (await Promise.all(parts)).filter((values) => values !== undefined)
  return AggregatorRegistry.aggregate([own, ...known]).metrics()
}

/** In the first process: answers a serving process that was asked for the figures of all. */
export const answerMetrics = () => {
  cluster.on('message', async (worker, message) => {
    const asked = question.safeParse(message)
    if (asked.success) worker.send({ metrics: 'sum', id: asked.data.id, text: await sum() })
  })
}

/** In a serving process: gives its own figures when the first process collects. */
export const offerMetrics = () => {
  process.on('message', async (message: unknown) => {
    const { metrics, id } = z
      .object({ metrics: z.string(), id: z.number() })
      .catch({ metrics: '', id: 0 })
      .parse(message)
    if (metrics === 'ask') process.send?.({ metrics: 'part', id, values: await registry.getMetricsAsJSON() })
  })
}

/** The figures of all processes as Prometheus' text, whichever of them is asked. */
export const allMetrics = async (): Promise<string> => {
  if (cluster.isPrimary) return registry.metrics()
  const id = ++count
  const answered = reply(process, answer, id)
  process.send?.({ metrics: 'all', id })
  return (await answered)?.text ?? registry.metrics()
}
