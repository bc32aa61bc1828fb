/** Starts what holds state, inside the bundle. A configuration that cannot be used ends the process with its mistakes. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startProcess } = await import("./lib/server/start.ts");
  startProcess();
}
