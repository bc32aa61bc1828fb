import { closeKeeper, record, turn } from "./keeper.ts";
import { openKeeper } from "./keeper-file.ts";
import { madeSample, optionsFor } from "./testing.ts";

/**
 * A replica in a process of its own, for tests: a hundred times as fast as a real one. Arguments: the file, its name, and the time
 * (epoch ms) from which it counts. Prints a line for each turn.
 */
const [file = "", owner = "", from = "0"] = process.argv.slice(2);
const EVERY_MS = 10_000;
const FASTER = 100;
const begun = Number(from);
const now = () => begun + (Date.now() - begun) * FASTER;
const keeper = openKeeper(optionsFor(file, { owner }), now());

function step(): void {
  const at = now();
  const { leads, status } = turn(keeper, "c", EVERY_MS, at);
  const end = BigInt(at - begun);
  const sample = madeSample(at, { "orders/0": end }, [{ groupId: "billing", commits: { "orders/0": end / 2n } }]);
  const told = leads ? record(keeper, "c", EVERY_MS, sample, now()) : null;
  const known = told?.status ?? status;
  process.stdout.write(
    `${JSON.stringify({ owner, leads: told?.leads ?? false, at, lastAt: known.lastAt, trouble: known.trouble })}\n`,
  );
}

const timer = setInterval(step, EVERY_MS / FASTER);
process.on("SIGTERM", async () => {
  clearInterval(timer);
  await closeKeeper(keeper);
  process.exit(0);
});
