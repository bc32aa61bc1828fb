const encoder = new TextEncoder();

/**
 * The pieces as a stream, each made when the reader has room for it. The first is awaited before this resolves, so that what fails
 * at once is still a proper status. Cancelling the stream ends the iterator (its `finally` runs).
 */
export async function streamOf<T>(
  items: AsyncIterable<T>,
  toBytes: (item: T) => Uint8Array = (item) => item as Uint8Array,
): Promise<ReadableStream<Uint8Array>> {
  const iterator = items[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<T>> | null = Promise.resolve(await iterator.next());
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await (next ?? iterator.next());
      next = null;
      if (done) controller.close();
      else controller.enqueue(toBytes(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** One JSON line for each item. After the first, whoever makes the items tells failures as a last line. */
export const ndjson = (items: AsyncIterable<unknown>): Promise<ReadableStream<Uint8Array>> =>
  streamOf(items, (item) => encoder.encode(`${JSON.stringify(item)}\n`));
