import { expect, test } from "vitest";
import { compileFilter } from "./filter.ts";

const names = ["orders.checkout", "orders.checkout.dlq", "payments.v3", "Payments.audit"];
const kept = (text: string) => names.filter(compileFilter(text).matches);

test.each([
  ["", names],
  ["orders", ["orders.checkout", "orders.checkout.dlq"]],
  ["orders !dlq", ["orders.checkout"]],
  ["out ord", ["orders.checkout", "orders.checkout.dlq"]],
  ["payments", ["payments.v3", "Payments.audit"]],
  ["/v\\d$/", ["payments.v3"]],
  ["/^orders", ["orders.checkout", "orders.checkout.dlq"]],
  ["nothing-like-it", []],
  ["!", names],
])("the filter %j keeps %j", (text, expected) => expect(kept(text)).toEqual(expected));

test.each(["/(a+)+$/", "/(a|aa)*b/", "/.*.*.*.*x/", "/[/", `/${"a".repeat(300)}/`])(
  "the pattern %j is refused with a reason and keeps nothing",
  (text) => {
    const filter = compileFilter(text);
    expect(filter.problem).toBeTypeOf("string");
    expect(names.filter(filter.matches)).toEqual([]);
  },
);
