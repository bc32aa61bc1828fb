/**
 * Part of the state of a page as its address says it: each parameter that `defaults` names, or its value there. A parameter that
 * stands twice counts once, by its first value.
 */
export function stateOf<State extends Record<string, string>>(
  defaults: State,
  given: URLSearchParams | Record<string, unknown>,
): State {
  const first = (name: string): string | null => {
    if (given instanceof URLSearchParams) return given.get(name);
    const value = [given[name]].flat()[0];
    return typeof value === "string" ? value : null;
  };
  return Object.fromEntries(Object.entries(defaults).map(([name, usual]) => [name, first(name) ?? usual])) as State;
}
