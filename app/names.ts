import { notFound } from "next/navigation";
import { decodeName } from "@/lib/api/url";

/** The names in the path of a page. Next hands over the segments as they stood in the URL; what does not decode is not found. */
export async function namesOf<Name extends string>(
  params: Promise<Record<Name, string>>,
): Promise<Record<Name, string>> {
  const segments = Object.entries<string>(await params);
  return Object.fromEntries(segments.map(([name, segment]) => [name, nameIn(segment)])) as Record<Name, string>;
}

function nameIn(segment: string): string {
  let name: string | null = null;
  try {
    name = decodeName(decodeURIComponent(segment));
  } catch {
    // A lone % is no name of ours.
  }
  return name ?? notFound();
}
