// Embeddings, overrides and isolates of Unicode: they turn the direction of what stands after them.
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text as it is shown: signs that would make it read in another order, an amount from its end for example, stand as their
 * escapes. What is copied by a button stays as it is.
 */
export const withoutTurns = (text: string): string =>
  text.replace(TURNS, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`);
