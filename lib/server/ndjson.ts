const encoder = new TextEncoder();

/**
 * One JSON line for each item. The first is awaited before this resolves, so that what fails at once is still a proper status;
 * after that, whoever makes the items tells failures as a last line. Cancelling the stream ends the iterator (its `finally` runs).
 */
export async function ndjson(items: AsyncIterable<unknown>): Promise<ReadableStream<Uint8Array>> {
  const iterator = items[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<unknown>> | null = Promise.resolve(await iterator.next());
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await (next ?? iterator.next());
      next = null;
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
