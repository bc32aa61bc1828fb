/** A configuration that cannot be used: every mistake with its path and reason, to be printed before the process ends. */
export class ConfigurationError extends Error {
  readonly source: string;
  readonly mistakes: string[];
  constructor(source: string, mistakes: string[]) {
    super(`${source} cannot be used:\n${mistakes.map((line) => `  ${line}`).join("\n")}`);
    this.name = "ConfigurationError";
    this.source = source;
    this.mistakes = mistakes;
  }
}
