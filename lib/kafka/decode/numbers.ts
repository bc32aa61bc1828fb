import type { PayloadFormat } from "../../api/payloads.ts";
import { counted, cut, type Format, no, perhaps, yes } from "./format.ts";
import { floatText } from "./json-text.ts";
import { text } from "./text.ts";

/**
 * What a serializer of Kafka writes in so many bytes, big endian. Any bytes of that size can be read so: only of keys and headers,
 * which are mostly names and numbers, it is a fair guess (Spring numbers its retries like this), and only of whole numbers.
 */
function fixed(name: PayloadFormat, size: number, whole: boolean, read: (bytes: Buffer) => string): Format {
  return {
    name,
    judge(bytes, how) {
      const { part } = how;
      if (bytes.length !== size) return no(`has ${counted(bytes.length)}, not ${size}`);
      if (!whole || part === "value") return perhaps(`has ${size} bytes, as any ${size} bytes have: only by choice`);
      const number = read(bytes);
      return text.judge(bytes, how).fits
        ? perhaps(`has ${size} bytes, but they are text too: only by choice`)
        : yes(`a ${part} of ${size} bytes that are no text, as a serializer of whole numbers writes: ${number}`);
    },
    show: (bytes, limit) => cut(read(bytes), limit),
  };
}

export const int32 = fixed("int32", 4, true, (bytes) => bytes.readInt32BE(0).toString());
export const int64 = fixed("int64", 8, true, (bytes) => bytes.readBigInt64BE(0).toString());
export const float32 = fixed("float32", 4, false, (bytes) => floatText(bytes.readFloatBE(0), 32));
export const float64 = fixed("float64", 8, false, (bytes) => floatText(bytes.readDoubleBE(0), 64));
export const uuid = fixed("uuid", 16, false, uuidText);

/** 8-4-4-4-12 digits, as RFC 9562 writes them. */
export function uuidText(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
