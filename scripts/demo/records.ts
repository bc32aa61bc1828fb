/** What a producer sends: null is a tombstone, an empty buffer or text is empty. */
export type DemoRecord = {
  key: Buffer | string | null;
  value: Buffer | string | null;
  headers?: Record<string, string>;
};

/** The n-th record of a topic, from random numbers in [0, 1): the same numbers give the same record. */
export type RecordMaker = (n: number, random: () => number) => DemoRecord;

const pick = <const Items extends readonly [unknown, ...unknown[]]>(
  items: Items,
  random: () => number,
): Items[number] => items[Math.floor(random() * items.length)] ?? items[0];

const hex = (length: number, random: () => number): string =>
  Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join("");

const products = ["espresso-cup", "moka-pot", "grinder", "filter-paper", "kettle", "scale", "beans-1kg"] as const;
const countries = ["NO", "DE", "FR", "GB", "IT", "ES", "SE"] as const;

export const order: RecordMaker = (n, random) => {
  const id = `order-${100_000 + Math.floor(n / 3)}`;
  const type = (["OrderPlaced", "OrderPaid", "OrderShipped"] as const)[n % 3] ?? "OrderPlaced";
  const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
    product: pick(products, random),
    quantity: 1 + Math.floor(random() * 4),
    price: { amount: (Math.floor(random() * 20_000) / 100).toFixed(2), currency: "EUR" },
  }));
  return {
    key: id,
    value: JSON.stringify({
      type,
      orderId: id,
      customer: `customer-${Math.floor(random() * 500)}`,
      country: pick(countries, random),
      lines,
    }),
    headers: {
      "event-type": type,
      "content-type": "application/json",
      traceparent: `00-${hex(32, random)}-${hex(16, random)}-01`,
    },
  };
};

/** The identifier is a number above 2^53, which a JavaScript number cannot hold: it is written as text. */
const paymentText = (n: number, random: () => number): string =>
  `{"authorisationId":${9_007_199_254_740_993n + BigInt(n) * 2n},"orderId":"order-${100_000 + n}","amountMinor":${
    100 + Math.floor(random() * 90_000)
  },"currency":"EUR","scheme":"${pick(["visa", "mastercard", "sepa"], random)}","approved":${random() > 0.08}}`;

export const payment: RecordMaker = (n, random) => ({
  key: `order-${100_000 + n}`,
  value: paymentText(n, random),
  headers: { "schema-version": "3", "retry-count": "0" },
});

const failures = [
  ["java.net.SocketTimeoutException", "Read timed out after 5000 ms calling acquirer-gateway"],
  ["com.fasterxml.jackson.core.JsonParseException", "Unexpected end-of-input: expected close marker for Object"],
  ["no.example.payments.DuplicateAuthorisation", "authorisation was already captured"],
] as const;

export const deadPayment: RecordMaker = (n, random) => {
  const [type, message] = pick(failures, random);
  const text = paymentText(n, random);
  return {
    key: `order-${100_000 + n}`,
    value: type.includes("JsonParse") ? text.slice(0, 60) : text,
    headers: {
      "x-original-topic": "payments.authorisation.v3",
      "x-original-partition": String(n % 12),
      "x-original-offset": String(n * 7),
      "x-exception-class": type,
      "x-exception-message": message,
      "x-exception-stacktrace": `${type}: ${message}\n\tat no.example.payments.Authoriser.handle(Authoriser.java:118)\n\tat no.example.payments.Worker.run(Worker.java:42)`,
    },
  };
};

/** A stock level a product and warehouse: now and then a product is removed (tombstone) or unknown (empty). */
export const stock: RecordMaker = (n, random) => {
  const key = `${pick(products, random)}@${pick(["oslo", "berlin", "lyon"], random)}`;
  if (n % 17 === 16) return { key, value: null };
  if (n % 23 === 22) return { key, value: "" };
  return { key, value: JSON.stringify({ onHand: Math.floor(random() * 400), reserved: Math.floor(random() * 20) }) };
};

export const click: RecordMaker = (_n, random) => ({
  key: null,
  value: JSON.stringify({
    session: hex(12, random),
    path: `/${pick(["", "products", "basket", "checkout", "search?q=kaffee%20m%C3%BChle"], random)}`,
    agent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    milliseconds: Math.floor(random() * 900),
  }),
});

export const audit: RecordMaker = (n, random) => ({
  key: null,
  value: `user=${pick(["ingrid", "jonas", "amélie", "svc-deploy"], random)} action=${pick(
    ["login", "price.change", "refund", "export"],
    random,
  )} result=${random() > 0.1 ? "ok" : "denied"} request=${n}`,
});

export const posting: RecordMaker = (n, random) => ({
  key: `account-${Math.floor(random() * 40)}`,
  value: JSON.stringify({ posting: n, amount: (Math.floor(random() * 100_000) / 100).toFixed(2), currency: "EUR" }),
  headers: { "content-type": "application/json" },
});

/** A MessagePack map of a short text, an integer and a list: enough of the format by hand. */
export const profile: RecordMaker = (n, random) => {
  const text = (value: string) => Buffer.concat([Buffer.from([0xa0 | Buffer.byteLength(value)]), Buffer.from(value)]);
  const number = Buffer.alloc(5);
  number[0] = 0xce;
  number.writeUInt32BE(n, 1);
  const tags = [pick(countries, random), pick(["gold", "silver", "new"], random)];
  return {
    key: `customer-${n % 500}`,
    value: Buffer.concat([
      Buffer.from([0x83]),
      ...[
        text("name"),
        text(`Kundin Nr. ${n}`),
        text("id"),
        number,
        text("tags"),
        Buffer.from([0x92]),
        ...tags.map(text),
      ],
    ]),
    headers: { "content-type": "application/msgpack" },
  };
};

/** Key: a device number as int64; value: a reading as float64. Both big-endian, as Java's serialisers write them. */
export const reading: RecordMaker = (_n, random) => {
  const key = Buffer.alloc(8);
  key.writeBigInt64BE(4_200_000_000n + BigInt(Math.floor(random() * 60)));
  const value = Buffer.alloc(8);
  value.writeDoubleBE(Math.round((18 + random() * 9) * 100) / 100);
  return { key, value };
};
