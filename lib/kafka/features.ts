import type { z } from "zod";
import type { FeatureLevel, updateFeature as updateFeatureEndpoint } from "../api/clusters.ts";
import { ProblemError } from "../api/problem.ts";
import { askAny } from "./ask.ts";
import type { Cluster } from "./cluster.ts";
import { throwKafkaError } from "./failures.ts";
import * as apis from "./protocol/apis.ts";
import { forgetSnapshots } from "./snapshots.ts";
import { metadataVersionName } from "./version.ts";

export type ApiVersionsAnswer = Awaited<ReturnType<(typeof apis.apiVersions)["send"]>>;

/** What ApiVersions is told of us; brokers show it in their metrics. */
export const CLIENT_SOFTWARE: [string, string] = ["kafdeck", "1"];

/** The feature levels of the cluster as one broker's ApiVersions tells them (KIP-584); none with ZooKeeper. */
export async function readFeatures(cluster: Cluster, signal?: AbortSignal): Promise<FeatureLevel[]> {
  return featuresOf(await askAny(cluster, apis.apiVersions, CLIENT_SOFTWARE, signal));
}

/** Every feature that is supported or in force, by name. */
export function featuresOf({
  supportedFeatures = [],
  finalizedFeatures = [],
}: Pick<ApiVersionsAnswer, "supportedFeatures" | "finalizedFeatures">): FeatureLevel[] {
  const names = new Set([...supportedFeatures, ...finalizedFeatures].map(({ name }) => name));
  return [...names].sort().map((name) => {
    const supported = supportedFeatures.find((feature) => feature.name === name);
    const finalized = finalizedFeatures.find((feature) => feature.name === name)?.maxVersionLevel ?? null;
    const [lowest, highest] = [supported?.minVersion ?? finalized ?? 0, supported?.maxVersion ?? finalized ?? 0];
    return {
      name,
      finalized,
      supportedMin: lowest,
      supportedMax: highest,
      finalizedName: finalized === null ? null : levelName(name, finalized),
      levels: Array.from({ length: highest - lowest + 1 }, (_, step) => ({
        level: lowest + step,
        name: levelName(name, lowest + step),
      })),
    };
  });
}

const levelName = (feature: string, level: number): string | null =>
  feature === "metadata.version" ? metadataVersionName(level) : null;

const UPGRADE_TYPES = { upgrade: 1, "safe-downgrade": 2, "unsafe-downgrade": 3 } as const;
const COMMAND_MS = 10_000;
const READ_BACK_MS = 3_000;

type Body = z.infer<NonNullable<(typeof updateFeatureEndpoint)["body"]>>;
type Answer = z.infer<(typeof updateFeatureEndpoint)["response"]>;

/**
 * Sets the level of a feature, or has the controller check it (`validateOnly`). With nothing given the type follows from the level:
 * upgrade, or a downgrade that loses nothing. Throws plan-outdated when the level is not the one the plan was made from,
 * invalid-feature-level in the controller's words, api-unsupported before Kafka 3.3.
 */
export async function updateFeature(cluster: Cluster, body: Body, signal: AbortSignal): Promise<Answer> {
  const feature = (await readFeatures(cluster, signal)).find(({ name }) => name === body.feature);
  if (!feature)
    throw new ProblemError("bad-request", `The brokers know no feature ${body.feature}.`, { field: "feature" });
  const before = feature.finalized;
  if (body.before !== undefined && (body.before ?? 0) !== (before ?? 0))
    throw new ProblemError("plan-outdated", `${body.feature} is at level ${before ?? 0} now, not ${body.before ?? 0}.`);
  const type = body.upgradeType ?? (body.level >= (before ?? 0) ? "upgrade" : "safe-downgrade");
  const update = { feature: body.feature, maxVersionLevel: body.level, upgradeType: UPGRADE_TYPES[type] };
  const validateOnly = body.validateOnly ?? false;
  const answer = await askAny(cluster, apis.updateFeatures, [COMMAND_MS, [update], validateOnly], signal);
  for (const result of answer.results) throwKafkaError(result.errorCode, result.errorMessage, { field: "level" });
  throwKafkaError(answer.errorCode, answer.errorMessage, { field: "level" });
  if (validateOnly) return { validateOnly, feature: body.feature, before, after: body.level, warnings: [] };
  forgetSnapshots(cluster);
  const after = await readBack(cluster, body.feature, body.level, signal);
  return { validateOnly, feature: body.feature, before, after, warnings: [] };
}

/** Brokers learn of a new level from the metadata log, a moment after the controller has written it. */
async function readBack(cluster: Cluster, name: string, wanted: number, signal: AbortSignal): Promise<number> {
  const until = Date.now() + READ_BACK_MS;
  for (;;) {
    const found = (await readFeatures(cluster, signal)).find((feature) => feature.name === name)?.finalized ?? 0;
    if (found === wanted || Date.now() > until) return found;
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
