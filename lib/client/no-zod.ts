/**
 * Stands in for zod in the browser's bundle (next.config.js), where the contract is read for its addresses and types only; that
 * keeps 34 kB of compressed scripts off every page. Declaring a schema works and gives nothing; checking with one throws.
 */
const checks = new Set<PropertyKey>(["parse", "safeParse", "parseAsync", "safeParseAsync"]);

const nothing: object = new Proxy(() => nothing, {
  get: (_, name) => {
    if (checks.has(name)) throw new Error("Schemas are checked on the server only.");
    return nothing;
  },
});

export const z = nothing;
