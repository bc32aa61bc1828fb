/** For a page to say: whether React has taken it over, up to its last element. Rows show before that, and what is clicked then is lost. */
export const isAlive = (): boolean => {
  const main = document.querySelector("main");
  if (main === null) return true;
  const isTaken = (element: Element) => Object.keys(element).some((name) => name.startsWith("__reactFiber$"));
  return isTaken(main) && isTaken([...main.querySelectorAll("*")].at(-1) ?? main);
};
