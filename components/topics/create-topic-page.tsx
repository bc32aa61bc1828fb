"use client";
export function CreateTopicPage({ cluster }: { cluster: string }) {
  return <p>{cluster}</p>;
}
