import { describe, expect, test } from "vitest";
import { compileCel, mistakeOf } from "./cel.ts";
import { parseExactly } from "./cel-json.ts";

function mistakeIn(expression: string) {
  try {
    compileCel(expression);
    return null;
  } catch (error) {
    return mistakeOf(error);
  }
}

describe("a filter that is not valid", () => {
  test.each([
    ["1 +", "The filter ends too early.", 3],
    ["value.a == 'x' && foo == 1", "Unknown variable: foo.", 18],
    ["value.", "The filter ends too early: a name is missing.", 6],
    ["(value.a == 1", "The filter ends too early: ) is missing.", 13],
    ["value.a = 1", "= alone means nothing here: == compares.", 8],
    ["value.a == 1 and value.b == 2", "“and” is written && here.", 13],
    ["not value.a", "“not” is written ! here.", 4],
    ["value.a LIKE 'b'", "“LIKE” is not expected here.", 8],
    ["key == “a”", "Texts stand between straight quotes, \" or '.", 7],
    ["offset > '5'", "> cannot compare a whole number with a text.", 0],
    ["value.a.includes('b')", "includes() does not exist, or does not go with what it is given.", 0],
    ["key == 'a", "A text begins here, and its closing quote is missing.", 7],
    ["value.a ==== 1", "== is not expected here.", 10],
    ["size(value.a)", "The filter gives int, not true or false. Compare it with something.", null],
    ['value.a.matches("x")', expect.stringContaining('Use re2(value.name, "pattern")'), 0],
    ['re2(value.a, "(x")', expect.stringContaining("missing closing )"), 13],
    ["value.a.exists(x, value.b.exists(y, value.c.exists(z, z == x)))", expect.stringContaining("at most 2"), 36],
  ])("%s: says what is wrong, and where", (expression, message, at) => {
    expect(mistakeIn(expression)).toEqual({ message, at });
  });

  test("is one that is too large, or too deep", () => {
    expect(mistakeIn(Array.from({ length: 600 }, () => "value.a == 1").join(" || "))).not.toBeNull();
    expect(mistakeIn(`${"(".repeat(200)}true${")".repeat(200)}`)).not.toBeNull();
    expect(mistakeIn(`value.a in [${Array.from({ length: 600 }, (_, i) => i).join(",")}]`)).not.toBeNull();
  });
});

describe("the texts that every match must hold", () => {
  test.each([
    ['value.status == "FAILED" && value.amount > 900', [["FAILED"], ["status"], ["amount"]]],
    ['"FAILED" == value.status', [["FAILED"], ["status"]]],
    ['value.a.id in ["xyz", "yz"] || key.startsWith("abc")', [["xyz", "yz", "abc"]]],
    ['value.items.exists(x, x.sku == "abc-1")', [["items"], ["abc-1"], ["sku"]]],
    ['value.items.all(x, x.sku == "abc-1")', [["items"]]],
    ['["a"].exists(x, x == "a")', []],
    ['re2(value.name, "fo?o.*barr")', [["barr"], ["name"]]],
    ['headers["trace"] == "abc"', [["trace"], ["abc"]]],
    ["has(value.refund)", [["refund"]]],
    ["!has(value.refund)", []],
    ["!(value.refund == 1)", [["refund"]]],
    ['value.name.lowerAscii() == "abc"', [["name"]]],
    ['topic == "abc" && partition == 1', []],
    ['string(value.number) == "55"', [["number"]]],
    ['value.kind == "a\\"bcd"', [["bcd"], ["kind"]]],
    ['cel.bind(a, value.x, a == "y")', []],
  ])("of %s are %j", (expression, texts) => {
    const clauses = compileCel(expression).clauses.map((clause) => clause.map(({ text }) => text));
    expect(clauses.sort()).toEqual([...texts].sort());
  });
});

describe("numbers are read exactly", () => {
  test.each([
    ["value.id == 9007199254740993", true],
    ["value.id == -9007199254740993", true],
    ["value.id == value.other", true],
    ["value.id % 2 == 0", true],
    ['string(value.id) == "5"', true],
    ["value.ids.exists(x, x == 9007199254740993)", true],
    ["value.id == 5", false],
    ["value.amount > 999.5", false],
    ['value.status == "FAILED" && !(value.n in [1, 2])', false],
    ['value.tags.exists(x, x == "a")', false],
    ["offset > 9007199254740993", false],
  ])("where it can matter: %s, %s", (expression, exact) => expect(compileCel(expression).exact).toBe(exact));
});

describe("exact JSON", () => {
  test.each([
    '[1, -2.5e3, true, false, null, "a\\u00e9\\"", {}, []]',
    ' { "a" : { "b" : [ 1 , 2 ] } , "a\\n" : "" } ',
    "0",
    '"x"',
  ])("of %s is what JSON.parse reads", (text) => {
    const plain = (value: unknown): unknown => {
      if (value instanceof Map) return Object.fromEntries([...value].map(([name, inner]) => [name, plain(inner)]));
      return Array.isArray(value) ? value.map(plain) : value;
    };
    expect(plain(parseExactly(text))).toEqual(JSON.parse(text));
  });

  test("keeps whole numbers above 2^53, and only those are bigints", () =>
    expect(parseExactly("[9007199254740993, -9007199254740993, 5, 1e20, 0.1]")).toEqual([
      9007199254740993n,
      -9007199254740993n,
      5,
      1e20,
      0.1,
    ]));

  test.each(["", "{", "[1,]", "{'a':1}", "01", '"\n"'])("refuses %j as JSON.parse does", (text) =>
    expect(() => parseExactly(text)).toThrow(SyntaxError),
  );
});
